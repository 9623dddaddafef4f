-- expect: deadline
local s = ("a"):rep(60000)
say((s:gsub(".-.-.-b", "")))
