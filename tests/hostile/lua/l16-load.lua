-- expect: refused
load("while true do end")()
