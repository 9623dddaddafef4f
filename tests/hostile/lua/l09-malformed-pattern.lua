-- expect: error
say(tostring(("a"):find("[a")))
