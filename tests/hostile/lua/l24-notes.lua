-- expect: error
say(answers.notes)
