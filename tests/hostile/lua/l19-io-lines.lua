-- expect: refused
for l in io.lines "/etc/passwd" do say(l) end
