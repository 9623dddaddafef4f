-- expect: error
say(string.format("%q", 1 / 3))
