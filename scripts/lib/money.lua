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

-- Says what is left, or what is missing.  `outs` are the amounts that go out.
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
  end
end

-- What comes back besides money, against what it takes.
function money.tilt(get, give)
  if get and give and give - get >= 3 then say "soft_tilt" end
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
