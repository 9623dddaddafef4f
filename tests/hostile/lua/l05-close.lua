-- expect: error
local x <close> = {}
say "closed"
