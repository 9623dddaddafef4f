-- expect: refused
while true do coroutine.resume(coroutine.create(function() end)) end
