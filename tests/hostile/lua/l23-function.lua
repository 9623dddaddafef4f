-- expect: error
action { text = "x", f = function() end }
