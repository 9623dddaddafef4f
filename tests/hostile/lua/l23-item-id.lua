-- expect: error
phase "define"
ask("power", { item = { id = "a/b" } })
