-- The development plan: goals with their first step, what is needed, who helps, what could stop it,
-- when to look again.
local lines = use "lib/lines"
local partners = use "lib/partners"

local plan = {}

local SURE = 7             -- below this confidence the step is too large
local MANY = 5             -- more goals than that are too many
local FOREMOST = 3         -- changes that should be taken up; remarks of one kind

-- Goals to begin with: the changes that matter most.
local function proposals(changes)
  local list = {}
  for change in each(changes) do
    table.insert(list, { text = change.text, measure = change.wanted })
  end
  return #list > 0 and list or nil
end

-- The answer given about an item in a step.
local function of_item(item, id)
  return run(item.id, function() return answers[id] end)
end

local function remark(wanted, first, sure, smaller)
  local opts = { about = "goals", goal = wanted.text }
  if is_empty(wanted.measure) then advise("remark_no_measure", opts) end
  if is_empty(wanted.by) then advise("remark_no_date", opts) end
  if is_empty(first.what) then advise("remark_goal_no_step", opts) end
  if sure and sure < SURE and is_empty(smaller) then advise("remark_unsure", opts) end
end

-- The five steps on which a goal is seen, from far too little to more than hoped.
local function levels_of(wanted)
  local steps = of_item(wanted, "goal_levels") or {}
  local function text(n) return steps[n] and steps[n].text end
  return text(1), text(2), text(3), text(4), text(5)
end

local function ask_step(wanted, number)
  local first = ask("goal_step", { item = wanted }) or {}
  local obstacle = ask("goal_obstacle", { item = wanted })
  local answer = ask("goal_then", { item = wanted })
  local sure = ask("goal_confidence", { item = wanted })
  local unsure, smaller = sure and sure < SURE, nil
  if unsure then
    say("small_step", { goal = wanted.text })
    step("smaller", { item = wanted })
    smaller = of_item(wanted, "goal_smaller")
  end
  step("goal_more", { item = wanted })
  local worst, less, hoped, more, best = levels_of(wanted)
  goal { number = number, text = wanted.text, because = wanted.why, measure = wanted.measure,
         due = wanted.by, part = wanted.part, now = of_item(wanted, "goal_now"), smaller = smaller,
         confidence = sure, obstacle = obstacle, answer = answer, from = "goals",
         worst = worst, less = less, hoped = hoped, more = more, best = best }
  action { text = first.what, due = first.by, because = wanted.text, who = "client", goal = number,
           know = first.know, help = first.help, watch_out = obstacle, from = wanted.text }
  remark(wanted, first, sure, smaller)
  return first.by
end

-- Of the changes that matter most: is one taken up by no goal?
local function remark_left_out(changes, goals)
  local said = 0
  for change in each(changes) do
    local taken = count(goals) >= count(changes)
    for wanted in each(goals) do
      taken = taken or lines.named(wanted.text, change.text)
    end
    if not taken and said < FOREMOST then
      advise("remark_change_no_goal", { about = "goals", note = change.text })
      said = said + 1
    end
  end
end

-- Goals, each with its first step.  Gives the earliest day on which something is due, and them.
function plan.set_goals(changes)
  local goals = ask("goals", { start = proposals(changes) })
  local soonest, number = nil, 0
  for wanted in each(goals) do
    number = number + 1
    local by = ask_step(wanted, number)
    if by and (not soonest or by < soonest) then soonest = by end
  end
  if count(goals) > MANY then advise("remark_too_many", { about = "goals" }) end
  remark_left_out(changes, goals)
  return soonest, goals
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
  local levels, ways = answers.capabilities, answers.capability_way
  for _, change in ipairs(wanted) do
    local level, way = levels and levels[change.id] or {}, ways and ways[change.id] or {}
    record("capability", { text = change.text, because = change.impact or change.why,
                           now = level.now, wanted = level.wanted, way = way.to, how = way.why,
                           from = change.text })
  end
end

-- What goes leaves a gap: a risk to begin with.  A price that is no longer paid leaves none.
local function losses(order, changes)
  local list = {}
  for _, block in ipairs(order) do
    for _, change in ipairs(changes[block] or {}) do
      local gap = change.decision == "delete" and block ~= "co"
      if gap then table.insert(list, { text = change.text }) end
    end
  end
  return #list > 0 and list or nil
end

-- Something goes, and no risk speaks of it.
local function remark_losses(lost, risks)
  local said = 0
  for goes in each(lost) do
    local seen = said >= FOREMOST
    for risk in each(risks) do
      seen = seen or lines.named(risk.text, goes.text)
    end
    if not seen then
      advise("remark_let_go", { about = "risks", note = goes.text })
      said = said + 1
    end
  end
end

-- Further things to be done.  Gives the earliest day.
local function set_tasks(goals)
  local soonest, with_coach = nil, 0
  for item in each "more_actions" do
    action { text = item.text, due = item.by, who = item.who, yours = item.who == "coach",
             cost = item.cost, from = "more_actions" }
    if not item.who then
      advise("remark_no_owner", { about = "more_actions", task = item.text })
    end
    if item.who == "coach" then with_coach = with_coach + 1 end
    if item.by and (not soonest or item.by < soonest) then soonest = item.by end
  end
  if with_coach > 0 and with_coach == count(answers.more_actions) and count(goals) == 0 then
    advise("remark_all_coach", { about = "more_actions" })
  end
  return soonest
end

-- Tasks, support, risks.  Gives the earliest day on which a task is due.
function plan.surround(sheet, changes, goals)
  step "around"
  local soonest = set_tasks(goals)
  step("backers", { start = partners.propose(sheet, changes.kp) })
  for item in each "support" do
    record("support", { text = item.text, ask = item.ask, offer = item.offer, due = item.by,
                        from = "support" })
  end
  local lost = losses(sheet.order, changes)
  local risks = ask("risks", { start = lost })
  for item in each(risks) do
    record("risk", { text = item.text, sign = item.sign, answer = item.answer, who = item.who,
                     from = "risks" })
  end
  remark_losses(lost, risks)
  return soonest
end

-- How things stand, to be compared later: roles, and what there is besides money.
function plan.measure()
  local rates = answers.roles_rate
  for role in each "roles" do
    local rate = rates and rates[role.id]
    if rate then
      record("measure", { kind = "role", text = role.text, before = rate.satisfaction,
                          wanted = rate.importance, from = "roles_rate" })
    end
  end
end

-- Dates to look again; a reminder for each.
function plan.set_reviews(soonest, task)
  local first = nil
  if task and (not soonest or task < soonest) then soonest = task end
  for item in each(ask "reviews") do
    record("review", { text = item.text, due = item.by, from = "reviews" })
    remind { text = item.text, due = item.by }
    if item.by and (not first or item.by < first) then first = item.by end
  end
  if not soonest or soonest > days(14) then advise("remark_no_soon", { about = "goals" }) end
  if not first or first > days(90) then advise("remark_no_review", { about = "reviews" }) end
end

return plan
