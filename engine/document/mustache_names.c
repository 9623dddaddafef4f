/* The names a template uses, without any data.  Inside {{#a}} {{b}} may mean a.b or b: both are
 * told, because for privacy a name that might be meant counts. */
#include "document/mustache.h"

enum { READINGS = 256 }; /* of one name */

struct partial {
    const struct partial *outer;
    struct str name;
};

struct names {
    struct arena *a;
    const struct template *t;
    struct diags *d;
    const struct mustache_source *source;
    struct mustache_line line; /* of the name before */
    mustache_name *each;
    void *user;
    struct str
        contexts[READINGS]; /* paths of the contexts around, outermost first; [0] is the top */
    size_t n;
    size_t depth;
    bool ok;
};

static void walk(struct names *w, const struct node *first, const struct partial *outer);

static struct str join(struct arena *a, struct str context, struct str name)
{
    if (str_is(name, "."))
        return context;
    return context.n ? str_format(a, "%.*s.%.*s", STR_ARG(context), STR_ARG(name)) : name;
}

static bool is_listed(const struct str *list, size_t n, struct str s)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(list[i], s))
            return true;
    return false;
}

static void too_many(struct names *w, const struct node *node)
{
    struct mustache_mark mark = {w->source, node->at, node->text.n};
    if (w->ok)
        mustache_report(
            w->d, "E507", &mark,
            STR("The sections around this name can be read in too many ways to be checked."),
            STR("Use dotted names, {{answers.goal}}, instead of sections inside each other."));
    w->ok = false;
}

/* Tells every reading of the name, innermost first. */
static void tell(struct names *w, const struct node *node)
{
    struct diag_place where = mustache_place_after(w->source, &w->line, node->at, node->text.n);
    size_t last = str_is(node->text, ".") && w->n > 1 ? 1 : 0;
    for (size_t i = w->n; i > last; i--)
        w->each(w->user, join(w->a, w->contexts[i - 1], node->text), &where);
}

/* Inside a section its name, in every reading, is one more context. */
static void walk_section(struct names *w, const struct node *node, const struct partial *outer)
{
    size_t n = w->n;
    for (size_t i = 0; i < n; i++) {
        struct str path = join(w->a, w->contexts[i], node->text);
        if (is_listed(w->contexts, w->n, path))
            continue;
        if (w->n == READINGS) {
            too_many(w, node);
            break;
        }
        w->contexts[w->n++] = path;
    }
    walk(w, node->first, outer);
    w->n = n;
}

static void walk_partial(struct names *w, const struct node *node, const struct partial *outer)
{
    struct partial here = {outer, node->text};
    struct str text;
    size_t again = 0;
    for (const struct partial *p = outer; p; p = p->outer)
        again += str_eq(p->name, node->text);
    /* A partial inside itself is walked once more, in its own sections; then nothing new comes. */
    if (again > 1 || !w->t->partial || !w->t->partial(w->t->user, node->text, &text))
        return;
    struct mustache_source *source = arena_alloc(w->a, sizeof *source);
    const struct mustache_source *before = w->source;
    struct node *first;
    *source = mustache_partial(w->a, node->text, text, STR(""));
    w->ok = mustache_parse(w->a, source, w->d, &first) && w->ok;
    struct mustache_line line = w->line;
    w->source = source;
    w->line = (struct mustache_line){0};
    walk(w, first, &here);
    w->source = before;
    w->line = line;
}

static void walk_node(struct names *w, const struct node *node, const struct partial *outer)
{
    if (node->kind == NODE_PARTIAL) {
        walk_partial(w, node, outer);
    } else if (node->kind != NODE_TEXT) {
        tell(w, node);
        if (node->kind == NODE_SECTION)
            walk_section(w, node, outer);
        else if (node->kind == NODE_INVERTED)
            walk(w, node->first, outer);
    }
}

static void walk(struct names *w, const struct node *first, const struct partial *outer)
{
    if (w->depth == MUSTACHE_DEPTH) {
        if (first)
            too_many(w, first);
        return;
    }
    w->depth++;
    for (const struct node *node = first; node; node = node->next)
        walk_node(w, node, outer);
    w->depth--;
}

bool mustache_names(struct arena *a, const struct template *t, struct diags *d, mustache_name *each,
                    void *user)
{
    struct mustache_source source = {.name = t->name, .original = t->text, .text = t->text};
    struct node *first;
    struct names *w = arena_alloc(a, sizeof *w);
    *w = (struct names){
        .a = a, .t = t, .d = d, .source = &source, .each = each, .user = user, .ok = true};
    w->contexts[w->n++] = STR("");
    w->ok = mustache_parse(a, &source, d, &first);
    walk(w, first, NULL);
    return w->ok;
}
