-- expect: error
local function f() run("a", f) end
f()
