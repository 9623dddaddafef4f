/* The journey as it was: going back shows what stood then, changes nothing, and tells nobody more
 * than today's documents do.  And what the coach reads before the next session. */
#include "practice/documents.h"
#include "practice/past.h"
#include "practice_fixture.h"

static const char questions[] =
    "      - id: things\n        ask: What?\n        type: list\n        canvas: page.one\n"
    "        item: { text: { max: 100 } }\n"
    "      - { id: aim, ask: What for?, type: text, required: false }\n"
    "      - { id: secret, ask: Secret?, type: text, private: true, required: false }\n"
    "      - { id: success, ask: What worked?, type: text, required: false }\n"
    "      - { id: last, ask: And last?, type: text }\n";
static const char script[] =
    "phase \"define\"\nask \"things\"\nask \"aim\"\nask \"secret\"\nask \"success\"\n"
    "if answers.things then action { text = \"plain\" } end\n"
    "if answers.aim then action { text = answers.aim, due = \"2026-03-20\" } end\n"
    "goal { text = \"the goal\", due = \"2026-03-10\" }\nask \"last\"\n";

static struct fixture *f;

static void set_day(const char *day)
{
    int64_t at;
    assert_true(clock_parse(str_of(day), &at));
    clock_fix(at + 10 * 3600 * 1000);
}

/* Answers in a sitting of its own: another handle, another day. */
static struct journey *sitting(struct journey *j, const char *day)
{
    struct str id = str_copy(f->a, journey_record(j)->id);
    journey_close(j);
    set_day(day);
    assert_ok(journey_open(f->p, id, STR(""), &j, &fixture_error));
    return j;
}

static void answer(struct journey *j, const char *key, const char *json)
{
    if (fixture_answer(j, key, json, -1) != ERR_NONE)
        fail_msg("%s: %s", key, fixture_error.text);
}

/* Three sittings: a list; words; other words and another list. */
static struct journey *three_sittings(void **state)
{
    f = *state;
    set_day("2026-03-02");
    fixture_workflow(f, questions, script);
    struct journey *j = fixture_start(f, "Ada", "small", "en");
    answer(j, "define/things", "[{\"text\":\"rice\"}]");
    answer(j, "define/aim", "\"to begin\"");
    answer(j, "define/secret", "\"moonlight\"");
    j = sitting(j, "2026-03-09");
    answer(j, "define/secret", "\"starlight\"");
    answer(j, "define/success", "\"she came\"");
    j = sitting(j, "2026-03-16");
    answer(j, "define/aim", "\"to go on\"");
    answer(j, "define/things", "[{\"text\":\"rice\"},{\"text\":\"salt\"}]");
    return sitting(j, "2026-03-18");
}

static void teardown_clock(struct journey *j)
{
    journey_close(j);
    clock_fix(0);
}

static const char *items(struct journey *j, const char *name, const char *audience)
{
    static char text[256];
    json_t *board = past_board(j, str_of(audience), str_of(name)), *item;
    const json_t *block = json_array_get(json_object_get(board, "blocks"), 0);
    size_t i;
    (void)snprintf(text, sizeof text, "%s:", board ? json_member(board, "date").p : "none");
    json_array_foreach (json_object_get(block, "items"), i, item)
        (void)snprintf(text + strlen(text), sizeof text - strlen(text), " %s",
                       json_member(item, "text").p);
    json_decref(board);
    return text;
}

static void a_board_shows_what_stood_at_the_end_of_a_sitting(void **state)
{
    static const char *const rows[][2] = {
        {"at-1", "2026-03-02: rice"},
        {"at-2", "2026-03-09: rice"},
        {"at-3", "2026-03-16: rice salt"},
        {"at-3-page", "2026-03-16: rice salt"},
        {"at-4", "none:"},
        {"at-0", "none:"},
        {"at-", "none:"},
        {"at-x", "none:"},
        {"at-1-nowhere", "none:"},
        {"at-99999999999999999999", "none:"},
        {"now", "none:"},
        {"at--1", "none:"},
    };
    struct journey *j = three_sittings(state);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        assert_string_equal(items(j, rows[i][0], "client"), rows[i][1]);
    assert_string_equal(items(j, "at-1", "sponsor"), "none:");
    teardown_clock(j);
}

static void going_back_changes_nothing(void **state)
{
    struct journey *j = three_sittings(state);
    json_t *before = journey_tree(j, STR("coach"), true), *history, *later;
    assert_ok(journey_history(j, STR(""), &history, &fixture_error));
    json_t *book = past_book(j, STR("client"), before);
    json_decref(past_board(j, STR("client"), STR("at-1")));
    json_t *after = journey_tree(j, STR("coach"), true);
    assert_true(json_equal(before, after));
    assert_ok(journey_history(j, STR(""), &later, &fixture_error));
    assert_true(json_equal(history, later));
    answer(j, "define/last", "\"it can still be changed\"");
    json_decref(book);
    json_decref(before);
    json_decref(after);
    json_decref(history);
    json_decref(later);
    teardown_clock(j);
}

static void a_book_tells_what_changed_and_nothing_private(void **state)
{
    struct journey *j = three_sittings(state);
    json_t *tree = journey_document_tree(j, STR("book"), STR("client"), false);
    const json_t *book = json_object_get(tree, "book");
    const json_t *sittings = json_object_get(book, "sittings");
    static const bool changed[] = {true, false, true};
    assert_int_equal(json_array_size(sittings), 3);
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(json_flag(json_array_get(sittings, i), "changed", false), changed[i]);
    const json_t *versions = json_object_get(book, "versions");
    assert_int_equal(json_array_size(versions), 1);
    const json_t *texts = json_object_get(json_array_get(versions, 0), "texts");
    assert_int_equal(json_array_size(texts), 2);
    assert_string_equal(json_member(json_array_get(texts, 0), "text").p, "to begin");
    assert_string_equal(json_member(json_array_get(texts, 1), "text").p, "to go on");
    assert_string_equal(json_member(json_array_get(texts, 1), "date").p, "2026-03-16");
    assert_string_equal(
        json_member(json_array_get(json_object_get(book, "successes"), 0), "text").p, "she came");
    assert_string_equal(json_member(json_object_get(tree, "period"), "until").p, "2026-03-16");
    char *all = json_dumps(tree, 0);
    assert_null(strstr(all, "light")); /* moonlight, starlight */
    free(all);
    json_decref(tree);
    teardown_clock(j);
}

static void the_book_is_written_with_its_canvases(void **state)
{
    struct journey *j = three_sittings(state);
    struct diags d = {.a = f->a};
    struct document_wish wish = {.name = STR("book")};
    struct str text;
    assert_ok(journey_document(j, f->a, &wish, &d, &text, &fixture_error));
    assert_non_null(strstr(text.p, "# My journey"));
    assert_non_null(strstr(text.p, "salt"));
    assert_null(strstr(text.p, "canvas:"));
    assert_null(strstr(text.p, "light"));
    teardown_clock(j);
}

static void before_the_next_session_promises_come_by_their_day(void **state)
{
    struct journey *j = three_sittings(state);
    assert_ok(journey_note(j, STR(""), STR("a note"), STR("private"), &fixture_error));
    json_t *tree = journey_tree(j, STR("coach"), false);
    const json_t *prep = json_object_get(tree, "prep"), *actions = json_object_get(prep, "actions");
    const json_t *last = json_object_get(prep, "last"), *next = json_object_get(prep, "next");
    assert_string_equal(json_member(json_array_get(actions, 0), "text").p, "to go on");
    assert_false(json_flag(json_array_get(actions, 0), "late", true));
    assert_string_equal(json_member(json_array_get(actions, 1), "text").p, "plain");
    assert_true(json_flag(json_array_get(json_object_get(prep, "goals"), 0), "late", false));
    assert_string_equal(json_member(last, "date").p, "2026-03-18"); /* the note opened it */
    assert_int_equal(json_array_size(next), 1); /* only what has to be answered */
    assert_string_equal(json_member(json_array_get(next, 0), "ask").p, "And last?");
    assert_string_equal(json_member(json_array_get(next, 0), "phase").p, "Define");
    assert_int_equal(json_array_size(json_object_get(prep, "notes")), 1);
    json_decref(tree);
    tree = journey_tree(j, STR("client"), false);
    assert_null(json_object_get(tree, "prep"));
    json_decref(tree);
    teardown_clock(j);
}

/* What goes on is told in the words of the workflow, without those of a sensitive answer. */
static void a_pause_tells_nothing_sensitive_before_the_next_session(void **state)
{
    static const struct {
        bool sensitive;
        const char *text;
    } rows[] = {{false, "Rest from \u2026 now"}, {true, "Rest from grief now"}};
    f = *state;
    fixture_workflow(f,
                     "      - { id: wound, ask: Wound?, type: text, sensitive: true }\n"
                     "messages: { rest: \"Rest from {wound} now\" }\n",
                     "phase \"define\"\nask \"wound\"\nwait(\"rest\", { days = 7 })\n");
    struct journey *j = fixture_start(f, "Ada", "small", "en");
    answer(j, "define/wound", "\"grief\"");
    for (size_t i = 0; i < 2; i++) {
        json_t *tree = journey_tree(j, STR("coach"), rows[i].sensitive);
        const json_t *waits = json_object_get(json_object_get(tree, "prep"), "waits");
        assert_string_equal(json_member(json_array_get(waits, 0), "text").p, rows[i].text);
        json_decref(tree);
    }
    journey_close(j);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_board_shows_what_stood_at_the_end_of_a_sitting,
                                        fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(going_back_changes_nothing, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(a_book_tells_what_changed_and_nothing_private, fixture_open,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(the_book_is_written_with_its_canvases, fixture_open,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(before_the_next_session_promises_come_by_their_day,
                                        fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(a_pause_tells_nothing_sensitive_before_the_next_session,
                                        fixture_open, fixture_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
