#include "document/markdown.h"

#include <stdlib.h>
#include <string.h>

struct inlines {
    struct buf out;
    size_t links[32]; /* where the texts of open links begin */
    size_t n_links;
};

/* HTML as text: its tags are left out, a <br> is a line feed, remarks vanish. */
static void add_html(struct buf *out, struct str html)
{
    while (html.n > 0) {
        size_t open = str_find(html, STR("<"), 0);
        buf_add(out, str_part(html, 0, open));
        html = str_part(html, open, html.n);
        if (str_starts(html, STR("<br")))
            buf_add_char(out, '\n');
        bool remark = str_starts(html, STR("<!--"));
        struct str close = remark ? STR("-->") : STR(">");
        html = str_part(html, str_find(html, close, 0) + close.n, html.n);
    }
}

/* The address behind the text of a link, unless the text is the address. */
static void close_link(struct inlines *in, struct str url)
{
    size_t from = in->n_links > 0 && in->n_links <= 32 ? in->links[in->n_links - 1] : in->out.n;
    if (in->n_links > 0)
        in->n_links--;
    struct str text = str_copy(in->out.a, str_part(buf_str(&in->out), from, in->out.n));
    bool mail = str_starts(url, STR("mailto:")) && str_eq(str_part(url, 7, url.n), text);
    if (url.n == 0 || str_eq(url, text) || mail)
        return;
    if (text.n > 0)
        buf_format(&in->out, " (%.*s)", STR_ARG(url));
    else
        buf_add(&in->out, url);
}

static void enter(struct inlines *in, cmark_node *node)
{
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_TEXT:
    case CMARK_NODE_CODE:
    case CMARK_NODE_CODE_BLOCK:
        buf_add(&in->out, str_of(cmark_node_get_literal(node)));
        break;
    case CMARK_NODE_HTML_INLINE:
    case CMARK_NODE_HTML_BLOCK:
        add_html(&in->out, str_of(cmark_node_get_literal(node)));
        break;
    case CMARK_NODE_SOFTBREAK:
        buf_add_char(&in->out, ' ');
        break;
    case CMARK_NODE_LINEBREAK:
        buf_add_char(&in->out, '\n');
        break;
    case CMARK_NODE_LINK:
    case CMARK_NODE_IMAGE:
        if (in->n_links < 32)
            in->links[in->n_links] = in->out.n;
        in->n_links++;
        break;
    default:
        break;
    }
}

static void leave(struct inlines *in, cmark_node *node)
{
    cmark_node_type type = cmark_node_get_type(node);
    if (type == CMARK_NODE_LINK || type == CMARK_NODE_IMAGE)
        close_link(in, str_of(cmark_node_get_url(node)));
    else if (type == CMARK_NODE_PARAGRAPH || type == CMARK_NODE_HEADING)
        buf_add_char(&in->out, '\n');
}

struct str markdown_inline(struct arena *a, cmark_node *node)
{
    struct inlines in = {.out = {.a = a}};
    cmark_iter *iter = cmark_iter_new(node);
    for (cmark_event_type event; (event = cmark_iter_next(iter)) != CMARK_EVENT_DONE;) {
        if (event == CMARK_EVENT_ENTER)
            enter(&in, cmark_iter_get_node(iter));
        else
            leave(&in, cmark_iter_get_node(iter));
    }
    cmark_iter_free(iter);
    /* Entities can write any control character. */
    return str_trim(text_safe(a, buf_str(&in.out), true));
}

/* A cell is one line of inline Markdown.  What would begin a block there ("- ", "1. ", "# ") is
 * text. */
struct str markdown_cell(struct arena *a, struct str cell)
{
    cmark_node *root = cmark_parse_document(cell.p, cell.n, CMARK_OPT_DEFAULT);
    cmark_node *first = cmark_node_first_child(root);
    bool inlines =
        first && cmark_node_get_type(first) == CMARK_NODE_PARAGRAPH && !cmark_node_next(first);
    struct str text = inlines ? markdown_inline(a, first) : text_safe(a, cell, false);
    cmark_node_free(root);
    return text;
}
