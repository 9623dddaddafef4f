-- The personal business model: put today's page together, look at it, draft another, try it out,
-- make the plan.  The questions are in workflows/business-model/*.yaml; here is only the order of
-- the conversation.

local page      = use "lib/page"
local coherence = use "lib/coherence"
local money     = use "lib/money"
local decisions = use "lib/decisions"
local mirror    = use "lib/mirror"
local drafts    = use "lib/drafts"
local weigh     = use "lib/weigh"
local trials    = use "lib/trials"
local lines     = use "lib/lines"
local plan      = use "lib/plan"
local bookends  = use "lib/bookends"

-- What coach and client agree on, if the coach wants it ------------------------------------------

bookends.open()

-- Define: the page as it is today -----------------------------------------------------------------

phase "define"
step "frame"

if answers.job_scope == "last" then say "last_job" end

local whole = page.order(answers.block_order)
local order = page.in_talk(whole, answers.blocks_now)
for n, block in ipairs(order) do
  step(block)                          -- the notes of the block, and what brings up more of them
  if block == "cs" and answers.cs_not_paying then step "cs_sponsored" end
  if n == 1 then say "page_grows" end
  step("after_block", { as = block })
  if n == 5 then say "halfway" end
end

local sheet = page.gather(order)
page.read_aloud(sheet)
coherence.look(sheet)
coherence.remind_of_rest(whole, order)
lines.today(sheet)
step "validation"                      -- what follows builds on a page that the client stands by

-- Reflect: what fits, what does not, what it is for -----------------------------------------------

phase "reflect"
if not answers.validated then advise("remark_unvalidated", { about = "validated" }) end
page.ask_likes(sheet)
step "lifeline"

step "roles"
if answers.roles then
  step("roles_rating", { rows = answers.roles })
  mirror.roles(answers.roles, answers.roles_rate)
end
step "surroundings"
mirror.tendencies(answers.tendencies)
page.recall_idle(sheet)
mirror.skills(sheet)
step "purpose"
mirror.purpose()

step "stock"
for block in each "dig" do step("dig_" .. block) end
step "stock_more"
mirror.their_side(sheet)
step "cover"
local outs = money.given(answers.money_work, answers.money_living)
local result = money.compare(answers.money_in, outs, "costs_covered", "costs_open")
money.tilt(answers.soft_get, answers.soft_give)
if result == "short" then step "cover_short" end
step "cover_after"
money.record("today", result, answers.soft_get, answers.soft_give)

say "table_begins"
if not answers.validated then say "table_on_trust" end
for _, block in ipairs(order) do decisions.take(sheet, block) end
decisions.record_what_stays(sheet, page.texts)
lines.keep(sheet)
decisions.look_back(sheet)
decisions.weigh(sheet)
step "changes"
decisions.look_at_changes(answers.changes)

-- Rework and Test: a draft, what has to be true for it, a trial; as often as it takes -------------

local settled = {}                     -- what one has to be able to do, as far as levels are named

local function round(n, before, open)
  phase "rework"
  if n == 1 then
    say "draft_ready"
    weigh.read_draft(order, before)
    step "outlook"
    mirror.reword_purpose(answers.purpose_again)
    step "bigger_job"
  else
    say "back_to_draft"
  end
  local models = drafts.sketch_all(sheet, before, n)
  local chosen = drafts.choose(models, n)
  drafts.draw(sheet, chosen, before, n)
  drafts.record_changes(order, chosen, before, n)
  step "target_cover"
  if answers.target_in then
    local target_outs = money.given(answers.target_out)
    local carries = money.compare(answers.target_in, target_outs, "target_covers", "target_short")
    money.record("target", carries, nil, nil, n)
  end
  if n == 1 then settled = weigh.find_gaps(chosen.changes.kr) end
  local beliefs = trials.ask_beliefs(drafts.novelties(order, chosen, before, n), open)
  drafts.flag(order, chosen, beliefs, trials.holds)
  if n == 1 then weigh.look_at_growth(order, chosen.changes, beliefs) end
  local ranked = weigh.rank(beliefs)

  phase "test"
  local tried = trials.choose(ranked)
  if #tried == 0 then
    say "nothing_to_try"
    return chosen, {}
  end
  return chosen, trials.learn(trials.prepare(tried))
end

local model, open, n = { changes = decisions.draft(sheet) }, nil, 0
repeat                                 -- a belief that has to be adjusted leads back to the draft
  n = n + 1
  model, open = run("round" .. n, round, n, model.changes, open)
until #open == 0 or n == 4

-- The plan ----------------------------------------------------------------------------------------

phase "test"
if #open == 0 then say "goes_on" end
ask "picture"
local soonest, goals = plan.set_goals(answers.changes)
lines.go(order, model, goals)
plan.set_capabilities(weigh.unsettled(model.changes.kr, settled))
local task = plan.surround(sheet, model.changes, goals)
plan.measure()
plan.set_reviews(soonest, task)
step "word"
say "goes_round"
bookends.look_back(goals)
