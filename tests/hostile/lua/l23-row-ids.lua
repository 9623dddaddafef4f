-- expect: ok
phase "define"
ask("place", { items = { { id = "\0\255", text = "x" }, { id = "y", text = "\255" } } })
