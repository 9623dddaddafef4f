-- expect: error
action { "x", text = "y" }
