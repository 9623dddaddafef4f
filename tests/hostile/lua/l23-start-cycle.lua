-- expect: error
phase "define"
local t = {}
t[1] = t
ask("topic", { start = t })
