-- expect: error
while true do advise(("x"):rep(10000)) end
