/* What was typed and not said: kept for one question, gone when it is answered or left out, and
 * with its journey. */
#include "practice_fixture.h"

#include "db/inner.h"
#include "practice/draft.h"

static const char questions[] = "      - { id: aim, ask: What for?, type: text }\n"
                                "      - { id: last, ask: And last?, type: text }\n";
static const char script[] = "phase \"define\"\nask \"aim\"\nask \"last\"\n";

static struct journey *start(struct fixture *f)
{
    fixture_workflow(f, questions, script);
    return fixture_start(f, "Ada", "small", "en");
}

static const char *draft_of(struct fixture *f, struct journey *j, const char *key)
{
    struct draft d;
    assert_ok(draft_find(j, f->a, str_of(key), &d, &fixture_error));
    return str_copy(f->a, d.fields).p;
}

static void keep(struct journey *j, const char *key, const char *fields)
{
    assert_ok(draft_keep(j, str_of(key), str_of(fields), -1, &fixture_error));
}

static void the_latest_is_kept_by_question(void **state)
{
    struct fixture *f = *state;
    struct journey *j = start(f);
    assert_string_equal(draft_of(f, j, "define/aim"), "");
    keep(j, "define/aim", "v=ha");
    keep(j, "define/aim", "v=half+a+thought");
    assert_string_equal(draft_of(f, j, "define/aim"), "v=half+a+thought");
    assert_string_equal(draft_of(f, j, "define/last"), "");
    struct str id = str_copy(f->a, journey_record(j)->id);
    journey_close(j);
    assert_ok(journey_open(f->p, id, STR(""), &j, &fixture_error));
    assert_string_equal(draft_of(f, j, "define/aim"), "v=half+a+thought");
    keep(j, "define/aim", "");
    assert_string_equal(draft_of(f, j, "define/aim"), "");
    journey_close(j);
}

static void what_is_said_is_no_draft_any_more(void **state)
{
    struct fixture *f = *state;
    struct journey *j = start(f);
    keep(j, "define/aim", "v=x");
    assert_int_equal(fixture_answer(j, "define/aim", "\"to begin\"", -1), ERR_NONE);
    assert_string_equal(draft_of(f, j, "define/aim"), "");
    keep(j, "define/aim", "v=to+change"); /* an answer that is being changed */
    keep(j, "define/last", "v=y");
    struct change c = {.key = STR("define/last"), .why = STR("not now"), .replaces = -1};
    assert_ok(journey_skip(j, &c, &fixture_error));
    assert_string_equal(draft_of(f, j, "define/last"), "");
    assert_string_equal(draft_of(f, j, "define/aim"), "v=to+change");
    journey_close(j);
}

/* Sent before the answer, and arrived after it. */
static void what_comes_after_its_answer_is_not_kept(void **state)
{
    struct fixture *f = *state;
    struct journey *j = start(f);
    int64_t seen, now;
    assert_ok(journey_revision(j, &seen, &fixture_error));
    assert_int_equal(fixture_answer(j, "define/aim", "\"said\"", seen), ERR_NONE);
    assert_ok(draft_keep(j, STR("define/aim"), STR("v=sai"), seen, &fixture_error));
    assert_string_equal(draft_of(f, j, "define/aim"), "");
    assert_ok(journey_revision(j, &now, &fixture_error));
    assert_ok(draft_keep(j, STR("define/aim"), STR("v=anew"), now, &fixture_error));
    assert_string_equal(draft_of(f, j, "define/aim"), "v=anew");
    /* What another question was answered meanwhile does not matter to this one. */
    assert_ok(draft_keep(j, STR("define/last"), STR("v=y"), seen, &fixture_error));
    assert_string_equal(draft_of(f, j, "define/last"), "v=y");
    struct change c = {.key = STR("define/last"), .why = STR("not now"), .replaces = -1};
    assert_ok(journey_skip(j, &c, &fixture_error));
    assert_ok(draft_keep(j, STR("define/last"), STR("v=yo"), seen, &fixture_error));
    assert_string_equal(draft_of(f, j, "define/last"), "");
    journey_close(j);
}

static void an_answer_that_is_refused_leaves_it(void **state)
{
    struct fixture *f = *state;
    struct journey *j = start(f);
    keep(j, "define/aim", "v=x");
    assert_int_equal(fixture_answer(j, "define/aim", "7.5", -1), ERR_INPUT);
    assert_int_equal(fixture_answer(j, "define/last", "\"not asked yet\"", -1), ERR_NOT_FOUND);
    assert_string_equal(draft_of(f, j, "define/aim"), "v=x");
    journey_close(j);
}

static void what_is_not_asked_or_too_long_is_refused(void **state)
{
    struct fixture *f = *state;
    struct journey *j = start(f);
    char *much = arena_alloc(f->a, DRAFT_MAX + 2);
    memset(much, 'x', DRAFT_MAX + 1);
    static const char *const wrong[] = {"", "define", "define/none", "define/last", "'); --"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_false(draft_keep(j, str_of(wrong[i]), STR("v=x"), -1, &fixture_error));
        assert_int_equal(fixture_error.code, ERR_NOT_FOUND);
    }
    assert_false(
        draft_keep(j, STR("define/aim"), (struct str){much, DRAFT_MAX + 1}, -1, &fixture_error));
    assert_int_equal(fixture_error.code, ERR_LIMIT);
    assert_string_equal(draft_of(f, j, "define/aim"), "");
    journey_close(j);
}

static void it_goes_with_its_client(void **state)
{
    struct fixture *f = *state;
    struct journey *j = start(f);
    struct store *s = practice_store(f->p);
    struct store_draft *list;
    size_t n;
    keep(j, "define/aim", "v=x");
    struct str id = str_copy(f->a, journey_record(j)->id);
    journey_close(j);
    assert_ok(store_begin(s, &fixture_error));
    assert_int_equal(sqlite3_exec(s->db, "DELETE FROM client", NULL, NULL, NULL), SQLITE_OK);
    assert_ok(store_commit(s, &fixture_error));
    assert_ok(store_draft_list(s, f->a, id, &list, &n, &fixture_error));
    assert_int_equal(n, 0);
}

/* Whoever waits for news asks for one number. */
static void the_version_changes_with_whatever_is_written(void **state)
{
    struct fixture *f = *state;
    struct journey *j = start(f), *other;
    struct store *s = practice_store(f->p);
    int64_t first, second, last;
    assert_ok(store_version(s, &first, &fixture_error));
    assert_ok(store_version(s, &second, &fixture_error));
    assert_true(first == second);
    assert_int_equal(fixture_answer(j, "define/aim", "\"x\"", -1), ERR_NONE);
    assert_ok(store_version(s, &second, &fixture_error));
    assert_true(first != second);
    assert_ok(store_event_last(s, journey_record(j)->id, &last, &fixture_error));
    assert_int_equal(last, 1);
    struct practice *p;
    struct practice_options o = {.path = s->path, .library = f->library, .host = f->host};
    assert_ok(practice_open(&o, &p, &fixture_error));
    assert_ok(journey_open(p, journey_record(j)->id, STR(""), &other, &fixture_error));
    assert_int_equal(fixture_answer(other, "define/last", "\"y\"", -1), ERR_NONE);
    assert_ok(store_version(s, &first, &fixture_error));
    assert_true(first != second);
    assert_ok(store_event_last(s, journey_record(j)->id, &last, &fixture_error));
    assert_int_equal(last, 2);
    journey_close(other);
    practice_close(p);
    journey_close(j);
}

#define ROW(test) cmocka_unit_test_setup_teardown(test, fixture_open, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ROW(the_latest_is_kept_by_question),
        ROW(what_is_said_is_no_draft_any_more),
        ROW(what_comes_after_its_answer_is_not_kept),
        ROW(an_answer_that_is_refused_leaves_it),
        ROW(what_is_not_asked_or_too_long_is_refused),
        ROW(it_goes_with_its_client),
        ROW(the_version_changes_with_whatever_is_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
