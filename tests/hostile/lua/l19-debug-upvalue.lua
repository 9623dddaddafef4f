-- expect: refused
debug.setupvalue(say, 1, nil)
