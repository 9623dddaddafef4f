/* Canvases: the items of list answers that name a block, and what the script put there, with their
 * marks.  boards.c draws them. */
#include "practice/shape.h"
#include "practice/why.h"

#include "practice/audience.h"
#include "workflow/value.h"

#include <string.h>

/* The five decisions, for workflows that do not name their own list `decisions`. */
static const struct {
    const char *id, *symbol, *en, *fr;
} marks[] = {
    {"maintain", "=", "maintain", "maintenir"},
    {"strengthen", "↑", "strengthen", "renforcer"},
    {"add", "+", "add", "ajouter"},
    {"reduce", "↓", "reduce", "réduire"},
    {"delete", "x", "delete", "supprimer"},
};

enum { MARKS = sizeof marks / sizeof marks[0] };

static const json_t *own_decision(const json_t *definition, struct str mark)
{
    return json_find(json_object_get(json_object_get(definition, "lists"), "decisions"), "id",
                     mark);
}

void shape_mark(struct journey *j, struct str mark, struct str *label, struct str *symbol)
{
    const json_t *own = own_decision(workflow_in_language(j->w, j->language), mark);
    *label = json_member(own, "label");
    *symbol = json_member(own, "symbol");
    for (size_t i = 0; i < MARKS; i++) {
        if (!str_is(mark, marks[i].id))
            continue;
        if (label->n == 0)
            *label = str_of(str_is(j->language, "fr") ? marks[i].fr : marks[i].en);
        if (symbol->n == 0)
            *symbol = str_of(marks[i].symbol);
    }
}

static void set_mark(struct journey *j, json_t *item, struct str mark)
{
    struct str label, symbol;
    shape_mark(j, mark, &label, &symbol);
    json_object_set_new(item, "mark", json_new_text(mark));
    json_object_set_new(item, "mark_label", json_new_text(label));
    json_object_set_new(item, "symbol", json_new_text(symbol));
}

/* The item of that id in a block, or a new one.  On a canvas of several pages each page has its
 * own. */
static json_t *item_in(json_t *block, struct str id, struct str page)
{
    json_t *items = json_object_get(block, "items"), *item;
    size_t i;
    json_array_foreach (items, i, item)
        if (id.n > 0 && str_eq(json_member(item, "id"), id) &&
            str_eq(json_member(item, "page"), page))
            return item;
    item = json_pack("{s:o,s:s,s:s,s:s,s:s}", "id", json_new_text(id), "text", "", "mark", "",
                     "mark_label", "", "symbol", "");
    json_array_append_new(items, item);
    json_object_set_new(block, "empty", json_false());
    return item;
}

static json_t *block_of(json_t *canvases, struct str canvas, struct str block)
{
    json_t *blocks = json_object_get(json_object_getn(canvases, canvas.p, canvas.n), "block");
    return json_object_getn(blocks, block.p, block.n);
}

/* Puts an answer on the block its question names. */
static void add_answer(struct journey *j, json_t *canvases, const json_t *entry,
                       const json_t *question)
{
    struct arena *a = arena_new();
    struct str name, canvas = str_split(json_member(question, "canvas"), '.', &name);
    json_t *block = block_of(canvases, canvas, name), *item;
    const char *key = json_string_value(json_object_get(entry, "key"));
    const json_t *value = fold_value(&j->fold, key);
    json_t *shaped = why_own(
        j, key, shape_value(a, question, value, json_object_get(entry, "rows"), j->language));
    size_t i;
    if (block && json_is_array(shaped)) {
        json_array_foreach (shaped, i, item)
            json_object_update(item_in(block, json_member(item, "id"), STR("")), item);
    } else if (block && value) {
        struct str text = value_show(a, question, value, j->language);
        json_object_set_new(item_in(block, str_of(key), STR("")), "text", json_new_text(text));
    }
    json_decref(shaped);
    arena_free(a);
}

static void add_answers(struct journey *j, json_t *canvases, struct str audience, bool sensitive)
{
    const json_t *definition = workflow_in_language(j->w, j->language);
    size_t i;
    json_t *entry;
    json_array_foreach (json_object_get(j->outcome, "path"), i, entry) {
        const json_t *q = workflow_question(definition, json_member(entry, "id"));
        if (str_is(json_member(entry, "state"), "answered") && json_member(q, "canvas").n > 0 &&
            audience_sees_note(q, audience, sensitive))
            add_answer(j, canvases, entry, q);
    }
}

/* What the script says of an item beside its text: what it says later counts. */
static void add_fields(json_t *item, const json_t *fields)
{
    static const char *const ours[] = {"id", "text", "mark", "mark_label", "symbol"};
    const char *name;
    json_t *value;
    json_object_foreach ((json_t *)(uintptr_t)fields, name, value) {
        bool taken = false;
        for (size_t i = 0; i < sizeof ours / sizeof ours[0]; i++)
            taken = taken || strcmp(name, ours[i]) == 0;
        if (!taken)
            json_object_set(item, name, value);
    }
}

/* What the script put; an item that is there already gets its mark and fields. */
static void add_put_items(struct journey *j, json_t *canvases)
{
    size_t i;
    json_t *put;
    json_array_foreach (json_object_get(j->outcome, "canvas"), i, put) {
        const json_t *fields = json_object_get(put, "fields");
        json_t *block = block_of(canvases, json_member(put, "canvas"), json_member(put, "block"));
        if (!block)
            continue;
        json_t *item = item_in(block, json_member(put, "item"), json_member(fields, "page"));
        add_fields(item, fields);
        if (json_member(put, "text").n > 0)
            json_object_set(item, "text", json_object_get(put, "text"));
        if (json_member(put, "mark").n > 0)
            set_mark(j, item, json_member(put, "mark"));
    }
}

static json_t *empty_canvas(const char *id, const json_t *canvas)
{
    json_t *shaped = json_pack(
        "{s:s,s:O?,s:O?,s:O?,s:O?,s:[],s:{}}", "id", id, "title", json_object_get(canvas, "title"),
        "subtitle", json_object_get(canvas, "subtitle"), "grid", json_object_get(canvas, "grid"),
        "attribution", json_object_get(canvas, "attribution"), "blocks", "block");
    size_t i;
    json_t *block;
    json_array_foreach (json_object_get(canvas, "blocks"), i, block) {
        json_t *of = json_pack("{s:O,s:O?,s:O?,s:[],s:b}", "id", json_object_get(block, "id"),
                               "label", json_object_get(block, "label"), "colour",
                               json_object_get(block, "colour"), "items", "empty", 1);
        json_array_append(json_object_get(shaped, "blocks"), of);
        json_object_set_new(json_object_get(shaped, "block"), json_member(block, "id").p, of);
    }
    return shaped;
}

json_t *shape_empty_canvases(struct journey *j)
{
    json_t *canvases = json_object(), *canvas;
    const char *id;
    json_object_foreach (json_object_get(workflow_in_language(j->w, j->language), "canvases"), id,
                         canvas)
        json_object_set_new(canvases, id, empty_canvas(id, canvas));
    return canvases;
}

/* A canvas that the audience may not see is there, with nothing on it. */
json_t *shape_canvases(struct journey *j, struct str audience, bool sensitive)
{
    json_t *canvases = shape_empty_canvases(j), *seen = json_object(), *canvas;
    const char *id;
    json_object_foreach (json_object_get(workflow_definition(j->w), "canvases"), id, canvas)
        if (audience_sees_canvas(canvas, audience))
            json_object_set(seen, id, json_object_get(canvases, id));
    add_answers(j, seen, audience, sensitive);
    add_put_items(j, seen);
    json_decref(seen);
    return canvases;
}
