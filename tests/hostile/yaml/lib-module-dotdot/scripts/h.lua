use "../../etc/passwd"
