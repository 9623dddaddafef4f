-- expect: error
select(-5, 1)
