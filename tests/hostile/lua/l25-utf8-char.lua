-- expect: error
utf8.char(1 << 40)
