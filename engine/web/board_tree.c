#include "web/board_tree.h"

#include "document/html.h"

#include <string.h>

/* What the legend says about a sign: "+ add" says "add" about "+". */
static struct str meaning_of(const json_t *board, struct str sign)
{
    size_t i;
    json_t *entry;
    json_array_foreach (json_object_get(board, "legend"), i, entry) {
        struct str text = json_text(entry);
        if (sign.n > 0 && str_starts(text, sign) && text.n > sign.n && text.p[sign.n] == ' ')
            return str_trim(str_part(text, sign.n, text.n));
    }
    return STR("");
}

void board_tree_signs(json_t *note)
{
    static const char *const names[] = {"like",   "dislike", "hypothesis", "private",
                                        "is_new", "is_gone", "is_changed"};
    bool any = json_member(note, "symbol").n > 0;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        any = any || json_flag(note, names[i], false);
    json_object_set_new(note, "signs", json_boolean(any));
}

static json_t *note_of(const json_t *board, const json_t *item)
{
    struct str feeling = json_member(item, "feeling"), change = json_member(item, "change");
    struct str symbol = str_trim(json_member(item, "mark"));
    json_t *note =
        json_pack("{s:o,s:o,s:o,s:o,s:o}", "id", json_new_text(json_member(item, "id")), "text",
                  json_new_text(json_member(item, "text")), "symbol", json_new_text(symbol), "kind",
                  json_new_text(json_member(item, "kind")), "label",
                  json_new_text(meaning_of(board, symbol)));
    json_object_set_new(note, "like", json_boolean(str_is(feeling, "like")));
    json_object_set_new(note, "dislike", json_boolean(str_is(feeling, "dislike")));
    json_object_set_new(note, "hypothesis", json_boolean(json_flag(item, "hypothesis", false)));
    json_object_set_new(note, "private", json_false());
    json_object_set_new(note, "change", json_new_text(change));
    json_object_set_new(note, "is_new", json_boolean(str_is(change, "new")));
    json_object_set_new(note, "is_gone", json_boolean(str_is(change, "gone")));
    json_object_set_new(note, "is_changed", json_boolean(str_is(change, "changed")));
    json_object_set_new(note, "was", json_new_text(json_member(item, "was")));
    json_object_set_new(note, "edit", json_null());
    json_object_set_new(note, "open", json_null());
    board_tree_signs(note);
    return note;
}

static struct str place_of(struct arena *a, const struct grid *g, struct str id)
{
    struct html_place p = html_place_of(g, id);
    return p.w > 0 ? str_format(a, "x%zu y%zu w%zu h%zu", p.x, p.y, p.w, p.h) : STR("wide");
}

static json_t *block_of(struct arena *a, const json_t *board, const struct grid *g,
                        const json_t *block)
{
    struct str id = json_member(block, "id"), label = str_trim(json_member(block, "label"));
    json_t *notes = json_array(), *item;
    size_t i;
    json_array_foreach (json_object_get(block, "items"), i, item)
        json_array_append_new(notes, note_of(board, item));
    return json_pack("{s:o,s:o,s:o,s:o,s:I,s:b,s:n,s:o}", "id", json_new_text(id), "label",
                     json_new_text(label.n > 0 ? label : id), "place",
                     json_new_text(place_of(a, g, id)), "tint",
                     json_new_text(str_format(a, "t%zu", html_tint(json_member(block, "colour")))),
                     "count", (json_int_t)json_array_size(notes), "empty",
                     json_array_size(notes) == 0, "edit", "notes", notes);
}

static json_t *legend_of(const json_t *board)
{
    json_t *legend = json_array(), *entry;
    size_t i;
    json_array_foreach (json_object_get(board, "legend"), i, entry) {
        struct str rest, sign = str_split(json_text(entry), ' ', &rest);
        json_array_append_new(
            legend,
            json_pack("{s:o,s:o}", "sign", json_new_text(sign), "text", json_new_text(rest)));
    }
    return legend;
}

static void copy_texts(json_t *tree, const json_t *board)
{
    static const char *const names[] = {"state", "state_label", "title", "purpose", "attribution"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        json_object_set_new(tree, names[i], json_new_text(json_member(board, names[i])));
}

json_t *board_tree(struct arena *a, const json_t *board, bool compact)
{
    struct grid *g = arena_alloc(a, sizeof *g);
    json_t *tree = json_object(), *blocks = json_array(), *block;
    struct err ignored;
    size_t i, notes = 0;
    bool placed = grid_read(json_object_get(board, "grid"), g, &ignored);
    json_array_foreach (json_object_get(board, "blocks"), i, block) {
        notes += json_array_size(json_object_get(block, "items"));
        json_array_append_new(blocks, block_of(a, board, placed ? g : NULL, block));
    }
    copy_texts(tree, board);
    json_object_set_new(tree, "diff", json_boolean(str_is(json_member(board, "state"), "diff")));
    json_object_set_new(tree, "any", json_boolean(notes > 0));
    json_object_set_new(tree, "compact", json_boolean(compact));
    json_object_set_new(
        tree, "grid",
        json_new_text(placed ? str_format(a, "placed c%zu", g->columns) : STR("stacked")));
    json_object_set_new(tree, "legend", legend_of(board));
    json_object_set_new(tree, "has_legend",
                        json_boolean(json_array_size(json_object_get(board, "legend")) > 0));
    json_object_set_new(tree, "blocks", blocks);
    return tree;
}
