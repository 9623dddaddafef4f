-- The development plan: goals with their first step, what is needed, who helps, what could stop it,
-- when to look again.
local plan = {}

local SURE = 7             -- below this confidence the step is too large

-- Goals to begin with: the changes that matter most.
local function proposals(changes)
  local list = {}
  for change in each(changes) do
    table.insert(list, { text = change.text, measure = change.wanted })
  end
  return #list > 0 and list or nil
end

local function remark(wanted)
  if is_empty(wanted.measure) then
    advise("remark_no_measure", { about = "goals", goal = wanted.text })
  end
  if is_empty(wanted.by) then advise("remark_no_date", { about = "goals", goal = wanted.text }) end
end

local function ask_step(wanted)
  local first = ask("goal_step", { item = wanted }) or {}
  local obstacle = ask("goal_obstacle", { item = wanted })
  local answer = ask("goal_then", { item = wanted })
  local sure = ask("goal_confidence", { item = wanted })
  goal { text = wanted.text, because = wanted.why, measure = wanted.measure, due = wanted.by,
         confidence = sure, obstacle = obstacle, answer = answer }
  action { text = first.what, due = first.by, because = wanted.text, who = "client",
           know = first.know, help = first.help, watch_out = obstacle }
  if sure and sure < SURE then say("small_step", { goal = wanted.text }) end
  remark(wanted)
  return first.by
end

-- Goals, each with its first step.  Gives the earliest day on which something is due.
function plan.set_goals(changes)
  local goals = ask("goals", { start = proposals(changes) })
  local soonest = nil
  for wanted in each(goals) do
    local by = ask_step(wanted)
    if by and (not soonest or by < soonest) then soonest = by end
  end
  if count(goals) > 4 then advise("remark_too_many", { about = "goals" }) end
  return soonest
end

-- What to learn: the means to strengthen or to add in the chosen model.
function plan.set_capabilities(changes)
  local wanted = {}
  for _, change in ipairs(changes or {}) do
    local grows = change.decision == "strengthen" or change.decision == "add"
    if grows then table.insert(wanted, change) end
  end
  if #wanted == 0 then return end
  step("means", { rows = wanted })
  local levels = answers.capabilities
  for _, change in ipairs(wanted) do
    local level = levels and levels[change.id] or {}
    record("capability", { text = change.text, now = level.now, wanted = level.wanted })
  end
end

-- What goes leaves a gap: a risk to begin with.
local function losses(order, changes)
  local list = {}
  for _, block in ipairs(order) do
    for _, change in ipairs(changes[block] or {}) do
      if change.decision == "delete" then
        table.insert(list, { text = change.text })
        advise("remark_let_go", { about = "risks", note = change.text })
      end
    end
  end
  return #list > 0 and list or nil
end

function plan.surround(order, changes)
  step "around"
  for item in each "more_actions" do
    action { text = item.text, due = item.by, who = item.who or "client" }
  end
  for item in each "support" do
    record("support", { text = item.text, ask = item.ask, offer = item.offer, due = item.by })
  end
  for item in each(ask("risks", { start = losses(order, changes) })) do
    record("risk", { text = item.text, sign = item.sign, answer = item.answer })
  end
end

-- Dates to look again; a reminder for each.
function plan.set_reviews(soonest)
  local first = nil
  for item in each(ask "reviews") do
    record("review", { text = item.text, due = item.by })
    remind { text = item.text, due = item.by }
    if item.by and (not first or item.by < first) then first = item.by end
  end
  if not soonest or soonest > days(14) then advise("remark_no_soon", { about = "goals" }) end
  if not first or first > days(90) then advise("remark_no_review", { about = "reviews" }) end
end

return plan
