-- expect: error
say(string.format("%d %d", 1))
