phase "all"
step "first"
ask("a_sort", { items = answers.a_list })
for thing in each "a_list" do
  ask("each_one", { item = thing })
end
