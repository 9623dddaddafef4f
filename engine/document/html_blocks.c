/* Blocks of a page as HTML. */
#include "document/html.h"

#include "document/escape.h"
#include "document/inlines.h"

enum { DEPTH = 40 }; /* more than page_of_markdown makes */

void html_text(struct html *h, struct str text)
{
    while (text.n > 0) {
        escape_html(h->out, str_split(text, '\n', &text));
        if (text.n > 0)
            HTML(h, "<br>");
    }
}

void html_word(struct html *h, const char *name)
{
    escape_html(h->out, json_member(h->words, name));
}

void html_heading_begin(struct html *h, int level, const char *attributes)
{
    buf_format(h->out, "<h%d%s dir=\"auto\">", level, attributes);
}

void html_heading_end(struct html *h, int level)
{
    buf_format(h->out, "</h%d>\n", level);
}

static const struct {
    const char *mark, *begin, *end;
} inline_tags[] = {
    {"strong", "<strong>", "</strong>"}, {"em", "<em>", "</em>"}, {"code", "<code>", "</code>"}};

enum { INLINE_TAGS = sizeof inline_tags / sizeof inline_tags[0] };

static void add_run(struct html *h, const json_t *run)
{
    for (int i = 0; i < INLINE_TAGS; i++)
        if (json_flag(run, inline_tags[i].mark, false))
            buf_add(h->out, str_of(inline_tags[i].begin));
    html_text(h, json_member(run, "text"));
    for (int i = INLINE_TAGS - 1; i >= 0; i--)
        if (json_flag(run, inline_tags[i].mark, false))
            buf_add(h->out, str_of(inline_tags[i].end));
}

/* Runs with the same address are one link. */
static struct str change_link(struct html *h, struct str now, struct str next)
{
    if (str_eq(now, next))
        return now;
    if (now.n > 0)
        HTML(h, "</a>");
    if (next.n > 0) {
        HTML(h, "<a rel=\"noreferrer\" href=\"");
        escape_html(h->out, next);
        HTML(h, "\">");
    }
    return next;
}

void html_inlines(struct html *h, const json_t *runs)
{
    struct str link = STR("");
    size_t i;
    json_t *run;
    json_array_foreach (runs, i, run) {
        if (json_flag(run, "break", false)) {
            HTML(h, "<br>");
            continue;
        }
        link = change_link(h, link, inlines_link(h->out->a, json_member(run, "link")));
        add_run(h, run);
    }
    (void)change_link(h, link, STR(""));
}

struct str html_plain(struct arena *a, const json_t *runs)
{
    struct buf b = {.a = a};
    size_t i;
    json_t *run;
    json_array_foreach (runs, i, run)
        buf_add(&b, json_flag(run, "break", false) ? STR(" ") : json_member(run, "text"));
    return str_trim(buf_str(&b));
}

static bool has_source(const struct html *h, json_int_t n)
{
    size_t i;
    json_t *source;
    json_array_foreach (h->sources, i, source)
        if (json_whole(source, "n", 0) == n)
            return true;
    return false;
}

static void add_word_with(struct html *h, const char *name, json_int_t n)
{
    struct str word = json_member(h->words, name);
    size_t at = str_find(word, STR("{n}"), 0);
    escape_html(h->out, str_part(word, 0, at));
    if (at < word.n)
        buf_format(h->out, "%lld", (long long)n);
    escape_html(h->out, str_part(word, at + 3, word.n));
}

/* The first link to a source is what the source links back to. */
static void add_reference(struct html *h, json_int_t n)
{
    char name[24];
    (void)snprintf(name, sizeof name, "%lld", (long long)n);
    buf_format(h->out, " <a href=\"#from-%s\"", name);
    if (!json_object_get(h->cited, name)) {
        json_object_set_new(h->cited, name, json_true());
        buf_format(h->out, " id=\"use-%s\"", name);
    }
    HTML(h, " aria-label=\"");
    add_word_with(h, "answer", n);
    buf_format(h->out, "\">%s</a>", name);
}

void html_why(struct html *h, const json_t *why)
{
    bool any = false;
    size_t i;
    json_t *number;
    json_array_foreach (why, i, number) {
        if (!has_source(h, json_integer_value(number)))
            continue;
        if (!any)
            HTML(h, "<sup class=\"why\">");
        add_reference(h, json_integer_value(number));
        any = true;
    }
    if (any)
        HTML(h, "</sup>");
}

/* Blocks at the outside follow the direction of their own words; those inside follow these. */
static void add_dir(struct html *h)
{
    if (h->depth == 0)
        HTML(h, " dir=\"auto\"");
}

void html_end_section(struct html *h)
{
    if (h->in_section)
        HTML(h, "</section>\n");
    h->in_section = false;
}

/* Levels never leap: what comes below a heading is at most one deeper. */
static void add_heading(struct html *h, const json_t *block)
{
    long long level = json_whole(block, "level", 2);
    char id[40] = "";
    level = level < 2 ? 2 : level > h->level + 1 ? h->level + 1 : level;
    h->level = (int)level;
    if (level == 2) {
        html_end_section(h);
        (void)snprintf(id, sizeof id, " id=\"part-%zu\"", ++h->n_sections);
        buf_format(h->out, "<section aria-labelledby=\"part-%zu\">\n", h->n_sections);
        h->in_section = true;
    }
    html_heading_begin(h, h->level, id);
    html_inlines(h, json_object_get(block, "text"));
    html_why(h, json_object_get(block, "why"));
    html_heading_end(h, h->level);
}

/* Strong as a whole: it leads what follows, and stays with it on paper. */
static bool is_lead(const json_t *runs)
{
    size_t i;
    json_t *run;
    json_array_foreach (runs, i, run)
        if (!json_flag(run, "strong", false))
            return false;
    return true;
}

static void add_paragraph(struct html *h, const json_t *block)
{
    HTML(h, "<p");
    if (is_lead(json_object_get(block, "text")))
        HTML(h, " class=\"lead\"");
    add_dir(h);
    HTML(h, ">");
    html_inlines(h, json_object_get(block, "text"));
    html_why(h, json_object_get(block, "why"));
    HTML(h, "</p>\n");
}

/* A heading inside of a list or quote is no part of the outline. */
static void add_inner_heading(struct html *h, const json_t *block)
{
    HTML(h, "<p class=\"inner\">");
    html_inlines(h, json_object_get(block, "text"));
    html_why(h, json_object_get(block, "why"));
    HTML(h, "</p>\n");
}

/* In a tight list paragraphs have no tags of their own. */
static void add_item_blocks(struct html *h, const json_t *blocks, bool tight)
{
    size_t i;
    json_t *block;
    json_array_foreach (blocks, i, block) {
        if (!tight || !str_is(json_member(block, "is"), "paragraph")) {
            json_t *one = json_pack("[O]", block);
            html_blocks(h, one);
            json_decref(one);
            continue;
        }
        if (i > 0)
            HTML(h, "<br>");
        html_inlines(h, json_object_get(block, "text"));
        html_why(h, json_object_get(block, "why"));
    }
}

/* Our own word stands in <bdi>, so that it has no say in the direction of the list. */
static void add_item(struct html *h, const json_t *item, bool tight)
{
    struct str task = json_member(item, "task");
    bool done = str_is(task, "done");
    if (task.n == 0)
        HTML(h, "<li>");
    else if (done)
        HTML(h, "<li class=\"task done\">");
    else
        HTML(h, "<li class=\"task\">");
    if (task.n > 0) {
        HTML(h, "<span class=\"box\" aria-hidden=\"true\"></span><bdi class=\"unseen\">");
        html_word(h, done ? "done" : "open");
        html_word(h, "colon");
        HTML(h, "</bdi>");
    }
    add_item_blocks(h, json_object_get(item, "blocks"), tight);
    HTML(h, "</li>\n");
}

static void add_list(struct html *h, const json_t *block)
{
    bool ordered = json_flag(block, "ordered", false), tight = json_flag(block, "tight", true);
    long long start = json_whole(block, "start", 1);
    size_t i;
    json_t *item;
    buf_format(h->out, ordered ? "<ol" : "<ul");
    if (ordered && start != 1)
        buf_format(h->out, " start=\"%lld\"", start);
    add_dir(h);
    HTML(h, ">\n");
    h->depth++;
    json_array_foreach (json_object_get(block, "items"), i, item)
        add_item(h, item, tight);
    h->depth--;
    buf_format(h->out, ordered ? "</ol>\n" : "</ul>\n");
}

static void add_quote(struct html *h, const json_t *block)
{
    HTML(h, "<blockquote");
    add_dir(h);
    HTML(h, ">\n");
    h->depth++;
    html_blocks(h, json_object_get(block, "blocks"));
    h->depth--;
    HTML(h, "</blockquote>\n");
}

static void add_code(struct html *h, const json_t *block)
{
    HTML(h, "<pre");
    add_dir(h);
    HTML(h, "><code>");
    escape_html(h->out, json_member(block, "text"));
    HTML(h, "</code></pre>\n");
}

static void add_rule(struct html *h, const json_t *block)
{
    (void)block;
    HTML(h, "<hr>\n");
}

/* A caption that says no more than the title of the canvas is left out. */
static void add_board(struct html *h, const json_t *block)
{
    const json_t *board = json_object_get(block, "board"),
                 *caption = json_object_get(block, "caption");
    struct str text = html_plain(h->out->a, caption);
    bool says = text.n > 0 && !str_eq(text, json_member(board, "title"));
    HTML(h, "<figure class=\"canvas\">\n");
    html_board(h, board, h->level + 1);
    size_t before = h->out->n;
    HTML(h, "<figcaption dir=\"auto\">");
    size_t empty = h->out->n;
    if (says)
        html_inlines(h, caption);
    html_why(h, json_object_get(block, "why"));
    if (h->out->n == empty)
        h->out->n = before;
    else
        HTML(h, "</figcaption>\n");
    HTML(h, "</figure>\n");
}

static const struct {
    const char *is;
    void (*add)(struct html *h, const json_t *block);
    bool has_why; /* its links stand inside of it */
} kinds[] = {
    {"heading", add_heading, true}, {"paragraph", add_paragraph, true}, {"list", add_list, false},
    {"quote", add_quote, false},    {"code", add_code, false},          {"rule", add_rule, false},
    {"table", html_table, false},   {"board", add_board, true},
};

enum { KINDS = sizeof kinds / sizeof kinds[0] };

static void add_why_after(struct html *h, const json_t *why)
{
    size_t before = h->out->n;
    HTML(h, "<p class=\"after\">");
    size_t empty = h->out->n;
    html_why(h, why);
    if (h->out->n == empty)
        h->out->n = before;
    else
        HTML(h, "</p>\n");
}

static void add_block(struct html *h, const json_t *block)
{
    struct str is = json_member(block, "is");
    for (size_t i = 0; i < KINDS; i++) {
        if (!str_is(is, kinds[i].is))
            continue;
        if (h->depth > 0 && i == 0)
            add_inner_heading(h, block);
        else
            kinds[i].add(h, block);
        if (!kinds[i].has_why)
            add_why_after(h, json_object_get(block, "why"));
    }
}

void html_blocks(struct html *h, const json_t *blocks)
{
    size_t i;
    json_t *block;
    if (h->depth > DEPTH)
        return;
    json_array_foreach (blocks, i, block)
        add_block(h, block);
}
