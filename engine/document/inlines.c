#include "document/inlines.h"

#include "document/table.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

struct marks {
    bool strong, em, code;
    struct str link;
};

struct inlines {
    struct arena *a;
    json_t *out;
    struct buf text; /* the run that is being read, and its marks */
    struct marks marks;
    size_t strong, em;
    struct str link;
    bool empty_link; /* nothing has been read since it began */
};

static bool same_marks(const struct marks *one, const struct marks *other)
{
    return one->strong == other->strong && one->em == other->em && one->code == other->code &&
        str_eq(one->link, other->link);
}

static void set_flag(json_t *run, const char *name, bool value)
{
    if (value)
        json_object_set_new(run, name, json_true());
}

/* The sign of a table that got lost in raw HTML is ours, not the author's. */
static struct str without_sign(struct arena *a, struct str s)
{
    struct buf b = {.a = a};
    for (size_t at = 0; at < s.n;) {
        size_t end = str_find(s, STR(TABLE_MARK), at);
        buf_add(&b, str_part(s, at, end));
        at = end + sizeof TABLE_MARK - 1;
    }
    return buf_str(&b);
}

static void end_run(struct inlines *in)
{
    struct str text = text_safe(in->a, without_sign(in->a, buf_str(&in->text)), true);
    in->text.n = 0;
    if (text.n == 0)
        return;
    json_t *run = json_pack("{s:o}", "text", json_new_text(text));
    set_flag(run, "strong", in->marks.strong);
    set_flag(run, "em", in->marks.em);
    set_flag(run, "code", in->marks.code);
    if (in->marks.link.n > 0)
        json_object_set_new(run, "link", json_new_text(in->marks.link));
    json_array_append_new(in->out, run);
}

static void add_text(struct inlines *in, struct str text, bool code)
{
    struct marks marks = {in->strong > 0, in->em > 0, code, in->link};
    if (!same_marks(&marks, &in->marks))
        end_run(in);
    in->marks = marks;
    in->empty_link = false;
    buf_add(&in->text, text);
}

static void add_break(struct inlines *in)
{
    end_run(in);
    if (json_array_size(in->out) > 0)
        json_array_append_new(in->out, json_pack("{s:b}", "break", 1));
}

/* <br>, <br/>, <br />: but not <brand>. */
static bool is_break(struct str html)
{
    return html.n > 3 && strncasecmp(html.p, "<br", 3) == 0 && strchr(" \t\n/>", html.p[3]) &&
        html.p[3];
}

/* Raw HTML stays what it is, a text, but for line breaks and remarks. */
static void add_html(struct inlines *in, struct str html)
{
    while (html.n > 0) {
        size_t open = str_find(html, STR("<"), 1), close = str_find(html, STR(">"), 0) + 1;
        struct str part = str_part(html, 0, open);
        if (str_starts(html, STR("<!--"))) {
            part = str_part(html, 0, str_find(html, STR("-->"), 0) + 3);
        } else if (is_break(html) && close <= open) {
            add_break(in);
            add_text(in, str_trim(str_part(html, close, open)), false);
        } else {
            add_text(in, part, false);
        }
        html = str_part(html, part.n, html.n);
    }
}

static bool is_one_of(char c, const char *set)
{
    return c && strchr(set, c);
}

/* Letters, digits and what the grammar of addresses allows; all else is percent-encoded. */
static void add_encoded(struct buf *b, struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        bool escaped = c == '%' && i + 2 < s.n && isxdigit((unsigned char)s.p[i + 1]) &&
            isxdigit((unsigned char)s.p[i + 2]);
        if ((c < 0x80 && isalnum(c)) || escaped || is_one_of((char)c, "-._~:/?#@!$&'()*+,;="))
            buf_add_char(b, (char)c);
        else
            buf_format(b, "%%%02X", c);
    }
}

/* Is it a name and perhaps a port?  Names of users are left out: they are used to deceive. */
static bool is_host(struct str host)
{
    struct str port, name = str_split(host, ':', &port);
    for (size_t i = 0; i < name.n; i++)
        if (!isalnum((unsigned char)name.p[i]) && !is_one_of(name.p[i], "-.") &&
            (unsigned char)name.p[i] < 0x80)
            return false;
    for (size_t i = 0; i < port.n; i++)
        if (!isdigit((unsigned char)port.p[i]))
            return false;
    bool dots = str_find(name, STR(".."), 0) < name.n;
    bool high = port.n > 5 || (port.n == 5 && str_order(port, STR("65535")) > 0);
    return name.n > 0 && !high && !dots && !is_one_of(name.p[0], "-.");
}

static struct str web_link(struct arena *a, const char *scheme, struct str rest)
{
    size_t end = 0;
    while (end < rest.n && !is_one_of(rest.p[end], "/?#"))
        end++;
    struct str host = str_part(rest, 0, end), path = str_part(rest, end, rest.n);
    size_t fragment = str_find(path, STR("#"), 0);
    struct buf b = {.a = a};
    if (!is_host(host) || !str_eq(text_safe(a, host, false), host))
        return STR("");
    buf_format(&b, "%s%.*s", scheme, STR_ARG(host));
    add_encoded(&b, str_part(path, 0, fragment + 1));
    /* A second # has no place in an address. */
    struct str after = str_part(path, fragment + 1, path.n);
    for (size_t from = 0; from < after.n;) {
        size_t to = str_find(after, STR("#"), from);
        add_encoded(&b, str_part(after, from, to));
        if (to < after.n)
            buf_add(&b, STR("%23"));
        from = to + 1;
    }
    return buf_str(&b);
}

struct str inlines_link(struct arena *a, struct str url)
{
    static const char *const schemes[] = {"https://", "http://", "mailto:"};
    for (size_t i = 0; i < 3; i++) {
        struct str scheme = str_of(schemes[i]), rest = str_part(url, scheme.n, url.n);
        struct buf b = {.a = a};
        if (url.n <= scheme.n || strncasecmp(url.p, scheme.p, scheme.n) != 0)
            continue;
        if (i < 2)
            return web_link(a, schemes[i], rest);
        buf_add(&b, scheme);
        add_encoded(&b, rest);
        return str_find(rest, STR("#"), 0) < rest.n ? STR("") : buf_str(&b);
    }
    return STR("");
}

static void enter_link(struct inlines *in, cmark_node *node)
{
    in->link = inlines_link(in->a, str_of(cmark_node_get_url(node)));
    in->empty_link = true;
}

/* A link without a text shows its address. */
static void leave_link(struct inlines *in, cmark_node *node)
{
    if (in->empty_link)
        add_text(in, str_of(cmark_node_get_url(node)), false);
    in->link = STR("");
}

static void enter(struct inlines *in, cmark_node *node)
{
    struct str literal = str_of(cmark_node_get_literal(node));
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_TEXT:
        add_text(in, literal, false);
        break;
    case CMARK_NODE_CODE:
    case CMARK_NODE_CODE_BLOCK:
        add_text(in, literal, true);
        break;
    case CMARK_NODE_HTML_INLINE:
    case CMARK_NODE_HTML_BLOCK:
        add_html(in, str_trim(literal));
        break;
    case CMARK_NODE_SOFTBREAK:
        add_text(in, STR(" "), false);
        break;
    case CMARK_NODE_LINEBREAK:
        add_break(in);
        break;
    case CMARK_NODE_STRONG:
        in->strong++;
        break;
    case CMARK_NODE_EMPH:
        in->em++;
        break;
    case CMARK_NODE_LINK:
        enter_link(in, node);
        break;
    default:
        break;
    }
}

static void leave(struct inlines *in, cmark_node *node)
{
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_STRONG:
        in->strong--;
        break;
    case CMARK_NODE_EMPH:
        in->em--;
        break;
    case CMARK_NODE_LINK:
        leave_link(in, node);
        break;
    case CMARK_NODE_PARAGRAPH:
    case CMARK_NODE_HEADING:
        add_break(in);
        break;
    default:
        break;
    }
}

/* A text without blanks at its beginning or end, where a remark may have left them. */
static void trim_run(struct arena *a, json_t *runs, size_t i, bool start)
{
    json_t *run = json_array_get(runs, i);
    struct str text = json_member(run, "text"), bare = text;
    while (start && bare.n > 0 && bare.p[0] == ' ')
        bare = str_part(bare, 1, bare.n);
    while (!start && bare.n > 0 && bare.p[bare.n - 1] == ' ')
        bare.n--;
    if (bare.n == 0 && text.n > 0)
        json_array_remove(runs, i);
    else if (bare.n < text.n && !json_flag(run, "code", false))
        json_object_set_new(run, "text", json_new_text(str_copy(a, bare)));
}

static const struct str mark_left = {"\xE2\x80\x8E", 3}; /* LRM, see mustache.c */

static size_t count_marks(const json_t *runs)
{
    size_t i, n = 0;
    json_t *run;
    json_array_foreach (runs, i, run) {
        struct str text = json_member(run, "text");
        for (size_t at = 0; (at = str_find(text, mark_left, at)) < text.n; at += mark_left.n)
            n++;
    }
    return n;
}

static void cut_run(struct arena *a, json_t *run, size_t from, size_t to)
{
    struct str text = json_member(run, "text");
    json_object_set_new(run, "text", json_new_text(str_copy(a, str_part(text, from, to))));
}

/* A value from the right that stands alone says by itself where its lines begin. */
static void unmark_alone(struct arena *a, json_t *runs)
{
    json_t *first = json_array_get(runs, 0);
    json_t *last = json_array_get(runs, json_array_size(runs) - 1);
    if (!str_starts(json_member(first, "text"), mark_left) ||
        !str_ends(json_member(last, "text"), mark_left) || count_marks(runs) != 2)
        return;
    cut_run(a, last, 0, json_member(last, "text").n - mark_left.n);
    cut_run(a, first, mark_left.n, json_member(first, "text").n);
}

json_t *inlines_of(struct arena *a, cmark_node *node)
{
    struct inlines in = {.a = a, .out = json_array(), .text = {.a = a}};
    cmark_iter *iter = cmark_iter_new(node);
    for (cmark_event_type event; (event = cmark_iter_next(iter)) != CMARK_EVENT_DONE;) {
        if (event == CMARK_EVENT_ENTER)
            enter(&in, cmark_iter_get_node(iter));
        else
            leave(&in, cmark_iter_get_node(iter));
    }
    cmark_iter_free(iter);
    end_run(&in);
    for (size_t n; (n = json_array_size(in.out)) > 0; json_array_remove(in.out, n - 1))
        if (!json_flag(json_array_get(in.out, n - 1), "break", false))
            break;
    trim_run(a, in.out, 0, true);
    trim_run(a, in.out, json_array_size(in.out) - 1, false);
    unmark_alone(a, in.out);
    return in.out;
}

json_t *inlines_of_cell(struct arena *a, struct str cell)
{
    cmark_node *root = cmark_parse_document(cell.p, cell.n, CMARK_OPT_DEFAULT);
    cmark_node *first = cmark_node_first_child(root);
    bool inlines =
        first && cmark_node_get_type(first) == CMARK_NODE_PARAGRAPH && !cmark_node_next(first);
    json_t *out = inlines ? inlines_of(a, first) : json_array();
    if (!inlines && cell.n > 0)
        json_array_append_new(out,
                              json_pack("{s:o}", "text", json_new_text(text_safe(a, cell, false))));
    cmark_node_free(root);
    return out;
}
