-- expect: memory or deadline or budget
local t = {}
while true do t = { t, {}, {}, {} } end
