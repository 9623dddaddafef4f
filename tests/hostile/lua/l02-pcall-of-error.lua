-- expect: budget or deadline
while true do pcall(error, "x") end
