-- expect: error
say(answers.client_name)
