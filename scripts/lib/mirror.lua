-- Says back to the client what the answers about the person show: the widest gaps, never a verdict.
local mirror = {}

local MOST = 3            -- gaps said back
local WIDE = 2            -- a difference up to here is nothing to speak of

-- The entries with the widest gaps, the widest first; equal ones in the order they came.
local function widest(entries)
  local wide = {}
  for place, entry in ipairs(entries) do
    entry.place = place
    if entry.gap > WIDE then table.insert(wide, entry) end
  end
  table.sort(wide, function(a, b)
    if a.gap ~= b.gap then return a.gap > b.gap end
    return a.place < b.place
  end)
  local few = {}
  for i = 1, math.min(MOST, #wide) do few[i] = wide[i] end
  return few
end

-- Roles that matter more than they satisfy.
function mirror.roles(roles, rates)
  local gaps = {}
  for role in each(roles) do
    local rate = rates and rates[role.id] or {}
    if rate.importance and rate.satisfaction then
      table.insert(gaps, { text = role.text, gap = rate.importance - rate.satisfaction })
    end
  end
  local few = widest(gaps)
  if #few == 0 then return end
  say("roles_gap", { role = few[1].text })
  table.remove(few, 1)
  if #few > 0 then say("roles_gap_more", { roles = join(few) }) end
end

local TENDENCIES = {
  "realistic", "investigative", "artistic", "social", "enterprising", "conventional",
}

-- Where the person and the people around differ most.
function mirror.tendencies(rates)
  if is_empty(rates) then return end
  local gaps = {}
  for _, tendency in ipairs(TENDENCIES) do
    local rate = rates[tendency] or {}
    if rate.self and rate.around then
      table.insert(gaps, { id = tendency, gap = math.abs(rate.self - rate.around), rate = rate })
    end
  end
  local few = widest(gaps)
  if #few > 0 then
    say "tendencies_apart"
    for _, entry in ipairs(few) do
      local rate = entry.rate
      say("tendency_" .. entry.id, { self = rate.self, around = rate.around })
    end
  elseif #gaps == #TENDENCIES then
    say "tendencies_alike"
  end
end

local NEITHER = 3         -- an energy that neither drains nor carries
local OUTSIDE = { contact = true, asset = true }     -- one has these, one does not use them

-- What becomes of the abilities on the page: used or not, and at what price.
function mirror.skills(sheet)
  local skills, asleep, tiring = {}, {}, {}
  for _, note in ipairs(sheet.by.kr) do
    if not OUTSIDE[note.item.kind or ""] then table.insert(skills, note) end
  end
  if #skills == 0 then return end
  step("skills", { rows = skills })
  local uses, energies = answers.skills_use or {}, answers.skills_energy or {}
  for _, note in ipairs(skills) do
    local energy = energies[note.id] and energies[note.id].energy or NEITHER
    note.use = uses[note.id] and uses[note.id].to
    if note.use == "underused" and energy >= NEITHER then table.insert(asleep, note) end
    if note.use == "used" and energy < NEITHER then table.insert(tiring, note) end
  end
  if #asleep > 0 then say("skills_asleep", { notes = join(asleep) }) end
  if #tiring > 0 then say("skills_tiring", { notes = join(tiring) }) end
end

-- The sentence of purpose in its versions: nothing that was said is lost.
function mirror.purpose()
  local first, now, stands = answers.purpose_first, answers.purpose, answers.purpose_stands
  local version = 0
  if first and first ~= now then
    version = version + 1
    record("purpose_version", { text = first, version = version })
    if now then say("purpose_kept", { first = first }) end
  end
  if now then
    record("purpose_version", { text = now, version = version + 1, stands = stands })
  else
    advise("remark_purpose_missing", { about = "purpose" })
  end
  if stands == "no" then say "purpose_not_yet" end
end

-- A later wording, found while the draft was held against the purpose.
function mirror.reword_purpose(again)
  if not again or again == answers.purpose then return end
  local version = answers.purpose and 2 or 1
  if answers.purpose_first and answers.purpose_first ~= answers.purpose then
    version = version + 1
  end
  record("purpose_version", { text = again, version = version })
end

-- How those who matter most would like it, beside how it is.
function mirror.their_side(sheet)
  local start, widest_one = {}, nil
  for i = 1, math.min(MOST, #sheet.by.cs) do start[i] = { text = sheet.by.cs[i].text } end
  step("their_side", { start = #start > 0 and start or nil })
  for one in each "their_side" do
    if one.want or one.now then
      record("relation", { text = one.text, want = one.want, now = one.now, seek = one.seek,
                           apart = one.apart, from = one.text })
    end
    local apart = one.apart or 0
    if apart > WIDE and apart > (widest_one and widest_one.apart or 0) then widest_one = one end
  end
  local one = widest_one
  if one and one.want and one.now then
    say("their_gap", { who = one.text, want = one.want, now = one.now })
  end
end

return mirror
