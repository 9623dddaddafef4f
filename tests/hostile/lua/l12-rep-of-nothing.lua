-- expect: ok
local s = (""):rep(math.maxinteger)
say(tostring(#s))
