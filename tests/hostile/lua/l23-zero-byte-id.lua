-- expect: error
phase "define\0"
