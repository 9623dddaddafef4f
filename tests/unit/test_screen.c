/* The client's screen shows where the conversation is, in words that the client may see.  Words
 * that it must never show stand in every place where there are private ones. */
#include "practice/screen.h"
#include "practice_fixture.h"

static const char head[] = "espalier: 1\nworkflow: small\ntitle: Small\nlanguage: en\n"
                           "script: small.lua\nphases: [look, judge, define]\n"
                           "canvases:\n  page: { title: Page, blocks: [one, two] }\n";
static const char look[] =
    "phase: look\ntitle: Looking\npurpose: To see\nsteps:\n  - id: first\n    title: First\n"
    "    intro: Slowly\n    questions:\n"
    "      - id: topic\n        ask: What is it about?\n        type: text\n"
    "        help: A word\n"
    "      - id: things\n        ask: 'What is there in {topic}?'\n        type: list\n"
    "        canvas: page.one\n        item: { text: { max: 100 } }\n"
    "  - id: apart\n    title: KANARI step\n    intro: KANARI intro\n    questions:\n"
    "      - id: secret\n        ask: KANARI What do you really think?\n        type: text\n"
    "        private: true\n        help: KANARI help\n"
    "      - id: wound\n        ask: KANARI What hurts?\n        type: text\n"
    "        sensitive: true\n"
    "      - id: hidden_things\n        ask: KANARI list?\n        type: list\n"
    "        private: true\n        canvas: page.two\n        item: { text: { max: 100 } }\n";
static const char judge[] =
    "phase: judge\ntitle: KANARI phase\npurpose: KANARI purpose\nsteps:\n  - id: mine\n"
    "    title: KANARI mine\n    questions:\n"
    "      - id: seen\n        ask: KANARI What did you notice?\n        type: text\n"
    "        by: coach\n        help: KANARI for you\n";
static const char define[] =
    "phase: define\ntitle: Defining\nsteps:\n  - id: last\n    title: Last\n    questions:\n"
    "      - id: choose\n        ask: 'Which, {about}?'\n        type: choice\n"
    "        options: { a: The first, b: The second }\n"
    "      - id: order\n        ask: 'In which order, after {secret}?'\n        type: rank\n"
    "      - id: goal\n        ask: And now?\n        type: text\n"
    "messages:\n  well: 'Well said, {topic}.'\n  behind: 'KANARI behind {secret}'\n";
static const char script[] =
    "phase \"look\"\nask \"topic\"\nsay(\"well\", { topic = answers.topic })\nask \"things\"\n"
    "say \"KANARI to the coach before the secret\"\n"
    "ask \"secret\"\nadvise(\"KANARI advice\")\nask \"wound\"\nask \"hidden_things\"\n"
    "phase \"judge\"\nask \"seen\"\n"
    "phase \"define\"\nsay(\"Because \" .. answers.secret)\n"
    "ask(\"choose\", { about = answers.secret .. \"!\" })\n"
    "local rows = {}\n"
    "for _, x in ipairs(answers.things) do rows[#rows + 1] = { id = x.id, label = x.text } end\n"
    "for _, x in ipairs(answers.hidden_things) do rows[#rows + 1] = { id = x.id, label = x.text } "
    "end\n"
    "ask(\"order\", { items = rows })\nask \"goal\"\n";

static struct str shown(struct fixture *f, struct journey *j)
{
    json_t *tree = journey_screen(j, STR(""));
    struct str text = json_write(f->a, tree);
    json_decref(tree);
    if (str_find(text, STR("KANARI"), 0) < text.n)
        fail_msg("the screen shows: %s", text.p);
    return text;
}

static void shows(struct fixture *f, struct journey *j, const char *what)
{
    struct str text = shown(f, j);
    if (str_find(text, str_of(what), 0) == text.n)
        fail_msg("no %s in: %s", what, text.p);
}

static void answer(struct journey *j, const char *key, const char *json)
{
    if (fixture_answer(j, key, json, -1) != ERR_NONE)
        fail_msg("%s: %s", key, fixture_error.text);
}

static struct journey *start(struct fixture *f)
{
    const char *folder = f->libraries[0];
    fixture_write(folder, "workflows/small/workflow.yaml", head);
    fixture_write(folder, "workflows/small/look.yaml", look);
    fixture_write(folder, "workflows/small/judge.yaml", judge);
    fixture_write(folder, "workflows/small/define.yaml", define);
    fixture_write(folder, "scripts/small.lua", script);
    return fixture_start(f, "KANARI Ada", "small", "en");
}

static void it_follows_the_conversation(void **state)
{
    struct fixture *f = *state;
    struct journey *j = start(f);
    shows(f, j, "\"ask\":\"What is it about?\"");
    shows(f, j, "\"help\":\"A word\"");
    shows(f, j, "\"number\":1,\"of\":3");
    answer(j, "look/topic", "\"bread\"");
    shows(f, j, "What is there in bread?");
    shows(f, j, "Well said, bread.");
    shows(f, j, "\"answered\":{\"ask\":\"What is it about?\",\"shown\":\"bread\"}");
    shows(f, j, "\"board\":null");
    journey_close(j);
}

/* Every private place is walked through, and nothing of it is ever there. */
static void what_is_not_the_clients_is_never_there(void **state)
{
    struct fixture *f = *state;
    struct journey *j = start(f);
    answer(j, "look/topic", "\"bread\"");
    answer(j, "look/things", "[{\"text\":\"flour\"}]");
    assert_ok(
        journey_note(j, STR("look/topic"), STR("KANARI note"), STR("private"), &fixture_error));
    assert_ok(journey_note(j, STR(""), STR("KANARI shared"), STR("shared"), &fixture_error));
    shows(f, j, "\"moment\":true");
    shows(f, j, "\"question\":null");
    shows(f, j, "flour");
    answer(j, "look/secret", "\"KANARI secret\"");
    shows(f, j, "\"moment\":true");
    shows(f, j, "\"shown\":\"flour\"");
    answer(j, "look/wound", "\"KANARI wound\"");
    answer(j, "look/hidden_things", "[{\"text\":\"KANARI thing\"}]");
    shows(f, j, "\"phase\":null"); /* a phase that is the coach's alone */
    answer(j, "judge/seen", "\"KANARI seen\"");
    shows(f, j, "\"ask\":\"Which, …?\""); /* worked out from what the client may not see */
    shows(f, j, "\"options\":[\"The first\",\"The second\"]");
    shows(f, j, "\"said\":[]");
    answer(j, "define/choose", "\"a\"");
    shows(f, j, "In which order, after …?");
    shows(f, j, "\"rows\":[\"flour\"]");
    journey_close(j);
}

static void the_end_is_said(void **state)
{
    struct fixture *f = *state;
    fixture_workflow(f, "      - { id: aim, ask: What for?, type: text }\n",
                     "phase \"define\"\nask \"aim\"\n");
    struct journey *j = fixture_start(f, "Ada", "small", "en");
    shows(f, j, "\"done\":false");
    shows(f, j, "\"moment\":false");
    answer(j, "define/aim", "\"x\"");
    shows(f, j, "\"done\":true");
    shows(f, j, "\"moment\":false");
    journey_close(j);
}

/* Where the coach is, the screen is; but never at what is not the client's. */
static void it_goes_where_the_coach_goes(void **state)
{
    struct fixture *f = *state;
    fixture_workflow(
        f,
        "      - { id: aim, ask: What for?, type: text, required: false }\n"
        "      - { id: mine, ask: KANARI?, type: text, private: true, required: false }"
        "\n      - { id: why, ask: And why?, type: text }\n",
        "phase \"define\"\nstep \"first\"\n");
    struct journey *j = fixture_start(f, "Ada", "small", "en");
    static const struct {
        const char *key, *shows;
    } rows[] = {{"", "What for?"},
                {"define/why", "And why?"},
                {"define/aim", "What for?"},
                {"define/mine", "\"moment\":true"},
                {"define/none", "What for?"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        json_t *tree = journey_screen(j, str_of(rows[i].key));
        struct str text = json_write(f->a, tree);
        json_decref(tree);
        if (str_find(text, str_of(rows[i].shows), 0) == text.n ||
            str_find(text, STR("KANARI"), 0) < text.n)
            fail_msg("at %s: %s", rows[i].key, text.p);
    }
    journey_close(j);
}

static void trouble_is_none_of_the_clients(void **state)
{
    struct fixture *f = *state;
    fixture_workflow(f, "      - { id: aim, ask: What for?, type: text }\n",
                     "phase \"define\"\nask \"aim\"\nerror(\"KANARI trouble\")\n");
    struct journey *j = fixture_start(f, "Ada", "small", "en");
    answer(j, "define/aim", "\"x\"");
    shows(f, j, "\"moment\":true");
    journey_close(j);
}

#define ROW(test) cmocka_unit_test_setup_teardown(test, fixture_open, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ROW(it_follows_the_conversation),
        ROW(what_is_not_the_clients_is_never_there),
        ROW(the_end_is_said),
        ROW(it_goes_where_the_coach_goes),
        ROW(trouble_is_none_of_the_clients),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
