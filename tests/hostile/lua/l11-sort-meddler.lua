-- expect: ok
local t = { 3, 2, 1 }
table.sort(t, function(a, b) t[1] = nil return a < b end)
