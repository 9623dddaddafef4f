-- expect: error
say(string.format("%%%-5p", {}))
