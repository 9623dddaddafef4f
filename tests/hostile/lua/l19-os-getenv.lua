-- expect: refused
say(os.getenv "HOME")
