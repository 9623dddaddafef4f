/* The fields of the board: a form at the foot of each block, and one in the note that is open. */
#include "web/page_board.h"

#include "web/board_tree.h"
#include "web/form.h"

/* A note of a list, as the board shows it, and where it stands in its list. */
struct found {
    const json_t *list;
    size_t at, of;
};

static struct found find_note(const json_t *lists, struct str id)
{
    json_t *list, *item;
    size_t i, k;
    json_array_foreach ((json_t *)(uintptr_t)lists, i, list) {
        const json_t *items = json_object_get(list, "items");
        json_array_foreach ((json_t *)(uintptr_t)items, k, item)
            if (id.n > 0 && str_eq(json_member(item, "id"), id))
                return (struct found){list, k, json_array_size(items)};
    }
    return (struct found){0};
}

/* Everything that is no plain letter becomes %XX, so that a key can stand in a query. */
static struct str in_query(struct arena *a, struct str text)
{
    struct buf b = {.a = a};
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
            c == '_' || c == '-' || c == '/';
        if (plain)
            buf_add_char(&b, (char)c);
        else
            buf_format(&b, "%%%02X", c);
    }
    return buf_str(&b);
}

/* What was typed into a form that was refused; empty if it was another one. */
static struct str typed(const struct wall *w, const char *list, struct str key, struct str item)
{
    const struct form *f = w->v->form;
    bool same = w->problem && str_eq(form_get(f, list), key) && str_eq(form_get(f, "item"), item);
    return same ? form_get(f, "text") : STR("");
}

/* Every list of every block, to choose where a note goes. */
static json_t *targets_of(struct wall *w, const json_t *board, struct str chosen)
{
    json_t *targets = json_array(), *block, *list;
    size_t i, k;
    json_array_foreach (json_object_get(board, "blocks"), i, block) {
        const json_t *lists =
            json_object_get(json_object_get(w->lists, json_member(block, "id").p), "lists");
        json_array_foreach ((json_t *)(uintptr_t)lists, k, list) {
            struct str key = json_member(list, "key"), label = json_member(block, "label");
            if (json_array_size(lists) > 1)
                label = str_format(w->v->a, "%.*s – %.*s", STR_ARG(label),
                                   STR_ARG(json_member(list, "ask")));
            json_array_append_new(targets,
                                  json_pack("{s:o,s:o,s:b}", "key", json_new_text(key), "label",
                                            json_new_text(label), "chosen", str_eq(key, chosen)));
        }
    }
    return targets;
}

static json_t *fields_for(struct wall *w, const json_t *board, const json_t *note,
                          const struct found *f)
{
    struct str key = json_member(f->list, "key"), id = json_member(note, "id"),
               text = typed(w, "key", key, id);
    struct str to = w->problem ? form_get(w->v->form, "to") : STR("");
    return json_pack(
        "{s:o,s:o,s:o,s:o,s:b,s:b}", "key", json_new_text(key), "item", json_new_text(id), "typed",
        json_new_text(text.n > 0 ? text : json_member(note, "text")), "targets",
        targets_of(w, board, to.n > 0 ? to : key), "first", f->at == 0, "last", f->at + 1 == f->of);
}

static void add_note_fields(struct wall *w, const json_t *board, const json_t *lists,
                            struct str block, json_t *note)
{
    struct str id = json_member(note, "id");
    struct found f = find_note(lists, id);
    if (!f.list)
        return;
    struct str key = json_member(f.list, "key");
    struct str query =
        str_format(w->v->a, "?canvas=%.*s&note=%.*s&list=%.*s#text-%.*s", STR_ARG(w->canvas),
                   STR_ARG(id), STR_ARG(in_query(w->v->a, key)), STR_ARG(id));
    json_object_set_new(
        note, "open",
        json_pack("{s:o,s:o,s:o}", "key", json_new_text(key), "dom",
                  json_new_text(str_format(w->v->a, "%.*s-%.*s", STR_ARG(block), STR_ARG(id))),
                  "href", json_new_text(wall_path(w, query.p))));
    if (str_eq(w->note, id) && str_eq(w->list, key))
        json_object_set_new(note, "edit", fields_for(w, board, note, &f));
    json_object_set_new(note, "private", json_boolean(json_flag(f.list, "private", false)));
    board_tree_signs(note);
}

/* The form for new notes; where nothing is asked yet, what will ask for them. */
static json_t *block_fields(struct wall *w, const json_t *lists, const json_t *later)
{
    json_t *fields = json_object(), *choices = json_array(), *list;
    const json_t *first = json_array_get(lists, 0);
    struct str text = STR(""), to = w->problem ? form_get(w->v->form, "to") : STR("");
    size_t i;
    json_array_foreach ((json_t *)(uintptr_t)lists, i, list) {
        struct str key = json_member(list, "key"), own = typed(w, "to", key, STR(""));
        text = own.n > 0 ? own : text;
        json_array_append_new(choices,
                              json_pack("{s:o,s:o,s:b}", "key", json_new_text(key), "ask",
                                        json_new_text(json_member(list, "ask")), "chosen",
                                        str_eq(key, to)));
    }
    json_object_set_new(fields, "key", json_new_text(json_member(first, "key")));
    json_object_set_new(fields, "takes", json_boolean(first != NULL));
    json_object_set_new(fields, "several", json_boolean(json_array_size(lists) > 1));
    json_object_set_new(fields, "choices", choices);
    json_object_set_new(fields, "typed", json_new_text(text));
    json_object_set_new(fields, "later", first || !later ? json_array() : json_deep_copy(later));
    return fields;
}

void wall_add_fields(struct wall *w, json_t *board)
{
    json_t *block, *note;
    size_t i, k;
    json_array_foreach (json_object_get(board, "blocks"), i, block) {
        struct str id = json_member(block, "id");
        const json_t *of = json_object_get(w->lists, id.p);
        const json_t *lists = json_object_get(of, "lists");
        json_object_set_new(block, "edit", block_fields(w, lists, json_object_get(of, "later")));
        json_array_foreach (json_object_get(block, "notes"), k, note)
            add_note_fields(w, board, lists, id, note);
    }
}
