-- expect: ok
action { text = "x", list = lists.decisions }
