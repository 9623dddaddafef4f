phase "all"
step "first"
for thing in each "things" do
  action { text = thing.text, due = thing.by, because = answers.why, goal = 1 }
end
if answers.again then
  record("review", { text = answers.things[1] and answers.things[1].text, due = answers.again })
  remind { text = answers.things[1] and answers.things[1].text, due = answers.again }
end
if answers["until"] then wait("away", { till = answers["until"] }) end
