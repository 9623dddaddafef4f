-- expect: refused
os.remove "x"
