-- expect: error
error("x", math.maxinteger)
