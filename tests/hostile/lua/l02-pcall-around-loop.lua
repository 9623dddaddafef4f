-- expect: budget
pcall(function() while true do end end)
say "still here"
