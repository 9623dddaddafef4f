-- The lines of the plan that follow from the page and the decisions: where I am, what stays, where
-- I am going.  Each knows in `from` what it comes from.  Where the client gave no words, `hint` is
-- the usual line for this part of the page and this decision (lists.plan_lines).
local lines = {}

local SHOWN = 6      -- notes named in a line; the page in the annex has all of them

local function texts(notes, most)
  local list = {}
  for i = 1, math.min(most, #notes) do list[i] = notes[i].text end
  return table.concat(list, " · "), #notes > most and #notes - most or nil
end

-- The page in five lines.
local FIVE = { { "help", { "cs" } }, { "how", { "vp" } }, { "do", { "ka", "kr" } },
               { "find", { "ch", "cr", "kp" } }, { "give", { "rv", "co" }, " ↔ " } }

function lines.today(sheet)
  for _, five in ipairs(FIVE) do
    local shown, more = {}, 0
    for _, block in ipairs(five[2]) do
      local text, rest = texts(sheet.by[block] or {}, SHOWN // #five[2])
      if text ~= "" then table.insert(shown, text) end
      more = more + (rest or 0)
    end
    if #shown > 0 then
      record("today", { line = five[1], text = table.concat(shown, five[3] or " – "),
                        more = more > 0 and more or nil, from = table.concat(five[2], ", ") })
    end
  end
end

-- What stays, one line for each part of the page: it is the ground for all the rest.
function lines.keep(sheet)
  local any = false
  for _, block in ipairs(sheet.order) do
    local kept = {}
    for _, note in ipairs(sheet.by[block]) do
      if note.decision == "maintain" then
        table.insert(kept, note.why and note.text .. " (" .. note.why .. ")" or note.text)
      end
    end
    if #kept > 0 then
      record("kept", { block = block, text = table.concat(kept, " · "),
                       hint = block .. "_maintain", from = block .. "_sort" })
      any = true
    end
  end
  if any then record("worth_asking", { text = "maintain" }) end
end

-- Does one text contain the other?
function lines.named(text, other)
  local a, b = string.lower(text or ""), string.lower(other or "")
  if a == "" or b == "" then return false end
  return string.find(a, b, 1, true) ~= nil or string.find(b, a, 1, true) ~= nil
end

local LONG = 6       -- bytes of a word that says something
local FEW = 2        -- changes of one part that a goal about this part may well mean

-- Do two texts begin a longer word alike?
local function akin(text, other)
  for word in string.gmatch(string.lower(text or ""), "[^%s%p]+") do
    local head = string.sub(word, 1, LONG)
    if #head == LONG and string.find(string.lower(other or ""), head, 1, true) then return true end
  end
  return false
end

-- The number of the goal that takes up a change: it names it, or is about this part of the page and
-- speaks of the same, or there is hardly anything else in this part that it could mean.
local function goal_for(block, change, changes, goals)
  for n, goal in ipairs(goals or {}) do
    if lines.named(goal.text, change.text) then return n end
  end
  for n, goal in ipairs(goals or {}) do
    local about = goal.part == block
    if about and (#changes <= FEW or akin(change.text, goal.text)) then return n end
  end
end

-- Where I am going: the model that was chosen in the end, and every change in it.
function lines.go(order, model, goals)
  local changes, asked = model.changes, {}
  if model.text then record("destination", { text = model.text, from = "proto_name" }) end
  for _, block in ipairs(order) do
    for _, change in ipairs(changes[block] or {}) do
      record("move", { block = block, text = change.text, decision = change.decision,
                       impact = change.impact, why = change.why,
                       strength = change.strength, wanted = change.wanted,
                       hint = is_empty(change.impact) and block .. "_" .. change.decision or nil,
                       goal = goal_for(block, change, changes[block], goals), from = change.text })
      asked[change.decision] = true
    end
  end
  for _, decision in ipairs(lists.always_ask) do
    if asked[decision.id] then record("worth_asking", { text = decision.id }) end
  end
end

return lines
