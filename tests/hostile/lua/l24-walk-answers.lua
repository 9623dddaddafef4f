-- expect: error
for k, v in pairs(answers) do say(k) end
