-- expect: deadline or budget
local t = {}
for i = 1, 50000 do t[i] = i end
while true do pick("x", t) end
