-- expect: deadline or budget
local s = ("x"):rep(60000)
while true do s:gsub(".", { x = "yy" }) end
