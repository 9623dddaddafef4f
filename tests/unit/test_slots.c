/* HTML in its places of a page, and nothing that a person wrote taken for one. */
#include "web/slots.h"

#include "unit.h"

#include <string.h>

static struct str text_of(json_t *placeholder, struct arena *a)
{
    struct str text = str_copy(a, json_text(placeholder));
    json_decref(placeholder);
    return text;
}

static void test_html_takes_its_place(void **state)
{
    struct arena *a = arena_new();
    struct slots s = {0};
    struct str one = text_of(slot_add(a, &s, STR("<b>1</b>")), a),
               two = text_of(slot_add(a, &s, STR("<i>2</i>")), a);
    struct str page = str_format(a, "[%s|%s|%s]", two.p, one.p, two.p);
    (void)state;
    assert_string_equal(slots_fill(a, &s, page).p, "[<i>2</i>|<b>1</b>|<i>2</i>]");
    arena_free(a);
}

static void test_a_page_without_slots_is_as_it_was(void **state)
{
    struct arena *a = arena_new();
    struct slots none = {0};
    (void)state;
    assert_string_equal(slots_fill(a, &none, STR("<p>a</p>")).p, "<p>a</p>");
    arena_free(a);
}

/* Whoever has seen a placeholder of an earlier page gains nothing by writing it down. */
static void test_a_placeholder_is_never_the_same_again(void **state)
{
    struct arena *a = arena_new();
    struct slots before = {0}, now = {0};
    struct str old = text_of(slot_add(a, &before, STR("<script>")), a),
               new = text_of(slot_add(a, &now, STR("<b>")), a);
    (void)state;
    assert_int_equal(old.n, 64);
    assert_false(str_eq(old, new));
    assert_string_equal(slots_fill(a, &now, old).p, old.p);
    arena_free(a);
}

static void test_what_is_put_in_is_not_read_again(void **state)
{
    struct arena *a = arena_new();
    struct slots s = {0};
    struct str inner = text_of(slot_add(a, &s, STR("<script>")), a),
               outer = text_of(slot_add(a, &s, inner), a);
    (void)state;
    assert_string_equal(slots_fill(a, &s, outer).p, inner.p);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_html_takes_its_place),
        cmocka_unit_test(test_a_page_without_slots_is_as_it_was),
        cmocka_unit_test(test_a_placeholder_is_never_the_same_again),
        cmocka_unit_test(test_what_is_put_in_is_not_read_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
