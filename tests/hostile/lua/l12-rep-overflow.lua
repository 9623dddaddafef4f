-- expect: error
local s = ("xx"):rep(math.maxinteger)
