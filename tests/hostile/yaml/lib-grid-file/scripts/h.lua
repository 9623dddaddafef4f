phase "define"
