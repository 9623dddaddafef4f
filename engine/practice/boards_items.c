#include "practice/boards.h"

#include "document/language.h"
#include "practice/shape.h"

#include <string.h>

/* Signs that stand behind an item; all are in DejaVu and differ in shape, not in colour. */
static const struct {
    const char *field, *value, *sign, *en, *fr;
} flags[] = {
    {"feeling", "like", "♥", "liked", "plaît"},
    {"feeling", "dislike", "☹", "could do without", "pèse"},
    {"hypothesis", NULL, "?", "a belief, not yet shown", "une hypothèse, pas encore vérifiée"},
};

/* The marks in the order of the legend. */
static const char *const marks[] = {"maintain", "strengthen", "add", "reduce", "delete"};

enum {
    FLAGS = sizeof flags / sizeof flags[0],
    MARKS = sizeof marks / sizeof marks[0],
};

static bool has_flag(const json_t *item, size_t i)
{
    return flags[i].value ? str_is(json_member(item, flags[i].field), flags[i].value)
                          : json_flag(item, flags[i].field, false);
}

static json_t *board_item(const json_t *item)
{
    json_t *signs = json_array(),
           *out = json_pack("{s:O,s:O,s:O,s:O,s:o}", "id", json_object_get(item, "id"), "text",
                            json_object_get(item, "text"), "mark", json_object_get(item, "symbol"),
                            "kind", json_object_get(item, "mark"), "flags", signs);
    for (size_t i = 0; i < FLAGS; i++) {
        if (!has_flag(item, i))
            continue;
        json_array_append_new(signs, json_string(flags[i].sign));
        json_object_set(out, flags[i].field, json_object_get(item, flags[i].field));
    }
    return out;
}

/* The item of a list with the same id, else with the same text. */
static const json_t *same_item(const json_t *list, const json_t *item)
{
    static const char *const by[] = {"id", "text"};
    json_t *other;
    size_t i;
    for (size_t k = 0; k < 2; k++) {
        struct str wanted = json_member(item, by[k]);
        json_array_foreach (list, i, other)
            if (wanted.n > 0 && str_eq(json_member(other, by[k]), wanted))
                return other;
    }
    return NULL;
}

static bool is_marked(const json_t *item, const char *mark)
{
    return str_is(json_member(item, "mark"), mark);
}

/* A change that the script gave no mark has the one that says it. */
static void set_mark(struct journey *j, json_t *item, const char *mark)
{
    struct str label, symbol;
    if (json_member(item, "mark").n > 0)
        return;
    shape_mark(j, str_of(mark), &label, &symbol);
    json_object_set_new(item, "mark", json_new_text(symbol));
    json_object_set_new(item, "kind", json_string(mark));
}

/* What becomes of an item of today. */
static json_t *changed_item(struct journey *j, const json_t *today, const json_t *later)
{
    json_t *out = board_item(later ? later : today);
    const char *change = "same";
    if (!later || is_marked(later, "delete")) {
        change = "gone";
    } else if (!json_equal(json_object_get(today, "text"), json_object_get(later, "text"))) {
        change = "changed";
        json_object_set(out, "was", json_object_get(today, "text"));
    } else if (is_marked(later, "strengthen") || is_marked(later, "reduce")) {
        change = "changed";
    }
    if (!later)
        set_mark(j, out, "delete");
    json_object_set_new(out, "change", json_string(change));
    return out;
}

/* Today's items in their order with what becomes of them, then what is new. */
static json_t *joined_items(struct journey *j, const json_t *before, const json_t *after)
{
    json_t *items = json_array(), *item;
    size_t i;
    json_array_foreach (before, i, item)
        json_array_append_new(items, changed_item(j, item, same_item(after, item)));
    json_array_foreach (after, i, item) {
        /* What was new in an earlier draft and was dropped again never was there. */
        if (same_item(before, item) || is_marked(item, "delete"))
            continue;
        json_t *new = board_item(item);
        set_mark(j, new, "add");
        json_object_set_new(new, "change", json_string("new"));
        json_array_append_new(items, new);
    }
    return items;
}

static json_t *plain_items(const json_t *list, struct str page)
{
    json_t *items = json_array(), *item;
    size_t i;
    json_array_foreach (list, i, item) {
        struct str of = json_member(item, "page");
        if (page.n == 0 || of.n == 0 || str_eq(of, page))
            json_array_append_new(items, board_item(item));
    }
    return items;
}

json_t *boards_blocks(const struct board_blocks *wish)
{
    json_t *blocks = json_array(), *block;
    size_t i;
    json_array_foreach (json_object_get(wish->canvas, "blocks"), i, block) {
        const json_t *items = json_object_get(block, "items");
        const json_t *before = json_object_get(
            json_object_get(json_object_get(wish->before, "block"), json_member(block, "id").p),
            "items");
        json_array_append_new(blocks,
                              json_pack("{s:O,s:O?,s:O?,s:o}", "id", json_object_get(block, "id"),
                                        "label", json_object_get(block, "label"), "colour",
                                        json_object_get(block, "colour"), "items",
                                        wish->before ? joined_items(wish->j, before, items)
                                                     : plain_items(items, wish->page)));
    }
    return blocks;
}

bool boards_empty(const json_t *canvas)
{
    size_t i;
    json_t *block;
    json_array_foreach (json_object_get(canvas, "blocks"), i, block)
        if (json_array_size(json_object_get(block, "items")) > 0)
            return false;
    return true;
}

struct str boards_subtitle(struct arena *a, struct journey *j, struct str client, struct str day)
{
    struct str words = language_date(a, j->language, day);
    return client.n ? str_format(a, "%.*s · %.*s", STR_ARG(client), STR_ARG(words)) : words;
}

/* Which marks and flags there are on a board: by their ids and by the signs of flags. */
static json_t *used_signs(const json_t *blocks)
{
    json_t *used = json_object(), *block, *item, *flag;
    size_t i, k, n;
    json_array_foreach (blocks, i, block)
        json_array_foreach (json_object_get(block, "items"), k, item) {
            json_object_set_new(used, json_member(item, "kind").p, json_true());
            json_array_foreach (json_object_get(item, "flags"), n, flag)
                json_object_set_new(used, json_string_value(flag), json_true());
        }
    return used;
}

static void add_sign(json_t *legend, struct str sign, struct str words)
{
    struct arena *a = arena_new();
    json_array_append_new(legend,
                          json_new_text(str_format(a, "%.*s %.*s", STR_ARG(sign), STR_ARG(words))));
    arena_free(a);
}

json_t *boards_legend(struct journey *j, const json_t *blocks)
{
    json_t *used = used_signs(blocks), *legend = json_array();
    bool french = str_is(j->language, "fr");
    for (size_t i = 0; i < MARKS; i++) {
        struct str label, symbol;
        shape_mark(j, str_of(marks[i]), &label, &symbol);
        if (json_object_get(used, marks[i]))
            add_sign(legend, symbol, label);
    }
    for (size_t i = 0; i < FLAGS; i++)
        if (json_object_get(used, flags[i].sign))
            add_sign(legend, str_of(flags[i].sign), str_of(french ? flags[i].fr : flags[i].en));
    json_decref(used);
    return legend;
}
