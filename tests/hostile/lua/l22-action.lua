-- expect: error
while true do action { text = ("x"):rep(10000) } end
