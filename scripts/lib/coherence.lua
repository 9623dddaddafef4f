-- Does the page hold together?  What seems to be missing becomes a question the coach may ask,
-- never an order.
local coherence = {}

local AT_MOST = 3      -- remarks of one kind: more would be nagging

local function count_by(notes, field, values)
  local n = 0
  for _, note in ipairs(notes) do
    if values[note.item[field] or ""] then n = n + 1 end
  end
  return n
end

local function any_known(notes, field)
  for _, note in ipairs(notes) do
    if note.item[field] then return true end
  end
  return false
end

-- One remark for each note that fails, but not for more than a few.
local function remark_each(notes, about, id, fails)
  local said = 0
  for _, note in ipairs(notes) do
    if said < AT_MOST and fails(note.item, note) then
      advise(id, { about = about, note = note.text })
      said = said + 1
    end
  end
end

local WHO = { { interest = true }, { ability = true, skill = true }, { personality = true } }
local HAVE = { knowledge = true, experience = true, contact = true, asset = true }

local function look_at_person(by)
  local who = 0
  for _, kinds in ipairs(WHO) do
    if count_by(by.kr, "kind", kinds) > 0 then who = who + 1 end
  end
  local has = count_by(by.kr, "kind", HAVE)
  if any_known(by.kr, "kind") then
    if who < 3 then advise("remark_kr_person", { about = "kr" }) end
    if has == 0 then advise("remark_kr_have", { about = "kr" }) end
  end
  remark_each(by.kr, "kr", "remark_kr_idle", function(item) return item.use == "idle" end)
end

-- Each good has people who gain by it and a task that brings it about.
local function look_at_help(by)
  for field, remark in pairs { whom = "remark_vp_whom", through = "remark_vp_through" } do
    if any_known(by.vp, field) then
      remark_each(by.vp, "vp", remark, function(item) return is_empty(item[field]) end)
    end
  end
end

local function look_at_tasks(by)
  if any_known(by.ka, "whom") then
    remark_each(by.ka, "ka", "remark_ka_nobody", function(item) return is_empty(item.whom) end)
  end
  local tasks = {}
  for _, note in ipairs(by.ka) do tasks[string.lower(note.text)] = true end
  remark_each(by.vp, "vp", "remark_vp_task", function(item)
    return tasks[string.lower(item.text)]
  end)
end

-- Does one of two texts hold the other?
local function are_alike(a, b)
  if is_empty(a) or is_empty(b) then return false end
  a, b = string.lower(a), string.lower(b)
  return string.find(a, b, 1, true) or string.find(b, a, 1, true)
end

-- Is this customer named by any note of how I help?
local function is_served(by, text)
  for _, note in ipairs(by.vp) do
    if are_alike(note.item.whom, text) then return true end
  end
  return false
end

-- Is whoever pays among those who are helped?
local function is_listed(by, payer)
  for _, note in ipairs(by.cs) do
    if are_alike(note.text, payer) or are_alike(note.item.sponsor, payer) then return true end
  end
  return are_alike(answers.cs_boss, payer) or are_alike(answers.cs_buyers, payer)
end

local function look_at_customers(by)
  local inside = count_by(by.cs, "place", { inside = true })
  local outside = count_by(by.cs, "place", { outside = true, wider = true })
  if outside > 0 and inside == 0 and answers.client_type ~= "self_employed" then
    advise("remark_cs_inside", { about = "cs" })
  end
  if inside > 0 and outside == 0 then advise("remark_cs_outside", { about = "cs" }) end
  remark_each(by.cs, "cs", "remark_cs_sponsor", function(item)
    return item.pays == "sponsored" and is_empty(item.sponsor) and is_empty(answers.cs_sponsors)
  end)
  if any_known(by.vp, "whom") then
    remark_each(by.cs, "vp", "remark_cs_value", function(item)
      return item.pays and not is_served(by, item.text)
    end)
  end
end

local LATER = {
  evaluation = "ch_judge", purchase = "ch_yes", delivery = "ch_deliver", after = "ch_after",
}

local function look_at_ways(by)
  if not any_known(by.ch, "moment") then return end
  local missing = 0
  for moment, question in pairs(LATER) do
    local noted = count_by(by.ch, "moment", { [moment] = true }) > 0
    if not noted and is_empty(answers[question]) then missing = missing + 1 end
  end
  if count_by(by.ch, "moment", { awareness = true }) == 0 then
    advise("remark_ch_unheard", { about = "ch" })
  end
  if missing > 0 then advise("remark_ch_moments", { about = "ch" }) end
end

-- Who pays, and do all who pay have one name?
local function look_at_payers(by)
  local money, payer, same = 0, nil, true
  for _, note in ipairs(by.rv) do
    if note.item.kind == "hard" then
      local whose = note.item.payer
      money = money + 1
      same = same and whose ~= nil and (payer == nil or payer == whose)
      payer = payer or whose
      if whose and #by.cs > 0 and money <= AT_MOST and not is_listed(by, whose) then
        advise("remark_rv_unlisted", { about = "rv", note = note.text, payer = whose })
      end
    end
  end
  if money > 1 and same and answers.client_type ~= "employee" then
    advise("remark_rv_one", { about = "rv", payer = payer })
  end
end

-- Do the tasks take more hours than there are in the week that was named?
local function look_at_hours(by)
  local hours = 0
  for _, note in ipairs(by.ka) do hours = hours + (note.item.hours or 0) end
  if answers.co_hours and hours > answers.co_hours then
    advise("remark_co_hours", { about = "co_hours" })
  end
end

local function look_at_exchange(by)
  if any_known(by.kp, "gives") then
    remark_each(by.kp, "kp", "remark_kp_gives", function(item) return not item.gives end)
  end
  remark_each(by.rv, "rv", "remark_rv_payer", function(item)
    return item.kind == "hard" and is_empty(item.payer)
  end)
  for _, block in ipairs { "rv", "co" } do
    local hard = count_by(by[block], "kind", { hard = true, material = true })
    local soft = count_by(by[block], "kind", { soft = true })
    if (hard == 0) ~= (soft == 0) then advise("remark_" .. block .. "_both", { about = block }) end
  end
end

function coherence.look(sheet)
  for _, block in ipairs(sheet.order) do
    if #sheet.by[block] == 0 then advise("remark_block_empty", { about = block }) end
  end
  look_at_person(sheet.by)
  look_at_tasks(sheet.by)
  look_at_help(sheet.by)
  look_at_customers(sheet.by)
  look_at_ways(sheet.by)
  look_at_exchange(sheet.by)
  look_at_payers(sheet.by)
  look_at_hours(sheet.by)
end

-- Blocks that have been left for another day.
function coherence.remind_of_rest(whole, order)
  local talked = {}
  for _, block in ipairs(order) do talked[block] = true end
  for _, block in ipairs(whole) do
    if not talked[block] then advise("remark_block_later", { about = block }) end
  end
end

return coherence
