-- One question after the other; each takes the sum of what was said before a little further.
phase "ask"
local letters = 0
for n = 1, 25000 do
  local text = ask "more"
  if text then letters = letters + #text end
end
