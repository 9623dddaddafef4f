-- expect: ok
phase "define"
together { client = function() together { coach = function() ask "topic" end } end }
