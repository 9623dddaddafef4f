-- The second table: every note is maintained, strengthened, reduced or deleted, and for each block
-- comes the question what to add.  Out of the decisions comes the first draft of the model to head
-- for.
local decisions = {}

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

local function remark(note)
  if note.feeling == "like" and note.decision == "delete" then
    advise("remark_liked_goes", { about = note.block .. "_sort", note = note.text })
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
      local change = { id = note.id, text = note.text, decision = note.decision, why = note.why }
      table.insert(list, change)
    end
  end
end

-- The first draft: for each block the changes that were decided, as { id, text, decision, why }.
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
