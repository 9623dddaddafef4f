-- expect: refused
next({})
