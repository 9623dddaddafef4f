-- expect: ok
action { text = "x", n = math.mininteger }
