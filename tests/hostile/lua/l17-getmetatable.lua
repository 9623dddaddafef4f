-- expect: refused
getmetatable("").__index = nil
