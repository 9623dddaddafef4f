/* The conversation over plain lines: what is typed, what is handed to the journey, what is printed.
 */
#include "fake_journey.h"

#include "term/command.h"
#include "term/term.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmocka.h>

static char printed[1 << 18];

/* Runs a conversation with what is typed; false if it failed with `e`. */
static bool converse_in(const char *language, const char *typed, struct err *e)
{
    int in = memfd_create("typed", 0), out = memfd_create("printed", 0);
    assert_true(write(in, typed, strlen(typed)) == (ssize_t)strlen(typed));
    (void)lseek(in, 0, SEEK_SET);
    struct term_options o = {.language = str_of(language),
                             .client = STR("Ada"),
                             .scratch = str_of(getenv("BUILD")),
                             .color = true,
                             .interactive = true,
                             .in = in,
                             .out = out};
    struct journey j;
    bool ok = term_run(&j, &o, e);
    ssize_t n = pread(out, printed, sizeof printed - 1, 0);
    assert_true(n >= 0);
    printed[n] = '\0';
    (void)close(in);
    (void)close(out);
    return ok;
}

static void converse(const char *typed)
{
    struct err e = {0};
    assert_true(converse_in("en", typed, &e));
}

static void assert_prints(const char *text)
{
    if (!strstr(printed, text))
        fail_msg("\"%s\" is not in:\n%s", text, printed);
}

static void assert_hides(const char *text)
{
    if (strstr(printed, text))
        fail_msg("\"%s\" is in:\n%s", text, printed);
}

#define TOPIC "{\"key\":\"d/topic\",\"id\":\"topic\",\"type\":\"text\",\"ask\":\"What?\"}"
#define GOAL                                                                                   \
    "{\"key\":\"d/goal\",\"id\":\"goal\",\"type\":\"long_text\",\"ask\":\"Goal?\","            \
    "\"help\":\"One sentence.\",\"examples\":[\"My team decides.\"],\"caution\":\"No task.\"," \
    "\"compare\":\"Others say so.\"}"
#define SCALE       \
    "{\"key\":\"d/" \
    "now\",\"id\":\"now\",\"type\":\"scale\",\"from\":1,\"to\":10,\"ask\":\"Where?\"}"
#define NERVE "{\"id\":\"k1\",\"text\":\"nerves\"},{\"id\":\"k2\",\"text\":\"time\"}"
#define OPTIONS                                                           \
    "[{\"id\":\"a\",\"label\":\"Apples\"},{\"id\":\"b\",\"label\":\"Big " \
    "pears\"},{\"id\":\"c\",\"label\":\"Plums\"}]"
#define SORT                                                                                       \
    "{\"key\":\"d/sort\",\"id\":\"sort\",\"type\":\"sort\",\"ask\":\"Where to?\",\"rows\":[" NERVE \
    "],\"columns\":[{\"id\":\"maintain\",\"label\":\"Maintain\",\"key\":\"m\"},"                   \
    "{\"id\":\"reduce\",\"label\":\"Reduce\",\"key\":\"r\"}]}"

/* One question of a type, what is typed, and what the journey gets. */
static const struct {
    const char *name, *question, *typed, *log;
} cases[] = {
    {"a line answers a text", TOPIC, "delegation\n", "answer d/topic \"delegation\"\n"},
    {"spaces around are dropped", TOPIC, "  so  \n", "answer d/topic \"so\"\n"},
    {"a required question needs something", TOPIC, "\n\nx\n", "answer d/topic \"x\"\n"},
    {"a doubled colon is a colon", TOPIC, "::back\n", "answer d/topic \":back\"\n"},
    {"a smiley is an answer", TOPIC, ":-)\n", "answer d/topic \":-)\"\n"},
    {"the word back is an answer", TOPIC, "back\n", "answer d/topic \"back\"\n"},
    {"the word quit is an answer", TOPIC, "quit\n", "answer d/topic \"quit\"\n"},
    {"an unknown command is no answer", TOPIC, ":bcak\nx\n", "answer d/topic \"x\"\n"},
    {"control characters are dropped", TOPIC, "a\x1b[31mb\x07\n", "answer d/topic \"a[31mb\"\n"},
    {"what is not UTF-8 is asked again", TOPIC, "a\xff\nb\n", "answer d/topic \"b\"\n"},
    {"the last line may lack its end", TOPIC, "x", "answer d/topic \"x\"\n"},
    {"an empty line ends a long text", GOAL, "one\ntwo\n\n", "answer d/goal \"one\\ntwo\"\n"},
    {"a dot ends a long text", GOAL, "one\n.\n", "answer d/goal \"one\"\n"},
    {"a later line is never a command", GOAL, "one\n:quit\n?\n\n",
     "answer d/goal \"one\\n:quit\\n?\"\n"},
    {"a long text begun is kept at the end of input", GOAL, "one\ntwo",
     "answer d/goal \"one\\ntwo\"\n"},
    {"a scale takes its numbers only", SCALE, "11\nx\n7\n", "answer d/now 7\n"},
    {"a skip carries its reason", TOPIC, ":skip not now\n", "skip d/topic not now\n"},
    {"a skip asks for its reason", TOPIC, ":skip\nlater: perhaps\n",
     "skip d/topic later: perhaps\n"},
    {"a skip without reason is none", TOPIC, ":skip\n\nx\n", "answer d/topic \"x\"\n"},
    {"a French command in English", TOPIC, ":passer trop tôt\n", "skip d/topic trop tôt\n"},
    {"a note leaves the question", TOPIC, ":note hm\nx\n",
     "private d/topic hm\nanswer d/topic \"x\"\n"},
    {"a note may be shared", TOPIC, ":share yes\n:sensitive no\n",
     "shared d/topic yes\nsensitive d/topic no\n"},
    {"a note is asked for", TOPIC, ":note\n:quit is what he said\n:quit\n",
     "private d/topic :quit is what he said\n"},
    {"a choice by number",
     "{\"key\":\"d/c\",\"type\":\"choice\",\"ask\":\"C?\",\"options\":" OPTIONS "}", "2\n",
     "answer d/c \"b\"\n"},
    {"a choice by the beginning of a label",
     "{\"key\":\"d/c\",\"type\":\"choice\",\"ask\":\"C?\",\"options\":" OPTIONS "}", "pl\n",
     "answer d/c \"c\"\n"},
    {"choices on one line",
     "{\"key\":\"d/c\",\"type\":\"choices\",\"ask\":\"C?\",\"options\":" OPTIONS "}", "3, 1\n",
     "answer d/c [\"a\",\"c\"]\n"},
    {"a rank by numbers",
     "{\"key\":\"d/r\",\"type\":\"rank\",\"ask\":\"R?\",\"options\":" OPTIONS "}", "1 1\n3 1 2\n",
     "answer d/r [\"c\",\"a\",\"b\"]\n"},
    {"a rank in two turns",
     "{\"key\":\"d/r\",\"type\":\"rank\",\"ask\":\"R?\",\"options\":" OPTIONS "}", "3\n2\n\n",
     "answer d/r [\"a\",\"c\",\"b\"]\n"},
    {"sorting with a reason", SORT, "m\nreduce it costs too much\n",
     "answer d/sort {\"k1\":{\"to\":\"maintain\"},\"k2\":{\"to\":\"reduce\",\"why\":\"it costs too "
     "much\"}}\n"},
    {"back within a sorting", SORT, "m\n:back\nr\nm\n",
     "answer d/sort {\"k1\":{\"to\":\"reduce\"},\"k2\":{\"to\":\"maintain\"}}\n"},
    {"a grid",
     "{\"key\":\"d/g\",\"type\":\"grid\",\"ask\":\"G?\",\"rows\":[" NERVE
     "],\"scales\":[{\"id\":\"w\",\"label\":\"Weight\",\"from\":0,\"to\":10}]}",
     "11\n10\n:back\n9\n0\n", "answer d/g {\"k1\":{\"w\":9},\"k2\":{\"w\":0}}\n"},
    {"a list ends with an empty line", "{\"key\":\"d/l\",\"type\":\"list\",\"ask\":\"L?\"}",
     "time\nnerves\n\n", "answer d/l [{\"text\":\"time\"},{\"text\":\"nerves\"}]\n"},
    {"a list is changed by numbers", "{\"key\":\"d/l\",\"type\":\"list\",\"ask\":\"L?\"}",
     "one\ntwo\nthree\n:move 3 1\n:remove 2\n:change 2 zwei\n:undo\nfour\n\n",
     "answer d/l [{\"text\":\"three\"},{\"text\":\"four\"}]\n"},
    {"a list begun is kept at the end of input",
     "{\"key\":\"d/l\",\"type\":\"list\",\"ask\":\"L?\"}", "time\nnerves\n",
     "answer d/l [{\"text\":\"time\"},{\"text\":\"nerves\"}]\n"},
    {"items have their fields",
     "{\"key\":\"d/l\",\"type\":\"list\",\"ask\":\"L?\",\"item\":{\"text\":{\"type\":\"text\"},"
     "\"kind\":{\"type\":\"choice\",\"options\":" OPTIONS "}}}",
     "time\n2\nnerves\n\n\n",
     "answer d/l [{\"kind\":\"b\",\"text\":\"time\"},{\"text\":\"nerves\"}]\n"},
    {"an item keeps its id",
     "{\"key\":\"d/"
     "l\",\"type\":\"list\",\"ask\":\"L?\",\"start\":[{\"id\":\"k3f9qa\",\"text\":\"a\"}]}",
     ":change 1 b\nc\n\n", "answer d/l [{\"id\":\"k3f9qa\",\"text\":\"b\"},{\"text\":\"c\"}]\n"},
    {"a draft is taken by an empty line",
     "{\"key\":\"d/t\",\"type\":\"text\",\"ask\":\"T?\",\"start\":\"a draft\"}", "\n",
     "answer d/t \"a draft\"\n"},
    {"an old answer is confirmed by an empty line",
     "{\"key\":\"d/"
     "t\",\"type\":\"text\",\"ask\":\"T?\",\"state\":\"to_check\",\"previous\":\"old\"}",
     "\n", "answer d/t \"old\"\n"},
    {"an invalid answer is not",
     "{\"key\":\"d/t\",\"type\":\"text\",\"ask\":\"T?\",\"state\":\"invalid\",\"previous\":\"old\","
     "\"why\":\"Too old.\"}",
     "\nnew\n", "answer d/t \"new\"\n"},
    {"an optional question is left by an empty line",
     "{\"key\":\"d/t\",\"type\":\"text\",\"ask\":\"T?\",\"required\":false}", "\n", "skip d/t \n"},
    {"an optional sorting is left by an empty line",
     "{\"key\":\"d/t\",\"type\":\"sort\",\"ask\":\"T?\",\"required\":false,\"rows\":[" NERVE "],"
     "\"columns\":[{\"id\":\"a\",\"label\":\"A\",\"key\":\"a\"}]}",
     "\n", "skip d/t \n"},
    {"an optional grid is left by an empty line",
     "{\"key\":\"d/t\",\"type\":\"grid\",\"ask\":\"T?\",\"required\":false,\"rows\":[" NERVE "],"
     "\"scales\":[{\"id\":\"a\",\"label\":\"A\",\"from\":0,\"to\":9}]}",
     "\n", "skip d/t \n"},
    {"a commitment field by field", "{\"key\":\"d/k\",\"type\":\"commitment\",\"ask\":\"K?\"}",
     "tell them\n2026-12-01\n\nBob\n",
     "answer d/k {\"by\":\"2026-12-01\",\"help\":\"Bob\",\"what\":\"tell them\"}\n"},
    {"not agreed is no answer", "{\"key\":\"d/k\",\"type\":\"confirm\",\"ask\":\"K?\"}",
     "no\nyes\n\n", "answer d/k {\"agreed\":true,\"on\":\"2026-11-23\",\"who\":\"Ada\"}\n"},
    {"a wait is closed by yes", "{\"key\":\"d/k\",\"type\":\"confirm\",\"ask\":\"K?\",\"wait\":{}}",
     "yes\n", "answer d/k {\"agreed\":true,\"on\":\"2026-11-23\"}\n"},
};

static void every_type_is_answered_by_lines(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char questions[4096];
        struct err e = {0};
        (void)snprintf(questions, sizeof questions, "[%s]", cases[i].question);
        fake_reset(questions);
        (void)converse_in("en", cases[i].typed, &e);
        if (strcmp(fake.log, cases[i].log) != 0)
            fail_msg("%s: %swas expected, not: %sThe screen:\n%s", cases[i].name, cases[i].log,
                     fake.log, printed);
        assert_hides("\x1b");
    }
}

static void undo_and_redo_walk_the_changes(void **state)
{
    (void)state;
    fake_reset("[" TOPIC "," SCALE "]");
    converse("a\n:undo\n:redo\n7\n");
    assert_string_equal(fake.log,
                        "answer d/topic \"a\"\nundo d/topic \nredo d/topic \nanswer d/now 7\n");
    assert_prints("taken back: What?");
    assert_prints("brought back: What?");
}

static void back_shows_the_old_answer(void **state)
{
    (void)state;
    fake_reset("[" TOPIC "," SCALE "]");
    converse("first\n:back\n\n:back\nsecond\n:review\n:back 1\n:clear\nthird\n");
    assert_string_equal(fake.log,
                        "answer d/topic \"first\"\nanswer d/topic \"second\"\nclear d/topic \n"
                        "answer d/topic \"third\"\n");
    assert_prints("Your answer so far:\n    first\n");
    assert_prints("left as it was");
    assert_prints("  1  What?\n     second\n");
}

static void next_passes_by_and_returns(void **state)
{
    (void)state;
    fake_reset("[{\"key\":\"d/a\",\"id\":\"a\",\"lane\":true,\"type\":\"text\",\"ask\":\"A?\"},"
               "{\"key\":\"d/b\",\"id\":\"b\",\"type\":\"text\",\"ask\":\"B?\"}]");
    converse(":next\nb first\nthen a\n");
    assert_string_equal(fake.log, "answer d/b \"b first\"\nanswer d/a \"then a\"\n");
}

static void help_is_given_on_request(void **state)
{
    (void)state;
    fake_reset("[" GOAL "]");
    converse("?\n:help\n");
    assert_prints("One sentence.");
    assert_prints("My team decides.");
    assert_prints("No task.");
    assert_prints("Others say so.");
    assert_prints(":back  :skip  :note");
    assert_prints("leave this question out, with a reason");
    assert_prints("espalier run Ada");
}

static void private_words_are_hidden(void **state)
{
    (void)state;
    fake_reset(
        "[{\"key\":\"d/p\",\"id\":\"p\",\"type\":\"text\",\"ask\":\"P?\",\"private\":true}," TOPIC
        "]");
    converse("canary-1\n:note canary-2\n:share seen\n");
    json_object_set_new(fake.answers, "d/p", json_string("canary-3"));
    converse(":review\n:notes\n:back\n:quit\n");
    assert_hides("canary");
    assert_prints("seen");
    converse(":review all\n");
    assert_prints("canary-3");
}

static void a_full_disk_keeps_the_answer(void **state)
{
    (void)state;
    struct err e = {0};
    fake_reset("[" TOPIC "]");
    fake.fail = ERR_DISK;
    fake.fail_times = 2;
    fake.fail_text = "The disk is full.";
    converse("words\n\n\n");
    assert_prints("The disk is full.");
    assert_string_equal(fake.log, "answer d/topic \"words\"\n");
    fake_reset("[" TOPIC "]");
    fake.fail = ERR_DISK;
    fake.fail_times = 2;
    fake.fail_text = "The disk is full.";
    assert_false(converse_in("en", "words\n", &e));
    assert_int_equal(e.code, ERR_DISK);
    assert_hides("saved\n");
}

static void both_sides_of_a_conflict_are_shown(void **state)
{
    (void)state;
    fake_reset("[" TOPIC "]");
    fake.conflict = json_pack("{s:s,s:s,s:s,s:i}", "key", "d/topic", "yours", "mine", "theirs",
                              "their words", "revision", 9);
    converse("mine\n3\n1\n");
    assert_prints("their words");
    assert_string_equal(fake.log, "answer d/topic \"mine\"\n");
    fake_reset("[" TOPIC "]");
    fake.conflict =
        json_pack("{s:s,s:s,s:n,s:i}", "key", "d/topic", "yours", "mine", "theirs", "revision", 9);
    converse("mine\n2\n");
    assert_prints("(left open)");
    assert_string_equal(fake.log, "");
}

static void trouble_is_told_and_ends_it(void **state)
{
    (void)state;
    struct err e = {0};
    fake_reset("[]");
    fake.trouble = json_pack("{s:s,s:s,s:i}", "code", "E301", "file", "first-talk.lua", "line", 7);
    assert_false(converse_in("en", "", &e));
    assert_int_equal(e.code, ERR_SCRIPT);
    assert_prints("Nothing is lost");
    assert_prints("E301");
}

static void french_is_spoken(void **state)
{
    (void)state;
    struct err e = {0};
    fake_reset("[" TOPIC "," SCALE "]");
    assert_true(
        converse_in("fr", "?\nx\n:annuler\ny\n:retour\n\n:revue\n:suivant\n:aide\n:quitter\n", &e));
    assert_prints("enregistré");
    assert_prints("Pour reprendre\u202f:  espalier run Ada");
    assert_string_equal(fake.log, "answer d/topic \"x\"\nundo d/topic \nanswer d/topic \"y\"\n");
}

static void hostile_texts_send_nothing(void **state)
{
    (void)state;
    fake_reset(
        "[{\"key\":\"d/h\",\"id\":\"h\",\"type\":\"choice\",\"ask\":\"\\u001b]52;c;x\\u0007?\","
        "\"help\":\"\\u001b[2J\",\"examples\":[\"\\u009b31m\"],\"options\":[{\"id\":\"a\","
        "\"label\":\"\\u001b[8mhidden\\u202e\"}]}]");
    converse("?\n:quit\n");
    assert_hides("\x1b");
    assert_hides("\xc2\x9b");
    assert_hides("\xe2\x80\xae");
    assert_prints("\\x1b]52;c;x\\x07?");
}

static void refused_answers_are_asked_again(void **state)
{
    (void)state;
    fake_reset("[{\"key\":\"d/l\",\"type\":\"list\",\"ask\":\"L?\"}]");
    fake.fail = ERR_INPUT;
    fake.fail_times = 1;
    fake.fail_text = "At least two things, please.";
    converse("one\n\ntwo\n\n");
    assert_prints("At least two things, please.");
    assert_string_equal(fake.log, "answer d/l [{\"text\":\"one\"},{\"text\":\"two\"}]\n");
}

static void commands_are_told_from_words(void **state)
{
    (void)state;
    static const struct {
        const char *line;
        enum command what;
    } lines[] = {
        {"back", COMMAND_NONE},    {":back", COMMAND_BACK},     {" :BACK 3", COMMAND_BACK},
        {":éditer", COMMAND_EDIT}, {":ba", COMMAND_BACK},       {":re", COMMAND_UNKNOWN},
        {"?", COMMAND_EXPLAIN},    {"? why", COMMAND_NONE},     {":", COMMAND_NONE},
        {": so", COMMAND_NONE},    {":-(", COMMAND_NONE},       {":3", COMMAND_NONE},
        {"::", COMMAND_NONE},      {":xyzzy", COMMAND_UNKNOWN}, {":note", COMMAND_NOTE},
        {":notes", COMMAND_NOTES}, {"", COMMAND_NONE},          {":quit!", COMMAND_UNKNOWN},
    };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        struct typed_command c = command_read(str_of(lines[i].line), TONGUE_EN);
        if (c.what != lines[i].what)
            fail_msg("\"%s\" was read as %d", lines[i].line, (int)c.what);
    }
}

int main(void)
{
    (void)setenv("ESPALIER_CLOCK", "2026-11-23T10:00:00Z", 1);
    (void)setenv("TZ", "UTC", 1);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_type_is_answered_by_lines),
        cmocka_unit_test(undo_and_redo_walk_the_changes),
        cmocka_unit_test(back_shows_the_old_answer),
        cmocka_unit_test(next_passes_by_and_returns),
        cmocka_unit_test(help_is_given_on_request),
        cmocka_unit_test(private_words_are_hidden),
        cmocka_unit_test(a_full_disk_keeps_the_answer),
        cmocka_unit_test(both_sides_of_a_conflict_are_shown),
        cmocka_unit_test(trouble_is_told_and_ends_it),
        cmocka_unit_test(french_is_spoken),
        cmocka_unit_test(hostile_texts_send_nothing),
        cmocka_unit_test(refused_answers_are_asked_again),
        cmocka_unit_test(commands_are_told_from_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
