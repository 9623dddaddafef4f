-- expect: deadline
for w in ("a"):rep(60000):gmatch(".-.-.-b") do say(w) end
