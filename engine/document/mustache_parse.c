/* Templates into nodes.  The rule of standalone tags: a tag that shows nothing itself (section,
 * comment, delimiters, partial) and has its line to itself takes the whole line with it, line end
 * and indentation included. */
#include "document/mustache.h"

#include <string.h>

struct level {
    struct node *section; /* NULL at the top */
    struct node **tail;
};

struct parser {
    struct arena *a;
    struct diags *d;
    const struct mustache_source *source;
    struct str text, open, close;
    size_t at; /* all before it is done */
    struct level levels[MUSTACHE_DEPTH + 1];
    size_t depth;
    bool ok;
};

struct tag {
    char kind;          /* '#', '^', '/', '>', '!', '=', '&', '{', or 0 for a plain value */
    size_t from, to;    /* the whole tag */
    struct str content; /* what stands between sign and closing delimiter */
    bool alone;
    size_t line_from, line_to; /* of a tag that stands alone */
};

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static bool has_space(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (is_blank(s.p[i]) || s.p[i] == '\n' || s.p[i] == '\r')
            return true;
    return false;
}

static size_t offset_of(const struct parser *p, struct str part)
{
    return (size_t)(part.p - p->text.p);
}

static void fault(struct parser *p, const char *code, struct str where, struct str text,
                  struct str help)
{
    struct mustache_mark mark = {p->source, offset_of(p, where), where.n};
    mustache_report(p->d, code, &mark, text, help);
    p->ok = false;
}

static struct node *add_node(struct parser *p, enum node_kind kind, struct str text)
{
    struct node *node = arena_alloc(p->a, sizeof *node);
    node->kind = kind;
    node->text = text;
    node->at = offset_of(p, text);
    *p->levels[p->depth].tail = node;
    p->levels[p->depth].tail = &node->next;
    return node;
}

/* Does the tag have its line to itself?  Blanks around it are allowed. */
static void find_line(const struct parser *p, struct tag *tag)
{
    size_t from = tag->from, to = tag->to;
    while (from > p->at && is_blank(p->text.p[from - 1]))
        from--;
    while (to < p->text.n && is_blank(p->text.p[to]))
        to++;
    if (from > 0 && p->text.p[from - 1] != '\n')
        return;
    if (to < p->text.n && p->text.p[to] == '\r')
        to++;
    if (to < p->text.n && p->text.p[to] != '\n')
        return;
    tag->alone = true;
    tag->line_from = from;
    tag->line_to = to < p->text.n ? to + 1 : to;
}

/* Reads the tag whose opening delimiter stands at `from`.  False if it is never closed. */
static bool read_tag(struct parser *p, size_t from, struct tag *tag)
{
    *tag = (struct tag){.from = from};
    size_t start = from + p->open.n;
    if (start < p->text.n && p->text.p[start] && strchr("#^/>!=&{", p->text.p[start]))
        tag->kind = p->text.p[start++];
    struct str close = p->close;
    if (tag->kind == '{' || tag->kind == '=')
        close = str_format(p->a, "%c%.*s", tag->kind == '{' ? '}' : '=', STR_ARG(p->close));
    size_t end = str_find(p->text, close, start);
    if (end == p->text.n)
        return false;
    tag->content = str_part(p->text, start, end);
    tag->to = end + close.n;
    if (tag->kind && tag->kind != '&' && tag->kind != '{')
        find_line(p, tag);
    return true;
}

static bool name_is_fine(struct str name)
{
    if (name.n == 0 || has_space(name) || str_find(name, STR("|"), 0) < name.n)
        return false;
    if (str_is(name, "."))
        return true;
    return name.p[0] != '.' && name.p[name.n - 1] != '.' && str_find(name, STR(".."), 0) == name.n;
}

/* The name in a tag, trimmed; reports what cannot be one. */
static bool read_name(struct parser *p, const struct tag *tag, struct str content, struct str *name)
{
    *name = str_trim(content);
    if (name_is_fine(*name))
        return true;
    struct str whole = str_part(p->text, tag->from, tag->to);
    struct str wrong = str_format(p->a, "\"%.*s\" is not a name.", STR_ARG(*name));
    fault(p, "E504", whole, name->n ? wrong : STR("This tag is empty."),
          STR("A name has no spaces; parts are joined by points: {{answers.goal}}.\n"
              "Filters stand in values only, not in sections. {{! a remark }} shows nothing."));
    return false;
}

static void report_filter(struct parser *p, struct str name)
{
    size_t n;
    const struct filter *all = filter_all(&n);
    struct str known[32];
    struct buf help = {.a = p->a};
    for (size_t i = 0; i < n && i < 32; i++)
        known[i] = str_of(all[i].name);
    struct str nearest = text_nearest(name, known, n);
    if (nearest.n > 0)
        buf_format(&help, "Did you mean \"%.*s\"?\n", STR_ARG(nearest));
    buf_add(&help, STR("Filters are:"));
    for (size_t i = 0; i < n; i++)
        buf_format(&help, "%s %s", i ? "," : "", all[i].name);
    buf_add_char(&help, '.');
    fault(p, "E503", name, str_format(p->a, "There is no filter \"%.*s\".", STR_ARG(name)),
          buf_str(&help));
}

static void add_value(struct parser *p, const struct tag *tag)
{
    struct str filters, name;
    struct str before = str_split(tag->content, '|', &filters);
    if (!read_name(p, tag, before, &name))
        return;
    bool raw = tag->kind == '&' || tag->kind == '{';
    struct node *node = add_node(p, raw ? NODE_RAW : NODE_VALUE, name);
    while (filters.n > 0) {
        struct str word = str_trim(str_split(filters, '|', &filters));
        const struct filter *filter = filter_find(word);
        if (!filter)
            report_filter(p, word);
        else if (node->n_filters == MUSTACHE_FILTERS)
            fault(p, "E507", word, STR("This value has more than 4 filters."), STR(""));
        else
            node->filters[node->n_filters++] = filter;
    }
}

static void open_section(struct parser *p, const struct tag *tag)
{
    struct str name;
    if (!read_name(p, tag, tag->content, &name))
        name = STR("");
    if (p->depth == MUSTACHE_DEPTH) {
        fault(p, "E507", str_part(p->text, tag->from, tag->to),
              STR("Sections stand more than 64 deep inside each other."),
              STR("Put the inner part into a partial."));
        p->at = p->text.n;
        p->depth = 0;
        return;
    }
    /* An unusable name still opens a level, so that its closing tag is not reported as well. */
    if (name.n == 0)
        name = str_part(p->text, tag->from, tag->from);
    struct node *node = add_node(p, tag->kind == '#' ? NODE_SECTION : NODE_INVERTED, name);
    p->levels[++p->depth] = (struct level){node, &node->first};
}

static int line_at(const struct parser *p, size_t at)
{
    int line = 1;
    for (size_t i = 0; i < at; i++)
        line += p->text.p[i] == '\n';
    return line;
}

static void report_close(struct parser *p, const struct tag *tag, struct str name)
{
    struct str whole = str_part(p->text, tag->from, tag->to);
    const struct node *open = p->levels[p->depth].section;
    if (!open) {
        fault(
            p, "E501", whole,
            str_format(p->a, "The section \"%.*s\" is closed but was never opened.", STR_ARG(name)),
            str_format(p->a, "Remove this tag, or open the section above with {{#%.*s}}.",
                       STR_ARG(name)));
        return;
    }
    fault(p, "E501", whole,
          str_format(p->a, "\"%.*s\" is closed here, but the section that is open is \"%.*s\".",
                     STR_ARG(name), STR_ARG(open->text)),
          str_format(p->a,
                     "It was opened in line %d: write {{/%.*s}} here, or close that section before "
                     "this line.",
                     line_at(p, open->at), STR_ARG(open->text)));
}

static void close_section(struct parser *p, const struct tag *tag)
{
    struct str name = str_trim(tag->content);
    const struct node *open = p->levels[p->depth].section;
    if (open && (str_eq(open->text, name) || open->text.n == 0)) {
        p->depth--;
        return;
    }
    report_close(p, tag, name);
    /* If an outer section has this name, the inner one was forgotten: go on outside. */
    for (size_t i = p->depth; i > 0; i--) {
        if (str_eq(p->levels[i].section->text, name)) {
            p->depth = i - 1;
            return;
        }
    }
    if (p->depth > 0)
        p->depth--;
}

static void set_delimiters(struct parser *p, const struct tag *tag)
{
    struct str content = str_trim(tag->content);
    size_t n = 0;
    while (n < content.n && !has_space(str_part(content, n, n + 1)))
        n++;
    struct str open = str_part(content, 0, n), close = str_trim(str_part(content, n, content.n));
    bool fine = open.n > 0 && close.n > 0 && !has_space(close) &&
        str_find(content, STR("="), 0) == content.n;
    if (!fine) {
        fault(p, "E504", str_part(p->text, tag->from, tag->to),
              STR("These are not two delimiters."),
              STR("Write for example {{=<% %>=}}: two signs with a space between them, without "
                  "\"=\"."));
        return;
    }
    p->open = open;
    p->close = close;
}

static void add_tag(struct parser *p, const struct tag *tag)
{
    struct str name;
    switch (tag->kind) {
    case '!':
        break;
    case '=':
        set_delimiters(p, tag);
        break;
    case '#':
    case '^':
        open_section(p, tag);
        break;
    case '/':
        close_section(p, tag);
        break;
    case '>':
        if (read_name(p, tag, tag->content, &name))
            add_node(p, NODE_PARTIAL, name)->indent =
                tag->alone ? str_part(p->text, tag->line_from, tag->from) : STR("");
        break;
    default:
        add_value(p, tag);
    }
}

static void add_text(struct parser *p, size_t to)
{
    if (to > p->at)
        add_node(p, NODE_TEXT, str_part(p->text, p->at, to));
    p->at = to;
}

static void report_unclosed(struct parser *p)
{
    for (; p->depth > 0; p->depth--) {
        struct str name = p->levels[p->depth].section->text;
        fault(p, "E501", name,
              str_format(p->a, "The section \"%.*s\" is never closed.", STR_ARG(name)),
              str_format(p->a, "Write {{/%.*s}} where it ends.", STR_ARG(name)));
    }
}

bool mustache_parse(struct arena *a, const struct mustache_source *source, struct diags *d,
                    struct node **first)
{
    struct parser *p = arena_alloc(a, sizeof *p);
    *p = (struct parser){.a = a,
                         .d = d,
                         .source = source,
                         .text = source->text,
                         .open = STR("{{"),
                         .close = STR("}}"),
                         .ok = true};
    *first = NULL;
    p->levels[0].tail = first;
    while (p->at < p->text.n) {
        struct tag tag = {0};
        size_t from = str_find(p->text, p->open, p->at);
        if (from < p->text.n && !read_tag(p, from, &tag)) {
            fault(p, "E500", str_part(p->text, from, from + p->open.n),
                  STR("This tag is never closed."),
                  str_format(a, "Write \"%.*s\" where it ends.", STR_ARG(p->close)));
            from = p->text.n;
            p->depth = 0;
        }
        if (from == p->text.n) {
            add_text(p, from);
            break;
        }
        add_text(p, tag.alone ? tag.line_from : from);
        p->at = tag.alone ? tag.line_to : tag.to;
        add_tag(p, &tag);
    }
    report_unclosed(p);
    return p->ok;
}
