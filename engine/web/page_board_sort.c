/* The second table: every note in the column of its decision, one form for each question that asks
 * for such decisions.  Questions with the same columns are one table. */
#include "web/page_board.h"

#include "document/html.h"
#include "web/form.h"

/* What a browser was told to choose for a row, if that was refused; else what is stored. */
static struct str chosen(const struct wall *w, const json_t *sort, struct str row,
                         const char *field)
{
    const json_t *value = json_object_get(json_object_get(sort, "value"), row.p);
    struct str name = str_format(w->v->a, "s.%.*s.%s", STR_ARG(row), field);
    if (w->problem && str_eq(wall_given(w, "key"), json_member(sort, "key")))
        return form_get(w->v->form, name.p);
    return json_member(value, field);
}

static json_t *options_of(const json_t *columns, struct str to)
{
    json_t *options = json_array(), *column;
    size_t i;
    json_array_foreach ((json_t *)(uintptr_t)columns, i, column)
        json_array_append_new(options,
                              json_pack("{s:O,s:O,s:b}", "id", json_object_get(column, "id"),
                                        "label", json_object_get(column, "label"), "chosen",
                                        str_eq(json_member(column, "id"), to)));
    return options;
}

/* The notes of one column; an empty id: those that are not decided. */
static json_t *column_of(const struct wall *w, const json_t *sort, const json_t *column)
{
    json_t *notes = json_array(), *row;
    struct str id = json_member(column, "id"), symbol = json_member(column, "symbol");
    size_t i;
    json_array_foreach (json_object_get(sort, "rows"), i, row) {
        struct str name = json_member(row, "id"), to = chosen(w, sort, name, "to");
        if (!str_eq(to, id))
            continue;
        json_array_append_new(notes,
                              json_pack("{s:o,s:O,s:o,s:o,s:b}", "id", json_new_text(name), "text",
                                        json_object_get(row, "text"), "why",
                                        json_new_text(chosen(w, sort, name, "why")), "options",
                                        options_of(json_object_get(sort, "columns"), to),
                                        "undecided", id.n == 0));
    }
    return json_pack("{s:o,s:o,s:o,s:b,s:o}", "id", json_new_text(id), "label",
                     json_new_text(json_member(column, "label")), "symbol", json_new_text(symbol),
                     "undecided", id.n == 0, "notes", notes);
}

static size_t count_undecided(const struct wall *w, const json_t *sort)
{
    size_t i, n = 0;
    json_t *row;
    json_array_foreach (json_object_get(sort, "rows"), i, row)
        n += chosen(w, sort, json_member(row, "id"), "to").n == 0;
    return n;
}

/* The tint of the block that the first row stands in. */
static size_t tint_of(struct wall *w, const json_t *sort)
{
    struct str first = json_member(json_array_get(json_object_get(sort, "rows"), 0), "id");
    const json_t *canvas =
        json_object_get(json_object_get(w->definition, "canvases"), str_copy(w->v->a, w->canvas).p);
    json_t *lists = board_lists(w->j, w->canvas), *block, *list, *item;
    size_t i, k, n, tint = 1;
    json_array_foreach (json_object_get(canvas, "blocks"), i, block) {
        const json_t *of = json_object_get(lists, json_member(block, "id").p);
        json_array_foreach (json_object_get(of, "lists"), k, list)
            json_array_foreach (json_object_get(list, "items"), n, item)
                if (str_eq(json_member(item, "id"), first))
                    tint = html_tint(json_member(block, "colour"));
    }
    json_decref(lists);
    return tint;
}

/* Only these fields: an author's fields could hide those of the page. */
static json_t *plain_notes(const json_t *items)
{
    json_t *notes = json_array(), *item;
    size_t i;
    json_array_foreach ((json_t *)(uintptr_t)items, i, item)
        json_array_append_new(notes,
                              json_pack("{s:O,s:O}", "id", json_object_get(item, "id"), "text",
                                        json_object_get(item, "text")));
    return notes;
}

static json_t *added_of(struct wall *w, const json_t *sort)
{
    const json_t *add = json_object_get(sort, "add");
    struct str key = json_member(add, "key");
    bool same = w->problem && str_eq(wall_given(w, "to"), key);
    if (!json_is_object(add))
        return json_null();
    return json_pack("{s:o,s:O,s:o,s:o}", "key", json_new_text(key), "ask",
                     json_object_get(add, "ask"), "notes",
                     plain_notes(json_object_get(add, "items")), "typed",
                     json_new_text(same ? wall_given(w, "text") : STR("")));
}

static json_t *table_of(struct wall *w, const json_t *sort, size_t number)
{
    json_t *columns = json_array(), *column, *undecided = json_object();
    size_t i, left = count_undecided(w, sort);
    if (left > 0)
        json_array_append_new(columns, column_of(w, sort, undecided));
    json_array_foreach (json_object_get(sort, "columns"), i, column)
        json_array_append_new(columns, column_of(w, sort, column));
    json_decref(undecided);
    size_t across = json_array_size(columns) + json_is_object(json_object_get(sort, "add"));
    struct str title = json_member(sort, "step");
    return json_pack("{s:I,s:o,s:o,s:o,s:o,s:o,s:I,s:b,s:b,s:o,s:o}", "number", (json_int_t)number,
                     "key", json_new_text(json_member(sort, "key")), "title",
                     json_new_text(title.n > 0 ? title : json_member(sort, "ask")), "ask",
                     json_new_text(json_member(sort, "ask")), "tint",
                     json_new_text(str_format(w->v->a, "t%zu", tint_of(w, sort))), "columns",
                     columns, "left", (json_int_t)left, "open", left > 0, "sensitive",
                     json_flag(sort, "sensitive", false), "added", added_of(w, sort), "across",
                     json_new_text(str_format(w->v->a, "c%zu", across)));
}

static struct str name_of(struct arena *a, const json_t *columns)
{
    struct buf b = {.a = a};
    size_t i;
    json_t *column;
    json_array_foreach ((json_t *)(uintptr_t)columns, i, column)
        buf_format(&b, "%s%.*s", i ? " · " : "", STR_ARG(json_member(column, "label")));
    return buf_str(&b);
}

/* The sets of columns there are, in the order of the path; the one that is meant is here. */
static json_t *sets_of(struct wall *w, const json_t *sorts, size_t *here)
{
    json_t *sets = json_array(), *sort, *set;
    size_t i, k, wanted = (size_t)wall_number(wall_given(w, "set"), 0);
    json_array_foreach ((json_t *)(uintptr_t)sorts, i, sort) {
        json_t *columns = json_object_get(sort, "columns");
        bool known = false;
        json_array_foreach (sets, k, set)
            known = known || json_equal(json_object_get(set, "columns"), columns);
        if (!known)
            json_array_append_new(sets, json_pack("{s:O}", "columns", columns));
    }
    size_t n = json_array_size(sets);
    *here = wanted >= 1 && wanted <= n ? wanted - 1 : n - 1;
    json_array_foreach (sets, k, set) {
        struct str query = str_format(w->v->a, "?state=decisions&set=%zu", k + 1);
        json_object_set_new(set, "label",
                            json_new_text(name_of(w->v->a, json_object_get(set, "columns"))));
        json_object_set_new(set, "href", json_new_text(wall_path(w, query.p)));
        json_object_set_new(set, "here", json_boolean(k == *here));
    }
    return sets;
}

bool wall_has_decisions(struct wall *w)
{
    json_t *sorts = board_sorts(w->j);
    bool any = json_array_size(sorts) > 0;
    json_decref(sorts);
    return any;
}

json_t *wall_decisions(struct wall *w)
{
    json_t *sorts = board_sorts(w->j), *tables = json_array(), *sort;
    size_t i, here;
    if (json_array_size(sorts) == 0) {
        json_decref(sorts);
        json_decref(tables);
        return NULL;
    }
    json_t *sets = sets_of(w, sorts, &here);
    const json_t *columns = json_object_get(json_array_get(sets, here), "columns");
    json_array_foreach (sorts, i, sort)
        if (json_equal(json_object_get(sort, "columns"), columns))
            json_array_append_new(tables, table_of(w, sort, json_array_size(tables) + 1));
    json_decref(sorts);
    return json_pack("{s:o,s:b,s:o,s:I}", "sets", sets, "several", json_array_size(sets) > 1,
                     "tables", tables, "set", (json_int_t)here + 1);
}
