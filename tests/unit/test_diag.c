/* Messages for authors: their look, their table; errors as values; JSON and ids. */
#include "base/diag.h"

#include "base/random.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void a_message_has_place_line_and_caret(void **state)
{
    struct arena *a = arena_new();
    struct diags d = {.a = a};
    struct diag_place where = {STR("x.yaml"), STR("first\n  été: \"no\nthird\n"), 2, 8, 3};
    (void)state;
    diag_add(&d, "E100", where, STR("this is wrong"), STR("Do that\nor this."));
    assert_int_equal(d.errors, 1);
    assert_string_equal(diag_print(a, &d.list[0]).p,
                        "E100  x.yaml:2:8   this is wrong\n\n"
                        "   2 |   été: \"no\n"
                        "              ^^^\n"
                        "  Do that\n  or this.\n");
    json_t *o = diag_json(&d.list[0]);
    assert_int_equal(json_whole(o, "column", 0), 8);
    json_decref(o);
    arena_free(a);
}

static void at_most_fifty_are_kept(void **state)
{
    struct arena *a = arena_new();
    struct diags d = {.a = a};
    (void)state;
    for (int i = 0; i < 60; i++)
        diag_add(&d, "E100", (struct diag_place){.file = STR("x")}, STR("again"), STR(""));
    assert_int_equal(d.n, DIAG_MAX);
    assert_true(d.full);
    arena_free(a);
}

static void an_error_behind_fifty_warnings_is_still_an_error(void **state)
{
    struct arena *a = arena_new();
    struct diags d = {.a = a};
    (void)state;
    for (int i = 0; i < 60; i++)
        diag_add(&d, "W101", (struct diag_place){.file = STR("x")}, STR("again"), STR(""));
    diag_add(&d, "E100", (struct diag_place){.file = STR("y")}, STR("wrong"), STR(""));
    assert_int_equal(d.errors, 1);
    assert_int_equal(d.n, DIAG_MAX);
    assert_string_equal(d.list[DIAG_MAX - 1].code, "E100");
    assert_string_equal(d.list[0].code, "W101");
    arena_free(a);
}

struct codes {
    int n;
    char last[8];
};

static void check_code(void *user, const char *code, const char *title, const char *text)
{
    struct codes *c = user;
    struct str found_title, found_text;
    if (strcmp(c->last, code) >= 0)
        fail_msg("%s stands behind %s", code, c->last);
    if (strlen(title) < 4 || strlen(text) < 30)
        fail_msg("%s is hardly explained", code);
    assert_true(diag_explain(str_of(code), &found_title, &found_text));
    (void)snprintf(c->last, sizeof c->last, "%s", code);
    c->n++;
}

static void every_code_is_explained_once_and_in_order(void **state)
{
    struct codes c = {0, ""};
    struct str title, text;
    (void)state;
    diag_codes(check_code, &c);
    assert_true(c.n > 30);
    assert_false(diag_explain(STR("E000"), &title, &text));
}

static void errors_carry_one_text_and_map_to_a_status(void **state)
{
    static const struct {
        enum err_code code;
        int status;
    } rows[] = {{ERR_NONE, 0},    {ERR_REFUSED, 1}, {ERR_NOT_FOUND, 1}, {ERR_CONFLICT, 1},
                {ERR_USAGE, 2},   {ERR_INPUT, 65},  {ERR_DATA, 65},     {ERR_LIMIT, 65},
                {ERR_SCRIPT, 70}, {ERR_DISK, 74},   {ERR_LOCKED, 75},   {ERR_INTERRUPTED, 130}};
    struct err e;
    (void)state;
    assert_false(err_set(&e, ERR_INPUT, "give %d", 7));
    assert_false(err_before(&e, "Step %s: ", "aim"));
    assert_string_equal(e.text, "Step aim: give 7");
    assert_false(err_set(NULL, ERR_INPUT, "nobody listens"));
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        assert_int_equal(err_exit_status(rows[i].code), rows[i].status);
}

static void a_long_error_is_cut_at_a_character(void **state)
{
    char text[3000];
    struct err e;
    (void)state;
    for (size_t i = 0; i < 700; i++)
        memcpy(text + 3 * i, "日", 4);
    assert_false(err_set(&e, ERR_INPUT, "%s", text));
    assert_true(strlen(e.text) < sizeof e.text && utf8_valid(str_of(e.text)));
}

static void json_is_read_strictly_and_written_alike(void **state)
{
    static const char *const bad[] = {"",      "{",  "{\"a\":1,\"a\":2}", "[1] x", "\"\xFF\"",
                                      "{a:1}", "01", "\"\\ud800\""};
    struct arena *a = arena_new();
    struct err e;
    json_t *x, *y;
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_false(json_read(str_of(bad[i]), &x, &e));
    assert_true(json_read(STR("{\"b\":[1,2.5],\"a\":\"é\"}"), &x, &e));
    assert_true(json_read(STR("{\"a\":\"é\", \"b\":[1,2.5]}"), &y, &e));
    assert_true(str_eq(json_write(a, x), json_write(a, y)));
    assert_string_equal(json_write(a, x).p, "{\"a\":\"é\",\"b\":[1,2.5]}");
    assert_true(str_is(json_member(x, "none"), ""));
    json_decref(x);
    json_decref(y);
    arena_free(a);
}

static void ids_have_their_form_and_follow_a_seed(void **state)
{
    char one[37], two[37], item[7], hash[65];
    (void)state;
    random_uuid(one);
    random_uuid(two);
    assert_int_equal(one[14], '7');
    assert_string_not_equal(one, two);
    random_item_id(item);
    assert_true(item[0] >= 'a' && item[0] <= 'z' && strlen(item) == 6);
    hash_sha256(STR("abc"), hash);
    assert_string_equal(hash, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_int_equal(setenv("ESPALIER_SEED", "x", 1), 0);
    random_item_id(item);
    assert_int_equal(strlen(item), 6);
    assert_int_equal(unsetenv("ESPALIER_SEED"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_message_has_place_line_and_caret),
        cmocka_unit_test(at_most_fifty_are_kept),
        cmocka_unit_test(an_error_behind_fifty_warnings_is_still_an_error),
        cmocka_unit_test(every_code_is_explained_once_and_in_order),
        cmocka_unit_test(errors_carry_one_text_and_map_to_a_status),
        cmocka_unit_test(a_long_error_is_cut_at_a_character),
        cmocka_unit_test(json_is_read_strictly_and_written_alike),
        cmocka_unit_test(ids_have_their_form_and_follow_a_seed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
