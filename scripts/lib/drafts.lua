-- Drafts of the model to head for.  A model is { id, text = name, changes = { block = list } };
-- a change in such a list is { id, text, decision, impact }.
local weigh = use "lib/weigh"

local drafts = {}

local MOST = 3      -- drafts in one round
local REMARKS = 3   -- of one kind

local function blocks_of(order, changes)
  local list = {}
  for _, block in ipairs(order) do
    if changes[block] then table.insert(list, block) end
  end
  return list
end

-- What is offered to begin with: the changes so far.
local function offer(changes)
  if not changes then return nil end
  local list = {}
  for i, change in ipairs(changes) do
    list[i] = { text = change.text, decision = change.decision, impact = change.impact }
  end
  return list
end

-- Parts of the page that are not described stay as they were decided so far.
local function sketch(n, order, before, ticked)
  local direction = nil
  if n > 1 then
    say "three_directions"
    step "direction"
    direction = answers.proto_direction
  end
  local name = ask "proto_name"
  local touched = ask("proto_blocks", { start = ticked }) or {}
  local model = { id = "draft" .. n, text = name or string.char(64 + n), changes = {} }
  model.direction = direction
  for _, block in ipairs(order) do model.changes[block] = before[block] end
  for _, block in ipairs(touched) do
    local described = ask(block .. "_change", { start = offer(before[block]) })
    model.changes[block] = described or before[block]
  end
  if #touched > 0 and #touched < 3 then say "ripple" end
  weigh.look_around(touched, model.changes)
  return model, n < MOST and ask "proto_another"
end

local function find_text(list, text)
  for _, one in ipairs(list or {}) do
    if one.text == text then return one end
  end
end

-- Notes of today with what becomes of them, and what is new.  A note on the page keeps one id
-- through all rounds, so that what is drawn later replaces what was drawn before.
local function draw_block(canvas, block, notes, changes, page)
  for _, note in ipairs(notes) do
    local change = find_text(changes, note.text)
    local mark = change and change.decision or note.decision and "maintain" or nil
    put(canvas, block, note, { mark = mark, impact = change and change.impact,
                               feeling = note.feeling, page = page })
  end
  for _, change in ipairs(changes) do
    if not find_text(notes, change.text) then
      local place = { id = change.place or change.id, text = change.text }
      put(canvas, block, place, { mark = change.decision, impact = change.impact, page = page })
    end
  end
end

local function find_about(beliefs, text)
  for belief in each(beliefs) do
    if string.find(string.lower(belief.text), string.lower(text), 1, true) then return belief end
  end
end

local function keep_places(changes, before)
  for _, change in ipairs(changes) do
    local old = find_text(before, change.text)
    change.place = old and (old.place or old.id) or change.id
  end
end

local shown = 0     -- drafts of all rounds so far

-- A draft as a page of its own, so that drafts can be held side by side.
local function show(sheet, model)
  shown = shown + 1
  local page = shown .. ". " .. model.text
  for _, block in ipairs(sheet.order) do
    draw_block("prototypes", block, sheet.by[block], model.changes[block] or {}, page)
  end
end

-- One draft or several; in the first one the parts where something was decided are ticked already.
function drafts.sketch_all(sheet, before, round)
  local models, more = {}, true
  while more do
    local n = #models + 1
    local ticked = n == 1 and round == 1 and blocks_of(sheet.order, before) or nil
    models[n], more = run("draft" .. n, sketch, n, sheet.order, before, ticked)
    show(sheet, models[n])
  end
  if #models == 1 and round == 1 then advise("remark_one_draft", { about = "proto_another" }) end
  return models
end

-- The client chooses; with one draft there is nothing to choose.
function drafts.choose(models, round)
  if #models == 1 then return models[1] end
  weigh.compare(models)
  local ranked, chosen = ask("proto_choice", { rows = models }), models[1]
  for _, model in ipairs(models) do
    if ranked and model.id == ranked[1] then chosen = model end
  end
  weigh.record_options(models, chosen, round)
  return chosen
end

-- Draws the chosen model: the notes of today with what becomes of them, and what is new.  What was
-- new in the round before and is gone from this one is crossed out.
function drafts.draw(sheet, model, before, round)
  for _, block in ipairs(sheet.order) do
    local changes, earlier = model.changes[block] or {}, before[block] or {}
    keep_places(changes, earlier)
    draw_block("target", block, sheet.by[block], changes)
    for _, old in ipairs(round > 1 and earlier or {}) do
      if not find_text(changes, old.text) and not find_text(sheet.by[block], old.text) then
        put("target", block, { id = old.place or old.id, text = old.text }, { mark = "delete" })
      end
    end
  end
end

-- What is new is a hypothesis until a trial has shown that what it rests on holds: the belief that
-- names it, or if none does all that were named.  The page says so; a later round says it anew.
function drafts.flag(order, model, beliefs, holds)
  local all = count(beliefs) > 0 and count(beliefs, holds) == count(beliefs)
  for _, change in ipairs(drafts.novelties(order, model, {}, 1)) do
    local belief = find_about(beliefs, change.text)
    local known = belief and holds(belief) or not belief and all
    local place = { id = change.place or change.id, text = change.text }
    put("target", change.block, place, { hypothesis = not known })
  end
end

-- What was new in the round before and is gone now.
local function record_dropped(block, changes, before, round)
  for _, old in ipairs(before or {}) do
    if old.decision == "add" and not find_text(changes, old.text) then
      record("adjustment", { text = old.text, block = block, decision = "delete", round = round,
                             from = block .. "_change" })
    end
  end
end

-- Changes whose effect nobody has named: a few remarks are enough.
local function remark_effects(order, changes)
  local said = 0
  for _, block in ipairs(order) do
    for _, change in ipairs(changes[block] or {}) do
      if is_empty(change.impact) and said < REMARKS then
        advise("remark_no_impact", { about = block .. "_change", note = change.text })
        said = said + 1
      end
    end
  end
end

-- The changes as lines of the plan; in a later round only what differs from the round before.
function drafts.record_changes(order, model, before, round)
  record("model", { text = model.text, round = round })
  if round == 1 then remark_effects(order, model.changes) end
  for _, block in ipairs(order) do
    if round > 1 then record_dropped(block, model.changes[block], before[block], round) end
    for _, change in ipairs(model.changes[block] or {}) do
      local old = find_text(before[block], change.text)
      local fields = { text = change.text, block = block, from = block .. "_change" }
      fields.decision, fields.impact = change.decision, change.impact
      if round == 1 then
        if old then
          fields.why, fields.strength, fields.wanted = old.why, old.strength, old.wanted
        end
        record("change", fields)
      elseif not old or old.decision ~= change.decision then
        fields.round = round
        record("adjustment", fields)
      end
    end
  end
end

-- What is new in a model: it needs a belief, or proof.  In a later round only what was not there
-- before.
function drafts.novelties(order, model, before, round)
  local list = {}
  for _, block in ipairs(order) do
    for _, change in ipairs(model.changes[block] or {}) do
      local known = round > 1 and find_text(before[block], change.text)
      if change.decision == "add" and not known then
        change.block = block
        table.insert(list, change)
      end
    end
  end
  return list
end

return drafts
