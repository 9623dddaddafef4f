-- expect: error
say(tostring(answers["__index"]))
