-- expect: refused
loadfile "/etc/passwd"
