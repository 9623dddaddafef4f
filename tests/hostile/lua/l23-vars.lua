-- expect: error
phase "define"
ask("topic", { x = 0 / 0 })
