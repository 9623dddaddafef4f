-- expect: ok
action { text = "\27]52;c;x\7\0\1\127" }
