/* Finding in JSON trees. */
#include "base/json.h"

#include "unit.h"

static void test_find(void **state)
{
    struct err e = {0};
    json_t *list;
    (void)state;
    assert_true(json_read(STR("[{\"n\": 0}, 7, {\"id\": \"a\", \"n\": 1}, "
                              "{\"id\": \"a\", \"n\": 2}, {\"id\": \"\"}, {\"id\": \"b\"}]"),
                          &list, &e));
    assert_int_equal(json_whole(json_find(list, "id", STR("a")), "n", -1), 1);
    assert_ptr_equal(json_find(list, "id", STR("b")), json_array_get(list, 5));
    assert_null(json_find(list, "id", STR("c")));
    assert_null(json_find(list, "name", STR("a")));
    assert_null(json_find(list, "id", STR("")));
    assert_null(json_find(json_array_get(list, 0), "id", STR("a")));
    assert_null(json_find(NULL, "id", STR("a")));
    json_decref(list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_find)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
