/* Definitions: what becomes of the YAML files of a workflow, its translations and its other files.
 */
#include "workflow/schema.h"
#include "workflow/workflow.h"

#include "unit.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

/* The example of the author's manual, as printed there. */
static const char manual_workflow[] =
    "espalier: 1                       # version of this format\n"
    "workflow: first-talk\n"
    "title: First coaching session\n"
    "language: en                      # language of the texts in these files\n"
    "translations: [fr]\n"
    "script: first-talk.lua\n"
    "phases: [define]\n"
    "canvases:\n"
    "  talk: { title: One page, grid: talk.grid, blocks: [goal, today, obstacles, step] }\n"
    "outputs:\n"
    "  insight: { fields: { text: text, from: text } }\n"
    "documents:\n"
    "  plan:   { template: plan.md.mustache, for: client }\n"
    "  notes:  { template: notes.md.mustache, for: coach }\n";
static const char manual_define[] =
    "phase: define\n"
    "title: Define\n"
    "purpose: Agree what we are working on and why it matters\n"
    "minutes: 20\n"
    "done_when: [goal, where_now]\n"
    "steps:\n"
    "  - id: aim\n"
    "    title: What you want\n"
    "    questions:\n"
    "      - id: topic\n"
    "        ask: What would you like to work on?\n"
    "        type: text\n"
    "      - id: goal\n"
    "        ask: \"In three months, {topic} will be ...\"\n"
    "        type: long_text\n"
    "        help: One or two sentences. What will you see, hear, do?\n"
    "        examples: [My team decides without me.]\n"
    "        caution: A goal is not a task.\n"
    "        max: 2000\n"
    "        if_question_changes: check\n"
    "      - id: where_now\n"
    "        ask: Where are you today?\n"
    "        type: scale\n"
    "        from: 1\n"
    "        to: 10\n"
    "        ends: [not started, done]\n"
    "      - id: boss_knows\n"
    "        ask: Does your superior know?\n"
    "        type: yes_no\n"
    "        when: answers.where_now < 5\n"
    "        required: false\n"
    "      - id: obstacles\n"
    "        ask: What could get in the way?\n"
    "        type: list\n"
    "        min: 1\n"
    "        max: 12\n"
    "        item: { text: { max: 80 }, kind: { type: choice, options: { inside: In me, outside: "
    "Around me } } }\n"
    "        canvas: talk.obstacles\n"
    "      - id: impression\n"
    "        ask: Your first impression\n"
    "        type: long_text\n"
    "        by: coach\n"
    "        private: true\n"
    "        sensitive: true\n"
    "        check: \"#value > 20 or 'Say a little more.'\"\n"
    "        source: [CS-007, CS-008]\n"
    "        renamed_from: [first_impression]\n";

struct book {
    struct arena *a;
    struct bundle b;
    struct workflow *w;
    struct diags d;
};

static int set_up(void **state)
{
    struct book *k = mem_new(sizeof *k);
    k->a = arena_new();
    k->d.a = k->a;
    k->b.name = STR("first-talk");
    k->b.files = arena_alloc(k->a, 64 * sizeof *k->b.files);
    *state = k;
    return 0;
}

static int tear_down(void **state)
{
    struct book *k = *state;
    workflow_free(k->w);
    arena_free(k->a);
    free(k);
    return 0;
}

static void put(struct book *k, const char *name, const char *content)
{
    struct str path = str_starts(str_of(name), STR("scripts/"))
        ? str_of(name)
        : str_format(k->a, "workflows/%s/%s", k->b.name.p, name);
    size_t i = 0;
    while (i < k->b.n && str_order(k->b.files[i].name, path) < 0)
        i++;
    bool same = i < k->b.n && str_eq(k->b.files[i].name, path);
    if (!same)
        memmove(&k->b.files[i + 1], &k->b.files[i], (k->b.n++ - i) * sizeof k->b.files[0]);
    k->b.files[i] = (struct file){path, str_of(content)};
}

static void put_manual(struct book *k)
{
    put(k, "workflow.yaml", manual_workflow);
    put(k, "define.yaml", manual_define);
    put(k, "documents/talk.grid", "goal  goal\ntoday obstacles\nstep  step\n");
    put(k, "documents/plan.md.mustache", "# Plan\n");
    put(k, "documents/fr/plan.md.mustache", "# Plan de travail\n");
    put(k, "documents/notes.md.mustache", "# Notes\n");
    put(k, "scripts/first-talk.lua", "phase \"define\"\nuse \"lib/rounds\"\n");
    put(k, "scripts/lib/rounds.lua", "-- nothing\n");
}

static void print_all(const struct book *k)
{
    for (size_t i = 0; i < k->d.n; i++)
        print_error("%s", diag_print(k->a, &k->d.list[i]).p);
}

static const json_t *load(struct book *k)
{
    workflow_free(k->w);
    if (!workflow_load(&k->b, &k->w, &k->d) || k->d.n) {
        print_all(k);
        fail_msg("the workflow does not load without messages");
    }
    return workflow_definition(k->w);
}

/* The part of a tree at a path: "questions/goal/ends/0", as compact JSON; a text without its
 * quotes. */
static const char *part(struct book *k, const json_t *tree, const char *path)
{
    struct str rest = str_of(path);
    while (rest.n > 0 && tree) {
        struct str key = str_copy(k->a, str_split(rest, '/', &rest));
        tree = json_is_array(tree) ? json_array_get(tree, strtoul(key.p, NULL, 10))
                                   : json_object_get(tree, key.p);
    }
    if (!tree)
        return "(absent)";
    return json_is_string(tree) ? json_string_value(tree) : json_write_line(k->a, tree).p;
}

struct expected {
    const char *path, *value;
};

static void check_parts(struct book *k, const json_t *tree, const struct expected *rows, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(part(k, tree, rows[i].path), rows[i].value) != 0)
            fail_msg("%s is %s, not %s", rows[i].path, part(k, tree, rows[i].path), rows[i].value);
}
#define CHECK(k, tree, rows) check_parts(k, tree, rows, sizeof rows / sizeof rows[0])

static void the_example_of_the_manual_loads(void **state)
{
    struct book *k = *state;
    static const struct expected rows[] = {
        {"workflow", "first-talk"},
        {"title", "First coaching session"},
        {"language", "en"},
        {"translations", "[\"fr\"]"},
        {"script", "first-talk.lua"},
        {"phases/0/id", "define"},
        {"phases/0/minutes", "20"},
        {"phases/0/done_when", "[\"goal\",\"where_now\"]"},
        {"phases/0/steps/0/title", "What you want"},
        {"phases/0/steps/0/questions",
         "[\"topic\",\"goal\",\"where_now\",\"boss_knows\",\"obstacles\",\"impression\"]"},
        {"questions/goal/id", "goal"},
        {"questions/goal/phase", "define"},
        {"questions/goal/step", "aim"},
        {"questions/goal/type", "long_text"},
        {"questions/goal/examples", "[\"My team decides without me.\"]"},
        {"questions/goal/max", "2000"},
        {"questions/goal/placeholders", "[\"topic\"]"},
        {"questions/goal/required", "true"},
        {"questions/goal/by", "client"},
        {"questions/goal/private", "false"},
        {"questions/goal/sensitive", "false"},
        {"questions/goal/if_question_changes", "check"},
        {"questions/goal/file", "define.yaml"},
        {"questions/goal/line", "13"},
        {"questions/where_now/from", "1"},
        {"questions/where_now/to", "10"},
        {"questions/where_now/ends", "[\"not started\",\"done\"]"},
        {"questions/boss_knows/when", "answers.where_now < 5"},
        {"questions/boss_knows/required", "false"},
        {"questions/obstacles/item/text", "{\"type\":\"text\",\"max\":80,\"required\":true}"},
        {"questions/obstacles/item/kind",
         "{\"type\":\"choice\",\"options\":[{\"id\":\"inside\",\"label\":\"In me\"},"
         "{\"id\":\"outside\",\"label\":\"Around me\"}],\"required\":false}"},
        {"questions/obstacles/canvas", "talk.obstacles"},
        {"questions/impression/by", "coach"},
        {"questions/impression/private", "true"},
        {"questions/impression/check", "#value > 20 or 'Say a little more.'"},
        {"questions/impression/source", "[\"CS-007\",\"CS-008\"]"},
        {"questions/impression/renamed_from", "[\"first_impression\"]"},
        {"canvases/talk/title", "One page"},
        {"canvases/talk/blocks/2", "{\"id\":\"obstacles\",\"label\":\"Obstacles\"}"},
        {"canvases/talk/grid",
         "[[{\"block\":\"goal\",\"span\":2,\"rows\":1}],[{\"block\":"
         "\"today\",\"span\":1,\"rows\":1},"
         "{\"block\":\"obstacles\",\"span\":1,\"rows\":1}],[{\"block\":"
         "\"step\",\"span\":2,\"rows\":1}]]"},
        {"outputs/insight/fields/from/type", "text"},
        {"documents/plan", "{\"template\":\"plan.md.mustache\",\"for\":\"client\"}"},
        {"messages", "{}"},
        {"lists", "{}"},
        {"data", "{}"},
    };
    put_manual(k);
    CHECK(k, load(k), rows);
    assert_string_equal(json_string_value(json_object_get(
                            workflow_question(workflow_definition(k->w), STR("goal")), "id")),
                        "goal");
    assert_null(workflow_question(workflow_definition(k->w), STR("gaol")));
}

static void the_program_has_all_that_a_run_needs_and_no_texts(void **state)
{
    struct book *k = *state;
    put_manual(k);
    (void)load(k);
    const json_t *program = workflow_program(k->w);
    const json_t *goal = workflow_question(json_object_get(program, "def"), STR("goal"));
    assert_string_equal(json_string_value(json_object_get(goal, "type")), "long_text");
    assert_non_null(json_object_get(goal, "placeholders"));
    assert_null(json_object_get(goal, "ask"));
    static const struct expected rows[] = {
        {"script", "first-talk.lua"},
        {"sources",
         "{\"first-talk.lua\":\"phase \\\"define\\\"\\nuse "
         "\\\"lib/rounds\\\"\\n\",\"lib/rounds.lua\":\"-- nothing\\n\"}"},
    };
    CHECK(k, program, rows);
}

static void templates_are_found_by_language(void **state)
{
    struct book *k = *state;
    struct str text;
    put_manual(k);
    (void)load(k);
    assert_true(workflow_template(k->w, STR("plan.md.mustache"), STR("fr"), &text));
    assert_string_equal(text.p, "# Plan de travail\n");
    assert_true(workflow_template(k->w, STR("plan.md.mustache"), STR("de"), &text));
    assert_string_equal(text.p, "# Plan\n");
    assert_true(workflow_template(k->w, STR("notes.md.mustache"), STR("fr"), &text));
    assert_false(workflow_template(k->w, STR("absent.mustache"), STR(""), &text));
    assert_false(workflow_template(k->w, STR("../define.yaml"), STR(""), &text));
}

#define PHASE "phase: define\ntitle: Define\nsteps:\n  - id: aim\n    questions:\n"

static void options_are_written_in_several_ways(void **state)
{
    struct book *k = *state;
    static const struct expected rows[] = {
        {"questions/a/options",
         "[{\"id\":\"z\",\"label\":\"Last\"},{\"id\":\"b\",\"label\":\"Second\"}]"},
        {"questions/b/options",
         "[{\"id\":\"in_me\",\"label\":\"In me\"},{\"id\":\"around\",\"label\":\"Around me\"},"
         "{\"id\":\"both\",\"label\":\"Both\",\"help\":\"Mixed\"}]"},
        {"questions/c/options",
         "[{\"id\":\"maintain\",\"label\":\"Keep\",\"symbol\":\"=\"},{"
         "\"id\":\"reduce\",\"label\":\"Reduce\"}]"},
        {"questions/c/options_from", "decisions"},
        {"questions/d/columns",
         "[{\"id\":\"maintain\",\"label\":\"Keep\",\"symbol\":\"=\",\"key\":\"m\"},"
         "{\"id\":\"reduce\",\"label\":\"Reduce\",\"key\":\"r\"}]"},
        {"questions/e/columns/0/key", "x"},
        {"questions/e/columns/1/key", "a"},
        {"questions/e/columns/2/key", "b"},
        {"questions/e/columns/3/key", "1"},
        {"questions/f/scales",
         "[{\"id\":\"importance\",\"label\":\"Importance\",\"from\":0,\"to\":10},"
         "{\"id\":\"joy\",\"label\":\"Joy\",\"from\":1,\"to\":5}]"},
        {"questions/f/rows/0/label", "Coach"},
        {"questions/g/item",
         "{\"text\":{\"type\":\"text\",\"required\":true},\"who\":{\"type\":"
         "\"text\",\"required\":false}}"},
        {"questions/h/item", "{\"text\":{\"type\":\"text\",\"required\":true}}"},
        {"questions/h/examples", "[\"One alone\"]"},
        {"lists/decisions/0/label", "Keep"},
    };
    put_manual(k);
    put(k, "workflow.yaml",
        "espalier: 1\nworkflow: first-talk\ntitle: T\nlanguage: en\nphases: [define]\n"
        "lists: { decisions: { maintain: { label: Keep, symbol: '=' }, reduce: Reduce } }\n");
    put(k, "define.yaml",
        PHASE
        "      - { id: a, ask: A, type: choice, options: { z: Last, b: Second } }\n"
        "      - { id: b, ask: B, type: choices, options: [in_me, around: Around me, { id: both, "
        "help: Mixed }] }\n"
        "      - { id: c, ask: C, type: choice, options: decisions }\n"
        "      - { id: d, ask: D, type: sort, columns: decisions }\n"
        "      - { id: e, ask: E, type: sort, columns: [{ id: aa, key: x }, a, ab, { id: ba }] }\n"
        "      - { id: f, ask: F, type: grid, scales: { importance: Importance, joy: { from: 1, "
        "to: 5 } }, rows: [coach] }\n"
        "      - { id: g, ask: G, type: list, item: { who: text } }\n"
        "      - { id: h, ask: H, type: list, examples: One alone }\n");
    CHECK(k, load(k), rows);
}

static void grids_are_written_in_several_ways(void **state)
{
    struct book *k = *state;
    static const char tall[] =
        "[[{\"block\":\"a\",\"span\":1,\"rows\":2},{\"block\":\"b\",\"span\":2,\"rows\":1}],"
        "[{\"block\":\"c\",\"span\":2,\"rows\":1}]]";
    static const struct expected rows[] = {
        {"canvases/drawn/grid", tall},
        {"canvases/lists/grid", tall},
        {"canvases/widths/grid", tall},
        {"canvases/block/grid", tall},
        {"canvases/none/grid",
         "[[{\"block\":\"a\",\"span\":1,\"rows\":1}],[{\"block\":\"b\",\"span\":1,\"rows\":1}]]"},
        {"canvases/holes/grid",
         "[[{\"block\":\"a\",\"span\":1,\"rows\":1},{\"block\":\"\",\"span\":1,\"rows\":1}]]"},
        {"canvases/drawn/subtitle", "Sub"},
        {"canvases/drawn/blocks/1/label", "Bee"},
    };
    put_manual(k);
    put(k, "workflow.yaml",
        "espalier: 1\nworkflow: first-talk\ntitle: T\nlanguage: en\nphases: [define]\ncanvases:\n"
        "  drawn: { subtitle: Sub, blocks: { a: A, b: Bee, c: C }, grid: [a b b, a c c] }\n"
        "  lists: { blocks: [a, b, c], grid: [[a, b, b], [a, c, c]] }\n"
        "  widths: { blocks: [a, b, c], grid: [{ a: 1, b: 2 }, { a: 1, c: 2 }] }\n"
        "  block:\n    blocks: [a, b, c]\n    grid: |\n      # drawn\n      a b b\n      a c c\n"
        "  none: { blocks: [a, b] }\n"
        "  holes: { blocks: [a], grid: [a .] }\n");
    put(k, "define.yaml", "phase: define\ntitle: Define\n");
    CHECK(k, load(k), rows);
}

static void what_others_may_see_is_declared(void **state)
{
    struct book *k = *state;
    static const struct expected rows[] = {
        {"canvases/target/follows", "talk"},
        {"canvases/target/for", "[\"client\",\"sponsor\"]"},
        {"canvases/target/purpose", "[\"goal\",\"topic\"]"},
        {"canvases/tries/pages", "true"},
        {"canvases/talk/blocks/0/colour", "#e6eee9"},
        {"outputs/insight/sponsor", "[\"text\"]"},
        {"outputs/insight/programme", "[]"},
        {"share/sponsor", "{\"question\":\"boss_knows\",\"answers\":[\"true\"]}"},
    };
    put_manual(k);
    put(k, "workflow.yaml",
        "espalier: 1\nworkflow: first-talk\ntitle: T\nlanguage: en\nphases: [define]\n"
        "share: { sponsor: { question: boss_knows, answers: [\"true\"] } }\n"
        "canvases:\n"
        "  talk: { blocks: { obstacles: { label: O, colour: \"#e6eee9\" } } }\n"
        "  target: { blocks: [a], follows: talk, purpose: [goal, topic], for: [client, sponsor] }\n"
        "  tries: { blocks: [a], pages: true }\n"
        "outputs:\n"
        "  insight: { fields: { text: text, from: text }, sponsor: [text], programme: [] }\n");
    CHECK(k, load(k), rows);
}

static void messages_data_and_placeholders_are_kept(void **state)
{
    struct book *k = *state;
    static const struct expected rows[] = {
        {"messages/hello", "{\"text\":\"Hello {topic}\",\"placeholders\":[\"topic\"]}"},
        {"messages/bye/text", "Good bye"},
        {"phases/0/messages", "(absent)"},
        {"data/colours/0/name", "010"},
        {"questions/topic/placeholders", "[\"item.text\",\"about\",\"before\"]"},
    };
    put_manual(k);
    put(k, "workflow.yaml",
        "espalier: 1\nworkflow: first-talk\ntitle: T\nlanguage: en\nphases: [define]\n"
        "messages: { hello: 'Hello {topic}' }\ndata: { colours: [{ name: 010, warm: no }] }\n");
    put(k, "define.yaml",
        PHASE "      - { id: topic, type: text, ask: 'Of {item.text} and {about}', help: 'was "
              "{before}, {about}; {} { x} {X}' }\n"
              "messages: { bye: Good bye }\n");
    put(k, "scripts/first-talk.lua", "ask('topic', { before = 1 })\n");
    CHECK(k, load(k), rows);
}

static const char french_workflow[] =
    "workflow: first-talk\nlanguage: fr\ntitle: Première séance\n"
    "canvases: { talk: { title: Une page, blocks: { goal: But, today: Aujourd'hui, "
    "obstacles: Obstacles, step: Pas } } }\n";
static const char french_define[] =
    "phase: define\ntitle: Définir\npurpose: Convenir\nsteps:\n  - id: aim\n"
    "    title: Ce que vous voulez\n    questions:\n"
    "      - { id: topic, ask: Sur quoi travailler ? }\n"
    "      - { id: where_now, ask: Où en êtes-vous ?, ends: [rien, fini] }\n"
    "      - { id: obstacles, ask: Quels obstacles ?, item: { kind: { options: "
    "{ outside: Autour de moi } } } }\n";

static void translations_are_laid_over(void **state)
{
    struct book *k = *state;
    static const struct expected rows[] = {
        {"title", "Première séance"},
        {"language", "en"},
        {"phases/0/title", "Définir"},
        {"phases/0/steps/0/title", "Ce que vous voulez"},
        {"phases/0/steps/0/questions/0", "topic"},
        {"questions/topic/ask", "Sur quoi travailler ?"},
        {"questions/topic/type", "text"},
        {"questions/goal/ask", "In three months, {topic} will be ..."},
        {"questions/where_now/ends", "[\"rien\",\"fini\"]"},
        {"questions/obstacles/item/kind/options",
         "[{\"id\":\"inside\",\"label\":\"In me\"},{\"id\":\"outside\",\"label\":\"Autour de "
         "moi\"}]"},
        {"canvases/talk/title", "Une page"},
        {"canvases/talk/blocks/0/label", "But"},
    };
    put_manual(k);
    put(k, "fr/workflow.yaml", french_workflow);
    put(k, "fr/define.yaml", french_define);
    const json_t *def = load(k);
    assert_true(workflow_speaks(k->w, STR("en")) && workflow_speaks(k->w, STR("fr")));
    assert_false(workflow_speaks(k->w, STR("de")));
    const json_t *french = workflow_in_language(k->w, STR("fr"));
    CHECK(k, french, rows);
    assert_ptr_equal(french, workflow_in_language(k->w, STR("fr")));
    assert_ptr_equal(def, workflow_in_language(k->w, STR("en")));
    assert_ptr_equal(def, workflow_in_language(k->w, STR("de")));
    assert_string_equal(part(k, def, "questions/topic/ask"), "What would you like to work on?");
}

static void missing_translations_are_told(void **state)
{
    struct book *k = *state;
    static const char *const told[] = {
        "not translated: goal, boss_knows, impression",
        "not translated: inside",
    };
    put_manual(k);
    put(k, "fr/workflow.yaml", french_workflow);
    put(k, "fr/define.yaml", french_define);
    (void)load(k);
    workflow_check_translations(k->w, &k->d);
    assert_int_equal(k->d.n, 2);
    assert_int_equal(k->d.errors, 0);
    for (size_t i = 0; i < k->d.n; i++) {
        assert_string_equal(k->d.list[i].code, "W101");
        assert_string_equal(k->d.list[i].text.p, told[i]);
    }
}

static void a_missing_language_leaves_the_original(void **state)
{
    struct book *k = *state;
    put_manual(k);
    const json_t *def = load(k);
    assert_true(json_equal(def, workflow_in_language(k->w, STR("fr"))));
    workflow_check_translations(k->w, &k->d);
    assert_int_equal(k->d.n, 2);
    assert_string_equal(k->d.list[0].file.p, "first-talk/fr/workflow.yaml");
}

static void shared_lists_and_data_are_translated_once(void **state)
{
    struct book *k = *state;
    static const struct expected rows[] = {
        {"lists/decisions/0/label", "Maintenir"},
        {"questions/c/options/0/label", "Maintenir"},
        {"questions/c/options/1/label", "Réduire"},
        {"questions/d/columns/0/label", "Maintenir"},
        {"questions/d/columns/0/key", "m"},
        {"questions/d/columns/1/label", "Moins"},
        {"questions/e/item/kind/options/0/label", "Maintenir"},
        {"messages/hello/text", "Bonjour"},
        {"messages/bye/text", "Au revoir"},
        {"data/words/one", "un"},
        {"data/words/id", "keep_me"},
        {"data/cards/0/label", "Carte"},
        {"data/cards/0/symbol", "+"},
        {"data/plain", "[\"a\",\"deux\"]"},
    };
    put_manual(k);
    put(k, "workflow.yaml",
        "espalier: 1\nworkflow: first-talk\ntitle: T\nlanguage: en\ntranslations: [fr]\nphases: "
        "[define]\n"
        "lists: { decisions: { maintain: Maintain, reduce: Reduce } }\nmessages: { hello: Hello, "
        "bye: Bye }\n"
        "data: { words: { one: One thing, id: keep_me }, cards: [{ id: c1, label: Card, symbol: + "
        "}], plain: [a, b] }\n");
    put(k, "define.yaml",
        PHASE "      - { id: c, ask: C, type: choice, options: decisions }\n"
              "      - { id: d, ask: D, type: sort, columns: decisions }\n"
              "      - { id: e, ask: E, type: list, item: { kind: { type: choice, options: "
              "decisions } } }\n");
    put(k, "fr/workflow.yaml",
        "workflow: first-talk\ntitle: T\nlists: { decisions: { maintain: Maintenir, reduce: "
        "Réduire } }\n"
        "messages: { hello: Bonjour, bye: { text: Au revoir, of: 2d01d6d9 } }\n"
        "data: { words: { one: un }, cards: [{ id: c1, label: Carte }], plain: [a, deux] }\n");
    put(k, "fr/define.yaml",
        "phase: define\ntitle: D\nsteps:\n  - id: aim\n    questions:\n"
        "      - { id: c, ask: C }\n      - { id: d, ask: D, columns: [{ id: reduce, label: Moins "
        "}, { maintain: Maintenir }] }\n"
        "      - { id: e, ask: E }\n");
    (void)load(k);
    CHECK(k, workflow_in_language(k->w, STR("fr")), rows);
    workflow_check_translations(k->w, &k->d);
    if (k->d.n != 1)
        print_all(k);
    assert_int_equal(k->d.n, 1);
    assert_string_equal(k->d.list[0].code, "W102");
    assert_non_null(strstr(k->d.list[0].help.p, "of: "));
}

static void mistakes_leave_no_workflow(void **state)
{
    struct book *k = *state;
    put_manual(k);
    put(k, "define.yaml", "phase: define\n");
    assert_false(workflow_load(&k->b, &k->w, &k->d));
    assert_null(k->w);
    assert_int_equal(k->d.errors, k->d.n);
    struct bundle none = {.name = STR("none")};
    k->d = (struct diags){.a = k->a};
    assert_false(workflow_load(&none, &k->w, &k->d));
    assert_string_equal(k->d.list[0].code, "E100");
}

static void other_yaml_files_become_json(void **state)
{
    struct book *k = *state;
    json_t *answers;
    assert_true(workflow_yaml(STR("a.yaml"), STR("answers: { topic: no, where_now: 4 }\n"),
                              &answers, &k->d));
    assert_string_equal(part(k, answers, "answers"), "{\"topic\":\"no\",\"where_now\":\"4\"}");
    json_decref(answers);
    assert_false(workflow_yaml(STR("a.yaml"), STR("answers: &a 1\n"), &answers, &k->d));
    assert_null(answers);
    assert_int_equal(k->d.n, 1);
    assert_string_equal(k->d.list[0].file.p, "a.yaml");
}

/* Every key says what it is for; requirements and ranges are possible. */
static void the_schema_is_whole(void **state)
{
    size_t n;
    (void)state;
    const struct schema_key *keys = schema_keys(&n);
    for (size_t i = 0; i < n; i++) {
        assert_true(keys[i].in != 0 && keys[i].key.n > 0 && strlen(keys[i].what) > 3);
        assert_true(keys[i].kind != KIND_ONE_OF || keys[i].words);
        assert_true(keys[i].kind != KIND_INT || keys[i].min <= keys[i].max);
        bool nested = keys[i].kind == KIND_MAP || keys[i].kind == KIND_OBJECTS ||
            keys[i].kind == KIND_ENTRIES;
        assert_true(!nested || keys[i].of != 0);
        for (int t = 0; t < TYPE_COUNT; t++)
            for (size_t m = 0; m < i; m++)
                assert_false(str_eq(keys[m].key, keys[i].key) && (keys[m].in & keys[i].in) &&
                             (!keys[m].types || !keys[i].types || (keys[m].types & keys[i].types)));
    }
    for (int t = 0; t < TYPE_COUNT; t++)
        assert_int_equal(type_of_name(type_name((enum type)t)), t);
}

/* 200 KB in two languages: what an author's largest workflow may be. */
static void a_large_workflow_loads_quickly(void **state)
{
    struct book *k = *state;
    put_manual(k);
    put(k, "workflow.yaml",
        "espalier: 1\nworkflow: first-talk\ntitle: T\nlanguage: en\ntranslations: [fr]\nphases: "
        "[p0, p1, p2, p3]\n");
    for (int p = 0; p < 4; p++) {
        struct buf en = {.a = k->a}, fr = {.a = k->a};
        buf_format(&en, "phase: p%d\ntitle: P\n", p);
        buf_add(&en, STR("steps:\n  - id: s\n    title: S\n    questions:\n"));
        buf_add(&fr, buf_str(&en));
        for (int i = 0; i < 150; i++) {
            buf_format(&en,
                       "      - id: q%d_%d\n        ask: What would you say about this, and why?\n "
                       "       type: choice\n"
                       "        help: One or two sentences are enough here.\n        options: { a: "
                       "One, b: Two }\n",
                       p, i);
            buf_format(&fr,
                       "      - id: q%d_%d\n        ask: Que diriez-vous de cela, et pourquoi ?\n"
                       "        help: Une ou deux phrases suffisent.\n        options: { a: Un, b: "
                       "Deux }\n",
                       p, i);
        }
        put(k, str_format(k->a, "p%d.yaml", p).p, buf_str(&en).p);
        put(k, str_format(k->a, "fr/p%d.yaml", p).p, buf_str(&fr).p);
    }
    clock_t before = clock();
    bool ok = workflow_load(&k->b, &k->w, &k->d);
    clock_t loaded = clock();
    assert_true(ok);
    assert_string_equal(
        part(k, workflow_in_language(k->w, STR("fr")), "questions/q3_149/options/1/label"), "Deux");
    clock_t translated = clock();
    print_message("load %.1f ms, translate %.1f ms\n",
                  (double)(loaded - before) * 1e3 / CLOCKS_PER_SEC,
                  (double)(translated - loaded) * 1e3 / CLOCKS_PER_SEC);
    assert_true(translated - before < CLOCKS_PER_SEC / 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_example_of_the_manual_loads, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_program_has_all_that_a_run_needs_and_no_texts, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(templates_are_found_by_language, set_up, tear_down),
        cmocka_unit_test_setup_teardown(options_are_written_in_several_ways, set_up, tear_down),
        cmocka_unit_test_setup_teardown(grids_are_written_in_several_ways, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_others_may_see_is_declared, set_up, tear_down),
        cmocka_unit_test_setup_teardown(messages_data_and_placeholders_are_kept, set_up, tear_down),
        cmocka_unit_test_setup_teardown(translations_are_laid_over, set_up, tear_down),
        cmocka_unit_test_setup_teardown(missing_translations_are_told, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_missing_language_leaves_the_original, set_up, tear_down),
        cmocka_unit_test_setup_teardown(shared_lists_and_data_are_translated_once, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(mistakes_leave_no_workflow, set_up, tear_down),
        cmocka_unit_test_setup_teardown(other_yaml_files_become_json, set_up, tear_down),
        cmocka_unit_test(the_schema_is_whole),
        cmocka_unit_test_setup_teardown(a_large_workflow_loads_quickly, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
