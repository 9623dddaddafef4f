phase "all"
step "first"
ask("many_fate", { items = answers.many })
ask("weights", { rows = answers.few })
ask("order", { items = answers.few })
for thing in each "few" do
  ask("each_one", { item = thing })
end
advise("About " .. (answers.line or "nothing"))
say(answers.line or "nothing")
ask "open"
