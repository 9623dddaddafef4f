-- expect: error
error("t.lua:999999999999999999999: attempt to index a nil value (local 'x')", 0)
