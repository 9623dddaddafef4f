-- expect: ok
say(tostring({}) .. tostring(say) .. tostring(answers))
