-- expect: refused
string.rep = function() return "" end
