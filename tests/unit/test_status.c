/* Where a journey stands, for lists: what counts as contact, and what is kept from one list to the
 * next. */
#include "practice_fixture.h"

static const int64_t DAY = (int64_t)24 * 3600 * 1000;

static json_t *only_status(struct fixture *f)
{
    json_t *list;
    assert_ok(practice_status(f->p, NULL, &list, &fixture_error));
    assert_int_equal(json_array_size(list), 1);
    json_t *status = json_incref(json_array_get(list, 0));
    json_decref(list);
    return status;
}

static void a_wait_that_passes_is_neither_a_contact_nor_a_sitting(void **state)
{
    struct fixture *f = *state;
    struct store_session *sessions;
    struct store_event *events;
    int64_t start;
    size_t n;
    assert_true(clock_parse(STR("2026-11-02T10:00:00Z"), &start));
    clock_fix(start);
    fixture_workflow(f,
                     "      - { id: name, ask: Name?, type: text }\n"
                     "      - { id: end, ask: End?, type: text }\n",
                     "phase \"define\"\nask \"name\"\nwait(\"rest\", { days = 7 })\nask \"end\"\n");
    struct journey *j = fixture_start(f, "Ada", "small", "en");
    struct str id = str_copy(f->a, journey_record(j)->id);
    assert_int_equal(fixture_answer(j, "define/name", "\"Ada\"", -1), ERR_NONE);
    journey_close(j);
    clock_fix(start + 9 * DAY);
    json_t *status = only_status(f);
    assert_string_equal(json_member(status, "next_key").p, "define/end");
    assert_string_equal(json_member(status, "last").p, "2026-11-02");
    assert_int_equal(json_whole(status, "idle_days", -1), 9);
    json_decref(status);
    assert_ok(store_session_list(practice_store(f->p), f->a, id, &sessions, &n, &fixture_error));
    assert_int_equal(n, 1);
    assert_ok(store_event_list(practice_store(f->p), f->a, id, 1, &events, &n, &fixture_error));
    assert_int_equal(n, 1);
    assert_string_equal(events[0].role.p, "clock");
    assert_int_equal(events[0].session.n, 0);
    clock_fix(0);
}

static void a_failure_of_the_script_is_not_kept_for_the_next_list(void **state)
{
    struct fixture *f = *state;
    struct store *store = practice_store(f->p);
    static const char kept[] = "{\"language\":\"en\",\"until\":\"\",\"trouble\":true}";
    fixture_workflow(f, "      - { id: name, ask: Name?, type: text }\n",
                     "phase \"define\"\nask \"name\"\n");
    struct journey *j = fixture_start(f, "Ada", "small", "en");
    struct str id = str_copy(f->a, journey_record(j)->id);
    assert_int_equal(fixture_answer(j, "define/name", "\"Ada\"", -1), ERR_NONE);
    journey_close(j);
    assert_ok(store_begin(store, &fixture_error));
    assert_ok(store_outcome_put(store, id, 1, str_of(kept), &fixture_error));
    assert_ok(store_commit(store, &fixture_error));
    json_t *status = only_status(f);
    assert_null(json_object_get(status, "trouble"));
    assert_true(json_flag(status, "done", false));
    json_decref(status);
}

/* A list of many clients is fast because each journey is run once, not for each list. */
static void what_was_found_out_is_kept_until_something_changes(void **state)
{
    struct fixture *f = *state;
    struct store *store = practice_store(f->p);
    struct str kept;
    int64_t seq;
    fixture_workflow(f,
                     "      - { id: name, ask: Name?, type: text }\n"
                     "      - { id: end, ask: End?, type: text }\n",
                     "phase \"define\"\nask \"name\"\nask \"end\"\n");
    struct journey *j = fixture_start(f, "Ada", "small", "en");
    struct str id = str_copy(f->a, journey_record(j)->id);
    assert_int_equal(fixture_answer(j, "define/name", "\"Ada\"", -1), ERR_NONE);
    json_t *status = only_status(f); /* while the sitting goes on */
    assert_string_equal(json_member(status, "next_key").p, "define/end");
    json_decref(status);
    assert_ok(store_outcome_get(store, f->a, id, &seq, &kept, &fixture_error));
    assert_int_equal(seq, 1);
    assert_true(kept.n > 0);
    assert_int_equal(fixture_answer(j, "define/end", "\"soon\"", -1), ERR_NONE);
    status = only_status(f);
    assert_true(json_flag(status, "done", false));
    json_decref(status);
    journey_close(j);
}

static void what_was_promised_for_a_day_is_told(void **state)
{
    struct fixture *f = *state;
    fixture_workflow(f, "      - { id: name, ask: Name?, type: text }\n",
                     "phase \"define\"\nlocal who = ask \"name\"\n"
                     "record(\"action\", { text = who .. \" calls\", due = \"2026-12-01\" })\n"
                     "record(\"action\", { text = \"Some day\" })\n"
                     "record(\"reminder\", { text = \"Ask\", due = \"2026-12-05\" })\n");
    struct journey *j = fixture_start(f, "Ada", "small", "en");
    assert_int_equal(fixture_answer(j, "define/name", "\"Ada\"", -1), ERR_NONE);
    journey_close(j);
    json_t *status = only_status(f), *due = json_object_get(status, "due");
    assert_int_equal(json_array_size(due), 2);
    assert_string_equal(json_member(json_array_get(due, 0), "text").p, "Ada calls");
    assert_string_equal(json_member(json_array_get(due, 0), "due").p, "2026-12-01");
    assert_string_equal(json_member(json_array_get(due, 1), "kind").p, "reminder");
    json_decref(status);
}

static void the_library_says_what_can_be_begun_and_what_is_wrong_with_the_rest(void **state)
{
    struct fixture *f = *state;
    json_t *list, *one;
    size_t i;
    bool small = false, broken = false;
    fixture_workflow(f, "      - { id: name, ask: Name?, type: text }\n",
                     "phase \"define\"\nask \"name\"\n");
    fixture_write(f->libraries[0], "workflows/broken/workflow.yaml",
                  "espalier: 1\nworkflow: broken\n");
    for (int twice = 0; twice < 2; twice++) {
        assert_ok(practice_library(f->p, STR("en"), &list, &fixture_error));
        json_array_foreach (list, i, one) {
            bool mistakes = json_array_size(json_object_get(one, "mistakes")) > 0;
            small = small || (str_is(json_member(one, "name"), "small") && !mistakes);
            broken = broken || (str_is(json_member(one, "name"), "broken") && mistakes);
        }
        json_decref(list);
        assert_true(small && broken);
    }
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, fixture_open, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_wait_that_passes_is_neither_a_contact_nor_a_sitting),
        TEST(a_failure_of_the_script_is_not_kept_for_the_next_list),
        TEST(what_was_found_out_is_kept_until_something_changes),
        TEST(what_was_promised_for_a_day_is_told),
        TEST(the_library_says_what_can_be_begun_and_what_is_wrong_with_the_rest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
