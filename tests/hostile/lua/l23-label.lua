-- expect: error
phase "define"
run("../../x", function() end)
