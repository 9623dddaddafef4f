-- expect: memory or deadline or budget
local t = {}
for i = 1, 1e9 do t[i] = i end
