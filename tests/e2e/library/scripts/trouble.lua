phase "one"
local word = ask "word"
if word == "boom" then
  error("this went wrong")
end
ask "after"
