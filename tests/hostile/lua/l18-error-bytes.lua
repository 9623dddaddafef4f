-- expect: error
error("\255\0\27[31m")
