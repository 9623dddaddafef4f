-- expect: ok
say(tostring(math.mininteger // -1))
for i = math.maxinteger - 1, math.maxinteger do say(tostring(i)) end
