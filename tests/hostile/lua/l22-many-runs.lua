-- expect: error
phase "define"
local function f(n) run("r" .. n, function() f(n + 1) end) end
f(1)
