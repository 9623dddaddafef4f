-- expect: error
error(error)
