/* Boards: which canvas in which state, what changes, whose feelings, and for whom. */
#include "practice/documents.h"

#include "document/document.h"
#include "practice_fixture.h"

static const char workflow[] =
    "espalier: 1\nworkflow: pages\ntitle: Pages\nlanguage: en\ntranslations: [fr]\n"
    "script: pages.lua\nphases: [define]\n"
    "canvases:\n"
    "  now: { title: Now, purpose: [hidden, second, first], blocks: { a: { label: A, colour: "
    "\"#e6eee9\" }, b: B } }\n"
    "  later: { title: Later, follows: now, for: [client, coach, sponsor], blocks: { a: A, b: B } "
    "}\n"
    "  drafts: { title: Drafts, pages: true, blocks: { a: A, b: B } }\n";
static const char questions[] =
    "phase: define\ntitle: Define\nsteps:\n  - id: first\n    title: First\n    questions:\n"
    "      - { id: list, ask: What?, type: list, canvas: now.a }\n"
    "      - { id: hidden, ask: Hidden?, type: text, private: true, required: false }\n"
    "      - { id: second, ask: Second?, type: text, required: false }\n"
    "      - { id: first, ask: First?, type: text, required: false }\n"
    "      - { id: decided, ask: Decided?, type: yes_no }\n";
/* keep and drop by id, rename by id with another text, move by text with another id. */
static const char script[] =
    "phase \"define\"\nask \"list\"\nask \"hidden\"\nask \"second\"\nask \"first\"\n"
    "ask \"decided\"\n"
    "local l = answers.list\n"
    "put(\"now\", \"a\", l[1], { feeling = \"like\" })\n"
    "put(\"now\", \"a\", l[2], { feeling = \"dislike\", hypothesis = true })\n"
    "put(\"now\", \"a\", l[2], { hypothesis = false })\n"
    "put(\"drafts\", \"b\", l[1], { page = \"Second page\" })\n"
    "put(\"drafts\", \"a\", l[1], { page = \"Third page\" })\n"
    "put(\"drafts\", \"a\", l[1], { page = \"Second page\", mark = \"add\" })\n"
    "if answers.decided then\n"
    "put(\"later\", \"a\", l[1], { mark = \"maintain\" })\n"
    "put(\"later\", \"a\", l[2], { mark = \"delete\" })\n"
    "put(\"later\", \"a\", { id = l[3].id, text = \"renamed\" }, { mark = \"strengthen\" })\n"
    "put(\"later\", \"a\", { id = \"other\", text = \"moved\" }, { mark = \"reduce\" })\n"
    "put(\"later\", \"a\", { id = \"more\", text = \"more\" }, { mark = \"add\", hypothesis = true "
    "})\n"
    "put(\"later\", \"a\", { id = \"never\", text = \"never\" }, { mark = \"delete\" })\n"
    "put(\"later\", \"b\", \"unmarked\")\n"
    "end\n";

static struct journey *pages(struct fixture *f, bool decided, const char *language)
{
    fixture_write(f->libraries[0], "workflows/pages/workflow.yaml", workflow);
    fixture_write(f->libraries[0], "workflows/pages/define.yaml", questions);
    fixture_write(f->libraries[0], "workflows/pages/fr/define.yaml", "phase: define\n");
    fixture_write(f->libraries[0], "scripts/pages.lua", script);
    struct journey *j = fixture_start(f, "Ada", "pages", language);
    assert_int_equal(
        fixture_answer(j, "define/list", "[\"keep\", \"drop\", \"old\", \"moved\", \"lost\"]", -1),
        ERR_NONE);
    assert_int_equal(fixture_answer(j, "define/hidden", "\"hidden words\"", -1), ERR_NONE);
    struct change second = {.key = STR("define/second"), .why = STR("no"), .replaces = -1};
    assert_ok(journey_skip(j, &second, &fixture_error));
    assert_int_equal(fixture_answer(j, "define/first", "\"first words\"", -1), ERR_NONE);
    assert_int_equal(fixture_answer(j, "define/decided", decided ? "true" : "false", -1), ERR_NONE);
    return j;
}

static json_t *board(struct journey *j, struct board_wish wish)
{
    json_t *made;
    assert_ok(journey_board(j, &wish, &made, &fixture_error));
    return made;
}

/* The items of a block, each as "mark text [was] flags change". */
static const char *items(struct fixture *f, const json_t *board, size_t block)
{
    struct buf b = {.a = f->a};
    json_t *item, *flag;
    size_t i, k;
    json_array_foreach (
        json_object_get(json_array_get(json_object_get(board, "blocks"), block), "items"), i,
        item) {
        buf_format(&b, "%s%s %s", i ? ", " : "", json_member(item, "mark").p,
                   json_member(item, "text").p);
        if (json_member(item, "was").n)
            buf_format(&b, " [%s]", json_member(item, "was").p);
        json_array_foreach (json_object_get(item, "flags"), k, flag)
            buf_format(&b, " %s", json_string_value(flag));
        if (json_member(item, "change").n)
            buf_format(&b, " %s", json_member(item, "change").p);
    }
    return b.n ? buf_str(&b).p : "";
}

static const char *legend(struct fixture *f, const json_t *board)
{
    return json_write(f->a, json_object_get(board, "legend")).p;
}

static void a_board_of_today_has_feelings_and_a_purpose(void **state)
{
    struct fixture *f = *state;
    struct journey *j = pages(f, true, "en");
    json_t *made = board(j, (struct board_wish){0});
    assert_string_equal(items(f, made, 0), " keep ♥,  drop ☹,  old,  moved,  lost");
    assert_string_equal(legend(f, made), "[\"♥ liked\",\"☹ could do without\"]");
    assert_string_equal(json_member(made, "state").p, "current");
    assert_string_equal(json_member(made, "state_label").p, "As it is today");
    assert_string_equal(json_member(made, "client").p, "Ada");
    assert_string_equal(json_member(made, "purpose").p, "first words");
    assert_int_equal(json_whole(made, "version", -1), 1);
    assert_string_equal(json_member(json_array_get(json_object_get(made, "blocks"), 0), "colour").p,
                        "#e6eee9");
    json_decref(made);
    /* The coach reads what is private. */
    made = board(j, (struct board_wish){.audience = STR("coach")});
    assert_string_equal(json_member(made, "purpose").p, "hidden words");
    json_decref(made);
    journey_close(j);
}

static void what_changes_is_told_for_every_item(void **state)
{
    struct fixture *f = *state;
    struct journey *j = pages(f, true, "en");
    json_t *made = board(j, (struct board_wish){.state = STR("diff")});
    assert_string_equal(items(f, made, 0),
                        "= keep same, x drop gone, ↑ renamed [old] changed, ↓ moved changed, "
                        "x lost gone, + more ? new");
    assert_string_equal(items(f, made, 1), "+ unmarked new");
    assert_string_equal(json_member(made, "state_label").p, "What changes");
    assert_string_equal(json_member(made, "purpose").p, "first words");
    const char *text = board_to_text(f->a, made, 100).p;
    assert_non_null(strstr(text, "Later · What changes"));
    assert_non_null(strstr(text, "↑ old → renamed"));
    text = board_to_markdown(f->a, made).p;
    assert_non_null(strstr(text, "**What changes**"));
    assert_non_null(strstr(text, "**↑** old → renamed"));
    json_decref(made);
    made = board(j, (struct board_wish){.state = STR("target")});
    assert_string_equal(items(f, made, 0), "= keep, x drop, ↑ renamed, ↓ moved, + more ?, x never");
    assert_string_equal(json_member(made, "title").p, "Later");
    json_decref(made);
    journey_close(j);
}

static void a_canvas_that_is_named_is_in_its_own_state(void **state)
{
    struct fixture *f = *state;
    struct journey *j = pages(f, true, "en");
    static const struct {
        const char *canvas, *state, *expected, *label;
    } rows[] = {
        {"later", "", "target", "Where it is heading"},
        {"later", "current", "target", "Where it is heading"},
        {"now", "", "current", "As it is today"},
        {"later", "blank", "blank", ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        json_t *made = board(
            j,
            (struct board_wish){.canvas = str_of(rows[i].canvas), .state = str_of(rows[i].state)});
        assert_string_equal(json_member(made, "state").p, rows[i].expected);
        assert_string_equal(json_member(made, "state_label").p, rows[i].label);
        json_decref(made);
    }
    journey_close(j);
}

static void prototypes_are_pages(void **state)
{
    struct fixture *f = *state;
    struct journey *j = pages(f, true, "en");
    json_t *titles = journey_prototypes(j, STR("client")), *made;
    assert_string_equal(json_write(f->a, titles).p, "[\"Second page\",\"Third page\"]");
    json_decref(titles);
    static const char *const labels[] = {"Second page", "Third page"};
    static const char *const first[] = {"+ keep", " keep"}, *const second[] = {" keep", ""};
    for (int i = 0; i < 2; i++) {
        made = board(j, (struct board_wish){.state = STR("prototype"), .number = i + 1});
        assert_string_equal(json_member(made, "state_label").p, labels[i]);
        assert_string_equal(items(f, made, 0), first[i]);
        assert_string_equal(items(f, made, 1), second[i]);
        json_decref(made);
    }
    journey_close(j);
}

static void a_blank_board_has_nothing_of_the_client(void **state)
{
    struct fixture *f = *state;
    struct journey *j = pages(f, true, "fr");
    json_t *made = board(j, (struct board_wish){.state = STR("blank")});
    const char *text = json_write(f->a, made).p;
    static const char *const words[] = {"keep", "first words", "Ada"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strstr(text, words[i]))
            fail_msg("%s: %s", words[i], text);
    assert_null(json_object_get(made, "client"));
    assert_null(json_object_get(made, "version"));
    assert_string_equal(json_member(made, "state_label").p, "");
    json_decref(made);
    journey_close(j);
}

static void boards_speak_the_language_of_the_journey(void **state)
{
    struct fixture *f = *state;
    struct journey *j = pages(f, true, "fr");
    json_t *made = board(j, (struct board_wish){.state = STR("diff")});
    assert_string_equal(json_member(made, "language").p, "fr");
    assert_string_equal(json_member(made, "state_label").p, "Ce qui change");
    assert_non_null(strstr(legend(f, made), "renforcer"));
    json_decref(made);
    journey_close(j);
}

static void what_is_refused(void **state)
{
    struct fixture *f = *state;
    struct journey *j = pages(f, false, "en");
    static const struct {
        const char *canvas, *state, *audience, *why;
        int number;
        enum err_code code;
        const char *part;
    } rows[] = {
        {"none", "", "", "", 0, ERR_NOT_FOUND, "There is: now, later, drafts"},
        {"none", "", "sponsor", "", 0, ERR_NOT_FOUND, "There is: later."},
        {"", "future", "", "", 0, ERR_USAGE, "not \"future\""},
        {"", "diff", "", "", 0, ERR_NOT_FOUND, "Nothing has been decided yet"},
        {"", "prototype", "", "", 0, ERR_NOT_FOUND, "1 (Second page), 2 (Third page)"},
        {"", "prototype", "", "", 3, ERR_NOT_FOUND, "1 (Second page), 2 (Third page)"},
        {"", "prototype", "", "", -1, ERR_NOT_FOUND, "1 (Second page), 2 (Third page)"},
        {"", "", "sponsor", "agreed", 0, ERR_REFUSED, "not for the sponsor"},
        {"", "diff", "sponsor", "agreed", 0, ERR_REFUSED, "not for the sponsor"},
        {"", "target", "sponsor", "", 0, ERR_REFUSED, "does not ask whether a sponsor"},
        {"", "target", "programme", "agreed", 0, ERR_REFUSED, "not for the programme"},
        {"", "", "boss", "", 0, ERR_INPUT, "boss"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct board_wish wish = {.canvas = str_of(rows[i].canvas),
                                  .state = str_of(rows[i].state),
                                  .audience = str_of(rows[i].audience),
                                  .why = str_of(rows[i].why),
                                  .number = rows[i].number};
        json_t *made = NULL;
        if (journey_board(j, &wish, &made, &fixture_error))
            fail_msg("row %zu is not refused", i);
        if (fixture_error.code != rows[i].code || !strstr(fixture_error.text, rows[i].part))
            fail_msg("row %zu: %d %s", i, (int)fixture_error.code, fixture_error.text);
    }
    json_t *made = board(j,
                         (struct board_wish){.state = STR("target"),
                                             .audience = STR("sponsor"),
                                             .why = STR("agreed by phone")}),
           *notes;
    json_decref(made);
    assert_ok(journey_notes(j, &notes, &fixture_error));
    assert_int_equal(json_array_size(notes), 1);
    json_decref(notes);
    journey_close(j);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, fixture_open, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_board_of_today_has_feelings_and_a_purpose),
        TEST(what_changes_is_told_for_every_item),
        TEST(a_canvas_that_is_named_is_in_its_own_state),
        TEST(prototypes_are_pages),
        TEST(a_blank_board_has_nothing_of_the_client),
        TEST(boards_speak_the_language_of_the_journey),
        TEST(what_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
