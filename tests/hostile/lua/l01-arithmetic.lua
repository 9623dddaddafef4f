-- expect: budget
local x = 0.5
while x == x do x = x * 0.9 + 1 end
