-- expect: error
table.concat({}, "", 1, 1 << 62)
