/* Pages and boards as HTML: fragments as rows, whole documents compared with tests/golden/page (run
 * with "accept" to write them, then read the difference), and hostile texts in every place. */
#include "base/files.h"
#include "document/document.h"
#include "document/escape.h"
#include "html_scan.h"

#include <stdlib.h>

#include "unit.h"

static bool accepting;

static json_t *board_of(const char *name)
{
    char path[200];
    (void)snprintf(path, sizeof path, "tests/unit/data/%s.json", name);
    json_t *board = json_load_file(path, 0, NULL);
    if (!board)
        fail_msg("%s", path);
    return board;
}

static json_t *find_board(void *user, struct str name)
{
    (void)user;
    if (!str_is(name, "now") && !str_is(name, "diff"))
        return NULL;
    return board_of(str_is(name, "now") ? "board/canvas" : "page/diff");
}

static const struct page_boards boards = {find_board, NULL};

static json_t *page_of(struct arena *a, struct str markdown)
{
    struct page_head head = {.language = STR("en"), .title = STR("Plan")};
    return page_of_markdown(a, markdown, &head, &boards);
}

static struct str blocks_of(struct arena *a, struct str markdown)
{
    struct buf out = {.a = a};
    json_t *page = page_of(a, markdown);
    page_blocks_to_html(&out, page);
    json_decref(page);
    return buf_str(&out);
}

static void check(const char *name, struct scan *s, struct arena *a, struct str html)
{
    if (!scan_html(s, a, html))
        fail_msg("%s: %s", name, s->fault);
}

static void expect(const char *name, struct str got, const char *expected)
{
    if (!str_is(got, expected))
        fail_msg("%s: got\n%.*s\nexpected\n%s", name, STR_ARG(got), expected);
}

static void test_blocks(void **state)
{
    (void)state;
    static const struct {
        const char *name, *markdown, *html;
    } rows[] = {
        {"nothing", "", ""},
        {"a paragraph", "a *b* **c `d`** e\\\nf",
         "<p dir=\"auto\">a <em>b</em> <strong>c </strong><strong><code>d</code></strong> "
         "e<br>f</p>\n"},
        {"strong as a whole leads", "**a**",
         "<p class=\"lead\" dir=\"auto\"><strong>a</strong></p>\n"},
        {"a link over marks is one link", "[a **b**](https://a.org/?x&y)",
         "<p dir=\"auto\"><a rel=\"noreferrer\" href=\"https://a.org/?x&amp;y\">a "
         "<strong>b</strong></a></p>\n"},
        {"sections", "## a\n\nb\n\n## c",
         "<section aria-labelledby=\"part-1\">\n<h2 id=\"part-1\" dir=\"auto\">a</h2>\n"
         "<p dir=\"auto\">b</p>\n</section>\n<section aria-labelledby=\"part-2\">\n"
         "<h2 id=\"part-2\" dir=\"auto\">c</h2>\n</section>\n"},
        {"levels do not leap", "# a\n\n##### b\n\n## c\n\n### d\n\n#### e",
         "<section aria-labelledby=\"part-1\">\n<h2 id=\"part-1\" dir=\"auto\">a</h2>\n"
         "<h3 dir=\"auto\">b</h3>\n</section>\n"
         "<section aria-labelledby=\"part-2\">\n<h2 id=\"part-2\" dir=\"auto\">c</h2>\n"
         "<h3 dir=\"auto\">d</h3>\n<h4 dir=\"auto\">e</h4>\n</section>\n"},
        {"a heading in a quote is not in the outline", "> ## a",
         "<blockquote dir=\"auto\">\n<p class=\"inner\">a</p>\n</blockquote>\n"},
        {"a tight list", "- a\n- b\n  1. c",
         "<ul dir=\"auto\">\n<li>a</li>\n<li>b<ol>\n<li>c</li>\n</ol>\n</li>\n</ul>\n"},
        {"a loose list from 3", "3. a\n\n4. b",
         "<ol start=\"3\" dir=\"auto\">\n<li><p>a</p>\n</li>\n<li><p>b</p>\n</li>\n</ol>\n"},
        {"tasks", "- [ ] a\n- [x] b",
         "<ul dir=\"auto\">\n<li class=\"task\"><span class=\"box\" aria-hidden=\"true\"></span>"
         "<bdi class=\"unseen\">to do: </bdi>a</li>\n<li class=\"task done\"><span class=\"box\" "
         "aria-hidden=\"true\"></span><bdi class=\"unseen\">done: </bdi>b</li>\n</ul>\n"},
        {"code", "```\n<a>\n  b\n```", "<pre dir=\"auto\"><code>&lt;a&gt;\n  b\n</code></pre>\n"},
        {"a rule", "---", "<hr>\n"},
        {"a table", "| a | b |\n|---|--:|\n| c | 1 |",
         "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"Table 1: a, b\">\n"
         "<table dir=\"auto\">\n<thead>\n<tr><th scope=\"col\">a</th><th scope=\"col\" "
         "class=\"right\">b</th></tr>\n</thead>\n<tbody>\n<tr><td>c</td><td class=\"right\">1</td>"
         "</tr>\n</tbody>\n</table>\n</div>\n"},
        {"a table without a head", "| | |\n|---|:-:|\n| c | d |",
         "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"Table 1\">\n"
         "<table dir=\"auto\">\n<tbody>\n<tr><td>c</td><td class=\"middle\">d</td></tr>\n</tbody>\n"
         "</table>\n</div>\n"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct arena *a = arena_new();
        struct scan s;
        struct str html = blocks_of(a, str_of(rows[i].markdown));
        expect(rows[i].name, html, rows[i].html);
        check(rows[i].name, &s, a, html);
        arena_free(a);
    }
}

/* A board of one block and item. */
static json_t *small_board(const char *item, const char *rest)
{
    struct arena *a = arena_new();
    struct err e;
    json_t *board;
    struct str text =
        str_format(a, "{\"blocks\":[{\"id\":\"a\",\"label\":\"A\",\"items\":[%s]}]%s}", item, rest);
    if (!json_read(text, &board, &e))
        fail_msg("%s", e.text);
    arena_free(a);
    return board;
}

static void test_items_of_a_board(void **state)
{
    (void)state;
    static const struct {
        const char *name, *item, *rest, *html;
    } rows[] = {
        {"no mark", "{\"text\":\"x\"}", "",
         "<li class=\"same\" dir=\"auto\"><bdi class=\"mark\" aria-hidden=\"true\">·</bdi>"
         "<span class=\"words\"><span>x</span></span></li>"},
        {"a mark with its meaning", "{\"text\":\"x\",\"mark\":\"+\"}", ",\"legend\":[\"+ add\"]",
         "<li class=\"same\" dir=\"auto\"><bdi class=\"mark\" aria-hidden=\"true\">+</bdi>"
         "<bdi class=\"unseen\">add: </bdi>"
         "<span class=\"words\"><span>x</span></span></li>"},
        {"a mark without a meaning is for all", "{\"text\":\"x\",\"mark\":\"+\"}",
         ",\"legend\":[\"++ more\"]",
         "<li class=\"same\" dir=\"auto\"><bdi class=\"mark\">+</bdi>"
         "<span class=\"words\"><span>x</span></span></li>"},
        {"flags and what they mean", "{\"text\":\"x\",\"flags\":[\"?\",\"!\"],\"hypothesis\":true}",
         ",\"legend\":[\"? to test\"]",
         "<span>x</span>\u00A0<bdi class=\"flag\" aria-hidden=\"true\">?</bdi>"
         "<bdi class=\"unseen\">, to test</bdi>\u00A0<bdi class=\"flag\">!</bdi></span></li>"},
        {"feeling and hypothesis without flags",
         "{\"text\":\"x\",\"feeling\":\"like\",\"hypothesis\":true}", ",\"language\":\"fr\"",
         "\u00A0<bdi class=\"flag\" aria-hidden=\"true\">☺\uFE0E</bdi><bdi class=\"unseen\">, "
         "est aimé</bdi>\u00A0<bdi class=\"flag\" aria-hidden=\"true\">?</bdi>"
         "<bdi class=\"unseen\">, reste à vérifier</bdi>"},
        {"new", "{\"text\":\"x\",\"change\":\"new\"}", "",
         "<ins>x</ins> <span class=\"tag\">new</span></span></li>"},
        {"gone", "{\"text\":\"x\",\"change\":\"gone\"}", "",
         "<del>x</del> <span class=\"tag\">gone</span></span></li>"},
        {"changed", "{\"text\":\"x\",\"change\":\"changed\",\"was\":\"y\"}", "",
         "<span>x</span> <span class=\"tag\">changed</span><span class=\"was\">"
         "<span class=\"unseen\">before: </span><del>y</del></span></span></li>"},
        {"a changed decision is said by its mark",
         "{\"text\":\"x\",\"change\":\"changed\",\"mark\":\"+\"}", "",
         "<bdi class=\"mark\">+</bdi><span class=\"words\"><span>x</span></span></li>"},
        {"the same", "{\"text\":\"x\",\"change\":\"same\",\"was\":\"x\"}", "",
         "<span>x</span></span></li>"},
        {"an item that is a text", "\"x\"", "", "<span>x</span></span></li>"},
        {"the line of facts", "\"x\"",
         ",\"client\":\"C\",\"version\":4,\"state_label\":\"S\",\"date\":\"2026-11-23\"",
         "<p class=\"state\" dir=\"auto\">S</p>\n"
         "<p class=\"subtitle\" dir=\"auto\">C · Version 4 · 23 November 2026</p>"},
        {"a subtitle instead", "\"x\"", ",\"subtitle\":\"mine\"",
         "<p class=\"subtitle\" dir=\"auto\">mine</p>"},
        {"a place in the grid", "\"x\"", ",\"grid\":[\". a a\",\". a a\"]",
         "<div class=\"parts placed c3 roomy\" dir=\"ltr\">\n<section class=\"part x2 y1 w2 h2 "
         "t1\">\n"
         "<h3 dir=\"auto\">A</h3>"},
        {"no place in the grid", "\"x\"", ",\"grid\":[\"b b\"]",
         "<div class=\"parts placed c2 roomy\" dir=\"ltr\">\n<section class=\"part wide t1\">"},
        {"a wrong grid is none", "\"x\"", ",\"grid\":[\"a b a\"]", "<div class=\"parts\">"},
        {"blank", "", ",\"state\":\"blank\"", "<div class=\"board blank\">"},
        {"a diff", "", ",\"state\":\"diff\"", "<div class=\"board diff\">"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct arena *a = arena_new();
        struct buf out = {.a = a};
        struct scan s;
        json_t *board = small_board(rows[i].item, rows[i].rest);
        board_to_html(&out, board);
        if (!strstr(buf_str(&out).p, rows[i].html))
            fail_msg("%s: got\n%s\nwithout\n%s", rows[i].name, out.p, rows[i].html);
        check(rows[i].name, &s, a, buf_str(&out));
        json_decref(board);
        arena_free(a);
    }
}

/* The more there is, the smaller it is printed; what does not fit in the smallest goes on. */
static void test_size_follows_the_texts(void **state)
{
    (void)state;
    static const struct {
        size_t items;
        const char *name;
    } rows[] = {{0, "roomy"},   {6, "roomy"},    {7, "small"},
                {8, "smaller"}, {9, "smallest"}, {12, "long"}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct arena *a = arena_new();
        struct buf out = {.a = a};
        json_t *board = board_of("board/blank"), *blocks = json_object_get(board, "blocks");
        for (size_t b = 0; b < json_array_size(blocks); b++) {
            json_t *items = json_array();
            for (size_t k = 0; k < rows[i].items; k++)
                json_array_append_new(items, json_string("three words each"));
            json_object_set_new(json_array_get(blocks, b), "items", items);
        }
        board_to_html(&out, board);
        if (!strstr(buf_str(&out).p, str_format(a, "c10 %s\"", rows[i].name).p))
            fail_msg("%zu items: %.*s", rows[i].items, 25, strstr(out.p, "placed"));
        json_decref(board);
        arena_free(a);
    }
}

static void test_colours_become_tints(void **state)
{
    (void)state;
    static const struct {
        const char *colour, *tint;
    } rows[] = {
        {"#f5f0e6", "t1\""}, {"#e6eee9", "t2\""},  {"#f6e9e2", "t3\""}, {"#efede8", "t4\""},
        {"#2f5d50", "t2\""}, {"#a4502f", "t3\""},  {"#3366cc", "t5\""}, {"#808080", "t4\""},
        {"#ffd700", "t8\""}, {"#ffffff", "t4\""},  {"red", "t1\""},     {"#12345", "t1\""},
        {"#12345g", "t1\""}, {"\\\"><b>", "t1\""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct arena *a = arena_new();
        struct buf out = {.a = a};
        struct scan s;
        struct err e;
        json_t *board;
        struct str text =
            str_format(a, "{\"blocks\":[{\"id\":\"a\",\"colour\":\"%s\"}]}", rows[i].colour);
        assert_true(json_read(text, &board, &e));
        board_to_html(&out, board);
        if (!strstr(buf_str(&out).p, str_format(a, "part wide %s", rows[i].tint).p))
            fail_msg("%s: %s", rows[i].colour, out.p);
        check(rows[i].colour, &s, a, buf_str(&out));
        json_decref(board);
        arena_free(a);
    }
}

static json_t *page_with_sources(void)
{
    return json_pack(
        "{s:s,s:s,s:[{s:s,s:[{s:s}],s:[i,i]},{s:s,s:[s],s:[[{s:s}]],s:[[[{s:s}]]],s:[[i]]},"
        "{s:s,s:s,s:[i,i]}],s:[{s:i,s:s,s:s},{s:i,s:s,s:s}]}",
        "language", "en", "title", "T", "blocks", "is", "paragraph", "text", "text", "p", "why", 3,
        1, "is", "table", "sides", "left", "head", "text", "h", "rows", "text", "c", "row_why", 3,
        "is", "code", "text", "x", "why", 3, 9, "sources", "n", 1, "ask", "Why?", "shown", "a\nb",
        "n", 3, "ask", "Who?", "shown", "c");
}

static void test_sources(void **state)
{
    (void)state;
    static const char *const parts[] = {
        "<p dir=\"auto\">p<sup class=\"why\"> <a href=\"#from-3\" id=\"use-3\" "
        "aria-label=\"answer 3\">3</a> <a href=\"#from-1\" id=\"use-1\" aria-label=\"answer 1\">1"
        "</a></sup></p>",
        "<td>c<sup class=\"why\"> <a href=\"#from-3\" aria-label=\"answer 3\">3</a></sup></td>",
        "</pre>\n<p class=\"after\"><sup class=\"why\"> <a href=\"#from-3\" aria-label=\"answer "
        "3\">"
        "3</a></sup></p>",
        "<h2 id=\"sources\" dir=\"auto\">The answers behind it</h2>",
        "<li id=\"from-1\" value=\"1\"><p class=\"ask\" dir=\"auto\">Why?</p>\n<p "
        "dir=\"auto\">a<br>b "
        "<a class=\"back\" href=\"#use-1\" aria-label=\"back to where it is used\">↑</a></p></li>",
    };
    struct arena *a = arena_new();
    struct scan s;
    json_t *page = page_with_sources();
    struct str html = page_to_html(a, page);
    struct buf inside = {.a = a};
    check("sources", &s, a, html);
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        if (!strstr(html.p, parts[i]))
            fail_msg("without %s:\n%s", parts[i], strstr(html.p, "<body"));
    page_blocks_to_html(&inside, page);
    assert_null(strstr(buf_str(&inside).p, "from-"));
    json_decref(page);
    arena_free(a);
}

static void test_head(void **state)
{
    (void)state;
    static const struct {
        const char *language, *title, *markdown, *part;
    } rows[] = {
        {"en", "Plan", "x", "<html lang=\"en\" dir=\"ltr\">"},
        {"ar", "Plan", "x", "<html lang=\"ar\" dir=\"rtl\">"},
        {"pt-BR", "Plan", "x", "<html lang=\"pt-BR\" dir=\"ltr\">"},
        {"e", "Plan", "x", "<html lang=\"en\" dir=\"ltr\">"},
        {"en\" onload=\"x", "Plan", "x", "<html lang=\"en\" dir=\"ltr\">"},
        {"", "Plan", "x", "<html lang=\"en\" dir=\"ltr\">"},
        {"en", "Plan", "x",
         "<header>\n<h1 dir=\"auto\">Plan</h1>\n<p class=\"byline\" dir=\"auto\">S</p>\n<p "
         "class=\"byline\" dir=\"auto\">23 November 2026</p>\n</header>"},
        {"fr", "Plan", "# *Mon* plan\n\n**A** · B\n\nc",
         "<header>\n<h1 dir=\"auto\"><em>Mon</em> plan</h1>\n<p class=\"byline\" dir=\"auto\">"
         "<strong>A</strong> · B</p>\n</header>\n<main class=\"body\">\n<p "
         "dir=\"auto\">c</p>\n</main>"},
        {"fr", "", "# Mon *plan*", "<title>Mon plan · S</title>"},
        {"fr", "", "x", "<title>Document · S</title>"},
        {"fr", "Plan", "x",
         "<footer>\n<p><bdi>Plan</bdi> · <bdi>S</bdi> · <bdi>23 "
         "novembre 2026</bdi></p>\n</footer>"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct arena *a = arena_new();
        struct scan s;
        struct page_head head = {.language = str_of(rows[i].language),
                                 .title = str_of(rows[i].title),
                                 .subtitle = STR("S"),
                                 .date = STR("2026-11-23")};
        json_t *page = page_of_markdown(a, str_of(rows[i].markdown), &head, NULL);
        struct str html = page_to_html(a, page);
        check(rows[i].part, &s, a, html);
        if (!strstr(html.p, rows[i].part))
            fail_msg("without %s:\n%.*s\n%s", rows[i].part, 300, html.p, strstr(html.p, "<body"));
        json_decref(page);
        arena_free(a);
    }
}

/* The style that the document carries is the one its policy allows, to the byte. */
static void test_policy_allows_the_style(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    json_t *page = page_of(a, STR("x"));
    struct str html = page_to_html(a, page);
    const char *begin = strstr(html.p, "<style>") + 7, *end = strstr(html.p, "</style>");
    const char *policy = strstr(html.p, "style-src 'sha256-") + 18;
    assert_true(begin < end &&
                str_eq((struct str){begin, (size_t)(end - begin)}, str_trim(page_style())));
    assert_int_equal(strcspn(policy, "'"), 44);
    assert_null(strstr(html.p, "style="));
    assert_null(strstr(html.p, "unsafe"));
    json_decref(page);
    arena_free(a);
}

/* Texts compared without blanks, which are folded in HTML. */
static struct str squeezed(struct arena *a, struct str s)
{
    struct buf b = {.a = a};
    for (size_t i = 0; i < s.n; i++)
        if (!strchr(" \t\r\n", s.p[i]))
            buf_add_char(&b, s.p[i]);
    return buf_str(&b);
}

/* What a text looks like on the page. */
static struct str as_shown(struct arena *a, struct str s)
{
    struct buf b = {.a = a}, out = {.a = a};
    struct scan scan;
    escape_html(&b, s);
    check("escape_html", &scan, a, buf_str(&b));
    buf_add(&out, buf_str(&scan.text));
    return squeezed(a, buf_str(&out));
}

static void expect_text(struct arena *a, const char *where, const struct scan *s, struct str value)
{
    struct scan copy = *s;
    struct str all = squeezed(a, buf_str(&copy.text)), shown = as_shown(a, value);
    if (str_find(all, shown, 0) == all.n && shown.n > 0)
        fail_msg("%s: \"%s\" is not in \"%s\"", where, shown.p, all.p);
}

/* A value in a template: a page with it has the same tags as one with a plain word. */
static void check_value(struct arena *a, const char *template, struct str value)
{
    struct str before = str_of(template), after = str_part(before, 0, 0);
    size_t hole = str_find(before, STR("@"), 0);
    after = str_part(before, hole + 1, before.n);
    before = str_part(before, 0, hole);
    struct buf with = {.a = a}, plain = {.a = a};
    struct scan s, p;
    buf_add(&with, before);
    escape_markdown(&with, value);
    buf_add(&with, after);
    buf_format(&plain, "%.*sWORD%.*s", STR_ARG(before), STR_ARG(after));
    check(template, &s, a, blocks_of(a, buf_str(&with)));
    check(template, &p, a, blocks_of(a, buf_str(&plain)));
    expect_text(a, template, &s, value);
    if (!str_eq(buf_str(&s.shape), buf_str(&p.shape)) || s.links.n != p.links.n)
        fail_msg("%s: \"%.*s\" gave %s", template, STR_ARG(value), s.shape.p);
}

static void check_values(struct arena *a, struct str value)
{
    static const char *const templates[] = {
        "a @ b",  "**a.** @\n", "# @\n",
        "## @\n", "- x @\n",    "- [ ] x @\n",
        "> x @",

        "x @",    "1. x @",     "| a | b |\n|---|---|\n| x | y @ |\n"};
    for (size_t i = 0; i < sizeof templates / sizeof templates[0]; i++)
        check_value(a, templates[i], value);
}

/* As Markdown of an author who is not trusted either. */
static void check_author(struct arena *a, struct str text)
{
    static const char *const templates[] = {"%s",
                                            "# %s",
                                            "- %s",
                                            "> %s",
                                            "[x](%s)",
                                            "[x](<%s>)",
                                            "[%s](x)",
                                            "![%s](x)",
                                            "![%s](canvas:now)",
                                            "<%s>",
                                            "`%s`",
                                            "```\n%s\n```",
                                            "[x]: %s\n\n[x]",
                                            "| a | %s |\n|---|---|\n| b | %s |"};
    for (size_t i = 0; i < sizeof templates / sizeof templates[0]; i++) {
        struct scan s;
        struct buf b = {.a = a};
        for (struct str rest = str_of(templates[i]); rest.n > 0;) {
            size_t hole = str_find(rest, STR("%s"), 0);
            buf_add(&b, str_part(rest, 0, hole));
            buf_add(&b, hole < rest.n ? text : STR(""));
            rest = str_part(rest, hole + 2, rest.n);
        }
        check(templates[i], &s, a, blocks_of(a, buf_str(&b)));
    }
}

static json_t *hostile_board(struct str t)
{
    json_t *text = json_new_text(t);
    json_t *item = json_pack("{s:O,s:O,s:[O],s:O,s:O,s:O,s:O}", "text", text, "mark", text, "flags",
                             text, "kind", text, "feeling", text, "change", text, "was", text);
    json_t *changed = json_pack("{s:O,s:s,s:O}", "text", text, "change", "gone", "was", text);
    json_t *block = json_pack("{s:O,s:O,s:O,s:[o,o,O]}", "id", text, "label", text, "colour", text,
                              "items", item, changed, text);
    json_t *board = json_pack("{s:O,s:O,s:O,s:[O],s:[O],s:[o],s:O,s:O}", "title", text, "subtitle",
                              text, "purpose", text, "grid", text, "legend", text, "blocks", block,
                              "attribution", text, "state", text);
    json_decref(text);
    return board;
}

static void check_boards(struct arena *a, struct str text)
{
    struct buf out = {.a = a};
    struct scan s;
    json_t *board = hostile_board(text);
    board_to_html(&out, board);
    check("a board", &s, a, buf_str(&out));
    expect_text(a, "a board", &s, text);
    json_decref(board);
}

/* A tree of blocks made by somebody else. */
static void check_tree(struct arena *a, struct str t)
{
    json_t *text = json_new_text(t);
    struct scan s;
    json_t *page = json_pack(
        "{s:O,s:O,s:O,s:O,s:O,s:[{s:s,s:[{s:O,s:O}],s:[i]},{s:O},{s:s,s:O}],s:[{s:i,s:O,s:O}]}",
        "language", text, "title", text, "subtitle", text, "author", text, "date", text, "blocks",
        "is", "paragraph", "text", "text", text, "link", text, "why", 1, "is", text, "is", "code",
        "text", text, "sources", "n", 1, "ask", text, "shown", text);
    check("a tree", &s, a, page_to_html(a, page));
    expect_text(a, "a tree", &s, t);
    json_decref(page);
    json_decref(text);
}

static void test_hostile_texts(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct err e;
    struct str lines;
    size_t n = 0;
    if (!files_read(a, "tests/unit/data/html/payloads.txt", 1 << 20, &lines, &e))
        fail_msg("%s", e.text);
    for (; lines.n > 0; n++) {
        struct arena *step = arena_new();
        struct str line = str_split(lines, '\n', &lines);
        check_values(step, line);
        check_author(step, line);
        check_boards(step, line);
        check_tree(step, line);
        arena_free(step);
    }
    assert_true(n >= 150);
    arena_free(a);
}

/* The reader finds what it is there to find. */
static void test_the_reader_itself(void **state)
{
    (void)state;
    static const char *const bad[] = {"<script>x</script>",
                                      "<p onclick=\"x\">a</p>",
                                      "<p>a",
                                      "a</p>",
                                      "<p>a</div>",
                                      "<a href=\"javascript:x\">y</a>",
                                      "<p class=x>a</p>",
                                      "a & b",
                                      "&nbsp;",
                                      "a > b",
                                      "<p style=\"x\">a</p>",
                                      "<P>a</P>",
                                      "a \x1b b",
                                      "\"",
                                      "<!-- x -->",
                                      "<a href=\"https://a b\">y</a>",
                                      "\xE2\x80\xAE",
                                      "<p content=\"x\">a</p>",
                                      "<style>p{}</style>",
                                      "<img>",
                                      "\xEF\xBF\xBE"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct arena *a = arena_new();
        struct scan s;
        if (scan_html(&s, a, str_of(bad[i])))
            fail_msg("%s passed", bad[i]);
        arena_free(a);
    }
}

/* The style and its hash are left out of what is compared: they have tests of their own. */
static struct str without_style(struct arena *a, struct str html)
{
    struct buf b = {.a = a};
    size_t hash = str_find(html, STR("sha256-"), 0) + 7, begin = str_find(html, STR("<style>"), 0),
           end = str_find(html, STR("</style>"), 0);
    if (end == html.n)
        return html;
    buf_add(&b, str_part(html, 0, hash));
    buf_add(&b, STR("..."));
    buf_add(&b, str_part(html, hash + 44, begin + 7));
    buf_add(&b, STR("..."));
    buf_add(&b, str_part(html, end, html.n));
    return buf_str(&b);
}

static void compare(struct arena *a, const char *name, struct str html)
{
    struct str path = str_format(a, "tests/golden/page/%s.html", name), expected;
    struct err e;
    struct scan s;
    check(name, &s, a, html);
    html = without_style(a, html);
    if (accepting && !files_write(path.p, html, true, &e))
        fail_msg("%s", e.text);
    if (!files_read(a, path.p, 1 << 20, &expected, &e))
        fail_msg("%s", e.text);
    if (!str_eq(html, expected))
        fail_msg("%s differs:\n%s", path.p, html.p);
}

static void test_golden_pages(void **state)
{
    (void)state;
    static const struct {
        const char *name, *language, *title;
    } rows[] = {{"plan", "en", "My development plan"},
                {"projet", "fr", "Mon plan"},
                {"arabic", "ar", "خطتي"}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct arena *a = arena_new();
        struct err e;
        struct str markdown;
        struct page_head head = {.language = str_of(rows[i].language),
                                 .title = str_of(rows[i].title),
                                 .subtitle = STR("Amina"),
                                 .date = STR("2026-11-23")};
        struct str path = str_format(a, "tests/unit/data/page/%s.md", rows[i].name);
        if (!files_read(a, path.p, 1 << 20, &markdown, &e))
            fail_msg("%s", e.text);
        json_t *page = page_of_markdown(a, markdown, &head, &boards);
        compare(a, rows[i].name, page_to_html(a, page));
        json_decref(page);
        arena_free(a);
    }
}

static void test_golden_boards(void **state)
{
    (void)state;
    static const char *const names[] = {"board/canvas", "board/blank", "board/talk", "board/long",
                                        "page/diff"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct arena *a = arena_new();
        struct buf out = {.a = a};
        json_t *board = board_of(names[i]);
        board_to_html(&out, board);
        compare(a, str_format(a, "board-%s", strchr(names[i], '/') + 1).p, buf_str(&out));
        json_decref(board);
        arena_free(a);
    }
}

int main(int argc, char **argv)
{
    accepting = argc > 1 && strcmp(argv[1], "accept") == 0;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_blocks),
        cmocka_unit_test(test_items_of_a_board),
        cmocka_unit_test(test_size_follows_the_texts),
        cmocka_unit_test(test_colours_become_tints),
        cmocka_unit_test(test_sources),
        cmocka_unit_test(test_head),
        cmocka_unit_test(test_policy_allows_the_style),
        cmocka_unit_test(test_hostile_texts),
        cmocka_unit_test(test_the_reader_itself),
        cmocka_unit_test(test_golden_pages),
        cmocka_unit_test(test_golden_boards),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
