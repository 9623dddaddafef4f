-- The notes on the page: gathered from the nine blocks, read aloud, marked with what is liked.
-- A sheet is { order = blocks in order, all = notes, by = notes of each block }.  A note has the id
-- and text of its item, its block, the item itself, and later on: feeling, decision, why.
local page = {}

-- The order in which the blocks are talked about: if none was chosen it begins with the person.
function page.order(choice)
  return data.orders[choice or "person"] or data.orders.person
end

-- Of these the blocks that are talked about now; all of them if none was chosen.
function page.in_talk(order, chosen)
  if is_empty(chosen) then return order end
  local wanted, talk = {}, {}
  for _, block in ipairs(chosen) do wanted[block] = true end
  for _, block in ipairs(order) do
    if wanted[block] then table.insert(talk, block) end
  end
  return talk
end

local function add_notes(sheet, block, items)
  for item in each(items) do
    local note = { id = item.id, text = item.text, block = block, item = item }
    table.insert(sheet.all, note)
    table.insert(sheet.by[block], note)
  end
end

function page.gather(order)
  local sheet = { order = order, all = {}, by = {} }
  for _, block in ipairs(data.orders.person) do sheet.by[block] = {} end
  for _, block in ipairs(order) do
    add_notes(sheet, block, answers[block])
    if block == "cs" then add_notes(sheet, "cs", answers.cs_sponsors) end   -- they belong here too
  end
  return sheet
end

-- The texts of notes in one line.
function page.texts(notes)
  local texts = {}
  for i, note in ipairs(notes) do texts[i] = note.text end
  return table.concat(texts, ", ")
end

-- The whole page as a story: whom I help, how, with what, and at what cost.
function page.read_aloud(sheet)
  if #sheet.all == 0 then return end
  say "story_begins"
  for _, block in ipairs { "cs", "vp", "ka", "kr", "kp", "ch", "cr", "rv", "co" } do
    if #sheet.by[block] > 0 then
      say("story_" .. block, { notes = page.texts(sheet.by[block]) })
    end
  end
end

local FELT = { like = true, dislike = true }

-- Asks how the client feels about every note, and shows it on the page.
function page.ask_likes(sheet)
  if #sheet.all == 0 then return end
  step("likes", { rows = sheet.all })
  local likes = answers.likes
  for _, note in ipairs(sheet.all) do
    note.feeling = likes and likes[note.id] and likes[note.id].to
    if FELT[note.feeling or ""] then
      put("business_model", note.block, note, { feeling = note.feeling })
    end
  end
end

-- Means that lie idle, before the questions about skills.
function page.recall_idle(sheet)
  local idle = {}
  for _, note in ipairs(sheet.by.kr) do
    if note.item.use == "idle" then table.insert(idle, note) end
  end
  if #idle > 0 then say("idle_means", { notes = page.texts(idle) }) end
end

return page
