-- expect: refused
say(tostring(os.time()))
