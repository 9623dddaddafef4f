-- expect: refused
debug.getregistry()
