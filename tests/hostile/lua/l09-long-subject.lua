-- expect: error
local s = ("a"):rep(65537)
say(tostring(s:find("b")))
