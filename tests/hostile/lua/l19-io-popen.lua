-- expect: refused
io.popen "true"
