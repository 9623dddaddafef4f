/* Changes one after the other: what a refused one leaves, what is remembered; the limits of what
 * one journey may hold. */
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

static const char told[] =
    "      - { id: name, ask: Your name?, type: text, check: \"#value > 2 or 'Longer.'\" }\n"
    "      - { id: team, ask: \"{name}, do you lead a team?\", type: yes_no,\n"
    "          if_question_changes: ask }\n";

static void a_refused_answer_leaves_what_is_asked_again_as_it_was(void **state)
{
    struct fixture *f = *state;
    fixture_workflow(f, told, "phase \"define\"\nask \"name\"\nask \"team\"\n");
    struct journey *j = fixture_start(f, "Ada", "small", "en");
    assert_int_equal(fixture_answer(j, "define/name", "\"Ada\"", -1), ERR_NONE);
    assert_int_equal(fixture_answer(j, "define/team", "true", -1), ERR_NONE);
    assert_int_equal(fixture_answer(j, "define/name", "\"Grace\"", -1), ERR_NONE);
    json_t *before = journey_view(j);
    assert_int_equal(fixture_answer(j, "define/name", "\"Al\"", -1), ERR_INPUT);
    json_t *after = journey_view(j);
    assert_true(json_equal(before, after));
    json_decref(before);
    json_decref(after);
    assert_int_equal(fixture_answer(j, "define/name", "\"Ada\"", -1), ERR_NONE);
    assert_string_equal(fixture_open_keys(j), "");
    journey_close(j);
}

static void a_stale_change_without_an_answer_is_told_in_words(void **state)
{
    struct fixture *f = *state;
    struct change back = {.key = STR("define/name"), .replaces = 1};
    fixture_workflow(f, told, "phase \"define\"\nask \"name\"\nask \"team\"\n");
    struct journey *j = fixture_start(f, "Ada", "small", "en");
    assert_int_equal(fixture_answer(j, "define/name", "\"Ada\"", -1), ERR_NONE);
    assert_int_equal(fixture_answer(j, "define/name", "\"Grace\"", -1), ERR_NONE);
    assert_false(journey_clear(j, &back, &fixture_error));
    assert_int_equal(fixture_error.code, ERR_CONFLICT);
    assert_null(strstr(fixture_error.text, "(null)"));
    assert_non_null(strstr(fixture_error.text, "(left open)"));
    journey_close(j);
}

static void a_conflict_is_forgotten_with_the_next_change(void **state)
{
    struct fixture *f = *state;
    struct str key;
    fixture_workflow(f, told, "phase \"define\"\nask \"name\"\nask \"team\"\n");
    struct journey *j = fixture_start(f, "Ada", "small", "en");
    assert_int_equal(fixture_answer(j, "define/name", "\"Ada\"", -1), ERR_NONE);
    assert_int_equal(fixture_answer(j, "define/name", "\"Grace\"", 0), ERR_CONFLICT);
    assert_non_null(journey_conflict(j));
    assert_int_equal(fixture_answer(j, "define/team", "true", -1), ERR_NONE);
    assert_null(journey_conflict(j));
    assert_int_equal(fixture_answer(j, "define/name", "\"Grace\"", 0), ERR_CONFLICT);
    assert_ok(journey_undo(j, f->a, &key, &fixture_error));
    assert_null(journey_conflict(j));
    journey_close(j);
}

static void items_of_an_answer_taken_back_keep_their_ids(void **state)
{
    struct fixture *f = *state;
    struct change back = {.key = STR("define/things"), .replaces = -1};
    fixture_workflow(
        f,
        "      - { id: things, ask: What?, type: list, min: 1, item: { text: { max: 80 } } }\n"
        "      - { id: power, ask: \"How strong is {item.text}?\", type: scale, from: 0, to: 9 }\n",
        "phase \"define\"\nfor thing in each(ask \"things\") do\n"
        "  ask(\"power\", { item = thing })\nend\n");
    struct journey *j = fixture_start(f, "Ada", "small", "en");
    assert_int_equal(fixture_answer(j, "define/things", "[{\"id\":\"aaa\",\"text\":\"a\"}]", -1),
                     ERR_NONE);
    assert_int_equal(fixture_answer(j, "define/aaa/power", "4", -1), ERR_NONE);
    assert_ok(journey_clear(j, &back, &fixture_error));
    assert_int_equal(fixture_answer(j, "define/things", "[\"a\", \"b\"]", -1), ERR_NONE);
    assert_int_equal(fixture_progress(j, "answered"), 2);
    assert_int_equal(fixture_progress(j, "set_aside"), 0);
    journey_close(j);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, fixture_open, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_journey_holds_as_many_keys_as_is_said_and_no_more),
        TEST(a_text_is_measured_as_it_is_and_not_as_it_is_stored),
        TEST(a_required_question_is_left_out_with_a_reason_only),
        TEST(a_refused_answer_leaves_what_is_asked_again_as_it_was),
        TEST(a_stale_change_without_an_answer_is_told_in_words),
        TEST(a_conflict_is_forgotten_with_the_next_change),
        TEST(items_of_an_answer_taken_back_keep_their_ids),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
