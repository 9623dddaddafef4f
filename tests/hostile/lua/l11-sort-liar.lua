-- expect: ok
local t = {}
for i = 1, 500 do t[i] = i end
table.sort(t, function() return true end)
say(tostring(#t))
