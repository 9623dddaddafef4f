/* What a sheet asks, and what is taken in of what comes back: never more than was asked of the
 * client, never over an answer that was given since, and nothing lost in silence. */
#include "practice/worksheet.h"
#include "practice_fixture.h"

static const char questions[] =
    "      - { id: name, ask: Your name?, type: text, sensitive: true }\n"
    "      - { id: goal, ask: What do you want?, type: text, max: 40 }\n"
    "      - { id: now, ask: \"Where is {goal}?\", type: scale, from: 1, to: 10 }\n"
    "      - { id: why, ask: Why?, type: text, required: false }\n"
    "      - { id: things, ask: What things?, type: list, item: { text: { max: 80 } }, "
    "required: false }\n"
    "      - { id: view, ask: The coach's view?, type: text, by: coach, required: false }\n"
    "      - { id: secret, ask: Secret?, type: text, private: true, required: false }\n"
    "      - { id: deep, ask: \"Deeper into {view}?\", type: text }\n"
    "      - { id: side, ask: A side way?, type: text, when: answers.goal == 'rest' }\n";
static const char script[] = "phase \"define\"\nstep \"first\"\n";

static struct journey *begin(struct fixture *f)
{
    fixture_workflow(f, questions, script);
    struct journey *j = fixture_start(f, "Ada", "small", "en");
    assert_int_equal(fixture_answer(j, "define/name", "\"Ada\"", -1), ERR_NONE);
    assert_int_equal(fixture_answer(j, "define/goal", "\"sleep\"", -1), ERR_NONE);
    return j;
}

static json_t *sheet_of(struct journey *j, struct worksheet_wish wish)
{
    json_t *sheet;
    assert_ok(journey_worksheet(j, &wish, &sheet, NULL, &fixture_error));
    return sheet;
}

/* The keys on the sheet, separated by spaces. */
static const char *keys_of(const json_t *sheet)
{
    static char text[1024];
    size_t i;
    json_t *q;
    text[0] = '\0';
    json_array_foreach (json_object_get(sheet, "open"), i, q)
        (void)snprintf(text + strlen(text), sizeof text - strlen(text), "%s%s", i ? " " : "",
                       json_member(q, "key").p);
    return text;
}

static struct str ask_on(const json_t *sheet, const char *key)
{
    size_t i;
    json_t *q;
    json_array_foreach (json_object_get(sheet, "open"), i, q)
        if (str_is(json_member(q, "key"), key))
            return json_member(q, "ask");
    fail_msg("no %s", key);
    return STR("");
}

static void a_sheet_asks_what_is_open_for_the_client(void **state)
{
    struct fixture *f = *state;
    struct journey *j = begin(f);
    size_t kept_back;
    json_t *sheet;
    assert_int_equal(fixture_answer(j, "define/now", "3", -1), ERR_NONE);
    assert_int_equal(fixture_answer(j, "define/view", "\"CANARY\"", -1), ERR_NONE);
    assert_ok(journey_worksheet(j, &(struct worksheet_wish){.due = STR("2026-12-01")}, &sheet,
                                &kept_back, &fixture_error));
    assert_string_equal(keys_of(sheet), "define/why define/things define/deep");
    assert_int_equal(kept_back, 1);
    /* A coach's answer stays out of the words of a question. */
    assert_string_equal(ask_on(sheet, "define/deep").p, "Deeper into \xE2\x80\xA6?");
    assert_string_equal(json_member(sheet, "client").p, "Ada");
    assert_string_equal(json_member(sheet, "journey").p, journey_record(j)->id.p);
    assert_string_equal(json_member(sheet, "due").p, "2026-12-01");
    char *text = json_dumps(sheet, 0);
    assert_null(strstr(text, "CANARY"));
    free(text);
    json_decref(sheet);
    journey_close(j);
}

static void what_was_answered_before_is_there_to_begin_with_unless_it_is_sensitive(void **state)
{
    struct fixture *f = *state;
    struct journey *j = begin(f);
    struct change back = {.key = STR("define/goal"), .replaces = -1};
    assert_ok(journey_clear(j, &back, &fixture_error));
    json_t *sheet = sheet_of(j, (struct worksheet_wish){.blank = false});
    assert_string_equal(keys_of(sheet),
                        "define/goal define/now define/why define/things define/deep");
    assert_string_equal(
        json_member(json_array_get(json_object_get(sheet, "open"), 0), "previous").p, "sleep");
    json_decref(sheet);
    back.key = STR("define/name");
    assert_ok(journey_clear(j, &back, &fixture_error));
    sheet = sheet_of(j, (struct worksheet_wish){.blank = false});
    const json_t *name = json_array_get(json_object_get(sheet, "open"), 0);
    assert_string_equal(json_member(name, "id").p, "name");
    assert_null(json_object_get(name, "previous"));
    assert_null(json_object_get(name, "previous_shown"));
    json_decref(sheet);
    journey_close(j);
}

static void a_blank_sheet_has_every_question_and_nothing_of_the_client(void **state)
{
    struct fixture *f = *state;
    struct journey *j = begin(f);
    json_t *sheet = sheet_of(j, (struct worksheet_wish){.blank = true});
    assert_string_equal(keys_of(sheet), "name goal now why things deep side");
    assert_string_equal(ask_on(sheet, "now").p, "Where is \xE2\x80\xA6?");
    char *text = json_dumps(sheet, 0);
    assert_null(strstr(text, "Ada"));
    assert_null(strstr(text, "sleep"));
    assert_null(strstr(text, journey_record(j)->id.p));
    free(text);
    json_decref(sheet);
    journey_close(j);
}

static void a_sheet_needs_a_phase_that_is_there_and_something_to_ask(void **state)
{
    struct fixture *f = *state;
    struct journey *j = begin(f);
    json_t *sheet;
    struct worksheet_wish wish = {.phase = STR("defin")};
    assert_false(journey_worksheet(j, &wish, &sheet, NULL, &fixture_error));
    assert_int_equal(fixture_error.code, ERR_NOT_FOUND);
    assert_non_null(strstr(fixture_error.text, "Did you mean \"define\""));
    wish.phase = STR("define");
    assert_ok(journey_worksheet(j, &wish, &sheet, NULL, &fixture_error));
    json_decref(sheet);
    assert_int_equal(fixture_answer(j, "define/now", "3", -1), ERR_NONE);
    assert_int_equal(fixture_answer(j, "define/why", "\"x\"", -1), ERR_NONE);
    assert_int_equal(fixture_answer(j, "define/things", "[\"x\"]", -1), ERR_NONE);
    assert_int_equal(fixture_answer(j, "define/deep", "\"x\"", -1), ERR_NONE);
    assert_false(journey_worksheet(j, &wish, &sheet, NULL, &fixture_error));
    assert_int_equal(fixture_error.code, ERR_REFUSED);
    assert_non_null(strstr(fixture_error.text, "private"));
    journey_close(j);
}

/* Rows that a script passes on, by the answer they come from: is the question on the sheet? */
static const struct {
    const char *rows;
    bool asked;
} passed[] = {
    {"answers.open", true},
    {"answers.secret", false},
    {"answers.hurt", false},
    {"{ answers.open[1], answers.secret[1] }", false},
    {"{ { id = \"p\", text = answers.secret[1].text } }", false},
    {"{ { id = \"p\", text = answers.word } }", false},
    {"{ { id = \"p\", text = \"ours\" } }", true},
    {"{ { id = answers.secret[1].id, text = \"ours\" } }", false},
    {"{ { id = \"p\", text = answers.both[1].text } }", true}, /* the client said it, too */
};

static void what_was_told_in_confidence_is_no_row_of_a_sheet(void **state)
{
    struct fixture *f = *state;
    static const char asked[] = "      - { id: open, ask: Open?, type: list }\n"
                                "      - { id: both, ask: Both?, type: list }\n"
                                "      - { id: secret, ask: Secret?, type: list, private: true }\n"
                                "      - { id: hurt, ask: Hurt?, type: list, sensitive: true }\n"
                                "      - { id: word, ask: Word?, type: text, private: true }\n"
                                "      - { id: order, ask: Order?, type: rank }\n"
                                "      - { id: end, ask: End?, type: text, required: false }\n";
    for (size_t i = 0; i < sizeof passed / sizeof *passed; i++) {
        char made[512], name[16];
        (void)snprintf(name, sizeof name, "Ada %zu", i);
        (void)snprintf(made, sizeof made,
                       "phase \"define\"\nask \"open\"\nask \"both\"\nask \"secret\"\n"
                       "ask \"hurt\"\nask \"word\"\n"
                       "together { client = function() ask(\"order\", { items = %s }) end,\n"
                       "coach = function() ask \"end\" end }\n",
                       passed[i].rows);
        fixture_workflow(f, asked, made);
        struct journey *j = fixture_start(f, name, "small", "en");
        static const char *const answers[][2] = {
            {"define/open", "[\"seen\"]"},
            {"define/both", "[\"told\"]"},
            {"define/secret", "[\"hidden\", \"told\"]"},
            {"define/hurt", "[\"deep\"]"},
            {"define/word", "\"buried\""},
        };
        for (size_t k = 0; k < sizeof answers / sizeof *answers; k++)
            assert_int_equal(fixture_answer(j, answers[k][0], answers[k][1], -1), ERR_NONE);
        json_t *sheet = sheet_of(j, (struct worksheet_wish){0});
        if ((strstr(keys_of(sheet), "order") != NULL) != passed[i].asked)
            fail_msg("%s: %s", passed[i].rows, keys_of(sheet));
        json_decref(sheet);
        journey_close(j);
    }
}

/* A file that came back, made from the sheet of revision 2 (name and goal answered). */
static json_t *back_of(struct journey *j, const char *rest)
{
    struct arena *a = arena_new();
    json_t *back = NULL;
    struct str text = str_format(
        a, "{\"espalier\":\"answers\",\"version\":1,\"journey\":\"%s\",\"revision\":2,%s}",
        journey_record(j)->id.p, rest);
    assert_ok(worksheet_read(text, &back, &fixture_error));
    arena_free(a);
    return back;
}

static json_t *import(struct journey *j, const char *rest, bool dry_run, bool theirs)
{
    json_t *back = back_of(j, rest), *report = NULL;
    struct worksheet_import how = {dry_run, theirs};
    assert_ok(worksheet_import(j, back, &how, &report, &fixture_error));
    json_decref(back);
    return report;
}

/* "answered/skipped/unchanged code:key ..." of a report, which is released. */
static const char *told(json_t *report)
{
    static char text[2048];
    size_t i;
    json_t *problem;
    (void)snprintf(text, sizeof text, "%lld/%lld/%lld", json_whole(report, "answered", -1),
                   json_whole(report, "skipped", -1), json_whole(report, "unchanged", -1));
    json_array_foreach (json_object_get(report, "problems"), i, problem) {
        assert_true(json_member(problem, "text").n > 0);
        (void)snprintf(text + strlen(text), sizeof text - strlen(text), " %s:%s",
                       json_member(problem, "code").p, json_member(problem, "key").p);
    }
    assert_int_equal(i == 0, json_is_null(json_object_get(report, "rest")));
    json_decref(report);
    return text;
}

static struct {
    const char *name, *rest, *told;
} cases[] = {
    {"nothing", "\"answers\":{}", "0/0/0"},
    {"an answer", "\"answers\":{\"define/now\":4}", "1/0/0"},
    {"in the order of the questions, whatever that of the file",
     "\"answers\":{\"define/deep\":\"x\",\"define/now\":4}", "2/0/0"},
    {"one left out with a reason", "\"skip\":{\"define/now\":\"later\"}", "0/1/0"},
    {"one that need not be answered, without",
     "\"answers\":{\"define/now\":4},"
     "\"skip\":{\"define/why\":\"\"}",
     "1/1/0"},
    {"one that must be, without a reason", "\"skip\":{\"define/now\":\"\"}",
     "0/0/0 input:define/now"},
    {"half of it does not fit", "\"answers\":{\"define/now\":11,\"define/why\":\"so\"}",
     "1/0/0 input:define/now"},
    {"the rest is taken",
     "\"answers\":{\"define/now\":5,\"define/things\":[{\"txt\":1}],"
     "\"define/why\":\"so\"}",
     "2/0/0 input:define/things"},
    {"a question for the coach", "\"answers\":{\"define/now\":5,\"define/view\":\"I rule\"}",
     "1/0/0 refused:define/view"},
    {"a question there never was", "\"answers\":{\"define/nonsense\":1,\"now\":5}",
     "0/0/0 not_found:define/nonsense not_found:now"},
    {"one that the answers lead away from", "\"answers\":{\"define/side\":\"x\"}",
     "0/0/0 not_found:define/side"},
    {"the same as there is", "\"answers\":{\"define/goal\":\"sleep\"}", "0/0/1"},
    {"another than there is, not asked on the sheet", "\"answers\":{\"define/goal\":\"rest\"}",
     "0/0/0 conflict:define/goal"},
    {"values of every wrong kind", "\"answers\":{\"define/now\":[[[[1]]]],\"define/goal\":{}}",
     "0/0/0 input:define/goal input:define/now"},
};

static void what_fits_is_taken_and_the_rest_is_told(void **state)
{
    struct fixture *f = *state;
    struct journey *j = begin(f);
    journey_close(j);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct arena *a = arena_new();
        j = fixture_start(f, str_format(a, "Client %zu", i).p, "small", "en");
        assert_int_equal(fixture_answer(j, "define/name", "\"Ada\"", -1), ERR_NONE);
        assert_int_equal(fixture_answer(j, "define/goal", "\"sleep\"", -1), ERR_NONE);
        const char *dry = str_copy(a, str_of(told(import(j, cases[i].rest, true, false)))).p;
        int64_t revision;
        assert_ok(journey_revision(j, &revision, &fixture_error));
        assert_int_equal(revision, 2); /* a rehearsal changes nothing */
        const char *first = str_copy(a, str_of(told(import(j, cases[i].rest, false, false)))).p;
        if (strcmp(first, cases[i].told) != 0 || strcmp(dry, first) != 0)
            fail_msg("%s: %s (rehearsed: %s)", cases[i].name, first, dry);
        assert_ok(journey_revision(j, &revision, &fixture_error));
        (void)told(import(j, cases[i].rest, false, false));
        int64_t again;
        assert_ok(journey_revision(j, &again, &fixture_error));
        assert_int_equal(again, revision); /* the same file twice changes nothing */
        journey_close(j);
        arena_free(a);
    }
}

static const char *value_of(struct journey *j, const char *key)
{
    static char text[256];
    json_t *q;
    assert_ok(journey_question(j, str_of(key), &q, &fixture_error));
    (void)snprintf(text, sizeof text, "%s", json_member(q, "shown").p);
    json_decref(q);
    return text;
}

static void an_answer_given_since_is_never_overwritten_unless_wished(void **state)
{
    struct fixture *f = *state;
    struct journey *j = begin(f);
    static const char rest[] = "\"answers\":{\"define/now\":4}";
    assert_int_equal(fixture_answer(j, "define/now", "7", -1), ERR_NONE);
    json_t *report = import(j, rest, false, false);
    const json_t *problem = json_array_get(json_object_get(report, "problems"), 0);
    assert_string_equal(json_member(problem, "here").p, "7");
    assert_string_equal(json_member(problem, "given").p, "4");
    json_t *left = json_object_get(json_object_get(report, "rest"), "answers");
    assert_int_equal(json_whole(left, "define/now", 0), 4);
    assert_string_equal(told(report), "0/0/0 conflict:define/now");
    assert_string_equal(value_of(j, "now"), "7");
    assert_string_equal(told(import(j, rest, true, true)), "1/0/0");
    assert_string_equal(value_of(j, "now"), "7");
    assert_string_equal(told(import(j, rest, false, true)), "1/0/0");
    assert_string_equal(value_of(j, "now"), "4");
    struct str key;
    assert_ok(journey_undo(j, f->a, &key, &fixture_error));
    assert_string_equal(value_of(j, "now"), "7");
    journey_close(j);
}

static void left_out_here_and_answered_there_is_told_as_well(void **state)
{
    struct fixture *f = *state;
    struct journey *j = begin(f);
    struct change skip = {.key = STR("define/now"), .why = STR("tired"), .replaces = -1};
    assert_ok(journey_skip(j, &skip, &fixture_error));
    json_t *report = import(j, "\"answers\":{\"define/now\":4}", false, false);
    const json_t *problem = json_array_get(json_object_get(report, "problems"), 0);
    assert_string_equal(json_member(problem, "here").p, "tired");
    assert_string_equal(told(report), "0/0/0 conflict:define/now");
    journey_close(j);
}

static void a_question_opened_again_takes_the_answer(void **state)
{
    struct fixture *f = *state;
    struct journey *j = begin(f);
    struct change back = {.key = STR("define/goal"), .replaces = -1};
    assert_ok(journey_clear(j, &back, &fixture_error));
    assert_string_equal(told(import(j, "\"answers\":{\"define/goal\":\"rest\"}", false, false)),
                        "1/0/0");
    journey_close(j);
}

/* Answers "now" for a sheet of that revision. */
static json_t *import_now(struct journey *j, long long revision, const char *rest)
{
    json_t *back = back_of(j, rest), *report;
    json_object_set_new(back, "revision", json_integer(revision));
    assert_ok(worksheet_import(j, back, &(struct worksheet_import){0}, &report, &fixture_error));
    json_decref(back);
    return report;
}

/* A question to check was on the sheet with its answer: it may be answered anew, unless somebody
 * was faster.  A revision from the future would make everything look older than the sheet. */
static void an_answer_to_check_is_replaced_by_a_sheet_that_is_newer(void **state)
{
    struct fixture *f = *state;
    struct journey *j = begin(f);
    assert_int_equal(fixture_answer(j, "define/now", "3", -1), ERR_NONE);
    assert_int_equal(fixture_answer(j, "define/goal", "\"calm\"", -1), ERR_NONE);
    assert_non_null(strstr(fixture_open_keys(j), "define/now:to_check"));
    json_t *sheet = sheet_of(j, (struct worksheet_wish){.blank = false});
    assert_non_null(strstr(keys_of(sheet), "define/now"));
    json_decref(sheet);
    static const char rest[] = "\"answers\":{\"define/now\":5}";
    assert_string_equal(told(import_now(j, 2, rest)), "0/0/0 conflict:define/now");
    assert_string_equal(told(import_now(j, INT64_MAX, rest)), "0/0/0 conflict:define/now");
    assert_string_equal(told(import_now(j, 4, rest)), "1/0/0");
    assert_string_equal(value_of(j, "now"), "5");
    assert_string_equal(told(import_now(j, 4, rest)), "0/0/1");
    journey_close(j);
}

static void other_words_on_the_sheet_are_told(void **state)
{
    struct fixture *f = *state;
    struct journey *j = begin(f);
    json_t *report = import(j,
                            "\"questions\":{\"define/now\":\"Where is rest?\"},"
                            "\"answers\":{\"define/now\":4}",
                            false, false);
    const json_t *one = json_array_get(json_object_get(report, "reworded"), 0);
    assert_string_equal(json_member(one, "asked").p, "Where is rest?");
    assert_string_equal(json_member(one, "asks").p, "Where is sleep?");
    assert_string_equal(told(report), "1/0/0");
    report = import(j,
                    "\"questions\":{\"define/now\":\"Where is sleep?\"},"
                    "\"answers\":{\"define/now\":4}",
                    false, false);
    assert_int_equal(json_array_size(json_object_get(report, "reworded")), 0);
    assert_string_equal(told(report), "0/0/1");
    journey_close(j);
}

static void entries_keep_their_ids_so_that_the_same_list_is_the_same(void **state)
{
    struct fixture *f = *state;
    struct journey *j = begin(f);
    static const char rest[] =
        "\"answers\":{\"define/now\":4,\"define/things\":[{\"text\":\"a\"},{\"text\":\"b\"}]}";
    assert_string_equal(told(import(j, rest, false, false)), "2/0/0");
    assert_string_equal(told(import(j, rest, false, false)), "0/0/2");
    journey_close(j);
}

static void another_journeys_answers_are_refused(void **state)
{
    struct fixture *f = *state;
    struct journey *j = begin(f), *other = fixture_start(f, "Bea", "small", "en");
    json_t *back = back_of(other, "\"answers\":{}"), *report;
    assert_false(worksheet_import(j, back, &(struct worksheet_import){0}, &report, &fixture_error));
    assert_int_equal(fixture_error.code, ERR_DATA);
    json_decref(back);
    journey_close(j);
    journey_close(other);
}

#define HEAD "\"espalier\":\"answers\",\"version\":1,\"journey\":\"j\",\"revision\":0"

static const struct {
    const char *text;
    enum err_code code;
    const char *says;
} files[] = {
    {"", ERR_DATA, "empty"},
    {" \n", ERR_DATA, "empty"},
    {"hello", ERR_DATA, "cut off"},
    {"{" HEAD ",\"answers\":{\"a\":\"b", ERR_DATA, "cut off"},
    {"[]", ERR_DATA, "not a file of answers"},
    {"7", ERR_DATA, "not a file of answers"},
    {"{}", ERR_DATA, "has no \"espalier\""},
    {"{\"espalier\":\"client\",\"version\":1,\"journey\":\"j\",\"revision\":0}", ERR_DATA,
     "not a file of answers"},
    {"{\"espalier\":\"answers\",\"version\":2,\"journey\":\"j\",\"revision\":0}", ERR_DATA,
     "version 2"},
    {"{\"espalier\":\"answers\",\"version\":1,\"revision\":0}", ERR_DATA, "has no \"journey\""},
    {"{" HEAD ",\"answer\":{}}", ERR_DATA, "did it mean \"answers\""},
    {"{" HEAD ",\"answers\":[]}", ERR_DATA, "\"answers\" in the file should be"},
    {"{" HEAD ",\"answers\":{\"a\":1,\"a\":2}}", ERR_DATA, "a"},
    {"{" HEAD ",\"skip\":{\"a\":1}}", ERR_DATA, "should be a text"},
    {"{" HEAD ",\"questions\":{\"a\":{}}}", ERR_DATA, "should be a text"},
    {"{" HEAD ",\"answers\":{\"\":1}}", ERR_LIMIT, "0 bytes"},
    {"{" HEAD ",\"answers\":{\"a\":1},\"skip\":{\"a\":\"x\"}}", ERR_DATA, "both"},
    {"{" HEAD ",\"answers\":{\"a\":[[[[[[[[[[1]]]]]]]]]]}}", ERR_LIMIT, "lists in lists"},
    {"{" HEAD ",\"answers\":{\"a\":\"\\u0000\"}}", ERR_DATA, "U+0000"},
    {"{\"espalier\":\"answers\",\"version\":1,\"journey\":\"j\",\"revision\":-1}", ERR_DATA,
     "below 0"},
    {"{\"espalier\":\"answers\",\"version\":1,\"journey\":\"j\",\"revision\":99999999999999999999}",
     ERR_DATA, "."},
    {"{\"espalier\":\"answers\",\"version\":1,\"journey\":\"jjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjj"
     "jjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjj\",\"revision\":0}",
     ERR_LIMIT, "too long"},
    {"<!DOCTYPE html><p>Hello", ERR_DATA, "a page, not answers"},
    {"<!DOCTYPE html><script type=\"application/json\" id=\"given\"></script>", ERR_DATA,
     "without answers"},
    {"\xFF\xFE{\0}", ERR_DATA, "cut off"},
};

static void a_file_is_checked_like_a_strangers(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        json_t *back = NULL;
        fixture_error.code = ERR_NONE;
        if (worksheet_read(str_of(files[i].text), &back, &fixture_error))
            fail_msg("taken: %s", files[i].text);
        if (fixture_error.code != files[i].code || !strstr(fixture_error.text, files[i].says))
            fail_msg("%s: %s", files[i].text, fixture_error.text);
    }
}

static void good_files_are_read_in_every_dress(void **state)
{
    (void)state;
    static const char *const good[] = {
        "{" HEAD "}", "\xEF\xBB\xBF {" HEAD ",\"answers\":{\"a\":{\"b\":{\"c\":1}}}} \r\n",
        "<!DOCTYPE html>\n<html><script type=\"application/json\" id=\"given\">{" HEAD
        ",\"answers\":{\"a\":\"\\u003c/script>\"}}</script></html>"};
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        json_t *back;
        assert_ok(worksheet_read(str_of(good[i]), &back, &fixture_error));
        json_decref(back);
    }
}

/* Every beginning of a good file is refused, and no changed byte does harm. */
static void a_damaged_file_is_refused_or_read_and_no_more(void **state)
{
    (void)state;
    static const char good[] =
        "{" HEAD ",\"questions\":{\"a/b\":\"Wie geht's, \xC3\xA9\xE2\x80\xAE?\"},"
        "\"answers\":{\"a/b\":[{\"id\":\"k\",\"text\":\"\\ud83d\\ude00\"}],\"a/c\":-1.5e3},"
        "\"skip\":{\"a/d\":\"\"},\"saved\":\"2026-11-23T10:00:00.000Z\"}";
    char text[sizeof good];
    json_t *back = NULL;
    for (size_t n = 0; n < sizeof good - 1; n++)
        assert_false(worksheet_read((struct str){good, n}, &back, &fixture_error));
    assert_ok(worksheet_read((struct str){good, sizeof good - 1}, &back, &fixture_error));
    json_decref(back);
    for (size_t i = 0; i < sizeof good - 1; i++)
        for (int byte = 0; byte < 256; byte++) {
            memcpy(text, good, sizeof good);
            text[i] = (char)byte;
            back = NULL;
            if (worksheet_read((struct str){text, sizeof good - 1}, &back, &fixture_error))
                json_decref(back);
            else
                assert_true(utf8_valid(str_of(fixture_error.text)));
        }
}

static void the_limits_hold_at_one_below_at_and_above(void **state)
{
    (void)state;
    for (int n = JOURNEY_KEYS_MAX - 1; n <= JOURNEY_KEYS_MAX + 1; n++) {
        struct arena *a = arena_new();
        struct buf b = {.a = a};
        json_t *back = NULL;
        buf_add(&b, STR("{" HEAD ",\"answers\":{"));
        for (int i = 0; i < n; i++)
            buf_format(&b, "%s\"k%d\":%d", i ? "," : "", i, i);
        buf_add(&b, STR("}}"));
        bool ok = worksheet_read(buf_str(&b), &back, &fixture_error);
        assert_int_equal(ok, n <= JOURNEY_KEYS_MAX);
        assert_true(ok || fixture_error.code == ERR_LIMIT);
        json_decref(back);
        arena_free(a);
    }
    char *big = mem_new(WORKSHEET_FILE_MAX + 1);
    memset(big, ' ', WORKSHEET_FILE_MAX + 1);
    json_t *back = NULL;
    assert_false(worksheet_read((struct str){big, WORKSHEET_FILE_MAX + 1}, &back, &fixture_error));
    assert_int_equal(fixture_error.code, ERR_LIMIT);
    assert_false(worksheet_read((struct str){big, WORKSHEET_FILE_MAX}, &back, &fixture_error));
    assert_int_equal(fixture_error.code, ERR_DATA);
    free(big);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_open, fixture_close)
        TEST(a_sheet_asks_what_is_open_for_the_client),
        TEST(what_was_answered_before_is_there_to_begin_with_unless_it_is_sensitive),
        TEST(a_blank_sheet_has_every_question_and_nothing_of_the_client),
        TEST(a_sheet_needs_a_phase_that_is_there_and_something_to_ask),
        TEST(what_was_told_in_confidence_is_no_row_of_a_sheet),
        TEST(what_fits_is_taken_and_the_rest_is_told),
        TEST(an_answer_given_since_is_never_overwritten_unless_wished),
        TEST(left_out_here_and_answered_there_is_told_as_well),
        TEST(a_question_opened_again_takes_the_answer),
        TEST(an_answer_to_check_is_replaced_by_a_sheet_that_is_newer),
        TEST(other_words_on_the_sheet_are_told),
        TEST(entries_keep_their_ids_so_that_the_same_list_is_the_same),
        TEST(another_journeys_answers_are_refused),
        cmocka_unit_test(a_file_is_checked_like_a_strangers),
        cmocka_unit_test(good_files_are_read_in_every_dress),
        cmocka_unit_test(a_damaged_file_is_refused_or_read_and_no_more),
        cmocka_unit_test(the_limits_hold_at_one_below_at_and_above),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
