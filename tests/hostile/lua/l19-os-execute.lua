-- expect: refused
os.execute "true"
