-- expect: refused
string.pack("i16", 1)
