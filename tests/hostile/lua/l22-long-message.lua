-- expect: error or deadline
say(("x"):rep(1048576):upper():rep(1) .. ("y"):rep(1000000))
