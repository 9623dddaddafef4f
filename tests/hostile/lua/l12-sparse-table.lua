-- expect: memory or deadline
local t = {}
for i = 1, 1e9 do t[i * 1048576] = i end
