-- expect: error
while true do say(("x"):rep(10000)) end
