-- expect: refused
say(tostring(math.random()))
