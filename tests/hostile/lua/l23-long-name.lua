-- expect: ok
action { text = "x", [("k"):rep(10000)] = 1 }
