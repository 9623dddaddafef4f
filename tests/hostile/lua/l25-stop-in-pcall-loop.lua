-- expect: ok
phase "define"
while true do pcall(ask, "topic") end
