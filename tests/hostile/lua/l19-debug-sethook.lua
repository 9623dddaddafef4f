-- expect: refused
debug.sethook()
