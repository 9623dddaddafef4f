-- expect: error
local s = ("x"):rep(1048576)
local t = { s:byte(1, -1) }
