-- expect: error
local t = {}
for i = 1, 1000 do t[i] = i end
say(table.concat({ table.unpack(t) }))
