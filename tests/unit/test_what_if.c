/* What a journey would be if one answer were another one: nothing of it is written. */
#include "practice/what_if.h"
#include "practice_fixture.h"

#include "base/files.h"

static const char head[] =
    "espalier: 1\nworkflow: small\ntitle: Small\nlanguage: en\nscript: small.lua\n"
    "phases: [define]\ncanvases:\n  page: { title: Page, blocks: [one, two] }\n"
    "documents:\n  plan: { template: plan.md.mustache, for: client }\n";

static const char questions[] =
    "phase: define\ntitle: Define\nsteps:\n  - id: first\n    title: First\n    questions:\n"
    "      - { id: name, ask: Your name?, type: text }\n"
    "      - { id: mood, ask: \"How is {name}?\", type: choice, options: { calm: Calm, tense: "
    "Tense } }\n"
    "      - { id: more, ask: What makes you tense?, type: text }\n"
    "      - { id: rest, ask: How do you rest?, type: text }\n"
    "      - id: things\n        ask: What is in the way?\n        type: list\n        canvas: "
    "page.one\n        item: { text: text }\n"
    "      - { id: secret, ask: Secret?, type: text, private: true }\n"
    "      - { id: far, ask: How far?, type: scale, from: 1, to: 10, check: \"value ~= 7\" }\n"
    "      - { id: end, ask: Anything else?, type: text, required: false }\n";

/* Tense asks one question more before all others, and calm another one. */
static const char script[] =
    "phase \"define\"\nask \"name\"\nask \"mood\"\n"
    "if answers.mood == \"tense\" then ask \"more\" else ask \"rest\" end\n"
    "ask \"things\"\nask \"secret\"\nask \"far\"\n"
    "if answers.far > 5 then put(\"page\", \"two\", \"Far\") end\n"
    "if answers.far == 9 then error(\"nine is too much\") end\n"
    "if answers.far < 9 then ask \"end\" end\n";

static const char plan[] = "# Plan of {{answers.name}}\n\n{{#answers.things}}\n- {{text}}\n"
                           "{{/answers.things}}\n\n| a | b |\n| --- | --- |\n"
                           "| far | **{{answers.far}}** |\n\n![The page](canvas:page)\n";

static struct journey *answered(struct fixture *f)
{
    static const char *const answers[][2] = {
        {"define/name", "\"Ada\""},         {"define/mood", "\"calm\""},
        {"define/rest", "\"Sleep\""},       {"define/things", "[{\"text\":\"no time\"}]"},
        {"define/secret", "\"moonlight\""}, {"define/far", "4"}};
    fixture_write(f->libraries[0], "workflows/small/workflow.yaml", head);
    fixture_write(f->libraries[0], "workflows/small/define.yaml", questions);
    fixture_write(f->libraries[0], "workflows/small/documents/plan.md.mustache", plan);
    fixture_write(f->libraries[0], "scripts/small.lua", script);
    struct journey *j = fixture_start(f, "Ada", "small", "en");
    for (size_t i = 0; i < sizeof answers / sizeof answers[0]; i++)
        if (fixture_answer(j, answers[i][0], answers[i][1], -1) != ERR_NONE)
            fail_msg("%s: %s", answers[i][0], fixture_error.text);
    return j;
}

static bool suppose(struct journey *j, const char *key, const char *json, json_t **told)
{
    json_t *value = json ? json_loads(json, JSON_DECODE_ANY, NULL) : NULL;
    struct change c = {.key = str_of(key), .value = value, .why = STR("later"), .replaces = -1};
    bool ok = journey_what_if(j, &c, told, &fixture_error);
    json_decref(value);
    return ok;
}

/* "new:more waiting:rest" */
static void add_path(struct buf *b, const json_t *path)
{
    const char *name;
    json_t *list, *entry;
    size_t i;
    json_object_foreach ((json_t *)(uintptr_t)path, name, list)
        json_array_foreach (list, i, entry)
            buf_format(b, " %s:%s", name, strrchr(json_member(entry, "key").p, '/') + 1);
}

static void add_lines(struct buf *b, const json_t *list)
{
    size_t i;
    json_t *line;
    json_array_foreach ((json_t *)(uintptr_t)list, i, line)
        buf_format(b, " %s%s", json_member(line, "sign").p, json_member(line, "text").p);
}

/* All that changes, on one line. */
static const char *summary(struct fixture *f, const json_t *told)
{
    struct buf b = {.a = f->a};
    size_t i;
    json_t *canvas;
    if (json_member(told, "trouble").n > 0)
        buf_add(&b, STR(" trouble"));
    add_path(&b, json_object_get(told, "path"));
    buf_add(&b, STR(" |"));
    add_lines(&b, json_object_get(told, "plan"));
    buf_add(&b, STR(" |"));
    json_array_foreach (json_object_get(told, "canvases"), i, canvas)
        add_lines(&b, json_object_get(canvas, "items"));
    return buf_str(&b).p;
}

static void what_changes_is_told(void **state)
{
    static const struct {
        const char *what, *key, *value, *summary;
    } rows[] = {
        {"words change the plan, and questions that hold them are to check", "define/name",
         "\"Bea\"", " to_check:mood | -Plan of Ada +Plan of Bea |"},
        {"another way: one question is new, what is behind it waits, one is set aside",
         "define/mood", "\"tense\"",
         " new:more aside:rest waiting:things waiting:secret waiting:far | |"},
        {"a list on a canvas", "define/things", "[\"no time\",\"no room\"]",
         " | +no room | +no room"},
        {"what the script puts", "define/far", "6", " | -far · 4 +far · 6 | +Far"},
        {"the same again", "define/far", "4", " | |"},
        {"what no document shows", "define/secret", "\"sun\"", " | |"},
        {"a script that fails then", "define/far", "9", " trouble | |"},
        {"an open question that is not asked any more", "define/far", "10",
         " gone:end | -far · 4 +far · 10 | +Far"},
    };
    struct fixture *f = *state;
    struct journey *j = answered(f);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        json_t *told;
        if (!suppose(j, rows[i].key, rows[i].value, &told))
            fail_msg("%s: %s", rows[i].what, fixture_error.text);
        const char *is = summary(f, told);
        if (strcmp(is, rows[i].summary) != 0)
            fail_msg("%s:\n%s\ninstead of\n%s", rows[i].what, is, rows[i].summary);
        assert_int_equal(json_flag(told, "same", false), strcmp(rows[i].value, "4") == 0);
        json_decref(told);
    }
    journey_close(j);
}

static void an_answer_set_aside_comes_back(void **state)
{
    struct fixture *f = *state;
    struct journey *j = answered(f);
    json_t *told;
    assert_int_equal(fixture_answer(j, "define/mood", "\"tense\"", -1), ERR_NONE);
    assert_int_equal(fixture_answer(j, "define/more", "\"noise\"", -1), ERR_NONE);
    assert_true(suppose(j, "define/mood", "\"calm\"", &told));
    assert_string_equal(summary(f, told), " aside:more back:rest | |");
    assert_string_equal(json_member(told, "before").p, "Tense");
    assert_string_equal(json_member(told, "after").p, "Calm");
    json_decref(told);
    journey_close(j);
}

static void a_question_can_be_left_out(void **state)
{
    struct fixture *f = *state;
    struct journey *j = answered(f);
    json_t *told;
    assert_true(suppose(j, "define/things", NULL, &told));
    assert_string_equal(summary(f, told), " | -no time | -no time");
    assert_true(json_flag(told, "left_out", false));
    assert_string_equal(json_member(told, "after").p, "");
    json_decref(told);
    journey_close(j);
}

static void what_is_unfit_is_refused(void **state)
{
    static const struct {
        const char *key, *value;
        enum err_code code;
    } rows[] = {{"define/far", "11", ERR_INPUT},
                {"define/far", "7", ERR_INPUT},
                {"define/mood", "\"odd\"", ERR_INPUT},
                {"define/more", "\"x\"", ERR_NOT_FOUND},
                {"define/none", "\"x\"", ERR_NOT_FOUND}};
    struct fixture *f = *state;
    struct journey *j = answered(f);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        json_t *told;
        assert_false(suppose(j, rows[i].key, rows[i].value, &told));
        assert_int_equal(fixture_error.code, rows[i].code);
    }
    journey_close(j);
}

static void nothing_is_written(void **state)
{
    struct fixture *f = *state;
    struct journey *j = answered(f);
    json_t *told, *before = journey_review(j), *history, *later;
    assert_ok(journey_history(j, STR(""), &history, &fixture_error));
    assert_true(suppose(j, "define/mood", "\"tense\"", &told));
    json_decref(told);
    json_t *after = journey_review(j);
    assert_true(json_equal(before, after));
    assert_ok(journey_history(j, STR(""), &later, &fixture_error));
    assert_true(json_equal(history, later));
    json_decref(after);
    json_decref(before);
    json_decref(history);
    json_decref(later);
    /* And the handle goes on as if nothing had been asked. */
    assert_int_equal(fixture_answer(j, "define/end", "\"no\"", -1), ERR_NONE);
    journey_close(j);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_changes_is_told, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(an_answer_set_aside_comes_back, fixture_open,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(a_question_can_be_left_out, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(what_is_unfit_is_refused, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(nothing_is_written, fixture_open, fixture_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
