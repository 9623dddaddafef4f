-- expect: ok
say(string.format("%99d", 1))
