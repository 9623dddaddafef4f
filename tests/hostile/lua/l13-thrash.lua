-- expect: memory or deadline
local keep = {}
pcall(function() while true do keep[#keep + 1] = ("x"):rep(1000) .. #keep end end)
while true do local s = ("y"):rep(100000) end
