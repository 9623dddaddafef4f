-- expect: deadline
local s = ("("):rep(60000)
for i = 1, 1e5 do s:find("%b()") end
