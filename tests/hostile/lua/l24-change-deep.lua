-- expect: refused
lists.decisions[1].label = "x"
