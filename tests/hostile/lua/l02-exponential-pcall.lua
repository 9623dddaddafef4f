-- expect: budget or deadline
local function f() pcall(f) pcall(f) end
f()
