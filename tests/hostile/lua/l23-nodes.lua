-- expect: error
local t = {}
for i = 1, 5000 do t[i] = i end
action { text = "x", t = t }
