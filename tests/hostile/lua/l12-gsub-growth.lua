-- expect: memory or deadline
local s = ("x"):rep(60000)
local t = (s:gsub(".", ("y"):rep(1000)))
