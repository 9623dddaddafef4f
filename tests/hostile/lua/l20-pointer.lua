-- expect: error
say(string.format("%p", {}))
