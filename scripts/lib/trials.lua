-- What has to be true, and how to find out: which beliefs to try first, by which way, and what
-- came of it.
local partners = use "lib/partners"

local trials = {}

local FIRST = 3            -- beliefs tried out in one round
local REMARKS = 3          -- of one kind
local SHY = 6              -- below this comfort with strangers a partner is proposed
local WEAK = { praise = true }    -- kind words alone prove nothing

-- The answer given about an item in a step.
local function of_item(item, id)
  return run(item.id, function() return answers[id] end)
end

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

-- Is it known already, or has a trial shown it?
function trials.holds(belief)
  return belief.evidence == "strong" or of_item(belief, "verdict") == "persevere"
end

-- The first of the ranked beliefs; what is known already is left out.
function trials.choose(ranked)
  local list, chosen = {}, {}
  for belief in each(ranked) do
    if belief.evidence ~= "strong" then table.insert(list, belief) end
  end
  for i = 1, math.min(FIRST, #list) do chosen[i] = list[i] end
  if #list > FIRST then advise("remark_still_open", { about = "beliefs" }) end
  return chosen
end

-- A way and a card for one belief.
local function plan_one(belief, start)
  local route = ask("route", { item = belief, start = start })
  local card = ask("test_card", { item = belief }) or {}
  step("card_more", { item = belief })
  local watch = of_item(belief, "test_watch")
  record("hypothesis", { text = belief.text, importance = belief.importance,
                         evidence = belief.evidence, route = route, test = card.what, watch = watch,
                         due = card.by, measure = card.know, help = card.help, from = "beliefs" })
  return { belief = belief, route = route, card = card, watch = watch }
end

-- Time to go out: until the last of the dates that were promised.
local function go_out(cards)
  local last, texts = nil, {}
  for i, one in ipairs(cards) do
    local by = one.card.by
    texts[i] = one.card.what or one.belief.text
    if by and (not last or by > last) then last = by end
  end
  wait("out_there", { ["until"] = last, days = not last and 14 or nil, trials = join(texts, "; ") })
end

-- A way for each belief; where strangers are hard to approach, a partner comes first.
function trials.prepare(chosen)
  local shy = (answers.cold_comfort or SHY) < SHY
  local cards = {}
  if shy and #chosen > 0 then say "partner_first" end
  for i, belief in ipairs(chosen) do
    cards[i] = plan_one(belief, shy and "partner" or "customer")
  end
  cards.by_partner = count(cards, function(one) return one.route == "partner" end) > 0
  local straight = count(cards, function(one) return one.route == "customer" end) > 0
  partners.get_ready(cards.by_partner, straight)
  go_out(cards)
  return cards
end

local function remark(belief, verdict, proof, again)
  if verdict == "persevere" and WEAK[proof or ""] then
    advise("remark_only_words", { about = "verdict", note = belief.text })
  elseif verdict == "later" and not again then
    advise("remark_late_no_date", { about = "verdict", note = belief.text })
  end
end

-- What was tried, what it showed and what follows, in one record.
local function learn_one(one)
  local belief, card = one.belief, one.card
  local observed = ask("observed", { item = belief })
  step("proof", { item = belief })
  local learned, verdict = ask("learned", { item = belief }), ask("verdict", { item = belief })
  step("after_verdict", { item = belief })
  local proof, again = of_item(belief, "proof"), of_item(belief, "retry_by")
  if observed or verdict then
    record("learning", { text = belief.text, importance = belief.importance, route = one.route,
                         evidence = belief.evidence, test = card.what, watch = one.watch,
                         measure = card.know, observed = observed, proof = proof,
                         people = of_item(belief, "proof_people"), learned = learned,
                         verdict = verdict, therefore = of_item(belief, "therefore"),
                         again = again, from = "beliefs" })
  end
  if again then remind { text = belief.text, due = again } end
  remark(belief, verdict, proof, again)
  return verdict
end

-- What came of it.  Gives the beliefs that call for another draft.
function trials.learn(cards)
  local open = {}
  for _, one in ipairs(cards) do
    local verdict = learn_one(one)
    if verdict == "adjust" or verdict == "pivot" then table.insert(open, one.belief) end
  end
  partners.look_back(cards.by_partner)
  step "want_pay"                                   -- wanting and paying are two questions
  local want, pay = answers.want, answers.pay
  if want == "yes" and pay == "no" then say "wanted_not_paid" end
  if want or pay then
    record("want", { want = want, pay = pay, evidence = answers.want_pay_shown,
                     from = "want, pay" })
  end
  return open
end

return trials
