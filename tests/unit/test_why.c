/* Where the lines of a document come from: what the template shows is known exactly, what went
 * through the script by changing one answer at a time. */
#include "practice/state.h"
#include "practice/why.h"
#include "practice_fixture.h"

#include "base/files.h"

static const char head[] =
    "espalier: 1\nworkflow: small\ntitle: Small\nlanguage: en\nscript: small.lua\n"
    "phases: [define]\n"
    "canvases:\n  page: { title: Page, blocks: [one, two] }\n"
    "outputs:\n  tip: { fields: { text: text } }\n  pair: { fields: { text: text, more: text } }\n"
    "documents:\n  plan: { template: plan.md.mustache, for: client }\n"
    "  notes: { template: notes.md.mustache, for: coach }\n";

static const char questions[] =
    "phase: define\ntitle: Define\nsteps:\n  - id: first\n    title: First\n    questions:\n"
    "      - { id: name, ask: Your name?, type: text }\n"
    "      - { id: mood, ask: \"How is {name}?\", type: choice, options: { calm: Calm, tense: "
    "Tense, "
    "tired: Tired } }\n"
    "      - id: things\n        ask: What is in the way?\n        type: list\n        canvas: "
    "page.one\n"
    "        item: { text: text, kind: { type: choice, options: { a: Outside, b: Inside } } }\n"
    "      - { id: secret, ask: Secret?, type: text, private: true }\n"
    "      - { id: far, ask: How far?, type: scale, from: 1, to: 10 }\n"
    "      - { id: more, ask: What makes you tense?, type: text }\n"
    "      - { id: sore, ask: Sore?, type: text, sensitive: true }\n"
    "      - { id: idle, ask: \"But for {sore}, anything else?\", type: long_text }\n"
    "      - { id: until, ask: When?, type: date }\n";

/* Going tense asks one question more, in the middle. */
static const char script[] =
    "phase \"define\"\nask \"name\"\nask \"mood\"\nask \"things\"\nask \"secret\"\nask \"far\"\n"
    "if answers.mood == \"tense\" then ask \"more\" end\nask \"sore\"\nask \"idle\"\nask "
    "\"until\"\n"
    "action { text = \"Face \" .. answers.things[1].text, due = answers[\"until\"] }\n"
    "record(\"tip\", { text = answers.far > 5 and \"Go on.\" or \"Begin small.\" })\n"
    "record(\"pair\", { text = answers.mood == \"tired\" and \"Rest.\" or \"Walk.\", "
    "more = #answers.things .. \" in the way\" })\n"
    "if answers.secret == \"moonlight\" then put(\"page\", \"two\", \"By night\") end\n"
    "put(\"page\", \"two\", \"At \" .. answers.sore)\n";

static const char plan[] =
    "# Plan\n\n"
    "For {{answers.name|upper}} · *{{answers.mood}}*\n\n"
    "{{#answers.things}}\n- {{text}} ({{kind}})\n{{/answers.things}}\n\n"
    "{{#answers.idle}}\n## And this\n\n{{.}}\n{{/answers.idle}}\n"
    "{{>tips}}\n\n"
    "{{#actions}}\n- [ ] {{text}}{{#due}}, {{due|date}}{{/due}}\n{{/actions}}\n\n"
    "{{#outputs.pair}}\n{{text}}\n\n{{more}}\n{{/outputs.pair}}\n\n"
    "![The page](canvas:page)\n\nFixed words.\n";

static const char tips[] = "{{#outputs.tip}}\n  > {{text}}\n{{/outputs.tip}}\n";

static struct journey *answered(struct fixture *f)
{
    static const struct {
        const char *key, *value;
    } answers[] = {
        {"define/name", "\"Ada *B*\""},
        {"define/mood", "\"calm\""},
        {"define/things",
         "[{\"text\":\"no time\",\"kind\":\"a\"},{\"text\":\"my nerves\",\"kind\":\"b\"}]"},
        {"define/secret", "\"moonlight\""},
        {"define/far", "4"},
        {"define/sore", "\"knee\""},
        {"define/idle", "\"Nothing\\nat all\""},
        {"define/until", "\"2026-12-01\""}};
    fixture_write(f->libraries[0], "workflows/small/workflow.yaml", head);
    fixture_write(f->libraries[0], "workflows/small/define.yaml", questions);
    fixture_write(f->libraries[0], "workflows/small/documents/plan.md.mustache", plan);
    fixture_write(f->libraries[0], "workflows/small/documents/tips.md.mustache", tips);
    fixture_write(f->libraries[0], "workflows/small/documents/notes.md.mustache",
                  "# Notes\n\nSecret: {{answers.secret}}\n");
    fixture_write(f->libraries[0], "scripts/small.lua", script);
    struct journey *j = fixture_start(f, "Ada", "small", "en");
    for (size_t i = 0; i < sizeof answers / sizeof answers[0]; i++)
        if (fixture_answer(j, answers[i].key, answers[i].value, -1) != ERR_NONE)
            fail_msg("%s: %s", answers[i].key, fixture_error.text);
    return j;
}

static json_t *why(struct fixture *f, struct journey *j, const struct document_wish *wish)
{
    struct diags d = {.a = f->a};
    json_t *lines;
    assert_ok(journey_why(j, f->a, wish, &d, &lines, &fixture_error));
    return lines;
}

/* "name:field mood:script" of the line that has the text, in their order; items behind a point. */
static const char *sources(const json_t *lines, const char *text)
{
    static char list[2048];
    size_t i, k;
    json_t *line, *from;
    json_array_foreach ((json_t *)(uintptr_t)lines, i, line) {
        if (!strstr(json_member(line, "text").p, text))
            continue;
        list[0] = '\0';
        json_array_foreach (json_object_get(line, "from"), k, from) {
            size_t n = strlen(list);
            bool item = json_object_get(from, "id");
            (void)snprintf(list + n, sizeof list - n, "%s%s:%s%s%s", k ? " " : "",
                           strrchr(json_member(from, "key").p, '/') + 1, json_member(from, "how").p,
                           item ? "." : "", item ? json_member(from, "shown").p : "");
        }
        return list;
    }
    fail_msg("There is no line \"%s\".", text);
    return NULL;
}

/* The question behind the line that has the text. */
static const char *asked(const json_t *lines, const char *text)
{
    size_t i;
    json_t *line;
    json_array_foreach ((json_t *)(uintptr_t)lines, i, line)
        if (strstr(json_member(line, "text").p, text))
            return json_member(json_array_get(json_object_get(line, "from"), 0), "ask").p;
    return "";
}

static void every_line_names_its_answers(void **state)
{
    static const struct {
        const char *line, *from;
    } rows[] = {
        {"# Plan", ""},
        {"ADA", "name:field mood:field"},
        {"- no time", "things:field.no time (Outside)"},
        {"- my nerves", "things:field.my nerves (Inside)"},
        {"And this", "idle:section"},
        {"Nothing", "idle:field"},
        {"at all", "idle:field"},
        {"Face no time", "until:script things:script.no time (Outside)"},
        {"Begin small.", "far:script"},
        {"Walk.", "mood:script"},
        {"2 in the way", "things:script"},
        {"By night", "secret:script"},
        {"Fixed words.", ""},
    };
    struct fixture *f = *state;
    struct journey *j = answered(f);
    json_t *lines =
        why(f, j, &(struct document_wish){.name = STR("plan"), .audience = STR("coach")});
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (strcmp(sources(lines, rows[i].line), rows[i].from) != 0)
            fail_msg("%s: %s", rows[i].line, sources(lines, rows[i].line));
    json_decref(lines);
    journey_close(j);
}

static void without_runs_only_what_the_template_shows_is_known(void **state)
{
    struct fixture *f = *state;
    struct journey *j = answered(f);
    struct diags d = {.a = f->a};
    struct document_wish wish = {.name = STR("plan"), .audience = STR("coach")};
    struct why_wish of = {.document = &wish, .fields_only = true};
    struct why_lines lines;
    size_t with = 0, without = 0;
    assert_ok(why_find(j, f->a, &of, &d, &lines, &fixture_error));
    for (size_t i = 0; i < lines.n; i++) {
        bool fixed = str_find(lines.list[i].text, STR("Face"), 0) < lines.list[i].text.n ||
            str_find(lines.list[i].text, STR("Begin small"), 0) < lines.list[i].text.n;
        with += lines.list[i].first != NULL;
        without += fixed && !lines.list[i].first;
    }
    assert_int_equal(with, 6);
    assert_int_equal(without, 2);
    journey_close(j);
}

static void canvas_lines_come_from_their_items(void **state)
{
    struct fixture *f = *state;
    struct journey *j = answered(f);
    json_t *lines =
               why(f, j, &(struct document_wish){.name = STR("plan"), .audience = STR("coach")}),
           *line;
    size_t i, k, seen = 0;
    json_array_foreach (lines, i, line) {
        json_t *from;
        if (str_find(json_member(line, "text"), STR("no time"), 0) == json_member(line, "text").n)
            continue;
        json_array_foreach (json_object_get(line, "from"), k, from)
            seen += str_is(json_member(from, "key"), "define/things");
    }
    assert_int_equal(seen, 3); /* the list, the step, the canvas */
    json_decref(lines);
    journey_close(j);
}

/* Private answers are named, for only the coach asks; sensitive ones where they are asked for. */
static void what_is_sensitive_is_not_named_unless_asked_for(void **state)
{
    struct fixture *f = *state;
    struct journey *j = answered(f);
    struct document_wish wish = {.name = STR("plan"), .audience = STR("coach")};
    json_t *lines = why(f, j, &wish);
    assert_string_equal(sources(lines, "At knee"), "");
    assert_string_equal(asked(lines, "And this"), "But for …, anything else?");
    json_decref(lines);
    wish.sensitive = true;
    lines = why(f, j, &wish);
    assert_string_equal(sources(lines, "At knee"), "sore:script");
    assert_string_equal(asked(lines, "And this"), "But for knee, anything else?");
    json_decref(lines);
    wish = (struct document_wish){.name = STR("notes"), .audience = STR("coach")};
    lines = why(f, j, &wish);
    assert_string_equal(sources(lines, "Secret"), "secret:field");
    json_decref(lines);
    journey_close(j);
}

static void the_client_gets_the_lines_of_the_client(void **state)
{
    struct fixture *f = *state;
    struct journey *j = answered(f);
    json_t *lines =
        why(f, j, &(struct document_wish){.name = STR("plan"), .audience = STR("client")});
    assert_string_equal(sources(lines, "ADA"), "name:field mood:field");
    json_decref(lines);
    struct diags d = {.a = f->a};
    struct document_wish wish = {.name = STR("notes"), .audience = STR("client")};
    assert_false(journey_why(j, f->a, &wish, &d, &lines, &fixture_error));
    assert_int_equal(fixture_error.code, ERR_REFUSED);
    journey_close(j);
}

static json_t *page(struct fixture *f, struct journey *j, const char *audience, bool sources)
{
    struct diags d = {.a = f->a};
    struct document_wish wish = {
        .name = STR("plan"), .audience = str_of(audience), .sources = sources};
    json_t *made;
    assert_ok(journey_page(j, f->a, &wish, &d, &made, &fixture_error));
    return made;
}

/* The blocks at the outside that name a source, and what it is: "paragraph:name". */
static const char *named_in(const json_t *made, const json_t *blocks)
{
    static char list[1024];
    size_t i, k;
    json_t *block, *number;
    list[0] = '\0';
    json_array_foreach ((json_t *)(uintptr_t)blocks, i, block)
        json_array_foreach (json_object_get(block, "why"), k, number) {
            size_t n = strlen(list);
            const json_t *source = json_array_get(json_object_get(made, "sources"),
                                                  (size_t)json_integer_value(number) - 1);
            assert_true(json_equal(json_object_get(source, "n"), number));
            (void)snprintf(list + n, sizeof list - n, "%s%s:%s", n ? " " : "",
                           json_member(block, "is").p,
                           strrchr(json_member(source, "key").p, '/') + 1);
        }
    return list;
}

static void the_coach_gets_numbers_at_the_blocks(void **state)
{
    struct fixture *f = *state;
    struct journey *j = answered(f);
    json_t *made = page(f, j, "coach", true);
    const json_t *blocks = json_object_get(made, "blocks");
    assert_string_equal(named_in(made, blocks),
                        "paragraph:name paragraph:mood heading:idle paragraph:idle "
                        "paragraph:mood paragraph:things");
    /* In the list its items have them. */
    const json_t *item = json_array_get(json_object_get(json_array_get(blocks, 2), "items"), 1);
    assert_string_equal(named_in(made, json_object_get(item, "blocks")), "paragraph:things");
    json_decref(made);
    journey_close(j);
}

static void nobody_else_does(void **state)
{
    struct fixture *f = *state;
    struct journey *j = answered(f);
    for (int i = 0; i < 2; i++) {
        json_t *made = page(f, j, i ? "coach" : "client", !i);
        assert_string_equal(named_in(made, json_object_get(made, "blocks")), "");
        assert_int_equal(json_array_size(json_object_get(made, "sources")), 0);
        json_decref(made);
    }
    journey_close(j);
}

/* A table has them row by row. */
static void rows_of_a_table_have_their_own(void **state)
{
    struct fixture *f = *state;
    struct journey *j = answered(f);
    struct diags d = {.a = f->a};
    struct document_wish wish = {
        .name = STR("plan"),
        .audience = STR("coach"),
        .sources = true,
        .file = STR("table"),
        .template = STR("# T\n\n| What | Kind |\n|---|---|\n"
                        "{{#answers.things}}\n| {{text}} | {{kind}} |\n{{/answers.things}}\n")};
    json_t *made;
    assert_ok(journey_page(j, f->a, &wish, &d, &made, &fixture_error));
    const json_t *table = json_array_get(json_object_get(made, "blocks"), 1);
    struct str why = json_write(f->a, json_object_get(table, "row_why"));
    assert_string_equal(why.p, "[[1],[2]]");
    const json_t *second = json_array_get(json_object_get(made, "sources"), 1);
    assert_string_equal(json_member(second, "shown").p, "my nerves (Inside)");
    json_decref(made);
    journey_close(j);
}

/* Canvases of earlier sittings are run anew from the events: what is supposed today has no part in
 * it, and must not spoil the journey it is supposed of. */
static void what_was_stays_as_it_was(void **state)
{
    struct fixture *f = *state;
    struct journey *j = answered(f);
    struct document_wish wish = {.name = STR("plan"),
                                 .audience = STR("coach"),
                                 .file = STR("past"),
                                 .template = STR("# T\n\n![Then](canvas:at-1)\n\n"
                                                 "{{#actions}}\n{{text}}\n{{/actions}}\n")};
    json_t *lines = why(f, j, &wish);
    assert_string_equal(sources(lines, "Face"), "things:script.no time (Outside)");
    assert_string_equal(sources(lines, "By night"), "");
    json_decref(lines);
    wish = (struct document_wish){.name = STR("book"), .audience = STR("coach")};
    json_decref(why(f, j, &wish));
    json_t *view = journey_view(j);
    assert_true(json_flag(view, "done", false));
    json_decref(view);
    journey_close(j);
}

/* Whatever was tried, the journey is as it was. */
static void nothing_is_written(void **state)
{
    struct fixture *f = *state;
    struct journey *j = answered(f);
    int64_t before, after;
    json_t *outcome = json_deep_copy(journey_outcome(j)), *history, *again;
    assert_ok(journey_revision(j, &before, &fixture_error));
    assert_ok(journey_history(j, STR(""), &history, &fixture_error));
    json_decref(why(f, j, &(struct document_wish){.name = STR("plan"), .audience = STR("coach")}));
    assert_ok(journey_revision(j, &after, &fixture_error));
    assert_ok(journey_history(j, STR(""), &again, &fixture_error));
    assert_int_equal(before, after);
    assert_true(json_equal(history, again));
    assert_true(json_equal(outcome, journey_outcome(j)));
    json_decref(history);
    json_decref(again);
    json_decref(outcome);
    journey_close(j);
}

static void lines_are_aligned(void **state)
{
    static const struct {
        const char *a, *b, *to; /* of each line of a: the place in b, or - */
    } rows[] = {{"x\ny\nz\n", "x\ny\nz\n", "012"},
                {"x\ny\nz\n", "x\nz\n", "0-1"},
                {"x\ny\n", "y\nx\n", "-0"},
                {"x\nx\nx\n", "x\nx\n", "01-"},
                {"", "x\n", ""},
                {"x\n", "", "-"},
                {"a\nb\nc\nd\n", "a\nq\nc\nr\nd\n", "0-24"}};
    struct fixture *f = *state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct why_lines a = why_split(f->a, str_of(rows[i].a)),
                         b = why_split(f->a, str_of(rows[i].b));
        size_t *to = why_align(f->a, &a, &b);
        assert_int_equal(a.n, strlen(rows[i].to));
        for (size_t k = 0; k < a.n; k++)
            if (to[k] != (rows[i].to[k] == '-' ? SIZE_MAX : (size_t)(rows[i].to[k] - '0')))
                fail_msg("row %zu, line %zu", i, k);
    }
}

static void other_words_are_other_words(void **state)
{
    static const char *const rows[][2] = {
        {"Call Ida", "Dbmm Jeb"}, {"z9", "a1"}, {"?", "?x"}, {"été 2026", "xux 3137"}, {"", "x"}};
    struct fixture *f = *state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        assert_string_equal(why_other_words(f->a, str_of(rows[i][0])).p, rows[i][1]);
}

/* A text as a reader sees it: Markdown's backslashes are no part of it. */
static struct str unescaped(struct arena *a, struct str text)
{
    struct buf b = {.a = a};
    for (size_t i = 0; i < text.n; i++)
        if (text.p[i] != '\\' || i + 1 == text.n || (unsigned char)text.p[i + 1] >= 0x80)
            buf_add_char(&b, text.p[i]);
    return buf_str(&b);
}

/* Words may stand in those of another answer, by chance: then that one is the source. */
static bool has_words(const json_t *value, struct str words)
{
    size_t i;
    const char *name;
    json_t *inner;
    if (json_is_string(value))
        return str_find(json_text(value), words, 0) < json_text(value).n;
    json_array_foreach ((json_t *)(uintptr_t)value, i, inner)
        if (has_words(inner, words))
            return true;
    json_object_foreach ((json_t *)(uintptr_t)value, name, inner)
        if (has_words(inner, words))
            return true;
    return false;
}

/* Is an answer that has the words among the sources? */
static bool is_behind(struct journey *j, const json_t *line, struct str words)
{
    size_t i;
    json_t *from;
    json_array_foreach (json_object_get(line, "from"), i, from)
        if (has_words(fold_value(&j->fold, json_member(from, "key").p), words))
            return true;
    return false;
}

/* Checks every line that has the words of a value, and counts them. */
static void check_words(struct fixture *f, struct journey *j, const json_t *lines,
                        const json_t *value, size_t *n)
{
    size_t i;
    const char *name;
    json_t *inner, *line;
    json_array_foreach ((json_t *)(uintptr_t)value, i, inner)
        check_words(f, j, lines, inner, n);
    json_object_foreach ((json_t *)(uintptr_t)value, name, inner)
        check_words(f, j, lines, inner, n);
    struct str words = json_text(value);
    if (words.n < 12 || str_find(words, STR(" "), 0) == words.n)
        return;
    json_array_foreach ((json_t *)(uintptr_t)lines, i, line) {
        struct str text = unescaped(f->a, json_member(line, "text"));
        if (str_find(text, words, 0) == text.n)
            continue;
        (*n)++;
        if (!is_behind(j, line, words))
            fail_msg("line %lld has \"%s\" and does not name the answer: %s",
                     json_whole(line, "line", 0), words.p, text.p);
    }
}

static void hold(struct fixture *f, struct journey *j, const char *name)
{
    struct str text;
    struct diags d = {.a = f->a};
    json_t *file, *report;
    assert_true(files_find(str_of(name), &text));
    assert_true(answer_file_read(f->a, str_of(name), text, &file, &d));
    assert_ok(journey_apply(j, file, &report, &fixture_error));
    json_decref(report);
    json_decref(file);
}

/* A person's words are never in a plan without a way back to where they were said. */
static void words_lead_back_to_their_answer(void **state)
{
    static const struct {
        const char *workflow, *file, *language;
        size_t least; /* lines that have words */
    } rows[] = {{"first-talk", "workflows/first-talk/tests/whole-way.yaml", "en", 3},
                {"first-talk", "workflows/first-talk/tests/almost-there.yaml", "en", 1},
                {"first-talk", "workflows/first-talk/tests/skips.yaml", "en", 0},
                {"first-talk", "workflows/first-talk/tests/en-francais.yaml", "fr", 3},
                {"business-model", "workflows/business-model/tests/freelancer.yaml", "en", 60},
                {"business-model", "workflows/business-model/tests/arabic.yaml", "en", 20}};
    struct fixture *f = *state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char client[16];
        (void)snprintf(client, sizeof client, "Client %zu", i);
        struct journey *j = fixture_start(f, client, rows[i].workflow, rows[i].language);
        hold(f, j, rows[i].file);
        json_t *lines =
            why(f, j, &(struct document_wish){.name = STR("plan"), .audience = STR("coach")});
        size_t k, n = 0;
        json_t *entry;
        json_array_foreach (json_object_get(journey_outcome(j), "path"), k, entry)
            if (str_is(json_member(entry, "state"), "answered"))
                check_words(f, j, lines, fold_value(&j->fold, json_member(entry, "key").p), &n);
        if (n < rows[i].least)
            fail_msg("%s: only %zu lines have words", rows[i].file, n);
        json_decref(lines);
        journey_close(j);
    }
}
/* The answers that the template shows in the plan, line by line. */
static struct str shown_fields(struct fixture *f, struct journey *j)
{
    struct document_wish wish = {.name = STR("plan"), .audience = STR("coach")};
    struct why_wish of = {.document = &wish, .fields_only = true};
    struct diags d = {.a = f->a};
    struct buf b = {.a = f->a};
    struct why_lines lines;
    assert_ok(why_find(j, f->a, &of, &d, &lines, &fixture_error));
    for (size_t i = 0; i < lines.n; i++)
        for (const struct why_source *s = lines.list[i].first; s; s = s->next)
            buf_format(&b, "%zu %s %.*s\n", i, s->key, STR_ARG(s->item));
    return buf_str(&b);
}

/* Answers are told apart by where they lie, and what is freed makes place for others. */
static void the_same_answers_are_behind_a_line_whatever_lies_where(void **state)
{
    struct fixture *f = *state;
    struct journey *j = fixture_start(f, "Ada", "business-model", "en");
    hold(f, j, "workflows/business-model/demo/sitting-1.yaml");
    hold(f, j, "workflows/business-model/demo/sitting-2.yaml");
    hold(f, j, "workflows/business-model/demo/sitting-3.yaml");
    struct str first = shown_fields(f, j);
    assert_true(first.n > 300);
    for (int i = 0; i < 4; i++) {
        json_t *between = json_array();
        for (int k = 0; k < 1000 * i; k++)
            json_array_append_new(between, json_string("takes a place"));
        for (size_t k = json_array_size(between); k > 0; k -= k > 2 ? 2 : k)
            json_array_remove(between, k - 1);
        assert_string_equal(shown_fields(f, j).p, first.p);
        json_decref(between);
    }
    journey_close(j);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, fixture_open, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_line_names_its_answers),
        TEST(without_runs_only_what_the_template_shows_is_known),
        TEST(canvas_lines_come_from_their_items),
        TEST(what_is_sensitive_is_not_named_unless_asked_for),
        TEST(the_client_gets_the_lines_of_the_client),
        TEST(the_coach_gets_numbers_at_the_blocks),
        TEST(nobody_else_does),
        TEST(rows_of_a_table_have_their_own),
        TEST(what_was_stays_as_it_was),
        TEST(nothing_is_written),
        TEST(lines_are_aligned),
        TEST(other_words_are_other_words),
        TEST(words_lead_back_to_their_answer),
        TEST(the_same_answers_are_behind_a_line_whatever_lies_where),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
