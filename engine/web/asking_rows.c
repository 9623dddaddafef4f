/* Controls of many rows: lists, and what is done to each row of one. */
#include "web/asking.h"

#include "workflow/value.h"

#include <ctype.h>
#include <string.h>

enum { ROWS_TO_WRITE = 3, WHEEL_FROM = 3, WHEEL_TO = 24 };

/* "last_contact" as "Last contact", where an author gave no label. */
static struct str spelled(struct arena *a, const char *name)
{
    struct buf b = {.a = a};
    for (size_t i = 0; name[i]; i++)
        buf_add_char(&b,
                     name[i] == '_' ? ' ' : (char)(i ? name[i] : toupper((unsigned char)*name)));
    return buf_str(&b);
}

/* The kinds of field that a row of a list can have; what is none of these is a line to write on. */
static const char *const kinds[] = {"long_text", "choice", "choices", "scale", "integer",
                                    "number",    "money",  "date",    "yes_no"};
enum { KINDS = sizeof kinds / sizeof kinds[0] };

static json_t *field_kinds(struct str type)
{
    json_t *flags = json_object();
    bool known = false;
    for (size_t i = 0; i < KINDS; i++) {
        known = known || str_is(type, kinds[i]);
        json_object_set_new(flags, kinds[i], json_boolean(str_is(type, kinds[i])));
    }
    json_object_set_new(flags, "line", json_boolean(!known));
    return flags;
}

static json_t *make_field(const struct asking *list, const char *name, const json_t *field,
                          const json_t *value)
{
    struct asking part = {list->a, list->language, field, value, 0};
    struct str label = json_member(field, "label"), given = asking_text(list->a, value);
    const json_t *scale = str_is(json_member(field, "type"), "scale") ? field : NULL;
    json_t *low = json_object_get(field, scale ? "from" : "min"),
           *high = json_object_get(field, scale ? "to" : "max");
    return json_pack("{s:s,s:o,s:o,s:o,s:o,s:o,s:o,s:o,s:b,s:b,s:b}", "field", name, "label",
                     json_new_text(label.n > 0 ? label : spelled(list->a, name)), "value",
                     json_new_text(given), "low", json_new_text(asking_text(list->a, low)), "high",
                     json_new_text(asking_text(list->a, high)), "options",
                     asking_options(json_object_get(field, "options"), value), "is",
                     field_kinds(json_member(field, "type")), "money", asking_money(&part), "yes",
                     str_is(given, "true"), "no", str_is(given, "false"), "needed",
                     json_flag(field, "required", false));
}

/* A value of an entry; an entry may be nothing but its text. */
static const json_t *value_in(const json_t *item, const char *name)
{
    if (json_is_string(item))
        return strcmp(name, "text") == 0 ? item : NULL;
    return json_object_get(item, name);
}

/* What the fields beside the text say, in one line. */
static json_t *brief_of(const struct asking *q, const json_t *item)
{
    json_t *spec = json_object_get(q->question, "item"), *rest = json_object(), *value;
    const char *name;
    if (json_is_object(item)) {
        json_object_foreach ((json_t *)(uintptr_t)item, name, value)
            if (strcmp(name, "text") != 0 && strcmp(name, "id") != 0 && json_object_get(spec, name))
                json_object_set(rest, name, value);
    }
    struct buf b = {.a = q->a};
    json_object_foreach (rest, name, value) {
        struct str shown = value_show(q->a, json_object_get(spec, name), value, q->language);
        if (shown.n > 0)
            buf_format(&b, "%s%.*s", b.n ? " \xC2\xB7 " : "", STR_ARG(shown));
    }
    json_decref(rest);
    return json_new_text(b.n ? buf_str(&b) : STR(""));
}

/* A row of a list, number `n`; `item` NULL: an empty one. */
static json_t *make_row(const struct asking *q, struct str n, const json_t *item)
{
    json_t *fields = json_array(), *field;
    const json_t *spec = json_object_get(q->question, "item");
    const char *name;
    json_object_foreach ((json_t *)(uintptr_t)spec, name, field) {
        if (strcmp(name, "text") == 0)
            continue;
        json_array_append_new(fields, make_field(q, name, field, value_in(item, name)));
    }
    json_t *text = json_object_get(spec, "text");
    return json_pack("{s:o,s:o,s:o,s:o,s:o,s:b,s:o,s:b}", "n", json_new_text(n), "id",
                     json_new_text(json_member(item, "id")), "text",
                     json_new_text(asking_text(q->a, value_in(item, "text"))), "text_max",
                     json_new_text(asking_text(q->a, json_object_get(text, "max"))), "fields",
                     fields, "has_fields", json_array_size(fields) > 0, "brief", brief_of(q, item),
                     "filled", item != NULL);
}

json_t *asking_list(const struct asking *q)
{
    json_t *rows = json_array(), *item;
    size_t i, filled = json_array_size(q->given);
    size_t empty = q->rows ? q->rows : ROWS_TO_WRITE;
    json_array_foreach ((json_t *)(uintptr_t)q->given, i, item)
        json_array_append_new(rows, make_row(q, str_format(q->a, "%zu", i), item));
    for (i = filled; i < filled + empty; i++)
        json_array_append_new(rows, make_row(q, str_format(q->a, "%zu", i), NULL));
    json_t *max = json_object_get(q->question, "max");
    return json_pack("{s:o,s:o,s:o,s:O?}", "rows", rows, "blank", make_row(q, STR("N"), NULL),
                     "next", json_integer((json_int_t)filled + (json_int_t)empty), "max", max);
}

static const json_t *rows_of(const json_t *question)
{
    const json_t *rows = json_object_get(question, "rows");
    return rows ? rows : json_object_get(question, "options");
}

static json_t *row_text(const json_t *row)
{
    struct str text = json_member(row, "text"), label = json_member(row, "label");
    return json_new_text(text.n ? text : label.n ? label : json_member(row, "id"));
}

json_t *asking_sort(const struct asking *q)
{
    const json_t *columns = json_object_get(q->question, "columns");
    json_t *rows = json_array(), *row;
    size_t i;
    json_array_foreach ((json_t *)(uintptr_t)rows_of(q->question), i, row) {
        const json_t *place = json_object_get(q->given, json_member(row, "id").p);
        const json_t *to = json_is_string(place) ? place : json_object_get(place, "to");
        json_array_append_new(rows,
                              json_pack("{s:O,s:o,s:o,s:i,s:o}", "id", json_object_get(row, "id"),
                                        "text", row_text(row), "reason",
                                        json_new_text(json_member(place, "why")), "n", (int)i, "to",
                                        asking_options(columns, to)));
    }
    return json_pack("{s:o,s:o}", "rows", rows, "columns", asking_options(columns, NULL));
}

static json_t *make_cells(const struct asking *q, const json_t *row)
{
    const json_t *given = json_object_get(q->given, json_member(row, "id").p);
    json_t *cells = json_array(), *scale;
    size_t i;
    json_array_foreach (json_object_get(q->question, "scales"), i, scale)
        json_array_append_new(
            cells,
            json_pack("{s:O,s:o,s:I,s:I,s:o,s:i}", "scale", json_object_get(scale, "id"), "label",
                      row_text(scale), "from", (json_int_t)json_whole(scale, "from", 0), "to",
                      (json_int_t)json_whole(scale, "to", 10), "value",
                      json_new_text(
                          asking_text(q->a, json_object_get(given, json_member(scale, "id").p))),
                      "column", (int)i));
    return cells;
}

/* Is it a wheel?  Two scales from 0 to 10, and a number of spokes that can be drawn. */
static bool is_wheel(const json_t *scales, size_t rows)
{
    size_t i;
    json_t *scale;
    json_array_foreach ((json_t *)(uintptr_t)scales, i, scale)
        if (json_whole(scale, "from", -1) != 0 || json_whole(scale, "to", -1) != 10)
            return false;
    return json_array_size(scales) == 2 && rows >= WHEEL_FROM && rows <= WHEEL_TO;
}

json_t *asking_grid(const struct asking *q)
{
    json_t *scales = json_object_get(q->question, "scales"), *rows = json_array(), *row;
    json_t *heads = json_array(), *scale;
    size_t i;
    json_array_foreach ((json_t *)(uintptr_t)rows_of(q->question), i, row)
        json_array_append_new(rows,
                              json_pack("{s:O,s:o,s:i,s:o}", "id", json_object_get(row, "id"),
                                        "text", row_text(row), "n", (int)i, "cells",
                                        make_cells(q, row)));
    json_array_foreach (scales, i, scale)
        json_array_append_new(heads,
                              json_pack("{s:o,s:I,s:I}", "label", row_text(scale), "from",
                                        (json_int_t)json_whole(scale, "from", 0), "to",
                                        (json_int_t)json_whole(scale, "to", 10)));
    return json_pack("{s:o,s:o,s:b}", "rows", rows, "scales", heads, "wheel",
                     is_wheel(scales, json_array_size(rows)));
}

/* The place of a row in a rank, from 1; 0: none yet. */
static size_t place_of(const json_t *given, const json_t *id)
{
    for (size_t i = 0; i < json_array_size(given); i++)
        if (json_equal(json_array_get(given, i), id))
            return i + 1;
    return 0;
}

/* Rows that have a place stand in their order, the others behind them. */
json_t *asking_rank(const struct asking *q)
{
    const json_t *all = rows_of(q->question);
    json_t *rows = json_array();
    size_t n = json_array_size(all), placed = json_array_size(q->given);
    for (size_t place = 1; place <= placed + 1; place++)
        for (size_t i = 0; i < n; i++) {
            const json_t *row = json_array_get(all, i);
            size_t at = place_of(q->given, json_object_get(row, "id"));
            if ((at ? at : placed + 1) != place)
                continue;
            json_array_append_new(rows,
                                  json_pack("{s:O,s:o,s:i}", "id", json_object_get(row, "id"),
                                            "text", row_text(row), "place",
                                            (int)json_array_size(rows) + 1));
        }
    return json_pack("{s:o,s:i}", "rows", rows, "count", (int)n);
}
