-- expect: refused
loadstring("x = 1")()
