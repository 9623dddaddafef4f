-- expect: refused
while true do collectgarbage() end
