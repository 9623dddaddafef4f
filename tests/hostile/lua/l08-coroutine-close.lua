-- expect: refused
local co
for i = 1, 20000 do co = coroutine.create(function() coroutine.close(co) end) end
