-- expect: ok
local function f() return pcall(f) end
say(tostring(f()))
