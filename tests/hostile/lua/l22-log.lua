-- expect: ok
for i = 1, 1000 do action { due = "x" } end
