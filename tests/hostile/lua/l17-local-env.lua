-- expect: refused
local _ENV = {}
say "x"
