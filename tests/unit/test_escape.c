/* Whatever a person writes stays text: values are put into Markdown, parsed by cmark, and must come
 * back as typed, without a heading, list, link, table or HTML that the template did not have. */
#include "document/document.h"
#include "document/escape.h"
#include "document/table.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmark.h>
#include <cmocka.h>

static struct str render(struct arena *a, enum escape escape, const char *text, struct str value)
{
    struct diags d = {.a = a};
    struct template t = {.name = STR("t"), .text = str_of(text), .escape = escape, .strict = true};
    struct str out;
    json_t *tree = json_pack("{s:o}", "v", json_new_text(value));
    assert_true(mustache_render(a, &t, tree, &d, &out));
    json_decref(tree);
    return out;
}

/* The shape of parsed Markdown: one letter a node; texts are added to `text`, blanks left out. */
static struct str shape_of(struct arena *a, struct str markdown, struct buf *text)
{
    static const char letters[] = "?DQLIcHxPh-t./`<xeSli"; /* by cmark_node_type */
    struct buf shape = {.a = a};
    cmark_node *root = cmark_parse_document(markdown.p, markdown.n, CMARK_OPT_DEFAULT);
    cmark_iter *iter = cmark_iter_new(root);
    char last = 0;
    while (cmark_iter_next(iter) != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(iter);
        if (cmark_iter_get_event_type(iter) != CMARK_EVENT_ENTER)
            continue;
        const char *literal = cmark_node_get_literal(node);
        char letter = letters[cmark_node_get_type(node)];
        if (letter != 't' || last != 't')
            buf_add_char(&shape, letter);
        last = letter;
        for (const char *p = literal; p && *p; p++)
            if (*p != ' ')
                buf_add_char(text, *p);
    }
    cmark_iter_free(iter);
    cmark_node_free(root);
    return buf_str(&shape);
}

static struct str without_blanks(struct arena *a, struct str s)
{
    struct buf b = {.a = a};
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] != ' ' && s.p[i] != '\n')
            buf_add_char(&b, s.p[i]);
    return buf_str(&b);
}

/* `text` has one {{v}}; with a plain word there it has a shape.  The value must not change it, but
 * for hard line breaks; and all of it must be there. */
static void assert_stays_text(const char *text, const char *value)
{
    struct arena *a = arena_new();
    struct buf plain = {.a = a}, got = {.a = a};
    struct str markdown = render(a, ESCAPE_MARKDOWN, text, str_of(value));
    struct str expected = shape_of(a, render(a, ESCAPE_MARKDOWN, text, STR("WORD")), &plain);
    struct str shape = shape_of(a, markdown, &got);
    struct buf flat = {.a = a};
    for (size_t i = 0; i < shape.n; i++) {
        if (shape.p[i] == '/')
            continue;
        if (flat.n == 0 || shape.p[i] != 't' || flat.p[flat.n - 1] != 't')
            buf_add_char(&flat, shape.p[i]);
    }
    size_t at = str_find(buf_str(&plain), STR("WORD"), 0);
    struct str whole = str_format(a, "%.*s%.*s%s", (int)at, plain.p,
                                  STR_ARG(without_blanks(a, str_of(value))), plain.p + at + 4);
    if (!str_eq(buf_str(&flat), expected) || !str_eq(buf_str(&got), whole))
        fail_msg("value:    %s\nmarkdown: %s\nshape:    %s, not %s\ntext:     %s, not %s", value,
                 markdown.p, shape.p, expected.p, buf_str(&got).p, whole.p);
    arena_free(a);
}

static const char *const places[] = {
    "{{v}}\n",           "before {{v}} after\n",
    "before {{v}}\n",    "- {{v}}\n",
    "1. {{v}}\n",        "> {{v}}\n",
    "# {{v}}\n",         "### {{v}} after\n",
    "text\n{{v}}\n",     "  - one\n    - {{v}}\n",
    "- **x** {{v}} y\n", "> - {{v}}\n",
    "{{v}}[x](y)\n",     "one\n\n{{v}}\n\ntwo\n",
    "{{v}}amp; x\n",     "> 1) {{v}}\n",
};

static void assert_stays_text_everywhere(const char *value)
{
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++)
        assert_stays_text(places[i], value);
}

static void test_hostile_values_stay_text(void **state)
{
    (void)state;
    static const char *const values[] = {
        "# a heading",
        "## a heading ##",
        "a\n===",
        "a\n---",
        "---",
        "* * *",
        "___",
        "- a list",
        "+ a list",
        "* a list",
        "1. a list",
        "1) a list",
        "123456789. list",
        "> a quote",
        "    code",
        "```\ncode",
        "~~~",
        "`code`",
        "*soft* **loud** _soft_ __loud__",
        "[a link](https://example.org)",
        "![picture](x.png)",
        "[a]: https://example.org",
        "[a][b]",
        "<https://example.org>",
        "<script>alert(1)</script>",
        "<!-- remark -->",
        "a <b>bold</b> word",
        "&lt;b&gt; &copy; &#27; &amp;",
        "a | b | c",
        "| a | b |\n|---|---|",
        "\\*not\\*",
        "back\\",
        "back\\\nslash",
        "~~gone~~",
        "$x$",
        "a\n\nb",
        "a\n\n\n# b",
        "\n\na",
        "a\n    code",
        "a\n- b\n- c",
        "a\n1. b",
        "one  \ntwo",
        "wow!",
        "R&D",
        "a & b",
        "C# and F#",
        "x #",
        "x ##",
        "5. and 6.",
        "5.",
        "-",
        "+",
        "=",
        "#",
        ">",
        "1",
        "1.",
        "a_b_c",
        ":::",
        "\t- tab",
        "a\r\nb\rc",
        "- [ ] task",
        "^a^",
        "<",
        "&",
        "javascript:alert(1)",
        "**",
        "a*",
        "[",
        "](",
        "`",
        "%",
        "{{v}}",
        "{{{v}}}",
        "{{#v}}x{{/v}}",
    };
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        /* Tabs and carriage returns are made plain first; compare them as that. */
        if (strpbrk(values[i], "\t\r"))
            continue;
        assert_stays_text_everywhere(values[i]);
    }
}

static void test_random_values_stay_text(void **state)
{
    (void)state;
    static const char signs[] = "aab1  \n\n#-+*_`~[]()<>!&;:=.|\\\"'$%^{}/";
    unsigned seed = 11;
    for (int round = 0; round < 20000; round++) {
        char value[24] = "";
        size_t n = 1 + (size_t)rand_r(&seed) % 14;
        for (size_t i = 0; i < n; i++)
            value[i] = signs[(size_t)rand_r(&seed) % (sizeof signs - 1)];
        if (strspn(value, " \n") == n)
            continue;
        assert_stays_text(places[(size_t)rand_r(&seed) % (sizeof places / sizeof places[0])],
                          value);
    }
}

/* The control of the tests above: an unescaped value must be noticed. */
static void test_shapes_tell_the_difference(void **state)
{
    (void)state;
    static const char *const values[] = {"# a",    "- a", "*a*",  "[a](b)", "<b>",
                                         "a\n\nb", "> a", "1. a", "`a`"};
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        struct arena *a = arena_new();
        struct buf text = {.a = a};
        assert_false(str_is(shape_of(a, str_of(values[i]), &text), "DPt"));
        arena_free(a);
    }
}

static void test_values_in_table_cells(void **state)
{
    (void)state;
    static const char *const values[] = {
        "a | b", "a\nb", "\\|", "\\", "|", "| --- |", "a\n| --- |\n| c |"};
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        struct arena *a = arena_new();
        struct table *t;
        (void)table_take(
            a,
            render(a, ESCAPE_MARKDOWN, "| h | i |\n| - | - |\n| {{v}} | x |\n", str_of(values[i])),
            &t);
        assert_non_null(t);
        assert_int_equal(t->columns, 2);
        assert_null(t->next);
        assert_non_null(t->rows->next);
        assert_null(t->rows->next->next);
        assert_true(str_is(t->rows->next->cells[1], "x"));
        arena_free(a);
    }
}

static void test_written_forms(void **state)
{
    (void)state;
    static const struct {
        enum escape escape;
        const char *text, *value, *expect;
    } rows[] = {
        {ESCAPE_HTML, "{{v}}", "<a href='x' title=\"y\">&",
         "&lt;a href=&#39;x&#39; title=&quot;y&quot;&gt;&amp;"},
        {ESCAPE_MARKDOWN, "{{v}}", "It is 5.30, I don't know - really (yes)!",
         "It is 5.30, I don't know - really (yes)\\!"},
        {ESCAPE_MARKDOWN, "- {{v}}\n", "one\n\ntwo", "- one\\\n  \\\n  two\n"},
        {ESCAPE_MARKDOWN, "> {{v}}\n", "one\ntwo", "> one\\\n> two\n"},
        {ESCAPE_MARKDOWN, "## {{v}}\n", "one\ntwo", "## one two\n"},
        {ESCAPE_MARKDOWN, "| {{v}} |\n", "one\n\ntwo | three", "| one  two \\| three |\n"},
        {ESCAPE_MARKDOWN, "{{{v}}} {{&v}}", "*", "\\* \\*"},
        {ESCAPE_MARKDOWN, "{{v}}", "a\r\nb\rc\n", "a\\\nb\\\nc"},
        {ESCAPE_MARKDOWN, "{{v}}", "\x1b[31m", "\\\\x1b\\[31m"},
        {ESCAPE_TEXT, "{{v}} {{{v}}}", "<*>", "<*> <*>"},
        {ESCAPE_TEXT, "{{v}}", "a\r\nb\tc\x1b]0;x\x07", "a\nb c\\x1b]0;x\\x07"},
        {ESCAPE_TEXT, "{{v}}", "left \xE2\x80\xAE right", "left \\u202e right"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct arena *a = arena_new();
        struct str out = render(a, rows[i].escape, rows[i].text, str_of(rows[i].value));
        assert_string_equal(out.p, rows[i].expect);
        arena_free(a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_hostile_values_stay_text),
        cmocka_unit_test(test_random_values_stay_text),
        cmocka_unit_test(test_shapes_tell_the_difference),
        cmocka_unit_test(test_values_in_table_cells),
        cmocka_unit_test(test_written_forms),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
