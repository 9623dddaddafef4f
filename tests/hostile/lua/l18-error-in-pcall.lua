-- expect: error
local ok, e = pcall(error, {})
say(tostring(e))
