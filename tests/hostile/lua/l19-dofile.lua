-- expect: refused
dofile "/etc/passwd"
