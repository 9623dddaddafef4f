-- expect: error
table.insert({}, 1 << 62, 1)
