-- expect: error
local s = ""
s.rep = 1
