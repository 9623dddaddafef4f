-- expect: ok
say(("x"):sub(math.mininteger, math.maxinteger))
