-- expect: refused
say = function() end
