-- The second table: every note is maintained, strengthened, reduced or deleted, and for each block
-- comes the question what to add.  Out of the decisions comes the first draft of the model to head
-- for.
local decisions = {}

local REMARKS = 3          -- of one kind

-- Sorts the notes of one block and asks what is missing there.
function decisions.take(sheet, block)
  local notes, new = sheet.by[block], {}
  step(block .. "_table", { rows = notes })
  local sorted = answers[block .. "_sort"]
  for _, note in ipairs(notes) do
    local place = sorted and sorted[note.id]
    if place then note.decision, note.why = place.to, place.why end
  end
  sheet.added = sheet.added or {}
  sheet.added[block] = new
  for item in each(answers[block .. "_add"]) do
    table.insert(new, { id = item.id, text = item.text, decision = "add", why = item.why })
  end
end

-- What stays is said first: it is the ground for all the rest.
function decisions.record_what_stays(sheet, texts)
  local staying = {}
  for _, note in ipairs(sheet.all) do
    if note.decision == "maintain" then
      table.insert(staying, note)
      record("stays", { text = note.text, block = note.block, why = note.why })
    end
  end
  if #staying > 0 then say("what_stays", { notes = texts(staying) }) end
end

local GROWS = { strengthen = true, reduce = true }

-- How much each thing is to change, and up to where: a direction alone is not yet precise.
function decisions.weigh(sheet)
  local changing, levels = {}, {}
  for _, block in ipairs(sheet.order) do
    for _, list in ipairs { sheet.by[block], sheet.added[block] } do
      for _, note in ipairs(list) do
        if note.decision and note.decision ~= "maintain" then table.insert(changing, note) end
        if GROWS[note.decision or ""] then table.insert(levels, { text = note.text }) end
      end
    end
  end
  if #changing == 0 then return end
  step("strength", { rows = changing })
  if #levels > 0 then step("levels", { start = levels }) end
  local rated, wanted, thorough = answers.how_strongly or {}, {}, 0
  for level in each(#levels > 0 and answers.wanted_levels or nil) do
    wanted[level.text] = level.wanted
  end
  for _, note in ipairs(changing) do
    note.strength = rated[note.id] and rated[note.id].strength
    note.wanted = wanted[note.text]
    if note.strength == 3 then thorough = thorough + 1 end
  end
  if thorough > 3 and thorough == #changing then
    advise("remark_all_thorough", { about = "how_strongly" })
  end
end

-- Can one say precisely what is to change?
function decisions.look_at_changes(changes)
  local said = 0
  for change in each(changes) do
    if (is_empty(change.now) or is_empty(change.wanted)) and said < REMARKS then
      advise("remark_change_vague", { about = "changes", change = change.text })
      said = said + 1
    end
  end
  local n = count(changes)
  if n > 0 and n < 3 then advise("remark_few_changes", { about = "changes" }) end
end

local function remark(note)
  if note.use == "underused" and note.decision == "maintain" then
    advise("remark_skill_stays", { about = note.block .. "_sort", note = note.text })
  end
  if note.feeling == "like" and note.decision == "delete" then
    advise("remark_liked_goes", { about = note.block .. "_sort", note = note.text })
  elseif note.feeling == "like" and note.decision == "reduce" then
    advise("remark_liked_reduced", { about = note.block .. "_sort", note = note.text })
  elseif note.feeling == "dislike" and note.decision == "maintain" then
    advise("remark_disliked_stays", { about = note.block .. "_sort", note = note.text })
  end
end

function decisions.look_back(sheet)
  local undecided, added = 0, 0
  for _, note in ipairs(sheet.all) do
    remark(note)
    if not note.decision then undecided = undecided + 1 end
  end
  for _, block in ipairs(sheet.order) do added = added + #sheet.added[block] end
  if undecided > 0 then advise("remark_undecided", { about = sheet.order[1] .. "_sort" }) end
  if added == 0 and #sheet.all > 0 then
    advise("remark_nothing_added", { about = sheet.order[1] .. "_add" })
  end
end

local function add_changes(list, notes)
  for _, note in ipairs(notes) do
    if note.decision and note.decision ~= "maintain" then
      table.insert(list, { id = note.id, text = note.text, decision = note.decision,
                           why = note.why, strength = note.strength, wanted = note.wanted })
    end
  end
end

-- The first draft: for each block the changes that were decided, as { id, text, decision, why,
-- strength, wanted }.
function decisions.draft(sheet)
  local changes = {}
  for _, block in ipairs(sheet.order) do
    local of_block = {}
    add_changes(of_block, sheet.by[block])
    add_changes(of_block, sheet.added[block])
    if #of_block > 0 then changes[block] = of_block end
  end
  return changes
end

return decisions
