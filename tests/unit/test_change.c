/* The limits of what one journey may hold. */
#include "practice_fixture.h"

#include "workflow/value.h"

/* As if questions that are not asked any more had been answered earlier: `n` events in one go. */
static void fill_journey(struct fixture *f, struct str id, size_t n)
{
    struct store *store = practice_store(f->p);
    struct store_event *events = arena_alloc(f->a, n * sizeof *events);
    bool conflict;
    for (size_t i = 0; i < n; i++)
        events[i] = (struct store_event){.kind = EVENT_ANSWERED,
                                         .key = str_format(f->a, "define/old%zu", i),
                                         .value = STR("\"x\""),
                                         .wording = STR(""),
                                         .language = STR("en"),
                                         .actor = STR("coach"),
                                         .role = STR("client"),
                                         .day = STR("2026-11-23"),
                                         .at = 1};
    assert_ok(store_begin(store, &fixture_error));
    assert_ok(store_event_append(store, id, 0, events, n, &conflict, &fixture_error));
    assert_false(conflict);
    assert_ok(store_commit(store, &fixture_error));
}

static void a_journey_holds_as_many_keys_as_is_said_and_no_more(void **state)
{
    struct fixture *f = *state;
    fixture_workflow(f,
                     "      - { id: one, ask: One, type: text }\n"
                     "      - { id: two, ask: Two, type: text }\n"
                     "      - { id: three, ask: Three, type: text }\n",
                     "phase \"define\"\nstep \"first\"\n");
    struct journey *j = fixture_start(f, "Ada", "small", "en");
    fill_journey(f, journey_record(j)->id, JOURNEY_KEYS_MAX - 2);
    assert_int_equal(fixture_answer(j, "define/one", "\"a\"", -1), ERR_NONE);
    assert_int_equal(fixture_answer(j, "define/two", "\"b\"", -1), ERR_NONE);
    assert_int_equal(fixture_answer(j, "define/three", "\"c\"", -1), ERR_LIMIT);
    struct change skip = {.key = STR("define/three"), .why = STR("no room"), .replaces = -1};
    assert_false(journey_skip(j, &skip, &fixture_error));
    assert_int_equal(fixture_error.code, ERR_LIMIT);
    assert_int_equal(fixture_answer(j, "define/one", "\"changed\"", -1), ERR_NONE);
    assert_string_equal(fixture_open_keys(j), "define/three");
    assert_int_equal(fixture_progress(j, "set_aside"), JOURNEY_KEYS_MAX - 2);
    journey_close(j);
}

static void a_text_is_measured_as_it_is_and_not_as_it_is_stored(void **state)
{
    struct fixture *f = *state;
    fixture_workflow(f, "      - { id: one, ask: One, type: long_text }\n",
                     "phase \"define\"\nask \"one\"\n");
    struct journey *j = fixture_start(f, "Ada", "small", "en");
    char *text = arena_alloc(f->a, ANSWER_MAX + 1);
    memset(text, '"', ANSWER_MAX + 1);
    struct change c = {.key = STR("define/one"), .replaces = -1};
    json_t *most = json_stringn(text, ANSWER_MAX), *more = json_stringn(text, ANSWER_MAX + 1);
    c.value = more;
    assert_false(journey_answer(j, &c, &fixture_error));
    assert_int_equal(fixture_error.code, ERR_LIMIT);
    c.value = most;
    assert_ok(journey_answer(j, &c, &fixture_error));
    json_decref(most);
    json_decref(more);
    journey_close(j);
}

static void a_required_question_is_left_out_with_a_reason_only(void **state)
{
    struct fixture *f = *state;
    fixture_workflow(f,
                     "      - { id: one, ask: One, type: text }\n"
                     "      - { id: two, ask: Two, type: text, required: false }\n",
                     "phase \"define\"\nstep \"first\"\n");
    struct journey *j = fixture_start(f, "Ada", "small", "en");
    struct change one = {.key = STR("define/one"), .why = STR(" "), .replaces = -1},
                  two = {.key = STR("define/two"), .why = STR(""), .replaces = -1};
    assert_false(journey_skip(j, &one, &fixture_error));
    assert_int_equal(fixture_error.code, ERR_INPUT);
    assert_ok(journey_skip(j, &two, &fixture_error));
    assert_ok(journey_skip(j, &two, &fixture_error));
    one.why = STR("not today");
    assert_ok(journey_skip(j, &one, &fixture_error));
    journey_close(j);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, fixture_open, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_journey_holds_as_many_keys_as_is_said_and_no_more),
        TEST(a_text_is_measured_as_it_is_and_not_as_it_is_stored),
        TEST(a_required_question_is_left_out_with_a_reason_only),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
