/* Markdown as plain text, block by block. */
#include "document/markdown.h"

#include "document/document.h"

#include <string.h>

enum {
    DEPTH = 24,
    ROOM = 16
}; /* lists inside each other that are shown as such; least columns for text */

struct writer {
    struct lines l;
    const struct table *tables;
    size_t depth;
};

static void write_blocks(struct writer *w, cmark_node *parent, bool tight);

void lines_add(struct lines *l, struct str text)
{
    struct str line = str_format(l->a, "%.*s%.*s", STR_ARG(l->first), STR_ARG(text));
    size_t width = text_width(text);
    while (line.n > 0 && line.p[line.n - 1] == ' ')
        line.n--;
    buf_add(&l->out, line);
    buf_add_char(&l->out, '\n');
    l->widest = width > l->widest ? width : l->widest;
    l->first = l->later;
}

static void wrapped_line(void *user, struct str part)
{
    lines_add(user, part);
}

size_t lines_room(const struct lines *l)
{
    size_t used = text_width(l->later);
    return l->width > used + ROOM ? l->width - used : ROOM;
}

void lines_wrap(struct lines *l, struct str text)
{
    text_wrap(text, lines_room(l), wrapped_line, l);
}

static void write_heading(struct writer *w, cmark_node *node)
{
    int level = cmark_node_get_heading_level(node);
    struct buf rule = {.a = w->l.a};
    w->l.widest = 0;
    lines_wrap(&w->l, markdown_inline(w->l.a, node));
    for (size_t i = 0; i < w->l.widest; i++)
        buf_add_char(&rule, level == 1 ? '=' : level == 2 ? '-' : '~');
    if (rule.n > 0)
        lines_add(&w->l, buf_str(&rule));
}

static void write_paragraph(struct writer *w, cmark_node *node)
{
    const char *literal = cmark_node_get_literal(cmark_node_first_child(node));
    bool alone = cmark_node_first_child(node) == cmark_node_last_child(node);
    if (alone && w->tables && table_is_mark(literal)) {
        markdown_table(&w->l, w->tables);
        w->tables = w->tables->next;
        return;
    }
    lines_wrap(&w->l, markdown_inline(w->l.a, node));
}

/* Code keeps its lines as they are. */
static void write_code(struct writer *w, cmark_node *node)
{
    struct str code = text_safe(w->l.a, str_of(cmark_node_get_literal(node)), true);
    while (code.n > 0) {
        struct str line = str_split(code, '\n', &code);
        lines_add(&w->l, str_format(w->l.a, "    %.*s", STR_ARG(line)));
    }
}

static void write_rule(struct writer *w)
{
    struct buf rule = {.a = w->l.a};
    for (size_t i = lines_room(&w->l); i > 0; i--)
        buf_add_char(&rule, '-');
    lines_add(&w->l, buf_str(&rule));
}

/* What is in `node`, with `first` before its first line and `later` before the others. */
static void write_inside(struct writer *w, cmark_node *node, const char *first, const char *later,
                         bool tight)
{
    struct str outer_first = w->l.first, outer_later = w->l.later;
    w->l.first = str_format(w->l.a, "%.*s%s", STR_ARG(outer_first), first);
    w->l.later = str_format(w->l.a, "%.*s%s", STR_ARG(outer_later), later);
    size_t before = w->l.out.n;
    write_blocks(w, node, tight);
    if (w->l.out.n == before)
        lines_add(&w->l, STR(""));
    w->l.first = w->l.later = outer_later;
}

static size_t count_items(cmark_node *list)
{
    size_t n = 0;
    for (cmark_node *item = cmark_node_first_child(list); item; item = cmark_node_next(item))
        n++;
    return n;
}

static void write_list(struct writer *w, cmark_node *list)
{
    bool tight = cmark_node_get_list_tight(list),
         ordered = cmark_node_get_list_type(list) == CMARK_ORDERED_LIST;
    size_t number = (size_t)cmark_node_get_list_start(list);
    int wide = str_format(w->l.a, "%zu", number + count_items(list) - 1).n > 1 ? 2 : 1;
    for (cmark_node *item = cmark_node_first_child(list); item;
         item = cmark_node_next(item), number++) {
        struct str mark = ordered ? str_format(w->l.a, "%*zu. ", wide, number) : STR("- ");
        struct str blank = str_format(w->l.a, "%*s", (int)mark.n, "");
        write_inside(w, item, mark.p, blank.p, tight);
        if (!tight && cmark_node_next(item))
            lines_add(&w->l, STR(""));
    }
}

/* Deeper than people write by hand: only the text is kept. */
static bool is_too_deep(const struct writer *w, cmark_node *node)
{
    cmark_node_type type = cmark_node_get_type(node);
    return w->depth >= DEPTH && (type == CMARK_NODE_LIST || type == CMARK_NODE_BLOCK_QUOTE);
}

static void write_block(struct writer *w, cmark_node *node)
{
    if (is_too_deep(w, node)) {
        lines_wrap(&w->l, markdown_inline(w->l.a, node));
        return;
    }
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_HEADING:
        write_heading(w, node);
        break;
    case CMARK_NODE_LIST:
        write_list(w, node);
        break;
    case CMARK_NODE_BLOCK_QUOTE:
        write_inside(w, node, "> ", "> ", false);
        break;
    case CMARK_NODE_CODE_BLOCK:
        write_code(w, node);
        break;
    case CMARK_NODE_THEMATIC_BREAK:
        write_rule(w);
        break;
    default:
        write_paragraph(w, node);
    }
}

/* A block of HTML that holds no text leaves no empty line behind. */
static bool is_silent(struct arena *a, cmark_node *node)
{
    return cmark_node_get_type(node) == CMARK_NODE_HTML_BLOCK && markdown_inline(a, node).n == 0;
}

static void write_blocks(struct writer *w, cmark_node *parent, bool tight)
{
    bool any = false;
    w->depth++;
    for (cmark_node *node = cmark_node_first_child(parent); node; node = cmark_node_next(node)) {
        if (is_silent(w->l.a, node))
            continue;
        if (any && !tight)
            lines_add(&w->l, STR(""));
        write_block(w, node);
        any = true;
    }
    w->depth--;
}

struct str markdown_to_text(struct arena *a, struct str markdown, size_t width)
{
    struct table *tables;
    struct str text = table_take(a, markdown, &tables);
    struct writer w = {.l = {.a = a, .out = {.a = a}, .width = width}, .tables = tables};
    cmark_node *root = cmark_parse_document(text.p, text.n, CMARK_OPT_DEFAULT);
    write_blocks(&w, root, false);
    cmark_node_free(root);
    /* One whose mark got lost, in raw HTML for example, comes at the end rather than not at all. */
    for (; w.tables; w.tables = w.tables->next)
        markdown_table(&w.l, w.tables);
    return buf_str(&w.l.out);
}
