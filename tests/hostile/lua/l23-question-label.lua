-- expect: ok
phase "define"
ask("topic", { as = "a@b#2" })
