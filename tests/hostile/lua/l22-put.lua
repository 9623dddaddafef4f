-- expect: error
while true do put("talk", "goal", ("x"):rep(10000)) end
