/* Markdown as a tree of blocks: small cases as rows of JSON, lines, canvases, and any Markdown
 * whatever. */
#include "base/json.h"
#include "document/document.h"
#include "document/inlines.h"
#include "document/page.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "unit.h"

/* Canvases of the tests: "now" is there, others are not. */
static json_t *find_board(void *user, struct str name)
{
    (void)user;
    if (!str_is(name, "now"))
        return NULL;
    return json_pack("{s:s,s:[{s:s,s:s,s:[{s:s,s:s}]}]}", "title", "Today", "blocks", "id", "a",
                     "label", "Who helps", "items", "text", "# me", "mark", "+");
}

static const struct page_boards boards = {find_board, NULL};

static json_t *page_of(struct arena *a, const char *markdown)
{
    struct page_head head = {.language = STR("en"), .title = STR("Plan")};
    return page_of_markdown(a, str_of(markdown), &head, &boards);
}

/* Without lines, for short rows. */
static void drop_lines(json_t *value)
{
    const char *name;
    json_t *member;
    size_t i;
    json_object_del(value, "line");
    json_object_del(value, "last");
    json_object_foreach (value, name, member)
        drop_lines(member);
    json_array_foreach (value, i, member)
        drop_lines(member);
}

static void expect(const char *name, const char *got, const char *json)
{
    struct arena *a = arena_new();
    struct buf b = {.a = a};
    for (const char *p = json; *p; p++)
        buf_add_char(&b, *p == '\'' ? '"' : *p);
    if (!str_is(buf_str(&b), got))
        fail_msg("%s: got\n%s\nexpected\n%s", name, got, b.p);
    arena_free(a);
}

static void test_blocks(void **state)
{
    (void)state;
    static const struct {
        const char *name, *markdown, *blocks; /* ' stands for " */
    } rows[] = {
        {"nothing", "", "[]"},
        {"a heading", "## Now", "[{'is':'heading','level':2,'text':[{'text':'Now'}]}]"},
        {"an empty heading is left out", "#\n\nx", "[{'is':'paragraph','text':[{'text':'x'}]}]"},
        {"lines of a paragraph", "a\nb\\\nc",
         "[{'is':'paragraph','text':[{'text':'a b'},{'break':true},{'text':'c'}]}]"},
        {"a break in HTML", "a<br/>b<BR>c",
         "[{'is':'paragraph','text':[{'text':'a'},{'break':true},{'text':'b'},{'break':true},"
         "{'text':'c'}]}]"},
        {"a tag that begins like one", "a<brand>b",
         "[{'is':'paragraph','text':[{'text':'a<brand>b'}]}]"},
        {"a value from the right alone", "**\u200E\u0633\u200E**",
         "[{'is':'paragraph','text':[{'strong':true,'text':'\u0633'}]}]"},
        {"a value from the right beside a label", "By \u200E\u0633\u200E",
         "[{'is':'paragraph','text':[{'text':'By \u200E\u0633\u200E'}]}]"},
        {"two of them", "\u200E\u0633\u200E, \u200E\u0633\u200E",
         "[{'is':'paragraph','text':[{'text':'\u200E\u0633\u200E, \u200E\u0633\u200E'}]}]"},
        {"marks", "a *b* **c *d*** `e`",
         "[{'is':'paragraph','text':[{'text':'a '},{'em':true,'text':'b'},{'text':' '},"
         "{'strong':true,'text':'c '},{'em':true,'strong':true,'text':'d'},{'text':' '},"
         "{'code':true,'text':'e'}]}]"},
        {"a link", "[go **on**](https://a.org/x)",
         "[{'is':'paragraph','text':[{'link':'https://a.org/x','text':'go '},"
         "{'link':'https://a.org/x','strong':true,'text':'on'}]}]"},
        {"a link without a text is its address", "[](http://a.org)",
         "[{'is':'paragraph','text':[{'link':'http://a.org','text':'http://a.org'}]}]"},
        {"a mail address", "<a@b.org>",
         "[{'is':'paragraph','text':[{'link':'mailto:a@b.org','text':'a@b.org'}]}]"},
        {"no link to anything else", "[x](javascript:alert(1)) [y](/y)",
         "[{'is':'paragraph','text':[{'text':'x y'}]}]"},
        {"raw HTML is text", "a <b onclick=x>c</b>\n\n<div>d</div>",
         "[{'is':'paragraph','text':[{'text':'a <b onclick=x>c</b>'}]},"
         "{'is':'paragraph','text':[{'text':'<div>d</div>'}]}]"},
        {"a break and a remark in HTML", "a<br>b\n\n<!-- x > y -->\n\nc <!-- z -->",
         "[{'is':'paragraph','text':[{'text':'a'},{'break':true},{'text':'b'}]},"
         "{'is':'paragraph','text':[{'text':'c'}]}]"},
        {"control characters are visible", "a &#27; &#x202E;",
         "[{'is':'paragraph','text':[{'text':'a \\\\x1b \\\\u202e'}]}]"},
        {"an image is its caption", "see ![the **map**](map.png)",
         "[{'is':'paragraph','text':[{'text':'see the '},{'strong':true,'text':'map'}]}]"},
        {"a list", "- a\n- b",
         "[{'is':'list','items':[{'blocks':[{'is':'paragraph','text':[{'text':'a'}]}]},"
         "{'blocks':[{'is':'paragraph','text':[{'text':'b'}]}]}],'ordered':false,'start':1,"
         "'tight':true}]"},
        {"a list with numbers, loose", "3. a\n\n   b",
         "[{'is':'list','items':[{'blocks':[{'is':'paragraph','text':[{'text':'a'}]},"
         "{'is':'paragraph','text':[{'text':'b'}]}]}],'ordered':true,'start':3,'tight':false}]"},
        {"tasks", "- [ ] a\n- [x] *b*\n- [X] c\n- [y] d",
         "[{'is':'list','items':["
         "{'blocks':[{'is':'paragraph','text':[{'text':'a'}]}],'task':'open'},"
         "{'blocks':[{'is':'paragraph','text':[{'em':true,'text':'b'}]}],'task':'done'},"
         "{'blocks':[{'is':'paragraph','text':[{'text':'c'}]}],'task':'done'},"
         "{'blocks':[{'is':'paragraph','text':[{'text':'[y] d'}]}]}],"
         "'ordered':false,'start':1,'tight':true}]"},
        {"a value that looks like a task is text", "- \\[x\\] a",
         "[{'is':'list','items':[{'blocks':[{'is':'paragraph','text':[{'text':'[x] a'}]}]}],"
         "'ordered':false,'start':1,'tight':true}]"},
        {"an empty item", "-\n- a",
         "[{'is':'list','items':[{'blocks':[]},"
         "{'blocks':[{'is':'paragraph','text':[{'text':'a'}]}]}],'ordered':false,'start':1,"
         "'tight':true}]"},
        {"a quote", "> a\n>\n> b",
         "[{'blocks':[{'is':'paragraph','text':[{'text':'a'}]},"
         "{'is':'paragraph','text':[{'text':'b'}]}],'is':'quote'}]"},
        {"code", "```\n<b>\n  c\n```", "[{'is':'code','text':'<b>\\n  c\\n'}]"},
        {"a rule", "---", "[{'is':'rule'}]"},
        {"a table", "| a | b | c |\n|--:|:-:|---|\n| **d** | \\| |",
         "[{'head':[[{'text':'a'}],[{'text':'b'}],[{'text':'c'}]],'is':'table',"
         "'rows':[[[{'strong':true,'text':'d'}],[{'text':'|'}],[]]],"
         "'sides':['right','middle','left']}]"},
        {"a cell that looks like a list", "| - a |\n|---|",
         "[{'head':[[{'text':'- a'}]],'is':'table','rows':[],'sides':['left']}]"},
        {"a canvas", "![The *map*](canvas:now)",
         "[{'board':{'blocks':[{'id':'a','items':[{'mark':'+','text':'# me'}],'label':'Who helps'}"
         "],'title':'Today'},'caption':[{'text':'The '},{'em':true,'text':'map'}],'is':'board'}]"},
        {"a canvas that is not there is its caption", "![The map](canvas:then)",
         "[{'is':'paragraph','text':[{'text':'The map'}]}]"},
        {"a canvas in a sentence or list is its caption",
         "see ![this](canvas:now)\n\n> ![that](canvas:now)",
         "[{'is':'paragraph','text':[{'text':'see this'}]},"
         "{'blocks':[{'is':'paragraph','text':[{'text':'that'}]}],'is':'quote'}]"},
        {"a sign for private use is no table", "\xEE\x82\xA7\n\n| a |\n|---|\n\n&#xE0A7;",
         "[{'is':'paragraph','text':[{'text':'\xEF\xBF\xBD'}]},"
         "{'head':[[{'text':'a'}]],'is':'table','rows':[],'sides':['left']}]"},
        {"a table inside of raw HTML is not lost", "<!--\n| a |\n|---|\n-->\n\n| b |\n|---|",
         "[{'head':[[{'text':'a'}]],'is':'table','rows':[],'sides':['left']},"
         "{'head':[[{'text':'b'}]],'is':'table','rows':[],'sides':['left']}]"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct arena *a = arena_new();
        json_t *page = page_of(a, rows[i].markdown);
        drop_lines(json_object_get(page, "blocks"));
        expect(rows[i].name, json_write(a, json_object_get(page, "blocks")).p, rows[i].blocks);
        json_decref(page);
        arena_free(a);
    }
}

/* "line-last" of every block that has both, in order. */
static void add_lines(const json_t *blocks, struct buf *out)
{
    size_t i, k;
    json_t *block, *item;
    json_array_foreach (blocks, i, block) {
        if (json_object_get(block, "last"))
            buf_format(out, "%lld-%lld ", json_whole(block, "line", 0),
                       json_whole(block, "last", 0));
        else
            buf_format(out, "%lld( ", json_whole(block, "line", 0));
        add_lines(json_object_get(block, "blocks"), out);
        json_array_foreach (json_object_get(block, "items"), k, item)
            add_lines(json_object_get(item, "blocks"), out);
    }
}

static void test_lines_are_those_of_the_markdown(void **state)
{
    (void)state;
    static const struct {
        const char *name, *markdown, *lines;
    } rows[] = {
        {"paragraphs", "a\nb\n\nc", "1-2 4-4 "},
        {"a list", "# a\n\n- b\n  c\n- d\n", "1-1 3( 3-4 5-5 "},
        {"after a table", "x\n| a |\n|---|\n| b |\n| c |\n| d |\ny", "1-1 2-6 7-7 "},
        {"after a table that is a head alone", "| a |\n|---|\ny\n| b |\n|---|\nz",
         "1-2 3-3 4-5 6-6 "},
        {"a table in a list", "- x\n\n  | a |\n  |---|\n  | b |\n\n  y\n\nz",
         "1( 1-1 3-5 7-7 9-9 "},
        {"code and quote", "```\na\n```\n> b\n\n---", "1-3 4( 4-4 6-6 "},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct arena *a = arena_new();
        struct buf lines = {.a = a};
        json_t *page = page_of(a, rows[i].markdown);
        add_lines(json_object_get(page, "blocks"), &lines);
        expect(rows[i].name, buf_str(&lines).p, rows[i].lines);
        json_decref(page);
        arena_free(a);
    }
}

static void test_links(void **state)
{
    (void)state;
    static const struct {
        const char *url, *link;
    } rows[] = {
        {"https://a.org", "https://a.org"},
        {"HTTP://A.org:80/x?y=1&z#q", "http://A.org:80/x?y=1&z#q"},
        {"https://a.org/a b\"<>`{}|\\^[]", "https://a.org/a%20b%22%3C%3E%60%7B%7D%7C%5C%5E%5B%5D"},
        {"https://a.org/50%", "https://a.org/50%25"},
        {"https://a.org/%C3%A9/é", "https://a.org/%C3%A9/%C3%A9"},
        {"https://a.org/#a#b", "https://a.org/#a%23b"},
        {"https://été.fr/", "https://été.fr/"},
        {"mailto:a@b.org?subject=x y", "mailto:a@b.org?subject=x%20y"},
        {"https://", ""},
        {"https://user@b.org/", ""},
        {"https://a..b/", ""},
        {"https://-a/", ""},
        {"https://a.org:x/", ""},
        {"https://a.org:8443/x", "https://a.org:8443/x"},
        {"https://a.org:65535/", "https://a.org:65535/"},
        {"https://a.org:65536/", ""},
        {"https://a.org:123456/", ""},
        {"https://a\xE2\x80\xAE.org/", ""},
        {"mailto:", ""},
        {"javascript:alert(1)", ""},
        {"java\tscript:alert(1)", ""},
        {" https://a.org", ""},
        {"data:text/html,x", ""},
        {"vbscript:x", ""},
        {"//a.org", ""},
        {"/x", ""},
        {"#x", ""},
        {"", ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct arena *a = arena_new();
        expect(rows[i].url, inlines_link(a, str_of(rows[i].url)).p, rows[i].link);
        arena_free(a);
    }
}

static void test_head_and_words(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct page_head head = {
        .language = STR("fr-CA"), .title = STR("A\x1b \xE2\x80\xAE"), .date = STR("2026-11-23")};
    json_t *page = page_of_markdown(a, STR("x"), &head, NULL), *words;
    assert_string_equal(json_string_value(json_object_get(page, "title")), "A\\x1b \\u202e");
    assert_string_equal(json_string_value(json_object_get(page, "date")), "2026-11-23");
    assert_null(json_object_get(page, "subtitle"));
    words = json_object_get(page, "words");
    assert_string_equal(json_string_value(json_object_get(words, "page")), "Page {n} sur {m}");
    json_decref(page);
    words = page_words(STR("ar"));
    assert_string_equal(json_string_value(json_object_get(words, "done")), "done");
    json_decref(words);
    arena_free(a);
}

static void test_markdown_with_canvases(void **state)
{
    (void)state;
    static const struct {
        const char *name, *markdown, *got;
    } rows[] = {
        {"no canvas changes nothing", "# a\n\n| b |\n|---|\n\n- c\n",
         "# a\n\n| b |\n|---|\n\n- c\n"},
        {"a canvas stands below its heading", "## a\n\n![x](canvas:now)\n\nb\n",
         "## a\n\n\n### Today\n\n#### Who helps\n\n- **+** \\# me\n\n\n\n\nb\n"},
        {"after a table", "| b |\n|---|\n| c |\n\n![x](canvas:now)",
         "| b |\n|---|\n| c |\n\n\n# Today\n\n## Who helps\n\n- **+** \\# me\n\n\n\n"},
        {"one that is not there is its caption",
         "a\n\n![x *y*](canvas:then)\nb\n\n![z](canvas:u)\n",
         "a\n\n![x *y*](canvas:then)\nb\n\nz\n"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct arena *a = arena_new();
        expect(rows[i].name, page_markdown(a, str_of(rows[i].markdown), &boards).p, rows[i].got);
        arena_free(a);
    }
}

static void check_inlines(const json_t *runs)
{
    size_t i;
    json_t *run;
    assert_true(json_is_array(runs));
    json_array_foreach (runs, i, run) {
        struct str link = json_member(run, "link"), text = json_member(run, "text");
        assert_true(json_flag(run, "break", false) || text.n > 0);
        assert_true(link.n == 0 || str_starts(link, STR("http")) ||
                    str_starts(link, STR("mailto:")));
        for (size_t at = 0; at < text.n;)
            assert_false(text_is_control(utf8_next(text, &at)));
    }
}

static void check_cells(const json_t *row, size_t columns)
{
    size_t i;
    json_t *cell;
    assert_int_equal(json_array_size(row), columns);
    json_array_foreach (row, i, cell)
        check_inlines(cell);
}

/* The tree is as page.h says, and no line comes before the one above it. */
static void check_blocks(const json_t *blocks, long long *line, int depth)
{
    static const char *const kinds[] = {"heading", "paragraph", "list",  "quote",
                                        "code",    "rule",      "table", "board"};
    size_t i, k;
    json_t *block, *item;
    assert_true(json_is_array(blocks) && depth <= 17);
    json_array_foreach (blocks, i, block) {
        size_t known = 0;
        while (known < 8 && !str_is(json_member(block, "is"), kinds[known]))
            known++;
        assert_true(known < 8);
        assert_true(json_whole(block, "line", 0) >= 1);
        if (known != 6) /* a table may have been late */
            assert_true(json_whole(block, "line", 0) >= *line);
        *line = json_whole(block, "line", 0);
        if (known < 2)
            check_inlines(json_object_get(block, "text"));
        if (known == 3)
            check_blocks(json_object_get(block, "blocks"), line, depth + 1);
        json_array_foreach (json_object_get(block, "items"), k, item)
            check_blocks(json_object_get(item, "blocks"), line, depth + 1);
        size_t columns = json_array_size(json_object_get(block, "sides"));
        if (known == 6)
            check_cells(json_object_get(block, "head"), columns);
        json_array_foreach (json_object_get(block, "rows"), k, item)
            check_cells(item, columns);
    }
}

static void check_markdown(struct arena *a, struct str markdown)
{
    struct page_head head = {.language = STR("en")};
    long long line = 0;
    json_t *page = page_of_markdown(a, markdown, &head, &boards), *again;
    struct err e;
    check_blocks(json_object_get(page, "blocks"), &line, 0);
    assert_true(json_read(json_write(a, page), &again, &e));
    json_decref(again);
    json_decref(page);
    assert_int_equal(utf8_valid(markdown), utf8_valid(page_markdown(a, markdown, &boards)));
}

/* Pieces of Markdown in any order: always a valid tree. */
static void test_any_markdown(void **state)
{
    (void)state;
    static const char *const pieces[] = {"# ",
                                         "## ",
                                         "- ",
                                         "1. ",
                                         "> ",
                                         "| a | b |\n",
                                         "|---|:-:|\n",
                                         "| c |",
                                         "\n",
                                         "\n\n",
                                         "    ",
                                         "```\n",
                                         "~~~",
                                         "<div>",
                                         "<!--",
                                         "-->",
                                         "<br>",
                                         "*",
                                         "**",
                                         "_",
                                         "`",
                                         "[",
                                         "](",
                                         ")",
                                         "![",
                                         "(canvas:now)",
                                         "![x](canvas:now)",
                                         "&#27;",
                                         "&amp;",
                                         "\\",
                                         "é",
                                         "計",
                                         "\xE2\x80\xAE",
                                         "\xE0\xA7",
                                         "\xEE\x82\xA7",
                                         "---\n",
                                         "===\n",
                                         "[ ] ",
                                         "[x] ",
                                         "https://a.org",
                                         "<a@b.c>",
                                         "word ",
                                         "\t",
                                         "\r",
                                         "\x1b",
                                         "\xff",
                                         "<script>",
                                         "</script>",
                                         "[x]: http://b.c\n"};
    enum { PIECES = sizeof pieces / sizeof pieces[0] };
    unsigned seed = 20261123;
    for (int round = 0; round < 3000; round++) {
        struct arena *a = arena_new();
        struct buf b = {.a = a};
        for (int n = 1 + round % 60; n > 0; n--) {
            seed = seed * 1103515245u + 12345u;
            buf_add(&b, str_of(pieces[(seed >> 16) % PIECES]));
        }
        check_markdown(a, buf_str(&b));
        arena_free(a);
    }
}

static void test_depth_is_bounded(void **state)
{
    (void)state;
    static const char *const marks[] = {"> ", "- ", "1. ", "> - ", "*", "["};
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        struct arena *a = arena_new();
        struct buf b = {.a = a};
        for (int k = 0; k < 3000; k++)
            buf_add(&b, str_of(marks[i]));
        buf_add(&b, STR("bottom"));
        check_markdown(a, buf_str(&b));
        json_t *page = page_of(a, buf_str(&b).p);
        assert_non_null(strstr(json_write(a, page).p, "bottom"));
        json_decref(page);
        arena_free(a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_blocks),
        cmocka_unit_test(test_lines_are_those_of_the_markdown),
        cmocka_unit_test(test_links),
        cmocka_unit_test(test_head_and_words),
        cmocka_unit_test(test_markdown_with_canvases),
        cmocka_unit_test(test_any_markdown),
        cmocka_unit_test(test_depth_is_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
