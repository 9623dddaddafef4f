-- expect: error
local t = {}
for i = 1, 100 do t = { t } end
action { text = "x", t = t }
