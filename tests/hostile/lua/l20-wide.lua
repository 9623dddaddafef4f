-- expect: error
say(string.format("%100d", 1))
