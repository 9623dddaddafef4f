-- expect: error
phase "define"
step "../../etc"
