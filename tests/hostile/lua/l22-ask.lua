-- expect: budget or deadline
while true do pcall(tonumber) end
