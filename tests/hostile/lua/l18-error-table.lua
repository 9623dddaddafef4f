-- expect: error
error({ 1, 2 })
