-- expect: ok
action { text = "x", n = 1e308 }
