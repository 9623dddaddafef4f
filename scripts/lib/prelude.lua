-- Helpers that every script has without asking for them: given the table of the author's
-- functions, adds to it.  A list may be nil (its question was skipped): nothing is in it then.
local api = ...

local function value_of(element, field)
  if field == nil then
    return element
  end
  return element[field]
end

-- The values of a field, or the elements themselves; those that are nil are passed over.
local function values(list, field)
  local found = {}
  for _, element in ipairs(list or {}) do
    local value = value_of(element, field)
    if type(value) == "table" and value.number then
      value = value.number
    end
    if value ~= nil then
      found[#found + 1] = value
    end
  end
  return found
end

function api.sum(list, field)
  local total = 0
  for _, value in ipairs(values(list, field)) do
    total = total + value
  end
  return total
end

function api.average(list, field)
  local found = values(list, field)
  if #found == 0 then
    return nil
  end
  return api.sum(found) / #found
end

-- The first element whose value comes before all others.
local function foremost(list, field, before)
  local best, best_value
  for _, element in ipairs(list or {}) do
    local value = value_of(element, field)
    if type(value) == "table" and value.number then
      value = value.number
    end
    if value ~= nil and (best_value == nil or before(value, best_value)) then
      best, best_value = element, value
    end
  end
  return best
end

function api.biggest(list, field)
  return foremost(list, field, function(a, b) return a > b end)
end

function api.smallest(list, field)
  return foremost(list, field, function(a, b) return a < b end)
end

function api.count(list, test)
  local n = 0
  for _, element in ipairs(list or {}) do
    if test == nil or test(element) then
      n = n + 1
    end
  end
  return n
end

function api.is_empty(value)
  if type(value) ~= "table" then
    return value == nil or value == ""
  end
  for _ in pairs(value) do
    return false
  end
  return true
end

function api.join(list, separator)
  local texts = {}
  for _, element in ipairs(list or {}) do
    texts[#texts + 1] = tostring(type(element) == "table" and element.text or element)
  end
  return table.concat(texts, separator or ", ")
end
