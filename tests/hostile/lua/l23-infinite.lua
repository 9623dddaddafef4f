-- expect: error
action { text = "x", n = math.huge }
