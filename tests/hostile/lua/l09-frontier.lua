-- expect: deadline
local s = ("a "):rep(30000)
say(tostring(s:find("%f[%w].-%f[%W].-%f[%w].-b")))
