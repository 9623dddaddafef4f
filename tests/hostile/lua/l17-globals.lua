-- expect: refused
_G.say = nil
