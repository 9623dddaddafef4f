/* Documents: what each audience is given, what the client must have agreed to, where a template
 * comes from and what it may name. */
#include "practice/documents.h"

#include "db/store.h"
#include "practice/templates.h"
#include "practice_fixture.h"

#include <unistd.h>

static const char workflow[] =
    "espalier: 1\nworkflow: rich\ntitle: Rich\nlanguage: en\nscript: rich.lua\nphases: [define]\n"
    "share: { sponsor: { question: shared, answers: [payer] } }\n"
    "canvases:\n"
    "  page: { title: Page, blocks: [one] }\n"
    "  open: { title: Open, blocks: [one], for: [client, coach, sponsor] }\n"
    "outputs:\n"
    "  win: { fields: { text: text, size: integer }, sponsor: [text], programme: [size] }\n"
    "  quiet: { fields: { text: text } }\n"
    "documents:\n"
    "  plan: { template: plan.md.mustache, for: client }\n"
    "  notes: { template: notes.md.mustache, for: coach }\n";
static const char questions[] =
    "phase: define\ntitle: Define\nsteps:\n  - id: first\n    title: First\n    questions:\n"
    "      - { id: name, ask: Your name?, type: text }\n"
    "      - { id: secret, ask: Secret?, type: text, private: true, canvas: open.one }\n"
    "      - { id: wound, ask: Wound?, type: text, sensitive: true, canvas: open.one }\n"
    "      - { id: shown, ask: Shown?, type: text, canvas: open.one }\n"
    "      - { id: shared, ask: Who?, type: choice, options: [us, payer] }\n";
static const char script[] =
    "phase \"define\"\nask \"name\"\nask \"secret\"\nask \"wound\"\nask \"shown\"\n"
    "goal { text = \"Goal of \" .. answers.name, due = \"2026-12-01\", because = \"because\" }\n"
    "record(\"win\", { text = \"win\", size = 3 })\nrecord(\"quiet\", { text = \"quiet\" })\n"
    "put(\"page\", \"one\", answers.name)\n"
    "if answers.name == \"Ada\" then ask \"shared\" end\n";

static struct journey *rich(struct fixture *f, const char *plan)
{
    fixture_write(f->libraries[0], "workflows/rich/workflow.yaml", workflow);
    fixture_write(f->libraries[0], "workflows/rich/define.yaml", questions);
    fixture_write(f->libraries[0], "workflows/rich/documents/plan.md.mustache", plan);
    fixture_write(f->libraries[0], "workflows/rich/documents/notes.md.mustache",
                  "# Notes\n\n{{answers.secret}}\n");
    fixture_write(f->libraries[0], "scripts/rich.lua", script);
    struct journey *j = fixture_start(f, "Ada Okafor", "rich", "en");
    assert_int_equal(fixture_answer(j, "define/name", "\"Ada\"", -1), ERR_NONE);
    assert_int_equal(fixture_answer(j, "define/secret", "\"moonlight\"", -1), ERR_NONE);
    assert_int_equal(fixture_answer(j, "define/wound", "\"sore\"", -1), ERR_NONE);
    assert_int_equal(fixture_answer(j, "define/shown", "\"daylight\"", -1), ERR_NONE);
    return j;
}

static const json_t *at(const json_t *tree, const char *path)
{
    struct str rest = str_of(path);
    while (tree && rest.n > 0) {
        struct str part = str_split(rest, '/', &rest);
        tree = json_is_array(tree) ? json_array_get(tree, (size_t)(part.p[0] - '0'))
                                   : json_object_getn(tree, part.p, part.n);
    }
    return tree;
}

static void each_audience_has_a_tree_of_its_own(void **state)
{
    struct fixture *f = *state;
    struct journey *j = rich(f, "# Plan\n");
    static const struct {
        const char *audience, *path, *expected; /* NULL: the name is not there */
    } rows[] = {
        {"client", "answers/name", "\"Ada\""},
        {"coach", "answers/name", "\"Ada\""},
        {"sponsor", "answers/name", "null"},
        {"programme", "answers/name", "null"},
        {"client", "answers/secret", NULL},
        {"coach", "answers/secret", "\"moonlight\""},
        {"sponsor", "answers/secret", NULL},
        {"programme", "answers/secret", NULL},
        {"coach", "answers/wound", "null"},
        {"client", "answers/wound", NULL},
        {"client", "goals/0/because", "\"because\""},
        {"sponsor", "goals/0/text", "\"Goal of Ada\""},
        {"sponsor", "goals/0/due", "\"2026-12-01\""},
        {"sponsor", "goals/0/because", "null"},
        {"programme", "goals/0", NULL},
        {"programme", "goals", "[]"},
        {"programme", "has/goals", "false"},
        {"sponsor", "outputs/win/0/text", "\"win\""},
        {"sponsor", "outputs/win/0/size", "null"},
        {"programme", "outputs/win/0/text", "null"},
        {"programme", "outputs/win/0/size", "3"},
        {"sponsor", "outputs/quiet", "[]"},
        {"client", "outputs/quiet/0/text", "\"quiet\""},
        {"client", "canvas/page/block/one/items/0/text", "\"Ada\""},
        {"sponsor", "canvas/page/block/one/items", "[]"},
        {"sponsor", "canvas/open/block/one/items/0/text", "\"daylight\""},
        {"sponsor", "canvas/open/block/one/items/1", NULL},
        {"client", "canvas/open/block/one/items/1", NULL},
        {"coach", "canvas/open/block/one/items/0/text", "\"moonlight\""},
        {"programme", "canvas/open/block/one/items", "[]"},
        {"client", "client/name", "\"Ada Okafor\""},
        {"sponsor", "client/name", "\"Ada Okafor\""},
        {"programme", "client/name", "\"\""},
        {"programme", "counts/goals", "1"},
        {"programme", "counts/answered", "4"},
        {"programme", "counts/hypotheses", "0"},
        {"client", "counts/sessions", "1"},
        {"client", "period/until", "null"}, /* of one day nobody says from and to */
        {"client", "sessions/0/kind", "\"coaching\""},
        {"client", "progress/title", "\"Define\""},
        {"client", "progress/number", "1"},
        {"client", "progress/of", "1"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        json_t *tree = journey_tree(j, str_of(rows[i].audience), false);
        const json_t *found = at(tree, rows[i].path);
        const char *text = found ? json_write(f->a, found).p : NULL;
        if ((text == NULL) != (rows[i].expected == NULL) ||
            (text && strcmp(text, rows[i].expected) != 0))
            fail_msg("%s %s: %s", rows[i].audience, rows[i].path, text ? text : "nothing");
        json_decref(tree);
    }
    journey_close(j);
}

static enum err_code document(struct fixture *f, struct journey *j, struct document_wish wish,
                              struct diags *d, const char **text)
{
    struct str markdown = {"", 0};
    *d = (struct diags){.a = f->a};
    wish.name = wish.name.n ? wish.name : STR("plan");
    fixture_error.code = ERR_NONE;
    bool ok = journey_document(j, f->a, &wish, d, &markdown, &fixture_error);
    *text = ok ? str_copy(f->a, markdown).p : "";
    return ok ? ERR_NONE : fixture_error.code;
}

static void a_template_for_others_must_not_name_a_private_answer(void **state)
{
    struct fixture *f = *state;
    struct journey *j = rich(f, "# Plan\n");
    static const char *const audiences[] = {"client", "sponsor", "programme", "coach"};
    static const char *const templates[] = {
        "one\n\n{{answers.secret}}\n", "one\n\n{{#answers}}{{secret}}{{/answers}}\n",
        "one\n\n{{#answers.wound}}here{{/answers.wound}}\n", "one\n\n{{answers.secret@again}}\n",
        "one\n\n{{^answers.secret}}nothing{{/answers.secret}}\n"};
    struct diags d;
    const char *text;
    for (size_t i = 0; i < 4; i++)
        for (size_t k = 0; k < sizeof templates / sizeof templates[0]; k++) {
            struct document_wish wish = {.audience = str_of(audiences[i]),
                                         .template = str_of(templates[k]),
                                         .file = STR("mine"),
                                         .why = STR("a test")};
            enum err_code code = document(f, j, wish, &d, &text);
            if (i == 3) {
                if (code != ERR_NONE && code != ERR_SCRIPT)
                    fail_msg("%s", fixture_error.text);
                for (size_t n = 0; n < d.n; n++)
                    assert_string_not_equal(d.list[n].code, "E511");
                continue;
            }
            assert_int_equal(code, ERR_SCRIPT);
            assert_string_equal(d.list[0].code, "E511");
            assert_int_equal(d.list[0].line, 3);
            assert_string_equal(d.list[0].file.p, "mine");
        }
    journey_close(j);
}

static void a_private_answer_is_found_in_a_part_of_a_template(void **state)
{
    struct fixture *f = *state;
    struct journey *j = rich(f, "# Plan\n\n{{>inner}}\n");
    struct diags d;
    const char *text;
    fixture_write(f->libraries[0], "documents/rich/inner.md.mustache", "\n\n\n {{answers.secret}}");
    assert_int_equal(document(f, j, (struct document_wish){.name = STR("plan")}, &d, &text),
                     ERR_SCRIPT);
    assert_string_equal(d.list[0].code, "E511");
    assert_string_equal(d.list[0].file.p, "inner");
    assert_int_equal(d.list[0].line, 4);
    assert_int_equal(d.list[0].column, 4);
    journey_close(j);
}

static void who_may_receive_what(void **state)
{
    struct fixture *f = *state;
    struct journey *j = rich(f, "# Plan\n\n{{audience}} {{answers.name}} {{answers.shown}}\n");
    static const struct {
        const char *document, *audience, *why;
        enum err_code code;
        const char *part;
    } rows[] = {
        {"plan", "", "", ERR_NONE, "client Ada daylight"},
        {"plan", "coach", "", ERR_NONE, "coach Ada daylight"},
        {"plan", "boss", "", ERR_INPUT, "boss"},
        {"notes", "", "", ERR_NONE, "moonlight"},
        {"notes", "client", "", ERR_REFUSED, "written for the coach"},
        {"notes", "sponsor", "agreed", ERR_REFUSED, "written for the coach"},
        {"notes", "programme", "", ERR_REFUSED, "written for the coach"},
        {"nothing", "", "", ERR_NOT_FOUND, "no document"},
        {"plans", "", "", ERR_NOT_FOUND, "Did you mean \"plan\""},
        {"../plan", "", "", ERR_NOT_FOUND, "no document"},
        {"sponsor", "", "", ERR_REFUSED, "Ada Okafor has not agreed that a sponsor sees"},
        {"plan", "sponsor", "", ERR_REFUSED, "question shared"},
        {"plan", "sponsor", " ", ERR_REFUSED, "question shared"},
        {"plan", "sponsor", "by phone", ERR_NONE, "Goal of Ada"},
        {"plan", "programme", "", ERR_NONE, "Rich"},
        {"programme", "client", "", ERR_NONE, "Rich"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct document_wish wish = {.name = str_of(rows[i].document),
                                     .audience = str_of(rows[i].audience),
                                     .why = str_of(rows[i].why)};
        struct diags d;
        const char *text;
        enum err_code code = document(f, j, wish, &d, &text);
        if (code != rows[i].code || !strstr(code ? fixture_error.text : text, rows[i].part))
            fail_msg("%s for %s: %d, %s%s", rows[i].document, rows[i].audience, (int)code,
                     code ? fixture_error.text : "", text);
        assert_null(strstr(text, "sore"));
    }
    journey_close(j);
}

static size_t sessions(struct fixture *f, struct journey *j)
{
    struct store_session *list;
    size_t n;
    assert_ok(store_session_list(practice_store(f->p), f->a, journey_record(j)->id, &list, &n,
                                 &fixture_error));
    return n;
}

static void a_sponsor_is_given_what_the_client_agreed_to(void **state)
{
    struct fixture *f = *state;
    struct journey *j = rich(f, "# Plan\n");
    struct document_wish wish = {.audience = STR("sponsor")};
    struct diags d;
    const char *text;
    json_t *notes;
    assert_int_equal(document(f, j, wish, &d, &text), ERR_REFUSED);
    assert_int_equal(fixture_answer(j, "define/shared", "\"us\"", -1), ERR_NONE);
    assert_int_equal(document(f, j, wish, &d, &text), ERR_REFUSED);
    assert_int_equal(fixture_answer(j, "define/shared", "\"payer\"", -1), ERR_NONE);
    assert_int_equal(document(f, j, wish, &d, &text), ERR_NONE);
    /* A reason that is not needed is not kept. */
    wish.why = STR("not needed");
    assert_int_equal(document(f, j, wish, &d, &text), ERR_NONE);
    assert_ok(journey_notes(j, &notes, &fixture_error));
    assert_int_equal(json_array_size(notes), 0);
    json_decref(notes);
    /* The question is not asked any more: what was agreed then counts no longer. */
    assert_int_equal(fixture_answer(j, "define/name", "\"Grace\"", -1), ERR_NONE);
    wish.why = STR("");
    assert_int_equal(document(f, j, wish, &d, &text), ERR_REFUSED);
    size_t before = sessions(f, j);
    wish.why = STR("agreed by phone");
    assert_int_equal(document(f, j, wish, &d, &text), ERR_NONE);
    assert_ok(journey_notes(j, &notes, &fixture_error));
    assert_int_equal(json_array_size(notes), 1);
    assert_string_equal(json_member(json_array_get(notes, 0), "visibility").p, "private");
    assert_non_null(strstr(json_member(json_array_get(notes, 0), "text").p, "agreed by phone"));
    json_decref(notes);
    assert_int_equal(sessions(f, j), before);
    journey_close(j);
}

static void a_reason_is_kept_only_for_what_was_given(void **state)
{
    struct fixture *f = *state;
    struct journey *j = rich(f, "# Plan\n");
    struct document_wish wish = {
        .audience = STR("sponsor"), .template = STR("{{nobody}}"), .why = STR("agreed")};
    struct diags d;
    const char *text;
    json_t *notes;
    assert_int_equal(document(f, j, wish, &d, &text), ERR_SCRIPT);
    assert_ok(journey_notes(j, &notes, &fixture_error));
    assert_int_equal(json_array_size(notes), 0);
    json_decref(notes);
    journey_close(j);
}

static void a_template_of_the_coach_counts_for_journeys_that_have_begun(void **state)
{
    struct fixture *f = *state;
    struct journey *j = rich(f, "pinned\n");
    static const struct {
        const char *file, *text, *expected;
    } rows[] = {
        {"workflows/rich/documents/plan.md.mustache", "changed\n", "pinned\n"},
        {"documents/plan.md.mustache", "for all\n", "for all\n"},
        {"documents/fr/plan.md.mustache", "pour tous\n", "for all\n"},
        {"documents/rich/plan.md.mustache", "for rich\n", "for rich\n"},
        {"documents/rich/en/plan.md.mustache", "{{>part}}", "in English: \n"},
        {"documents/rich/part.md.mustache", "in English\n", "in English\n"},
        {"documents/part.md.mustache", "not this\n", "in English\n"},
    };
    struct diags d;
    const char *text;
    assert_int_equal(document(f, j, (struct document_wish){.name = STR("plan")}, &d, &text), 0);
    assert_string_equal(text, "pinned\n");
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        fixture_write(f->libraries[0], rows[i].file, rows[i].text);
        if (i == 4)
            continue; /* its partial is not there yet */
        assert_int_equal(document(f, j, (struct document_wish){.name = STR("plan")}, &d, &text), 0);
        if (strcmp(text, rows[i].expected) != 0)
            fail_msg("%s: %s", rows[i].file, text);
    }
    /* A document that no workflow has. */
    fixture_write(f->libraries[0], "documents/letter.md.mustache", "Dear {{client.name}}\n");
    assert_int_equal(document(f, j, (struct document_wish){.name = STR("letter")}, &d, &text), 0);
    assert_string_equal(text, "Dear Ada Okafor\n");
    journey_close(j);
}

static void a_template_beside_a_built_in_workflow_counts(void **state)
{
    struct fixture *f = *state;
    struct journey *j = fixture_start(f, "Ada", "first-talk", "fr");
    struct diags d;
    const char *text;
    fixture_write(f->libraries[0], "workflows/first-talk/documents/plan.md.mustache", "any\n");
    assert_int_equal(document(f, j, (struct document_wish){.name = STR("plan")}, &d, &text), 0);
    assert_string_equal(text, "any\n");
    fixture_write(f->libraries[0], "workflows/first-talk/documents/fr/plan.md.mustache", "fr\n");
    assert_int_equal(document(f, j, (struct document_wish){.name = STR("plan")}, &d, &text), 0);
    assert_string_equal(text, "fr\n");
    journey_close(j);
}

static void a_template_that_cannot_be_read_is_no_other_template(void **state)
{
    struct fixture *f = *state;
    struct journey *j = rich(f, "pinned\n");
    char path[256], link[256];
    struct diags d;
    const char *text;
    struct document_wish wish = {.name = STR("plan")};
    fixture_write(f->libraries[0], "elsewhere", "secret of the machine\n");
    fixture_write(f->libraries[0], "documents/rich/keep", "");
    (void)snprintf(path, sizeof path, "%s/elsewhere", f->libraries[0]);
    (void)snprintf(link, sizeof link, "%s/documents/rich/plan.md.mustache", f->libraries[0]);
    assert_int_equal(symlink(path, link), 0);
    assert_int_equal(document(f, j, wish, &d, &text), ERR_DISK);
    assert_non_null(strstr(fixture_error.text, "symbolic link"));
    assert_int_equal(unlink(link), 0);
    assert_int_equal(mkdir(link, 0700), 0);
    assert_int_equal(document(f, j, wish, &d, &text), ERR_DATA);
    assert_int_equal(rmdir(link), 0);
    fixture_write(f->libraries[0], "documents/rich/plan.md.mustache", "\xff\xfe");
    assert_int_equal(document(f, j, wish, &d, &text), ERR_DATA);
    assert_int_equal(unlink(link), 0);
    char *large = mem_new(TEMPLATE_MAX + 2);
    memset(large, 'x', TEMPLATE_MAX + 1);
    fixture_write(f->libraries[0], "documents/rich/plan.md.mustache", large);
    free(large);
    assert_int_equal(document(f, j, wish, &d, &text), ERR_LIMIT);
    journey_close(j);
}

static void a_page_says_what_it_is_and_shows_its_canvases(void **state)
{
    struct fixture *f = *state;
    struct journey *j = rich(f, "# Plan\n");
    static const char *const audiences[] = {"client", "sponsor"};
    static const char *const shown[][3] = {{"board", "board", "paragraph"},
                                           {"paragraph", "board", "paragraph"}};
    for (size_t i = 0; i < 2; i++) {
        struct diags d = {.a = f->a};
        struct document_wish wish = {.name = STR("plan"),
                                     .audience = str_of(audiences[i]),
                                     .why = STR("a test"),
                                     .template = STR("# The *plan*\n\n![Page](canvas:page)\n\n"
                                                     "![Open](canvas:open)\n\n"
                                                     "![None](canvas:none)\n"),
                                     .file = STR("mine")};
        json_t *page;
        assert_ok(journey_page(j, f->a, &wish, &d, &page, &fixture_error));
        assert_string_equal(json_member(page, "title").p, "The plan");
        assert_string_equal(json_member(page, "subtitle").p, "Ada Okafor");
        assert_string_equal(json_member(page, "language").p, "en");
        assert_string_equal(json_member(page, "audience").p, audiences[i]);
        for (size_t k = 0; k < 3; k++)
            assert_string_equal(
                json_member(json_array_get(json_object_get(page, "blocks"), k + 1), "is").p,
                shown[i][k]);
        json_decref(page);
    }
    journey_close(j);
}

/* Counts need no consent, words do. */
static void a_programme_reads_words_only_if_the_client_agreed(void **state)
{
    static const struct {
        const char *outputs, *canvases, *share;
        enum err_code code;
    } rows[] = {
        {"[size]", "[one]", "", ERR_NONE},
        {"[size, text]", "[one]", "", ERR_REFUSED},
        {"[size]", "[one], for: [programme]", "", ERR_REFUSED},
        {"[text]", "[one]", "share: { programme: { question: free, answers: [\"true\"] } }\n",
         ERR_NONE},
        {"[size]", "[one]", "share: { programme: { question: free, answers: [\"false\"] } }\n",
         ERR_REFUSED},
    };
    struct fixture *f = *state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct diags d;
        const char *text;
        fixture_write(
            f->libraries[0], "workflows/open/workflow.yaml",
            str_format(
                f->a,
                "espalier: 1\nworkflow: open\ntitle: Open\nlanguage: en\nscript: open.lua\n"
                "phases: [define]\n%scanvases: { page: { title: Page, blocks: %s } }\n"
                "outputs: { win: { fields: { text: text, size: integer }, programme: %s } }\n",
                rows[i].share, rows[i].canvases, rows[i].outputs)
                .p);
        fixture_write(f->libraries[0], "workflows/open/define.yaml",
                      "phase: define\ntitle: Define\nsteps:\n  - id: first\n    title: First\n"
                      "    questions:\n      - { id: free, ask: Free?, type: yes_no }\n");
        fixture_write(f->libraries[0], "scripts/open.lua", "phase \"define\"\nask \"free\"\n");
        struct journey *j =
            fixture_start(f, str_format(f->a, "Client %c", 'A' + (int)i).p, "open", "en");
        assert_int_equal(fixture_answer(j, "define/free", "true", -1), ERR_NONE);
        struct document_wish wish = {.audience = STR("programme")};
        enum err_code code = document(f, j, wish, &d, &text);
        if (code != rows[i].code)
            fail_msg("row %zu: %d %s", i, (int)code, fixture_error.text);
        wish.why = STR("agreed by phone");
        assert_int_equal(document(f, j, wish, &d, &text), ERR_NONE);
        journey_close(j);
    }
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, fixture_open, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(each_audience_has_a_tree_of_its_own),
        TEST(a_template_for_others_must_not_name_a_private_answer),
        TEST(a_private_answer_is_found_in_a_part_of_a_template),
        TEST(who_may_receive_what),
        TEST(a_sponsor_is_given_what_the_client_agreed_to),
        TEST(a_reason_is_kept_only_for_what_was_given),
        TEST(a_programme_reads_words_only_if_the_client_agreed),
        TEST(a_template_of_the_coach_counts_for_journeys_that_have_begun),
        TEST(a_template_beside_a_built_in_workflow_counts),
        TEST(a_template_that_cannot_be_read_is_no_other_template),
        TEST(a_page_says_what_it_is_and_shows_its_canvases),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
