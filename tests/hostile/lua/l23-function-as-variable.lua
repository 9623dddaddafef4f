-- expect: ok
phase "define"
ask("first_step", { about = say })
