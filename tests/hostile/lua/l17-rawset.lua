-- expect: refused
rawset(string, "rep", nil)
