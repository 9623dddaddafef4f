/* Rendering: a walk over the nodes with a stack of contexts, innermost last. */
#include "document/mustache.h"

#include "document/escape.h"

struct parsed { /* a partial, once for each indentation */
    struct parsed *next;
    struct mustache_source source;
    struct str indent;
    struct node *first;
};

struct place { /* already reported */
    struct place *next;
    const struct mustache_source *source;
    size_t at;
};

struct render {
    struct arena *a;
    const struct template *t;
    struct diags *d;
    struct buf out;
    const json_t *stack[MUSTACHE_DEPTH + 2];
    size_t depth, steps; /* depth: contexts and partials */
    size_t contexts;
    const struct mustache_source *source;
    struct parsed *partials;
    struct place *reported;
    bool ok, stopped;
};

static void render_nodes(struct render *r, const struct node *first);

/* Reports a mistake once for its place, however often a list passes there. */
static void fault(struct render *r, const char *code, const struct node *node, struct str text,
                  struct str help)
{
    r->ok = false;
    for (const struct place *seen = r->reported; seen; seen = seen->next)
        if (seen->source == r->source && seen->at == node->at)
            return;
    struct place *place = arena_alloc(r->a, sizeof *place);
    *place = (struct place){r->reported, r->source, node->at};
    r->reported = place;
    struct mustache_mark mark = {r->source, node->at, node->text.n};
    mustache_report(r->d, code, &mark, text, help);
}

static void stop(struct render *r, const struct node *node, struct str text, struct str help)
{
    if (!r->stopped)
        fault(r, "E507", node, text, help);
    r->ok = false;
    r->stopped = true;
}

/* Adds the names of an object to a list that a person may be shown. */
static void add_known(const json_t *object, struct str *known, size_t *n, size_t room)
{
    const char *key;
    json_t *value;
    json_object_foreach ((json_t *)object, key, value) {
        if (*n < room)
            known[(*n)++] = str_of(key);
    }
}

static struct str known_help(struct arena *a, struct str name, const struct str *known, size_t n)
{
    enum { SHOWN = 12 };
    struct buf b = {.a = a};
    struct str nearest = text_nearest(name, known, n);
    if (nearest.n > 0)
        buf_format(&b, "Did you mean \"%.*s\"?\n", STR_ARG(nearest));
    buf_add(&b, n ? STR("Names known here:") : STR("No name is known here."));
    for (size_t i = 0; i < n && i < SHOWN; i++)
        buf_format(&b, "%s %.*s", i ? "," : "", STR_ARG(known[i]));
    if (n > 0)
        buf_add(&b, n > SHOWN ? STR(", ...") : STR("."));
    return buf_str(&b);
}

/* The name's first part is in no context. */
static void report_unknown(struct render *r, const struct node *node, struct str part)
{
    if (!r->t->strict)
        return;
    enum { ROOM = 200 };
    struct str *known = arena_alloc(r->a, ROOM * sizeof *known);
    size_t n = 0;
    for (size_t i = r->contexts; i > 0; i--)
        add_known(r->stack[i - 1], known, &n, ROOM);
    fault(r, "E502", node,
          str_format(r->a, "The name \"%.*s\" is not known here.", STR_ARG(node->text)),
          known_help(r->a, part, known, n));
}

/* `value` was found, but has no member `part`. */
static void report_member(struct render *r, const struct node *node, const json_t *value,
                          struct str part)
{
    if (!r->t->strict)
        return;
    enum { ROOM = 200 };
    struct str *known = arena_alloc(r->a, ROOM * sizeof *known);
    size_t n = 0, before = (size_t)(part.p - node->text.p) - 1;
    struct str owner = str_part(node->text, 0, before);
    if (json_is_object(value)) {
        add_known(value, known, &n, ROOM);
        fault(r, "E502", node,
              str_format(r->a, "\"%.*s\" has no \"%.*s\".", STR_ARG(owner), STR_ARG(part)),
              known_help(r->a, part, known, n));
        return;
    }
    bool list = json_is_array(value);
    struct str walk = str_format(r->a, "Walk through it: {{#%.*s}} ... {{/%.*s}}.", STR_ARG(owner),
                                 STR_ARG(owner));
    fault(r, "E502", node,
          str_format(r->a, "\"%.*s\" is %s: it has no \"%.*s\".", STR_ARG(owner),
                     list ? "a list" : "one value", STR_ARG(part)),
          list ? walk : str_format(r->a, "Write {{%.*s}}.", STR_ARG(owner)));
}

static const json_t *member(const json_t *object, struct str key)
{
    return json_is_object(object) ? json_object_getn(object, key.p, key.n) : NULL;
}

/* The value of a name, or NULL.  The first part is looked for from the innermost context outwards;
 * the others must follow from there: a broken chain is not mended further out. */
static const json_t *lookup(struct render *r, const struct node *node)
{
    if (str_is(node->text, "."))
        return r->stack[r->contexts - 1];
    struct str rest, part = str_split(node->text, '.', &rest);
    const json_t *value = NULL;
    for (size_t i = r->contexts; i > 0 && !value; i--)
        value = member(r->stack[i - 1], part);
    if (!value) {
        report_unknown(r, node, part);
        return NULL;
    }
    while (rest.n > 0) {
        if (json_is_null(value))
            return NULL;
        const json_t *owner = value;
        part = str_split(rest, '.', &rest);
        value = member(owner, part);
        if (!value) {
            report_member(r, node, owner, part);
            return NULL;
        }
    }
    return value;
}

/* Nothing to show: absent, null, false, an empty text, an empty list.  Zero is an answer. */
static bool is_empty(const json_t *value)
{
    return !value || json_is_null(value) || json_is_false(value) ||
        (json_is_array(value) && !json_array_size(value)) ||
        (json_is_string(value) && !json_string_length(value));
}

/* The direction of the first letter of a text, and of its last: 1 from the left, -1 from the right,
 * 0 if it has none. */
static void find_directions(struct str text, int *first, int *last)
{
    *first = *last = 0;
    for (size_t i = 0; i < text.n;) {
        int of = text_direction(utf8_next(text, &i));
        *first = *first ? *first : of;
        *last = of ? of : *last;
    }
}

/* A value as Markdown.  One that runs from the right stands between marks (LRM), so that the labels
 * and days around it keep their order; where it stands alone the reader takes them away. */
static void add_markdown(struct render *r, struct str text)
{
    int first, last;
    find_directions(text, &first, &last);
    if (first < 0)
        buf_add(&r->out, STR("\xE2\x80\x8E"));
    escape_markdown(&r->out, text);
    if (last < 0)
        buf_add(&r->out, STR("\xE2\x80\x8E"));
}

static void add_output(struct render *r, const struct node *node, struct str text, bool literal)
{
    if (r->out.n + text.n > MUSTACHE_OUTPUT)
        stop(r, node, STR("The document would be longer than 4 MiB."),
             STR("Look for a list that is shown inside itself."));
    else if (literal)
        buf_add(&r->out, text);
    else if (r->t->escape == ESCAPE_HTML)
        escape_html(&r->out, text);
    else if (r->t->escape == ESCAPE_MARKDOWN)
        add_markdown(r, text);
    else
        escape_text(&r->out, text);
}

/* Tells who wants to know that all since `from` is, or follows from, a value. */
static void tell(struct render *r, size_t from, const json_t *value, bool section)
{
    struct template_part part = {from, r->out.n, value, section};
    if (r->t->shown && value && r->out.n > from)
        r->t->shown(r->t->shown_user, &part);
}

static void render_value(struct render *r, const struct node *node)
{
    const json_t *value = lookup(r, node);
    struct filter_value v = {.json = value};
    size_t from = r->out.n;
    for (size_t i = 0; i < node->n_filters; i++)
        v = node->filters[i]->apply(r->a, r->t->language, v);
    if (v.json && !filter_text(r->a, r->t->language, v.json, &v.text) && r->t->strict) {
        const char *what = json_is_array(v.json) ? "a list" : "a group of values";
        fault(r, "E506", node,
              str_format(r->a, "\"%.*s\" is %s and has no text of its own.", STR_ARG(node->text),
                         what),
              str_format(r->a, "Open it with {{#%.*s}} ... {{/%.*s}} and name what to show inside.",
                         STR_ARG(node->text), STR_ARG(node->text)));
    }
    add_output(r, node, v.text, node->kind == NODE_RAW && r->t->escape == ESCAPE_HTML);
    tell(r, from, value, false);
}

/* One level deeper, or a stop.  Every success is undone by `r->depth--`. */
static bool enter(struct render *r, const struct node *node)
{
    if (r->depth < MUSTACHE_DEPTH) {
        r->depth++;
        return true;
    }
    stop(r, node, STR("Sections and partials stand more than 64 deep inside each other."),
         STR("A partial that includes itself must end somewhere: put it into a section over a "
             "list."));
    return false;
}

static void render_inside(struct render *r, const struct node *node, const json_t *context)
{
    size_t from = r->out.n;
    r->stack[r->contexts++] = context;
    render_nodes(r, node->first);
    r->contexts--;
    tell(r, from, context, true);
}

static void render_section(struct render *r, const struct node *node)
{
    const json_t *value = lookup(r, node);
    if (is_empty(value) != (node->kind == NODE_INVERTED) || !enter(r, node))
        return;
    if (node->kind == NODE_INVERTED)
        render_nodes(r, node->first);
    else if (!json_is_array(value))
        render_inside(r, node, value);
    else
        for (size_t i = 0; i < json_array_size(value) && !r->stopped; i++)
            render_inside(r, node, json_array_get(value, i));
    r->depth--;
}

/* The partial, parsed; NULL if there is none or it has mistakes (which are reported once). */
static const struct parsed *find_partial(struct render *r, const struct node *node)
{
    for (struct parsed *p = r->partials; p; p = p->next)
        if (str_eq(p->source.name, node->text) && str_eq(p->indent, node->indent))
            return p;
    struct str text;
    if (!r->t->partial || !r->t->partial(r->t->user, node->text, &text)) {
        if (r->t->strict)
            fault(r, "E505", node,
                  str_format(r->a, "There is no partial \"%.*s\".", STR_ARG(node->text)),
                  STR("A partial is a file beside the template; check its name."));
        return NULL;
    }
    struct parsed *p = arena_alloc(r->a, sizeof *p);
    *p = (struct parsed){r->partials, mustache_partial(r->a, node->text, text, node->indent),
                         node->indent, NULL};
    r->partials = p;
    if (!mustache_parse(r->a, &p->source, r->d, &p->first)) {
        r->ok = false;
        p->first = NULL;
    }
    return p;
}

static void render_partial(struct render *r, const struct node *node)
{
    const struct parsed *p = find_partial(r, node);
    if (!p || !p->first || !enter(r, node))
        return;
    const struct mustache_source *outer = r->source;
    r->source = &p->source;
    render_nodes(r, p->first);
    r->source = outer;
    r->depth--;
}

static void render_node(struct render *r, const struct node *node)
{
    switch (node->kind) {
    case NODE_TEXT:
        add_output(r, node, node->text, true);
        break;
    case NODE_VALUE:
    case NODE_RAW:
        render_value(r, node);
        break;
    case NODE_SECTION:
    case NODE_INVERTED:
        render_section(r, node);
        break;
    case NODE_PARTIAL:
        render_partial(r, node);
        break;
    }
}

static void render_nodes(struct render *r, const struct node *first)
{
    for (const struct node *node = first; node && !r->stopped; node = node->next) {
        if (++r->steps > MUSTACHE_STEPS)
            stop(r, node, STR("The template shows its lists too many times."),
                 STR("Lists inside lists multiply."));
        else
            render_node(r, node);
    }
}

bool mustache_render(struct arena *a, const struct template *t, const json_t *tree, struct diags *d,
                     struct str *out)
{
    struct mustache_source source = {.name = t->name, .original = t->text, .text = t->text};
    struct node *first;
    *out = STR("");
    if (!mustache_parse(a, &source, d, &first))
        return false;
    struct render *r = arena_alloc(a, sizeof *r);
    *r = (struct render){.a = a, .t = t, .d = d, .out = {.a = a}, .source = &source, .ok = true};
    r->stack[r->contexts++] = tree;
    render_nodes(r, first);
    *out = buf_str(&r->out);
    return r->ok;
}
