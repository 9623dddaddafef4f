-- expect: ok
say(string.format("%.99f", 1 / 3))
