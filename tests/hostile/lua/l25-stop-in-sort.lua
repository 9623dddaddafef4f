-- expect: ok
phase "define"
table.sort({ 2, 1 }, function() return ask "n" == 1 end)
