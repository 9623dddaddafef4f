-- expect: error
action { text = "x", all = answers }
