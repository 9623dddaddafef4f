/* What a template shows of answers, known exactly: every node of the tree that belongs to an answer
 * is remembered by its address, and the template says which node it shows where. */
#include "practice/past.h"
#include "practice/state.h"
#include "practice/why.h"

#include <stdlib.h>

struct why_node {
    json_t *node; /* a reference: no other node may come to lie at its address */
    const char *key;
    struct str item;
};

struct why_part {
    size_t from, to;
    const struct why_node *of;
    bool section;
};

static void add_node(struct why_trace *t, const struct why_node *node)
{
    if (t->n_nodes == t->room_nodes) {
        t->room_nodes = t->room_nodes ? 2 * t->room_nodes : 1024;
        t->nodes = mem_grow(t->nodes, t->room_nodes, sizeof *t->nodes);
    }
    t->nodes[t->n_nodes++] = *node;
    json_incref(node->node);
}

/* Yes, no and nothing are the same nodes everywhere: they cannot be told apart. */
static bool is_shared(const json_t *node)
{
    return json_is_boolean(node) || json_is_null(node);
}

static void add_tree(struct why_trace *t, struct why_node mark)
{
    size_t i;
    const char *name;
    json_t *inner, *node = mark.node;
    struct str id = json_member(node, "id");
    if (is_shared(node))
        return;
    if (mark.item.n == 0 && id.n > 0)
        mark.item = str_copy(t->a, id);
    add_node(t, &mark);
    json_array_foreach (node, i, inner) {
        mark.node = inner;
        add_tree(t, mark);
    }
    json_object_foreach (node, name, inner) {
        mark.node = inner;
        add_tree(t, mark);
    }
}

json_t *why_own(struct journey *j, const char *key, json_t *shaped)
{
    if (!j->why || j->why->silent)
        return shaped;
    json_t *own = json_deep_copy(shaped);
    json_decref(shaped);
    add_tree(j->why, (struct why_node){own, str_copy(j->why->a, str_of(key)).p, STR("")});
    return own;
}

static int by_address(const void *a, const void *b)
{
    uintptr_t x = (uintptr_t)((const struct why_node *)a)->node,
              y = (uintptr_t)((const struct why_node *)b)->node;
    return (x > y) - (x < y);
}

static void on_shown(void *user, const struct template_part *part)
{
    struct why_trace *t = user;
    struct why_node wanted = {.node = (json_t *)(uintptr_t)part->value};
    const struct why_node *of =
        t->n_nodes ? bsearch(&wanted, t->nodes, t->n_nodes, sizeof wanted, by_address) : NULL;
    if (!of)
        return;
    if (t->n_parts == t->room_parts) {
        t->room_parts = t->room_parts ? 2 * t->room_parts : 256;
        t->parts = mem_grow(t->parts, t->room_parts, sizeof *t->parts);
    }
    t->parts[t->n_parts++] = (struct why_part){part->from, part->to, of, part->section};
}

bool why_render(struct journey *j, struct arena *a, struct template *t, const json_t *tree,
                struct diags *d, struct str *out)
{
    struct why_trace *trace = j->why;
    if (trace && !trace->silent) {
        if (trace->n_nodes > 1)
            qsort(trace->nodes, trace->n_nodes, sizeof *trace->nodes, by_address);
        t->shown = on_shown;
        t->shown_user = trace;
    }
    bool ok = mustache_render(a, t, tree, d, out);
    if (trace) {
        /* What is made after that, canvases, is no part of what the template shows. */
        trace->silent = true;
        trace->text = *out;
    }
    return ok;
}

json_t *why_past_board(struct journey *j, struct str audience, struct str name)
{
    if (!j->why)
        return past_board(j, audience, name);
    json_t *known = json_object_getn(j->why->past, name.p, name.n);
    if (known || j->why->supposed)
        return json_incref(known);
    json_t *board = past_board(j, audience, name);
    if (board)
        json_object_setn(j->why->past, name.p, name.n, board);
    return board;
}

void why_add(struct arena *a, struct why_line *line, const struct why_source *source)
{
    struct why_source **end = &line->first;
    for (struct why_source *s = line->first; s; s = s->next) {
        end = &s->next;
        if (!str_is(str_of(s->key), source->key) || !str_eq(s->item, source->item))
            continue;
        if (source->how < s->how || (source->how == s->how && source->lines < s->lines)) {
            s->how = source->how;
            s->lines = source->lines;
        }
        return;
    }
    *end = arena_alloc(a, sizeof **end);
    **end = *source;
    (*end)->next = NULL;
}

/* The first line that ends behind `at`. */
static size_t line_at(const struct why_lines *lines, size_t at)
{
    size_t low = 0, high = lines->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (lines->list[middle].at + lines->list[middle].text.n < at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void add_part(struct arena *a, struct why_lines *lines, const struct why_part *part)
{
    size_t first = line_at(lines, part->from), last = first;
    struct why_source source = {
        .key = part->of->key, .item = part->of->item, .how = WHY_FIELD, .lines = 1};
    while (last < lines->n && lines->list[last].at < part->to)
        last++;
    if (part->section) {
        source.how = WHY_SECTION;
        source.lines = last - first;
    }
    for (size_t i = first; i < last; i++)
        if (str_trim(lines->list[i].text).n > 0)
            why_add(a, &lines->list[i], &source);
}

void why_fields(struct arena *a, struct why_trace *trace, struct why_lines *lines)
{
    for (size_t i = 0; i < trace->n_parts; i++)
        add_part(a, lines, &trace->parts[i]);
}

void why_trace_end(struct why_trace *trace)
{
    for (size_t i = 0; i < trace->n_nodes; i++)
        json_decref(trace->nodes[i].node);
    free(trace->nodes);
    free(trace->parts);
    json_decref(trace->past);
    *trace = (struct why_trace){0};
}
