-- expect: refused
collectgarbage "stop"
