-- expect: deadline
local s = ("a"):rep(32)
say(tostring(s:find(("a?"):rep(32) .. ("a"):rep(32))))
