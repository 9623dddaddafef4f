-- expect: memory or deadline
local t = {}
for i = 1, 60 do t[i] = ("x"):rep(1000000) end
local s = table.concat(t)
