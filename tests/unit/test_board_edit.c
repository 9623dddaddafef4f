/* Changing what stands on a canvas: every change by a table, each taken back and brought back as
 * one action; what is refused changes nothing. */
#include "practice/board_edit.h"

#include "practice_fixture.h"

static const char workflow[] =
    "espalier: 1\nworkflow: notes\ntitle: Notes\nlanguage: en\nscript: notes.lua\n"
    "phases: [define]\n"
    "lists:\n  fates:\n    keep: { label: Keep, symbol: \"=\" }\n"
    "canvases:\n  page: { title: Page, blocks: { one: One, two: Two } }\n";
static const char questions[] =
    "phase: define\ntitle: Define\nsteps:\n"
    "  - id: first\n    title: First\n    questions:\n"
    "      - { id: many, ask: Many?, type: list, required: false, canvas: page.one,\n"
    "          item: { text: { max: 40 }, weight: { label: W, type: integer, required: false } } "
    "}\n"
    "      - { id: few, ask: Few?, type: list, required: false, max: 3, canvas: page.two,\n"
    "          item: { text: { max: 20 } } }\n"
    "      - { id: mine, ask: Mine?, type: list, required: false, private: true, canvas: "
    "page.two,\n"
    "          item: { text: { max: 20 } } }\n"
    "      - { id: word, ask: Word?, type: text, required: false, canvas: page.two }\n"
    "  - id: fate\n    title: Fate\n    questions:\n"
    "      - { id: many_fate, ask: What of them?, type: sort, columns: fates, required: false }\n"
    "      - { id: many_add, ask: What more?, type: list, required: false }\n"
    "  - id: second\n    title: Second\n    questions:\n"
    "      - { id: over, ask: Over?, type: yes_no }\n"
    "      - { id: later, ask: Later?, type: list, canvas: page.one }\n";
static const char script[] = "phase \"define\"\nstep \"first\"\n"
                             "step(\"fate\", { rows = answers.many or {} })\n"
                             "if ask \"over\" then ask \"later\" end\n";

#define ABC                                                                   \
    "[{\"id\":\"aaa\",\"text\":\"a\",\"weight\":3},{\"id\":\"bbb\",\"text\":" \
    "\"b\"},{\"id\":\"ccc\",\"text\":\"c\"}]"
#define XY "[{\"id\":\"xex\",\"text\":\"x\"},{\"id\":\"yyy\",\"text\":\"y\"}]"
#define T(text)               \
    {                         \
        text, sizeof text - 1 \
    }

static const struct row {
    const char *sentence, *many, *few; /* the answers at first */
    struct board_change change;
    const char *many_then, *few_then;
    enum err_code code;
} rows[] = {
    {"a note is added at the end",
     ABC,
     XY,
     {.key = T("define/many"), .text = T("d"), .place = BOARD_LAST},
     "a b c d",
     "x y",
     ERR_NONE},
    {"a note is added in front",
     ABC,
     XY,
     {.key = T("define/many"), .text = T("d"), .place = BOARD_FIRST},
     "d a b c",
     "x y",
     ERR_NONE},
    {"a note is worded anew and stays",
     ABC,
     XY,
     {.key = T("define/many"), .item = T("bbb"), .text = T("B")},
     "a B c",
     "x y",
     ERR_NONE},
    {"a note goes up",
     ABC,
     XY,
     {.key = T("define/many"), .item = T("ccc"), .place = BOARD_UP},
     "a c b",
     "x y",
     ERR_NONE},
    {"the first one stays where it is",
     ABC,
     XY,
     {.key = T("define/many"), .item = T("aaa"), .place = BOARD_UP},
     "a b c",
     "x y",
     ERR_NONE},
    {"a note goes down",
     ABC,
     XY,
     {.key = T("define/many"), .item = T("aaa"), .place = BOARD_DOWN},
     "b a c",
     "x y",
     ERR_NONE},
    {"the last one stays where it is",
     ABC,
     XY,
     {.key = T("define/many"), .item = T("ccc"), .place = BOARD_DOWN},
     "a b c",
     "x y",
     ERR_NONE},
    {"a note is put before another",
     ABC,
     XY,
     {.key = T("define/many"), .item = T("ccc"), .place = BOARD_BEFORE, .before = T("aaa")},
     "c a b",
     "x y",
     ERR_NONE},
    {"before one that is gone is at the end",
     ABC,
     XY,
     {.key = T("define/many"), .item = T("aaa"), .place = BOARD_BEFORE, .before = T("zzz")},
     "b c a",
     "x y",
     ERR_NONE},
    {"a note is taken away",
     ABC,
     XY,
     {.key = T("define/many"), .item = T("bbb"), .remove = true},
     "a c",
     "x y",
     ERR_NONE},
    {"the last note of a list is taken away",
     ABC,
     "[{\"id\":\"xex\",\"text\":\"x\"}]",
     {.key = T("define/few"), .item = T("xex"), .remove = true},
     "a b c",
     "",
     ERR_NONE},
    {"a note moves to the end of another list",
     ABC,
     XY,
     {.key = T("define/many"), .item = T("bbb"), .to = T("define/few")},
     "a c",
     "x y b",
     ERR_NONE},
    {"a note moves before one of another list",
     ABC,
     XY,
     {.key = T("define/many"),
      .item = T("bbb"),
      .to = T("define/few"),
      .place = BOARD_BEFORE,
      .before = T("xex")},
     "a c",
     "b x y",
     ERR_NONE},
    {"a note moves and is worded anew",
     ABC,
     XY,
     {.key = T("define/many"), .item = T("bbb"), .to = T("define/few"), .text = T("B")},
     "a c",
     "x y B",
     ERR_NONE},
    {"the only note moves",
     "[{\"id\":\"aaa\",\"text\":\"a\"}]",
     XY,
     {.key = T("define/many"), .item = T("aaa"), .to = T("define/few")},
     "",
     "x y a",
     ERR_NONE},
    {"two notes of one id are both kept",
     ABC,
     "[{\"id\":\"aaa\",\"text\":\"x\"}]",
     {.key = T("define/many"), .item = T("aaa"), .to = T("define/few")},
     "b c",
     "x a",
     ERR_NONE},
    {"a list that is full takes no more",
     ABC,
     "[\"x\", \"y\", \"z\"]",
     {.key = T("define/many"), .item = T("aaa"), .to = T("define/few")},
     "a b c",
     "x y z",
     ERR_INPUT},
    {"a text that is too long there is refused",
     ABC,
     XY,
     {.key = T("define/many"),
      .item = T("aaa"),
      .to = T("define/few"),
      .text = T("more than twenty characters")},
     "a b c",
     "x y",
     ERR_INPUT},
    {"a note that is gone cannot be changed",
     ABC,
     XY,
     {.key = T("define/many"), .item = T("zzz"), .text = T("z")},
     "a b c",
     "x y",
     ERR_NOT_FOUND},
    {"nor moved",
     ABC,
     XY,
     {.key = T("define/many"), .item = T("zzz"), .to = T("define/few")},
     "a b c",
     "x y",
     ERR_NOT_FOUND},
    {"what is no list takes no note",
     ABC,
     XY,
     {.key = T("define/word"), .text = T("z")},
     "a b c",
     "x y",
     ERR_NOT_FOUND},
    {"nor does a list that is not asked",
     ABC,
     XY,
     {.key = T("define/many"), .item = T("aaa"), .to = T("define/later")},
     "a b c",
     "x y",
     ERR_NOT_FOUND},
    {"nor one that there is not",
     ABC,
     XY,
     {.key = T("nowhere"), .text = T("z")},
     "a b c",
     "x y",
     ERR_NOT_FOUND},
    {"a board that is old is refused",
     ABC,
     XY,
     {.key = T("define/many"), .item = T("aaa"), .remove = true, .replaces = 1},
     "a b c",
     "x y",
     ERR_CONFLICT},
};

static struct journey *begin(struct fixture *f, size_t i)
{
    char name[32];
    (void)snprintf(name, sizeof name, "Ada %zu", i);
    fixture_write(f->libraries[0], "workflows/notes/workflow.yaml", workflow);
    fixture_write(f->libraries[0], "workflows/notes/define.yaml", questions);
    fixture_write(f->libraries[0], "scripts/notes.lua", script);
    return fixture_start(f, name, "notes", "en");
}

/* The texts of a list, separated by spaces. */
static const char *texts(struct fixture *f, struct journey *j, struct str key)
{
    struct buf b = {.a = f->a};
    json_t *question, *item;
    size_t i;
    buf_add(&b, STR(""));
    assert_ok(journey_question(j, key, &question, &fixture_error));
    json_array_foreach (json_object_get(question, "value"), i, item)
        buf_format(&b, "%s%s", i ? " " : "", json_member(item, "text").p);
    json_decref(question);
    return b.n ? buf_str(&b).p : "";
}

static void assert_lists(struct fixture *f, struct journey *j, const struct row *row, bool then)
{
    char wanted[256], there[256];
    (void)snprintf(wanted, sizeof wanted, "%s: %s | %s", row->sentence, row->many_then,
                   row->few_then);
    (void)snprintf(there, sizeof there, "%s: %s | %s", row->sentence,
                   texts(f, j, STR("define/many")), texts(f, j, STR("define/few")));
    if (then)
        assert_string_equal(there, wanted);
    else
        assert_string_not_equal(there, wanted);
}

static int64_t revision_of(struct journey *j)
{
    int64_t revision;
    assert_ok(journey_revision(j, &revision, &fixture_error));
    return revision;
}

static void every_change_is_one_action(void **state)
{
    struct fixture *f = *state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct journey *j = begin(f, i);
        struct board_change change = rows[i].change;
        bool changed;
        struct str key;
        assert_int_equal(fixture_answer(j, "define/many", rows[i].many, -1), ERR_NONE);
        assert_int_equal(fixture_answer(j, "define/few", rows[i].few, -1), ERR_NONE);
        assert_int_equal(fixture_answer(j, "define/many", rows[i].many, -1), ERR_NONE);
        int64_t before = revision_of(j);
        change.replaces = change.replaces ? 0 : before;
        bool ok = board_change(j, &change, &changed, &fixture_error);
        if ((ok ? ERR_NONE : fixture_error.code) != rows[i].code)
            fail_msg("%s: %s", rows[i].sentence, ok ? "it was done" : fixture_error.text);
        assert_lists(f, j, &rows[i], true);
        assert_int_equal(changed, revision_of(j) != before);
        if (changed) {
            assert_ok(journey_undo(j, f->a, &key, &fixture_error));
            assert_lists(f, j, &rows[i], false);
            assert_ok(journey_redo(j, f->a, &key, &fixture_error));
            assert_lists(f, j, &rows[i], true);
            assert_ok(board_undo(j, revision_of(j), &fixture_error));
            assert_lists(f, j, &rows[i], false);
        }
        journey_close(j);
    }
}

static const char *kinds(struct fixture *f, struct journey *j)
{
    struct buf b = {.a = f->a};
    json_t *history, *one;
    size_t i;
    assert_ok(journey_history(j, STR(""), &history, &fixture_error));
    json_array_foreach (history, i, one)
        buf_format(&b, "%s%s %s%s", i ? ", " : "", json_member(one, "kind").p,
                   json_member(one, "key").p, json_object_get(one, "refers") ? "!" : "");
    json_decref(history);
    return buf_str(&b).p;
}

static void what_came_before_and_after_a_move_is_another_action(void **state)
{
    struct fixture *f = *state;
    struct journey *j = begin(f, 0);
    struct board_change move = {
        .key = STR("define/many"), .item = STR("bbb"), .to = STR("define/few"), .replaces = -1};
    bool changed;
    struct str key;
    assert_int_equal(fixture_answer(j, "define/many", ABC, -1), ERR_NONE);
    assert_ok(board_change(j, &move, &changed, &fixture_error));
    assert_int_equal(fixture_answer(j, "define/word", "\"w\"", -1), ERR_NONE);
    assert_ok(journey_undo(j, f->a, &key, &fixture_error));
    assert_string_equal(key.p, "define/word");
    assert_string_equal(texts(f, j, STR("define/few")), "b");
    assert_ok(journey_undo(j, f->a, &key, &fixture_error));
    assert_string_equal(key.p, "define/few"); /* where the note went */
    assert_string_equal(texts(f, j, STR("define/few")), "");
    assert_string_equal(texts(f, j, STR("define/many")), "a b c");
    assert_ok(journey_redo(j, f->a, &key, &fixture_error));
    assert_string_equal(key.p, "define/few");
    assert_string_equal(texts(f, j, STR("define/many")), "a c");
    assert_ok(journey_redo(j, f->a, &key, &fixture_error));
    assert_string_equal(key.p, "define/word");
    assert_string_equal(kinds(f, j),
                        "answered define/many, answered define/few, answered define/many, "
                        "answered define/word, undone define/word!, undone define/many!, "
                        "undone define/few!, redone define/few!, redone define/many!, "
                        "redone define/word!");
    struct str id = str_copy(f->a, journey_record(j)->id);
    journey_close(j);
    assert_ok(journey_open(f->p, id, STR(""), &j, &fixture_error)); /* as it is stored */
    assert_ok(journey_undo(j, f->a, &key, &fixture_error));
    assert_ok(journey_undo(j, f->a, &key, &fixture_error));
    assert_string_equal(texts(f, j, STR("define/many")), "a b c");
    journey_close(j);
}

static void an_undo_that_comes_too_late_takes_nothing_back(void **state)
{
    struct fixture *f = *state;
    struct journey *j = begin(f, 0);
    assert_int_equal(fixture_answer(j, "define/many", ABC, -1), ERR_NONE);
    int64_t seen = revision_of(j);
    assert_int_equal(fixture_answer(j, "define/few", XY, -1), ERR_NONE);
    assert_false(board_undo(j, seen, &fixture_error));
    assert_int_equal(fixture_error.code, ERR_CONFLICT);
    assert_string_equal(texts(f, j, STR("define/few")), "x y");
    journey_close(j);
}

/* The members of a tree as one line of text. */
static const char *line(struct fixture *f, json_t *tree)
{
    const char *text = json_write(f->a, tree).p;
    json_decref(tree);
    return text;
}

static void a_board_knows_its_questions(void **state)
{
    struct fixture *f = *state;
    struct journey *j = begin(f, 0);
    assert_int_equal(fixture_answer(j, "define/many", "[{\"id\":\"aaa\",\"text\":\"a\"}]", -1),
                     ERR_NONE);
    assert_string_equal(
        line(f, board_lists(j, STR("page"))),
        "{\"one\":{\"later\":[{\"ask\":\"Later?\",\"phase\":\"Define\",\"step\":\"Second\"}],"
        "\"lists\":[{\"ask\":\"Many?\",\"id\":\"many\",\"items\":[{\"id\":\"aaa\",\"text\":\"a\"}],"
        "\"key\":\"define/many\",\"most\":0,\"private\":false,\"step\":\"First\"}],\"others\":[]},"
        "\"two\":{\"later\":[],\"lists\":[{\"ask\":\"Few?\",\"id\":\"few\",\"items\":[],"
        "\"key\":\"define/few\",\"most\":3,\"private\":false,\"step\":\"First\"},"
        "{\"ask\":\"Mine?\",\"id\":\"mine\",\"items\":[],\"key\":\"define/mine\",\"most\":0,"
        "\"private\":true,\"step\":\"First\"}],\"others\":[{\"ask\":\"Word?\","
        "\"key\":\"define/word\"}]}}");
    json_t *sorts = board_sorts(j), *first = json_array_get(sorts, 0);
    assert_int_equal(json_array_size(sorts), 1);
    assert_string_equal(json_member(first, "key").p, "define/many_fate");
    assert_string_equal(json_member(json_object_get(first, "add"), "key").p, "define/many_add");
    json_decref(sorts);
    assert_string_equal(line(f, board_lists(j, STR("none"))), "{}");
    journey_close(j);
}

static void the_board_as_of_a_sitting(void **state)
{
    struct fixture *f = *state;
    struct journey *j = begin(f, 0);
    json_t *sittings, *then;
    assert_ok(board_sittings(j, &sittings, &fixture_error));
    assert_int_equal(json_array_size(sittings), 0);
    json_decref(sittings);
    clock_fix(1795000000000);
    assert_int_equal(fixture_answer(j, "define/many", ABC, -1), ERR_NONE);
    assert_ok(board_sittings(j, &sittings, &fixture_error));
    assert_string_equal(line(f, sittings), "[{\"date\":\"2026-11-18\",\"number\":1}]");
    then = board_then(j, STR("coach"), STR("page"), 1);
    assert_non_null(then);
    assert_non_null(strstr(line(f, then), "\"text\":\"c\""));
    assert_null(board_then(j, STR("coach"), STR("page"), 2));
    clock_fix(0);
    journey_close(j);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, fixture_open, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_change_is_one_action),
        TEST(what_came_before_and_after_a_move_is_another_action),
        TEST(an_undo_that_comes_too_late_takes_nothing_back),
        TEST(a_board_knows_its_questions),
        TEST(the_board_as_of_a_sitting),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
