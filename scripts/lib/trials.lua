-- What has to be true, and how to find out: which beliefs to try first, by which way, and what
-- came of it.
local trials = {}

local FIRST = 3            -- beliefs tried out in one round
local REMARKS = 3          -- of one kind
local SHY = 6              -- below this comfort with strangers a partner is proposed
local KNOWN = { none = 0, some = 1, strong = 2 }

-- Beliefs to begin with: those left open by the round before, or one for each thing that is new.
local function proposals(novelties, open)
  local list = {}
  for _, from in ipairs(open and #open > 0 and open or novelties) do
    table.insert(list, { text = from.text, about = from.about, importance = from.importance })
  end
  return #list > 0 and list or nil
end

function trials.ask_beliefs(novelties, open)
  local beliefs = ask("beliefs", { start = proposals(novelties, open) })
  local text, strong = "", 0
  for belief in each(beliefs) do
    text = text .. "\n" .. string.lower(belief.text)
    if belief.evidence == "strong" then strong = strong + 1 end
  end
  local said = 0
  for _, change in ipairs(novelties) do
    local named = string.find(text, string.lower(change.text), 1, true)
    if not named and #novelties > count(beliefs) and said < REMARKS then
      advise("remark_add_belief", { about = "beliefs", note = change.text })
      said = said + 1
    end
  end
  if strong > 0 and strong == count(beliefs) then
    advise("remark_low_evidence", { about = "beliefs" })
  end
  return beliefs
end

-- The beliefs that matter most and of which least is known; what is known already is left out.
function trials.choose(beliefs)
  local list = {}
  for belief in each(beliefs) do
    if belief.evidence ~= "strong" then table.insert(list, { item = belief, place = #list }) end
  end
  local function weight(entry)
    return (entry.item.importance or 3) * 10 - (KNOWN[entry.item.evidence or "none"] or 0) * 5
  end
  table.sort(list, function(a, b)
    if weight(a) ~= weight(b) then return weight(a) > weight(b) end
    return a.place < b.place
  end)
  local chosen = {}
  for i = 1, math.min(FIRST, #list) do chosen[i] = list[i].item end
  if #list > FIRST then advise("remark_still_open", { about = "beliefs" }) end
  return chosen
end

local function plan_one(belief, start)
  local route = ask("route", { item = belief, start = start })
  local card = ask("test_card", { item = belief }) or {}
  record("hypothesis", { text = belief.text, importance = belief.importance,
                         evidence = belief.evidence, route = route, test = card.what,
                         due = card.by, measure = card.know, help = card.help })
  return route, card
end

-- Time to go out: until the last of the dates that were promised.
local function go_out(chosen, cards)
  local last, texts = nil, {}
  for i, card in ipairs(cards) do
    texts[i] = card.what or chosen[i].text
    if card.by and (not last or card.by > last) then last = card.by end
  end
  wait("out_there", { ["until"] = last, days = not last and 14 or nil, trials = join(texts, "; ") })
end

-- A way for each belief; where strangers are hard to approach, a partner comes first.
function trials.prepare(chosen)
  local shy = (answers.cold_comfort or SHY) < SHY
  local by_partner, cards = false, {}
  if shy and #chosen > 0 then say "partner_first" end
  for _, belief in ipairs(chosen) do
    local route, card = plan_one(belief, shy and "partner" or "customer")
    table.insert(cards, card)
    by_partner = by_partner or route == "partner"
  end
  if by_partner then
    if answers.tendencies then say "tendencies_again" end
    step "partners"
  end
  go_out(chosen, cards)
end

local function learn_one(belief)
  local observed, learned = ask("observed", { item = belief }), ask("learned", { item = belief })
  local verdict = ask("verdict", { item = belief })
  if observed or verdict then
    record("learning", { text = belief.text, observed = observed, learned = learned,
                         verdict = verdict })
  end
  return verdict
end

-- What came of it.  Gives the beliefs that call for another draft.
function trials.learn(chosen)
  local open = {}
  for _, belief in ipairs(chosen) do
    local verdict = learn_one(belief)
    if verdict == "adjust" or verdict == "pivot" then table.insert(open, belief) end
  end
  step "want_pay"                                   -- wanting and paying are two questions
  local want, pay = answers.want, answers.pay
  if want == "yes" and pay == "no" then say "wanted_not_paid" end
  if want or pay then
    record("want", { want = want, pay = pay, evidence = answers.want_pay_shown })
  end
  return open
end

return trials
