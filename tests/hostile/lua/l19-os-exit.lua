-- expect: refused
os.exit(0)
