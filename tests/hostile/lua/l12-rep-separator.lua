-- expect: error
local s = ("x"):rep(2, ("y"):rep(1048576))
