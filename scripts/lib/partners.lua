-- Out among people: by way of partners or straight to those one wants to help.
local partners = {}

local MANY = 3             -- partners to begin with

-- What a partner brings and what one offers, and where one stands with each.
local function record_all(prospects, status)
  for prospect in each(prospects) do
    local place = status and status[prospect.id] or {}
    record("partner", { text = prospect.text, does = prospect.does, gains = prospect.gains,
                        feedback = prospect.feedback, channel = prospect.channel,
                        customers = prospect.customers, status = place.to, note = place.why,
                        from = "prospects" })
  end
end

-- Before going out: what kind of partner one is, who the partners could be, whom one will talk to.
function partners.get_ready(by_partner, straight)
  if by_partner then
    if answers.tendencies then say "tendencies_again" end
    step "partners"
  end
  if by_partner then say "get_out_partner" end
  if straight then say "get_out_customer" end
  say "manners"
  step "get_out"
  for talk in each(answers.talks) do
    record("talk", { text = talk.text, as = talk.as, due = talk.by, from = "talks" })
    if talk.by then remind { text = talk.text, due = talk.by } end
  end
end

-- Afterwards: where one stands with each of them, and whether the circle has begun to turn.
function partners.look_back(by_partner)
  if not by_partner then return end
  local prospects = answers.prospects
  if count(prospects) > 0 then step("partner_news", { rows = prospects }) end
  record_all(prospects, answers.partner_status)
  for turn in each(answers.loop_turns) do
    record("loop", { text = turn.text, way = turn.way, people = turn.people, number = turn.number,
                     new = turn.new, from = "loop_turns" })
  end
  say "better_partner"
end

-- Partners of the chosen model to begin with, where support is asked for.
function partners.propose(sheet, changes)
  local list, seen = {}, {}
  local function add(text)
    if text and not seen[text] and #list < MANY then
      seen[text] = true
      table.insert(list, { text = text })
    end
  end
  for _, change in ipairs(changes or {}) do
    if change.decision == "strengthen" or change.decision == "add" then add(change.text) end
  end
  for _, note in ipairs(sheet.by.kp or {}) do
    if note.decision == "maintain" then add(note.text) end
  end
  return #list > 0 and list or nil
end

return partners
