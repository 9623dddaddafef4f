-- expect: refused
string.dump(function() end)
