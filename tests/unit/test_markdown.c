/* Markdown as plain text: small cases as rows, and a whole plan compared with tests/golden/markdown
 * (run with "accept" to write it, then read the difference). */
#include "base/files.h"
#include "document/document.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static bool accepting;

static void test_small_cases(void **state)
{
    (void)state;
    static const struct {
        const char *name, *markdown, *expect;
    } rows[] = {
        {"nothing", "", ""},
        {"a paragraph", "one *two* **three**\nfour", "one two three four\n"},
        {"paragraphs", "a\n\n\nb", "a\n\nb\n"},
        {"it is wrapped", "one two three four five six seven",
         "one two three four five six\nseven\n"},
        {"a hard break", "one\\\ntwo", "one\ntwo\n"},
        {"heading 1", "# Plan", "Plan\n====\n"},
        {"heading 2", "## Plan\ntext", "Plan\n----\n\ntext\n"},
        {"heading 3", "### Plan", "Plan\n~~~~\n"},
        {"a long heading is as long as its longest line", "# one two three four five six seven",
         "one two three four five six\nseven\n===========================\n"},
        {"wide letters count twice", "# 計画", "計画\n====\n"},
        {"accents count nothing", "# e\xCC\x81te\xCC\x81", "e\xCC\x81te\xCC\x81\n===\n"},
        {"an empty heading", "#", "\n"},
        {"a list", "- a\n- b", "- a\n- b\n"},
        {"a loose list", "- a\n\n- b", "- a\n\n- b\n"},
        {"hanging indent", "- one two three four five six seven",
         "- one two three four five\n  six seven\n"},
        {"numbers stand in a column", "9. a\n10. b", " 9. a\n10. b\n"},
        {"a list in a list", "- a\n  1. b\n     - c", "- a\n  1. b\n     - c\n"},
        {"an empty item", "-\n- b", "-\n- b\n"},
        {"two paragraphs in an item", "- a\n\n  b", "- a\n\n  b\n"},
        {"a quote", "> one two three four five six seven\n>\n> b",
         "> one two three four five\n> six seven\n>\n> b\n"},
        {"code is not wrapped", "```\none two three four five six seven eight\n  x\n```",
         "    one two three four five six seven eight\n      x\n"},
        {"a rule", "---", "----------------------------\n"},
        {"a link", "[here](http://a.org)", "here (http://a.org)\n"},
        {"a link without text", "[](http://a.org)", "http://a.org\n"},
        {"a link that is its address", "<http://a.org>", "http://a.org\n"},
        {"a mail address", "<a@b.org>", "a@b.org\n"},
        {"escapes", "\\# \\*a\\* &lt;b&gt; \\| \\_", "# *a* <b> | _\n"},
        {"a remark in HTML", "<!-- a > b -->\n\nx", "x\n"},
        {"a break in HTML", "a<br>b <i>c</i>", "a\nb c\n"},
        {"control signs are shown", "a &#27;[1m &#x202E; \x07", "a \\x1b[1m \\u202e \\x07\n"},
        {"a table", "| a | b |\n|---|---|\n| c d | e |", "a    b\n---  -\nc d  e\n"},
        {"sides of a table", "| a | b | c |\n|--:|:-:|:--|\n| ccc | eee | f |\n| | g | |",
         "  a   b   c\n---  ---  -\nccc  eee  f\n      g\n"},
        {"a bar in a cell", "| a |\n|---|\n| b \\| c |", "a\n-----\nb | c\n"},
        {"a backslash before a bar", "| a | b |\n|---|---|\n| c\\\\ | d |",
         "a   b\n--  -\nc\\  d\n"},
        {"cells that look like lists", "| m | t |\n|---|---|\n| + | 1. |\n| - | # |",
         "m  t\n-  --\n+  1.\n-  #\n"},
        {"cells hold inline signs", "| a |\n|---|\n| **b** [c](d) |", "a\n-------\nb c (d)\n"},
        {"too many cells", "| a | b |\n|---|---|\n| c | d | e |", "a  b\n-  -----\nc  d | e\n"},
        {"too few cells", "| a | b |\n|---|---|\n| c |", "a  b\n-  -\nc\n"},
        {"a table between paragraphs", "x\n| a |\n|---|\n| b |\ny", "x\n\na\n-\nb\n\ny\n"},
        {"a head alone", "| a | b |\n|---|---|", "a  b\n-  -\n"},
        {"bars without a second line are text", "| a | b |\n| c | d |", "| a | b | | c | d |\n"},
        {"no table in code", "```\n| a |\n|---|\n```", "    | a |\n    |---|\n"},
        {"a table in a list", "- x\n\n  | a |\n  |---|\n  | b |", "- x\n\n  a\n  -\n  b\n"},
        {"cells are wrapped",
         "| one | two |\n|---|---|\n| aaaa bbbb cccc dddd | eeee ffff gggg hhhh |",
         "one            two\n-------------  -------------\naaaa bbbb      eeee ffff\ncccc dddd    "
         "  gggg hhhh\n"},
        {"rows are stacked",
         "| A | B | C |\n|---|---|---|\n| one two three four | five six | seven eight nine ten |\n"
         "| x | | y |",
         "A: one two three four\nB: five six\nC: seven eight nine ten\n\nA: x\nC: y\n"},
        {"a sign for private use is not ours", "\xEE\x82\xA7\n\n| a |\n|---|\n| b |",
         "\xEF\xBF\xBD\n\na\n-\nb\n"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct arena *a = arena_new();
        struct str got = markdown_to_text(a, str_of(rows[i].markdown), 28);
        if (!str_is(got, rows[i].expect))
            fail_msg("%s: got\n%s\nexpected\n%s", rows[i].name, got.p, rows[i].expect);
        arena_free(a);
    }
}

static void test_golden_plan(void **state)
{
    (void)state;
    static const int widths[] = {40, 72, 110};
    struct arena *a = arena_new();
    struct err e;
    struct str markdown, expected;
    if (!files_read(a, "tests/unit/data/markdown/plan.md", 1 << 20, &markdown, &e))
        fail_msg("%s", e.text);
    for (size_t i = 0; i < 3; i++) {
        struct str got = markdown_to_text(a, markdown, (size_t)widths[i]);
        struct str path = str_format(a, "tests/golden/markdown/plan-%d.txt", widths[i]);
        if (accepting && !files_write(path.p, got, true, &e))
            fail_msg("%s", e.text);
        if (!files_read(a, path.p, 1 << 20, &expected, &e))
            fail_msg("%s", e.text);
        if (!str_eq(got, expected))
            fail_msg("%s differs:\n%s", path.p, got.p);
    }
    arena_free(a);
}

/* A deep pile of quotes and lists costs neither the stack nor text. */
static void test_depth_is_bounded(void **state)
{
    (void)state;
    static const char *const marks[] = {"> ", "- ", "1. ", "> - "};
    for (size_t i = 0; i < 4; i++) {
        struct arena *a = arena_new();
        struct buf b = {.a = a};
        for (int k = 0; k < 3000; k++)
            buf_add(&b, str_of(marks[i]));
        buf_add(&b, STR("bottom"));
        assert_non_null(strstr(markdown_to_text(a, buf_str(&b), 80).p, "bottom"));
        arena_free(a);
    }
}

int main(int argc, char **argv)
{
    accepting = argc > 1 && strcmp(argv[1], "accept") == 0;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_small_cases),
        cmocka_unit_test(test_golden_plan),
        cmocka_unit_test(test_depth_is_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
