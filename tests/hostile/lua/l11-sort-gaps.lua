-- expect: error
local t = { 1, 2, 3 }
t[2] = nil
t[4] = 4
table.sort(t)
