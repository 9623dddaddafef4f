-- Does what comes in cover what goes out?  Amounts are compared by the month.  The figures stay in
-- the conversation: nothing here reaches a document.
local money = {}

local PER_MONTH = { day = 30.4, week = 52 / 12, month = 1, quarter = 1 / 3, year = 1 / 12 }

local function monthly(amount)
  local factor = amount and PER_MONTH[amount.period or "month"]
  return factor and amount.number * factor
end

-- Do all amounts that were given have the same currency?
local function one_currency(amounts)
  local currency = nil
  for _, amount in ipairs(amounts) do
    if currency and amount.currency ~= currency then return nil end
    currency = amount.currency
  end
  return currency
end

local EVEN = 0.05      -- a difference up to this share is about even
local WEEKS = 52 / 12  -- in a month

-- Says what is left, or what is missing, and gives it in a word: covered, even or short; nil if it
-- cannot be said.  `outs` are the amounts that go out.
function money.compare(income, outs, covered, short)
  local given, out = { income }, 0
  for _, amount in ipairs(outs) do
    if monthly(amount) then
      table.insert(given, amount)
      out = out + monthly(amount)
    end
  end
  if not monthly(income) or #given < 2 then
    say "costs_declined"
  elseif not one_currency(given) then
    say "costs_unlike"
  else
    local left = monthly(income) - out
    local shown = string.format("%d %s", math.floor(math.abs(left) + 0.5), income.currency)
    if left >= 0 then say(covered, { left = shown }) else say(short, { missing = shown }) end
    if math.abs(left) <= EVEN * out then return "even" end
    return left > 0 and "covered" or "short"
  end
end

-- What an hour brings in, when hours are named by the week.
function money.per_hour(income, hours)
  local month = monthly(income)
  if not month or not hours or hours <= 0 then return end
  local rate = math.floor(month / (hours * WEEKS) + 0.5)
  say("per_hour", { rate = string.format("%d %s", rate, income.currency) })
end

-- How it stands, in words: the amounts stay out of the plan.
function money.record(stage, result, get, give, round)
  if result or get or give then
    record("cover", { stage = stage, result = result, soft_get = get, soft_give = give,
                      round = round, from = "cover" })
  end
end

-- What comes back besides money, against what it takes.
function money.tilt(get, give)
  if not (get and give) then return end
  say("soft_both", { get = get, give = give })
  if give - get >= 3 then say "soft_tilt" end
end

-- A list without its holes: amounts that were passed over.
function money.given(...)
  local list = {}
  for i = 1, select("#", ...) do
    local amount = select(i, ...)
    if amount then table.insert(list, amount) end
  end
  return list
end

return money
