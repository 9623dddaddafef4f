-- expect: error
say(tostring(("a"):find(("a"):rep(257))))
