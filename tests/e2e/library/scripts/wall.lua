phase "all"
step "first"
step("fates", { rows = answers.many or {} })
if ask("over") then ask("rest") end
