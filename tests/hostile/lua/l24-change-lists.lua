-- expect: refused
lists.decisions[1] = nil
