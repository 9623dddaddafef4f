-- expect: deadline or budget
local a = ("x"):rep(1000000)
local b = a .. "y"
local n = 0
while true do if a < b then n = n + 1 end end
