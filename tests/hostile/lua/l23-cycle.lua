-- expect: error
local t = {}
t.t = t
action { text = "x", t = t }
