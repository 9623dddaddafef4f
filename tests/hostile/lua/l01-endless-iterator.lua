-- expect: budget
for x in function() return 1 end do local y = x end
