-- expect: refused

