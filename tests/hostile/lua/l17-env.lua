-- expect: refused
_ENV.say = nil
