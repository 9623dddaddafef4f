/* The contract of db/store.h: what is kept by hash, notes, the outcome, the audit log. */
#include "store_fixture.h"

static void what_is_put_by_hash_twice_is_there_once(void **state)
{
    struct fixture *f = *state;
    struct str text, archive;
    MUST(store_begin(f->s, &f->e));
    for (int i = 0; i < 3; i++) {
        MUST(store_wording_put(f->s, STR("w1"), STR("What is your goal?"), &f->e));
        MUST(store_bundle_put(f->s, STR("b2"), STR("talk"), STR("\0\1\2"), 6 + i, &f->e));
    }
    MUST(store_commit(f->s, &f->e));
    open_again(f, &using);
    MUST(store_wording_get(f->s, f->a, STR("w1"), &text, &f->e));
    assert_str(text, "What is your goal?");
    MUST(store_bundle_get(f->s, f->a, STR("b2"), &archive, &f->e));
    assert_true(str_eq(archive, STR("\0\1\2")));
    MUST(store_bundle_get(f->s, f->a, STR("b1"), &archive, &f->e));
    assert_str(archive, "archive");
}

static void what_was_never_put_is_not_found(void **state)
{
    struct fixture *f = *state;
    struct str text;
    struct store_journey j;
    assert_false(store_wording_get(f->s, f->a, STR("w9"), &text, &f->e));
    assert_int_equal(f->e.code, ERR_NOT_FOUND);
    assert_false(store_bundle_get(f->s, f->a, STR("b9"), &text, &f->e));
    assert_int_equal(f->e.code, ERR_NOT_FOUND);
    assert_false(store_journey_get(f->s, f->a, STR("j9"), &j, &f->e));
    assert_int_equal(f->e.code, ERR_NOT_FOUND);
}

static void a_bundle_of_the_largest_size_fits(void **state)
{
    struct fixture *f = *state;
    size_t n = 4 << 20;
    char *bytes = arena_alloc(f->a, n);
    struct str big = {bytes, n}, got;
    memset(bytes, 0xA5, n);
    MUST(store_begin(f->s, &f->e));
    MUST(store_bundle_put(f->s, STR("big"), STR("talk"), big, 1, &f->e));
    MUST(store_commit(f->s, &f->e));
    MUST(store_bundle_get(f->s, f->a, STR("big"), &got, &f->e));
    assert_true(str_eq(got, big));
}

static void notes_come_back_in_the_order_they_were_made(void **state)
{
    struct fixture *f = *state;
    static const char *const visibility[] = {"private", "shared", "sensitive"};
    struct store_session x = {.id = STR("s1"), .journey = STR("j1"), .kind = STR("coaching")};
    struct store_note *list;
    size_t n;
    MUST(store_begin(f->s, &f->e));
    MUST(store_session_add(f->s, &x, &f->e));
    for (int i = 0; i < 3; i++) {
        struct store_note note = {.id = str_format(f->a, "n%d", 3 - i),
                                  .journey = STR("j1"),
                                  .key = i ? STR("define/goal") : STR(""),
                                  .text = STR("caf\xc3\xa9"),
                                  .visibility = str_of(visibility[i]),
                                  .session = i == 1 ? STR("s1") : STR(""),
                                  .at = 100 + i};
        MUST(store_note_add(f->s, &note, &f->e));
    }
    MUST(store_commit(f->s, &f->e));
    MUST(store_note_list(f->s, f->a, STR("j1"), &list, &n, &f->e));
    assert_int_equal(n, 3);
    assert_str(list[0].id, "n1");
    assert_str(list[0].visibility, "sensitive");
    assert_str(list[1].session, "s1");
    assert_str(list[2].key, "");
    assert_str(list[2].session, "");
    assert_str(list[2].text, "caf\xc3\xa9");
    assert_int_equal(list[2].at, 100);
    MUST(store_note_list(f->s, f->a, STR("j9"), &list, &n, &f->e));
    assert_int_equal(n, 0);
}

static void the_latest_outcome_replaces_the_one_before(void **state)
{
    struct fixture *f = *state;
    int64_t seq = 99;
    struct str outcome = STR("x");
    MUST(store_outcome_get(f->s, f->a, STR("j1"), &seq, &outcome, &f->e));
    assert_true(seq == 0 && outcome.n == 0);
    for (int i = 1; i <= 3; i++) {
        MUST(store_begin(f->s, &f->e));
        MUST(store_outcome_put(f->s, STR("j1"), i, str_format(f->a, "{\"n\":%d}", i), &f->e));
        MUST(store_commit(f->s, &f->e));
    }
    MUST(store_outcome_get(f->s, f->a, STR("j1"), &seq, &outcome, &f->e));
    assert_int_equal(seq, 3);
    assert_str(outcome, "{\"n\":3}");
}

static void the_audit_log_grows_and_holds(void **state)
{
    struct fixture *f = *state;
    struct str *lines;
    size_t n;
    bool healthy, found = false;
    for (int i = 0; i < 5; i++) {
        MUST(store_begin(f->s, &f->e));
        MUST(store_audit_add(f->s, STR("client.add"), STR("c1"), i, &f->e));
        if (i == 3)
            store_rollback(f->s);
        else
            MUST(store_commit(f->s, &f->e));
    }
    MUST(store_examine(f->s, f->a, true, &lines, &n, &healthy, &f->e));
    assert_true(healthy);
    for (size_t i = 0; i < n; i++)
        found = found || str_is(lines[i], "ok 4 rows of the audit log");
    assert_true(found);
}

static void a_healthy_practice_is_called_so(void **state)
{
    struct fixture *f = *state;
    struct str *lines;
    size_t n;
    bool healthy;
    for (int deep = 0; deep < 2; deep++) {
        MUST(store_examine(f->s, f->a, deep, &lines, &n, &healthy, &f->e));
        assert_true(healthy && n >= 3);
        for (size_t i = 0; i < n; i++)
            assert_true(str_starts(lines[i], STR("ok ")));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_put_by_hash_twice_is_there_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_was_never_put_is_not_found, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_bundle_of_the_largest_size_fits, set_up, tear_down),
        cmocka_unit_test_setup_teardown(notes_come_back_in_the_order_they_were_made, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(the_latest_outcome_replaces_the_one_before, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(the_audit_log_grows_and_holds, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_healthy_practice_is_called_so, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
