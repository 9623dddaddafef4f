-- expect: error
action { text = "x", n = 0 / 0 }
