-- expect: memory or deadline or budget
local t = {}
for i = 1, 1e9 do t[i * 1048576] = i end
