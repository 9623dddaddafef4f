-- expect: deadline or memory or error
local function f(...) return f(1, ...) end
f()
