/* What is different in the plan and on the canvases of two journeys. */
#include "practice/what_if_state.h"

#include "practice/documents.h"
#include "practice/shape.h"
#include "practice/why.h"

#include <string.h>

/* The plan as Markdown, its canvases not put in; empty where it cannot be made. */
static struct why_lines plan_of(struct journey *j, struct arena *a)
{
    struct why_trace trace = {.a = a, .silent = true, .bare = true, .supposed = true};
    struct document_wish wish = {.name = STR("plan")};
    struct diags d = {.a = a};
    struct str markdown;
    struct err ignored;
    j->why = &trace;
    if (!journey_document(j, a, &wish, &d, &markdown, &ignored))
        markdown = STR("");
    j->why = NULL;
    why_trace_end(&trace);
    return why_split(a, markdown);
}

static bool has_letters(struct str text)
{
    for (size_t i = 0; i < text.n; i++)
        if (!strchr("-:|=_* #>", text.p[i]))
            return true;
    return false;
}

/* The cells of a row, one behind the other. */
static struct str row_text(struct arena *a, struct str line)
{
    struct buf b = {.a = a};
    for (struct str rest = line; rest.n > 0;) {
        struct str cell = str_trim(str_split(rest, '|', &rest));
        if (cell.n > 0) {
            buf_add(&b, b.n ? STR(" · ") : STR(""));
            buf_add(&b, cell);
        }
    }
    return b.n ? buf_str(&b) : STR("");
}

/* A line as it is read on paper; empty if there is nothing to read. */
static struct str readable(struct arena *a, struct str line)
{
    enum { WIDE = 100000 };
    line = str_trim(line);
    if (!has_letters(line) || str_starts(line, STR("![")))
        return STR("");
    if (line.p[0] == '|')
        line = row_text(a, line);
    size_t i = 0;
    while (i < line.n && strchr("#> ", line.p[i]))
        i++;
    line = str_trim(markdown_to_text(a, str_part(line, i, line.n), WIDE));
    return str_starts(line, STR("- ")) ? str_part(line, 2, line.n) : line;
}

static void add_line(struct arena *a, json_t *list, const char *sign, const struct why_line *line)
{
    struct str text = readable(a, line->text);
    if (text.n > 0)
        json_array_append_new(list,
                              json_pack("{s:s,s:o}", "sign", sign, "text", json_new_text(text)));
}

json_t *what_if_plan(struct journey *before, struct journey *after)
{
    struct arena *a = arena_new();
    json_t *list = json_array();
    struct why_lines old = plan_of(before, a), new = plan_of(after, a);
    size_t *to = why_align(a, &old, &new), k = 0;
    for (size_t i = 0; i < old.n; i++) {
        if (to[i] == SIZE_MAX) {
            add_line(a, list, "-", &old.list[i]);
            continue;
        }
        for (; k < to[i]; k++)
            add_line(a, list, "+", &new.list[k]);
        k++;
    }
    for (; k < new.n; k++)
        add_line(a, list, "+", &new.list[k]);
    arena_free(a);
    return list;
}

/* An item and the block it stands on. */
struct place {
    const json_t *item, *block;
};

/* Are the two the same item?  By its id; or, as items that the script puts may be counted, by its
 * words on the same block. */
static bool is_same(const struct place *x, const struct place *y, bool by_id)
{
    if (!str_eq(json_member(x->item, "page"), json_member(y->item, "page")))
        return false;
    struct str id = json_member(x->item, "id");
    if (by_id)
        return id.n > 0 && str_eq(id, json_member(y->item, "id"));
    return str_eq(json_member(x->item, "text"), json_member(y->item, "text")) &&
        json_equal(json_object_get(x->block, "id"), json_object_get(y->block, "id"));
}

/* An item on another state of its canvas; empty if it is not there. */
static struct place find(const json_t *blocks, const struct place *of)
{
    size_t i, k;
    json_t *block, *item;
    for (int by_id = 1; by_id >= 0; by_id--)
        json_array_foreach ((json_t *)(uintptr_t)blocks, i, block)
            json_array_foreach (json_object_get(block, "items"), k, item) {
                struct place there = {item, block};
                if (is_same(of, &there, by_id))
                    return there;
            }
    return (struct place){NULL, NULL};
}

static json_t *was(const json_t *before, const json_t *after, const char *name)
{
    struct str old = json_member(before, name), new = json_member(after, name);
    return json_new_text(before && after && !str_eq(old, new) ? old : STR(""));
}

static json_t *tell_item(const char *sign, const struct place *old, const struct place *new)
{
    const struct place *of = new->item ? new : old;
    return json_pack("{s:s,s:o,s:o,s:o,s:o,s:o,s:o,s:o}", "sign", sign, "page",
                     json_new_text(json_member(of->item, "page")), "block",
                     json_new_text(json_member(of->block, "label")), "text",
                     json_new_text(json_member(of->item, "text")), "mark",
                     json_new_text(json_member(of->item, "mark_label")), "was",
                     was(old->item, new->item, "text"), "was_block",
                     was(old->block, new->block, "label"), "was_mark",
                     was(old->item, new->item, "mark_label"));
}

static bool same_item(const struct place *x, const struct place *y)
{
    return json_equal(json_object_get(x->block, "id"), json_object_get(y->block, "id")) &&
        str_eq(json_member(x->item, "text"), json_member(y->item, "text")) &&
        str_eq(json_member(x->item, "mark"), json_member(y->item, "mark"));
}

/* The items of one state: those that are not in the other one; with `changed` those too that are
 * different there. */
static void add_items(json_t *list, const json_t *of, const json_t *other, bool newer)
{
    size_t i, k;
    struct place none = {NULL, NULL};
    json_t *block, *item;
    json_array_foreach ((json_t *)(uintptr_t)of, i, block)
        json_array_foreach (json_object_get(block, "items"), k, item) {
            struct place here = {item, block}, there = find(other, &here);
            if (!there.item)
                json_array_append_new(
                    list, newer ? tell_item("+", &none, &here) : tell_item("-", &here, &none));
            else if (newer && !same_item(&here, &there))
                json_array_append_new(list, tell_item("~", &there, &here));
        }
}

json_t *what_if_canvases(struct journey *before, struct journey *after)
{
    json_t *list = json_array(), *canvas, *old = shape_canvases(before, STR("coach"), true),
           *new = shape_canvases(after, STR("coach"), true);
    const char *id;
    json_object_foreach (new, id, canvas) {
        json_t *items = json_array();
        const json_t *then = json_object_get(json_object_get(old, id), "blocks"),
                     *now = json_object_get(canvas, "blocks");
        add_items(items, then, now, false);
        add_items(items, now, then, true);
        if (json_array_size(items) > 0)
            json_array_append_new(list,
                                  json_pack("{s:s,s:o,s:O}", "id", id, "title",
                                            json_new_text(json_member(canvas, "title")), "items",
                                            items));
        json_decref(items);
    }
    json_decref(old);
    json_decref(new);
    return list;
}
