-- What helps to choose between drafts: the first one read aloud, what each is worth, the points by
-- the client's own weights, what it asks one to be able to do, and which belief comes first.  It is
-- always the client who chooses.
local money = use "lib/money"

local weigh = {}

local CRITERIA = { "purpose", "income", "energy", "feasible", "safe", "impact" }
local BEST = 5             -- of one criterion
local CLOSE = 5            -- points out of 100 that decide nothing
local FAR = 2              -- levels from one to the other that are a long way
local REMARKS = 3          -- of one kind
local KNOWN = { none = 0, some = 1, strong = 2 }

-- The sign that stands before a note: it is the one on the page.
local function sign_of(decision)
  for _, one in ipairs(lists.decisions) do
    if one.id == decision then return one.symbol or "" end
  end
  return ""
end

-- The first draft, as the decisions made it.
function weigh.read_draft(order, changes)
  local any = false
  for _, block in ipairs(order) do
    local texts = {}
    for i, change in ipairs(changes[block] or {}) do
      texts[i] = sign_of(change.decision) .. " " .. change.text
    end
    any = any or #texts > 0
    if #texts > 0 then say("draft_" .. block, { notes = join(texts) }) end
  end
  if not any then say "draft_empty" end
end

-- A change that moves a part of the page in which nothing changes: is that so?
local function remark_ripples(ripples, changes)
  local said = 0
  for ripple in each(ripples) do
    for block in each(ripple.moves) do
      if is_empty(changes[block]) and said < REMARKS then
        advise("remark_ripple", { about = block .. "_change", note = ripple.text })
        said = said + 1
      end
    end
  end
end

-- For each change of a draft: what else moves?  Then what the draft is worth, in money and time.
function weigh.look_around(order, changes)
  local start = {}
  for _, block in ipairs(order) do
    for _, change in ipairs(changes[block] or {}) do
      table.insert(start, { text = change.text })
    end
  end
  if #start > 0 then
    step("ripples", { start = start })
    remark_ripples(answers.ripples, changes)
  end
  step "worth"
  money.per_hour(answers.worth_month, answers.worth_hours)
end

-- Points out of 100; nil if nothing was rated.
local function points_of(rate, weights)
  local total, most = 0, 0
  for _, criterion in ipairs(CRITERIA) do
    local weight = weights and weights[criterion] and weights[criterion].weight
    if not weights then weight = 1 end
    if rate[criterion] and weight then
      total, most = total + weight * rate[criterion], most + weight * BEST
    end
  end
  if most > 0 then return math.floor(100 * total / most + 0.5) end
end

-- The points of all drafts, said back.
local function say_points(models)
  local texts, rated = {}, {}
  for _, model in ipairs(models) do
    if model.points then
      table.insert(texts, string.format("%s %d", model.text, model.points))
      table.insert(rated, model)
    end
  end
  if #rated < 2 then return end
  say("totals", { totals = join(texts) })
  local gap = biggest(rated, "points").points - smallest(rated, "points").points
  if gap <= CLOSE then say "totals_close" end
end

-- Compares drafts by what counts for the client.
function weigh.compare(models)
  step "weights"
  local weights = answers.proto_weights
  local rates = ask("proto_compare", { rows = models }) or {}
  for _, model in ipairs(models) do
    model.points = points_of(rates[model.id] or {}, not is_empty(weights) and weights or nil)
  end
  say_points(models)
end

-- What was on the table and what was chosen, for the record.
function weigh.record_options(models, chosen, round)
  for _, model in ipairs(models) do
    record("option", { text = model.text, points = model.points, direction = model.direction,
                       round = round })
  end
  local best = biggest(models, "points")
  if best and chosen.points and best.points - chosen.points > CLOSE then
    advise("remark_choice_differs", { about = "proto_choice" })
  end
end

-- What the chosen model asks one to be able to do.  Gives the means in `changes` (those of the
-- block kr) for which no level was named here: the plan asks about them.
function weigh.find_gaps(changes)
  local start = {}
  for _, change in ipairs(changes or {}) do
    if change.decision == "strengthen" or change.decision == "add" then
      table.insert(start, { text = change.text })
    end
  end
  step("gaps", { start = #start > 0 and start or nil })
  local settled = {}
  for gap in each "gaps" do
    if gap.now and gap.wanted then
      settled[gap.text] = true
      record("capability", { text = gap.text, now = gap.now, wanted = gap.wanted, way = gap.way,
                             area = gap.area, from = "gaps" })
      if gap.wanted - gap.now > FAR then
        advise("remark_gap_wide", { about = "gaps", gap = gap.text })
      end
    end
  end
  return settled
end

-- Means about which nothing was settled yet.
function weigh.unsettled(changes, settled)
  local list = {}
  for _, change in ipairs(changes or {}) do
    if not settled[change.text] then table.insert(list, change) end
  end
  return list
end

-- What is to become stronger rests on something, too: is that known, or only believed?
function weigh.look_at_growth(order, changes, beliefs)
  local texts, said = string.lower(join(beliefs, "\n")), 0
  for _, block in ipairs(order) do
    for _, change in ipairs(changes[block] or {}) do
      local named = string.find(texts, string.lower(change.text), 1, true)
      if change.decision == "strengthen" and not named and said < REMARKS then
        advise("remark_grows_belief", { about = "beliefs", note = change.text })
        said = said + 1
      end
    end
  end
end

-- The beliefs with the weightiest and least known first.
local function by_weight(beliefs)
  local list = {}
  for belief in each(beliefs) do
    local known = KNOWN[belief.evidence or "none"] or 0
    local weight = (belief.importance or 3) * 10 - known * 5
    table.insert(list, { item = belief, weight = weight, place = #list })
  end
  table.sort(list, function(a, b)
    if a.weight ~= b.weight then return a.weight > b.weight end
    return a.place < b.place
  end)
  local ranked = {}
  for i, entry in ipairs(list) do ranked[i] = entry.item end
  return ranked
end

-- The client's order of the beliefs; by weight where there is none.
function weigh.rank(beliefs)
  local ranked = by_weight(beliefs)
  if #ranked < 2 then return ranked end
  local start, by_id, own = {}, {}, {}
  for i, belief in ipairs(ranked) do
    start[i] = belief.id
    by_id[belief.id] = belief
  end
  step("beliefs_order", { rows = ranked, start = start })
  for _, id in ipairs(answers.beliefs_rank or {}) do
    if by_id[id] then table.insert(own, by_id[id]) end
  end
  return #own == #ranked and own or ranked
end

return weigh
