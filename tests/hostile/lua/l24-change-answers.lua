-- expect: refused
answers.topic = "x"
