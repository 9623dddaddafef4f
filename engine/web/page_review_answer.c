/* Answers as they are read: lists as lists, grids as tables, what was sorted by its columns. */
#include "web/page_review.h"

static json_t *empty_answer(void)
{
    return json_pack("{s:n,s:n,s:n,s:n,s:b,s:b}", "lines", "items", "groups", "table", "has_items",
                     0, "numbered", 0);
}

static json_t *item(struct str text, struct str more)
{
    return json_pack("{s:o,s:o}", "text", json_new_text(text), "more", json_new_text(more));
}

static json_t *lines_of(struct str shown)
{
    json_t *lines = json_array();
    for (struct str rest = shown; rest.n > 0;) {
        struct str line = str_trim(str_split(rest, '\n', &rest));
        if (line.n > 0)
            json_array_append_new(lines, json_new_text(line));
    }
    return lines;
}

/* What stands behind the text of an item in its line, without the brackets. */
static struct str behind(struct str line, struct str text)
{
    if (text.n == 0 || !str_starts(line, text))
        return STR("");
    struct str more = str_trim(str_part(line, text.n, line.n));
    bool bracketed = str_starts(more, STR("(")) && str_ends(more, STR(")"));
    return bracketed ? str_part(more, 1, more.n - 1) : STR("");
}

/* One line for each item; NULL where the texts themselves have several lines. */
static json_t *items_of(struct str shown, const json_t *value)
{
    json_t *lines = lines_of(shown), *items = json_array(), *line;
    size_t i;
    if (json_array_size(lines) == json_array_size(value))
        json_array_foreach (lines, i, line) {
            struct str all = json_text(line), text = json_member(json_array_get(value, i), "text"),
                       more = behind(all, text);
            json_array_append_new(items, item(more.n ? text : all, more));
        }
    json_decref(lines);
    if (json_array_size(items) > 0)
        return items;
    json_decref(items);
    return NULL;
}

/* "1. first" as it stands in an ordered list. */
static json_t *ranked(struct str shown)
{
    json_t *lines = lines_of(shown), *items = json_array(), *line;
    size_t i;
    json_array_foreach (lines, i, line) {
        struct str text = json_text(line);
        size_t dot = str_find(text, STR(". "), 0);
        json_array_append_new(items,
                              item(dot < text.n ? str_part(text, dot + 2, text.n) : text, STR("")));
    }
    json_decref(lines);
    return items;
}

/* Rows of the moment have a text, those of the definition a label. */
static struct str row_text(const json_t *row)
{
    struct str text = json_member(row, "text");
    return text.n ? text : json_member(row, "label");
}

/* The rows of what was sorted that stand in one column, with the reason. */
static json_t *sorted_into(const json_t *rows, const json_t *value, struct str column)
{
    json_t *items = json_array(), *row;
    size_t i;
    json_array_foreach ((json_t *)(uintptr_t)rows, i, row) {
        struct str id = json_member(row, "id");
        const json_t *placed = json_object_getn(value, id.p, id.n);
        if (str_eq(json_member(placed, "to"), column))
            json_array_append_new(items, item(row_text(row), json_member(placed, "why")));
    }
    return items;
}

static size_t size_of(const json_t *groups)
{
    size_t i, n = 0;
    json_t *group;
    json_array_foreach ((json_t *)(uintptr_t)groups, i, group)
        n += json_array_size(json_object_get(group, "items"));
    return n;
}

static json_t *groups_of(const json_t *question, const json_t *value)
{
    json_t *groups = json_array(), *column;
    size_t i;
    json_array_foreach (json_object_get(question, "columns"), i, column) {
        json_t *items =
            sorted_into(json_object_get(question, "rows"), value, json_member(column, "id"));
        if (json_array_size(items) > 0)
            json_array_append_new(groups,
                                  json_pack("{s:o,s:O}", "label",
                                            json_new_text(json_member(column, "label")), "items",
                                            items));
        json_decref(items);
    }
    if (size_of(groups) == json_object_size(value))
        return groups;
    json_decref(groups); /* something has no row any more: said line by line instead */
    return NULL;
}

static json_t *table_row(struct arena *a, const json_t *scales, const json_t *row, const json_t *of)
{
    json_t *cells = json_array(), *scale;
    size_t i;
    json_array_foreach ((json_t *)(uintptr_t)scales, i, scale) {
        struct str id = json_member(scale, "id");
        json_t *cell = json_object_getn(of, id.p, id.n);
        struct str text = json_is_string(cell) ? json_text(cell) : STR("");
        if (json_is_number(cell))
            text = str_format(a, "%.10g", json_number_value(cell));
        json_array_append_new(cells, json_new_text(text));
    }
    return json_pack("{s:o,s:o}", "text", json_new_text(row_text(row)), "cells", cells);
}

static json_t *table_of(struct arena *a, const json_t *question, const json_t *value)
{
    const json_t *scales = json_object_get(question, "scales");
    json_t *heads = json_array(), *rows = json_array(), *one;
    size_t i;
    json_array_foreach ((json_t *)(uintptr_t)scales, i, one)
        json_array_append_new(heads, json_new_text(json_member(one, "label")));
    json_array_foreach (json_object_get(question, "rows"), i, one) {
        struct str id = json_member(one, "id");
        const json_t *of = json_object_getn(value, id.p, id.n);
        if (of)
            json_array_append_new(rows, table_row(a, scales, one, of));
    }
    if (json_array_size(rows) == json_object_size(value) && json_array_size(heads) > 0)
        return json_pack("{s:o,s:o}", "heads", heads, "rows", rows);
    json_decref(heads);
    json_decref(rows);
    return NULL;
}

json_t *review_answer(struct arena *a, const json_t *question)
{
    struct str type = json_member(question, "type"), shown = json_member(question, "shown");
    const json_t *value = json_object_get(question, "value");
    json_t *answer = empty_answer(), *made = NULL;
    const char *shape = "lines";
    if (str_is(type, "list") || str_is(type, "rank")) {
        shape = "items";
        made = str_is(type, "list") ? items_of(shown, value) : ranked(shown);
        json_object_set_new(answer, "numbered", json_boolean(str_is(type, "rank")));
    } else if (str_is(type, "sort")) {
        shape = "groups";
        made = groups_of(question, value);
    } else if (str_is(type, "grid")) {
        shape = "table";
        made = table_of(a, question, value);
    }
    json_object_set_new(answer, "has_items", json_boolean(made && str_is(str_of(shape), "items")));
    if (made)
        json_object_set_new(answer, shape, made);
    else
        json_object_set_new(answer, "lines", lines_of(shown));
    return answer;
}
