-- expect: deadline
local s = ("a"):rep(60000)
say(tostring(s:find(".-.-.-b")))
