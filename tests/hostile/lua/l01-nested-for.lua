-- expect: budget
local n = 0
for i = 1, 1e6 do for j = 1, 1e6 do n = n + 1 end end
