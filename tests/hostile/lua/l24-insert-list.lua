-- expect: refused
table.insert(lists.decisions, {})
