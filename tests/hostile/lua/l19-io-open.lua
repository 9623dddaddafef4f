-- expect: refused
io.open("/etc/passwd")
