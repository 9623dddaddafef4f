/* Canvases: the items of list answers that name a block, and what the script put there, with their
 * marks. */
#include "practice/documents.h"
#include "practice/shape.h"

#include "document/document.h"
#include "document/language.h"
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
    size_t i;
    json_t *decision;
    json_array_foreach (json_object_get(json_object_get(definition, "lists"), "decisions"), i,
                        decision)
        if (str_eq(json_member(decision, "id"), mark))
            return decision;
    return NULL;
}

static void mark_words(struct journey *j, struct str mark, struct str *label, struct str *symbol)
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
    mark_words(j, mark, &label, &symbol);
    json_object_set_new(item, "mark", json_new_text(mark));
    json_object_set_new(item, "mark_label", json_new_text(label));
    json_object_set_new(item, "symbol", json_new_text(symbol));
}

/* The item of that id in a block, or a new one. */
static json_t *item_in(json_t *block, struct str id)
{
    json_t *items = json_object_get(block, "items"), *item;
    size_t i;
    json_array_foreach (items, i, item)
        if (id.n > 0 && str_eq(json_member(item, "id"), id))
            return item;
    item = json_pack("{s:o,s:s,s:s,s:s,s:s}", "id", json_new_text(id), "text", "", "mark", "",
                     "mark_label", "", "symbol", "");
    json_array_append_new(items, item);
    json_object_set_new(block, "empty", json_false());
    return item;
}

static json_t *block_of(json_t *canvases, struct str canvas, struct str block)
{
    struct arena *a = arena_new();
    json_t *of =
        json_object_get(json_object_get(json_object_get(canvases, str_copy(a, canvas).p), "block"),
                        str_copy(a, block).p);
    arena_free(a);
    return of;
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
    json_t *shaped = shape_value(a, question, value, json_object_get(entry, "rows"), j->language);
    size_t i;
    if (block && json_is_array(shaped)) {
        json_array_foreach (shaped, i, item)
            json_object_update(item_in(block, json_member(item, "id")), item);
    } else if (block && value) {
        struct str text = value_show(a, question, value, j->language);
        json_object_set_new(item_in(block, str_of(key)), "text", json_new_text(text));
    }
    json_decref(shaped);
    arena_free(a);
}

static void add_answers(struct journey *j, json_t *canvases, struct str audience, bool sensitive)
{
    const json_t *definition = workflow_in_language(j->w, j->language);
    bool coach = str_is(audience, "coach");
    size_t i;
    json_t *entry;
    if (!coach && !str_is(audience, "client"))
        return;
    json_array_foreach (json_object_get(j->outcome, "path"), i, entry) {
        const json_t *q = workflow_question(definition, json_member(entry, "id"));
        if (!str_is(json_member(entry, "state"), "answered") || json_member(q, "canvas").n == 0)
            continue;
        if (json_flag(q, "private", false) && !coach)
            continue;
        if (json_flag(q, "sensitive", false) && !(coach && sensitive))
            continue;
        add_answer(j, canvases, entry, q);
    }
}

/* What the script put; an item that is there already gets its mark and fields. */
static void add_put_items(struct journey *j, json_t *canvases)
{
    size_t i;
    json_t *put;
    json_array_foreach (json_object_get(j->outcome, "canvas"), i, put) {
        json_t *block = block_of(canvases, json_member(put, "canvas"), json_member(put, "block"));
        if (!block)
            continue;
        json_t *item = item_in(block, json_member(put, "item"));
        json_object_update_missing(item, json_object_get(put, "fields"));
        if (json_member(put, "text").n > 0)
            json_object_set(item, "text", json_object_get(put, "text"));
        if (json_member(put, "mark").n > 0)
            set_mark(j, item, json_member(put, "mark"));
    }
}

static json_t *empty_canvas(const char *id, const json_t *canvas)
{
    json_t *shaped =
        json_pack("{s:s,s:O?,s:O?,s:O?,s:[],s:{}}", "id", id, "title",
                  json_object_get(canvas, "title"), "grid", json_object_get(canvas, "grid"),
                  "attribution", json_object_get(canvas, "attribution"), "blocks", "block");
    size_t i;
    json_t *block;
    json_array_foreach (json_object_get(canvas, "blocks"), i, block) {
        json_t *of = json_pack("{s:O,s:O?,s:[],s:b}", "id", json_object_get(block, "id"), "label",
                               json_object_get(block, "label"), "items", "empty", 1);
        json_array_append(json_object_get(shaped, "blocks"), of);
        json_object_set_new(json_object_get(shaped, "block"), json_member(block, "id").p, of);
    }
    return shaped;
}

static json_t *empty_canvases(struct journey *j)
{
    json_t *canvases = json_object(), *canvas;
    const char *id;
    json_object_foreach (json_object_get(workflow_in_language(j->w, j->language), "canvases"), id,
                         canvas)
        json_object_set_new(canvases, id, empty_canvas(id, canvas));
    return canvases;
}

json_t *shape_canvases(struct journey *j, struct str audience, bool sensitive)
{
    json_t *canvases = empty_canvases(j);
    add_answers(j, canvases, audience, sensitive);
    add_put_items(j, canvases);
    return canvases;
}

/* What the marks mean, for those that are used. */
static json_t *legend_of(struct journey *j, const json_t *canvas)
{
    json_t *seen = json_object(), *legend = json_array(), *block, *item;
    struct arena *a = arena_new();
    size_t i, k;
    json_array_foreach (json_object_get(canvas, "blocks"), i, block)
        json_array_foreach (json_object_get(block, "items"), k, item)
            json_object_set_new(seen, json_member(item, "mark").p, json_true());
    for (i = 0; i < MARKS; i++) {
        struct str label, symbol;
        mark_words(j, str_of(marks[i].id), &label, &symbol);
        if (json_object_get(seen, marks[i].id))
            json_array_append_new(
                legend, json_new_text(str_format(a, "%.*s %.*s", STR_ARG(symbol), STR_ARG(label))));
    }
    arena_free(a);
    json_decref(seen);
    return legend;
}

static json_t *board_blocks(const json_t *canvas)
{
    json_t *blocks = json_array(), *block, *item;
    size_t i, k;
    json_array_foreach (json_object_get(canvas, "blocks"), i, block) {
        json_t *items = json_array();
        json_array_foreach (json_object_get(block, "items"), k, item)
            json_array_append_new(items,
                                  json_pack("{s:O,s:O}", "text", json_object_get(item, "text"),
                                            "mark", json_object_get(item, "symbol")));
        json_array_append_new(blocks,
                              json_pack("{s:O,s:O?,s:o}", "id", json_object_get(block, "id"),
                                        "label", json_object_get(block, "label"), "items", items));
    }
    return blocks;
}

static struct str names_of(struct arena *a, const json_t *canvases)
{
    struct buf b = {.a = a};
    const char *name;
    json_t *ignored;
    json_object_foreach ((json_t *)(uintptr_t)canvases, name, ignored)
        buf_format(&b, "%s%s", b.n ? ", " : "", name);
    return buf_str(&b);
}

bool journey_board(struct journey *j, const struct board_wish *wish, json_t **board, struct err *e)
{
    struct arena *a = arena_new();
    bool blank = str_is(wish->state, "blank");
    struct str canvas = wish->canvas;
    if (canvas.n == 0 && str_is(wish->state, "target"))
        canvas = STR("target");
    json_t *canvases = blank ? empty_canvases(j) : shape_canvases(j, STR("client"), false);
    struct str first = str_of(json_object_iter_key(json_object_iter(canvases)));
    struct str name = canvas.n ? str_copy(a, canvas) : first;
    const json_t *of = json_object_get(canvases, name.p);
    bool ok = of != NULL;
    if (ok) {
        json_t *tree = journey_tree(j, STR("sponsor"), false);
        struct str subtitle =
            str_format(a, "%s · %s", json_member(json_object_get(tree, "client"), "name").p,
                       language_date(a, j->language, json_member(tree, "date")).p);
        *board = json_pack("{s:O?,s:o,s:O?,s:o,s:o,s:O?}", "title", json_object_get(of, "title"),
                           "subtitle", blank ? json_string("") : json_new_text(subtitle), "grid",
                           json_object_get(of, "grid"), "blocks", board_blocks(of), "legend",
                           legend_of(j, of), "attribution", json_object_get(of, "attribution"));
        json_decref(tree);
    } else if (first.n == 0) {
        (void)err_set(e, ERR_NOT_FOUND, "The workflow of this journey has no canvas.");
    } else {
        (void)err_set(e, ERR_NOT_FOUND, "There is no canvas \"%s\". There is: %s.", name.p,
                      names_of(a, canvases).p);
    }
    json_decref(canvases);
    arena_free(a);
    return ok;
}
