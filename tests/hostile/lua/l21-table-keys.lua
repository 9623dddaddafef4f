-- expect: error
for k in pairs({ [{}] = 1, [say] = 2 }) do say "x" end
