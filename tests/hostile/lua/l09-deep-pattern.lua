-- expect: error
say(tostring(("a"):rep(1000):find(("(a"):rep(40))))
