-- expect: ok
local ok = pcall(pcall, pcall, pcall, error, "x")
say(tostring(ok))
