-- expect: ok
phase "define"
local rows = {}
for i = 1, 2000 do rows[i] = "row " .. i end
ask("place", { items = rows })
