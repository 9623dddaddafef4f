-- expect: budget or deadline
local function f(n) if n == 0 then while true do end end pcall(f, n - 1) end
f(50)
while true do end
