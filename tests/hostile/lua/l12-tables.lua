-- expect: memory or deadline
local t = {}
while true do t = { t, {}, {}, {} } end
