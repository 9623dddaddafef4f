-- expect: error
table.unpack({}, math.mininteger, math.maxinteger)
