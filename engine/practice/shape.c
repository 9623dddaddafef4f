#include "practice/shape.h"

#include "workflow/value.h"

#include <string.h>

static json_t *shown(struct arena *a, const json_t *question, const json_t *value,
                     struct str language)
{
    return json_new_text(value_show(a, question, value, language));
}

static json_t *label_of(const json_t *options, struct str id)
{
    json_t *option = json_find(options, "id", id);
    return option ? json_incref(json_object_get(option, "label")) : json_new_text(id);
}

static json_t *shape_list(struct arena *a, const json_t *question, const json_t *value,
                          struct str language)
{
    json_t *list = json_array(), *item, *field;
    const json_t *fields = json_object_get(question, "item");
    const char *name;
    size_t i;
    json_array_foreach (value, i, item) {
        json_t *shaped = json_object();
        json_object_set(shaped, "id", json_object_get(item, "id"));
        json_object_foreach (json_object_get(question, "item"), name, field)
            json_object_set_new(shaped, name, json_null());
        json_object_foreach (item, name, field) {
            const json_t *definition = json_object_get(fields, name);
            if (!definition)
                continue;
            json_object_set_new(shaped, name, shown(a, definition, field, language));
            if (json_object_get(definition, "options") && json_is_string(field))
                json_object_set(shaped, str_format(a, "%s_id", name).p, field);
        }
        json_array_append_new(list, shaped);
    }
    return list;
}

/* The rows of an asking: those the script gave, else those of the definition. */
static const json_t *rows_for(const json_t *question, const json_t *rows)
{
    return rows ? rows : json_object_get(question, "rows");
}

static json_t *row_text(const json_t *row)
{
    json_t *text = json_object_get(row, "text");
    return json_incref(text ? text : json_object_get(row, "label"));
}

static json_t *shape_sort(const json_t *question, const json_t *value, const json_t *rows)
{
    json_t *list = json_array(), *row;
    size_t i;
    json_array_foreach (rows_for(question, rows), i, row) {
        const json_t *placed = json_object_get(value, json_member(row, "id").p);
        if (!placed)
            continue;
        struct str to = json_member(placed, "to");
        json_array_append_new(list,
                              json_pack("{s:O?,s:o?,s:o,s:o,s:o}", "id", json_object_get(row, "id"),
                                        "text", row_text(row), "to", json_new_text(to), "label",
                                        label_of(json_object_get(question, "columns"), to), "why",
                                        json_new_text(json_member(placed, "why"))));
    }
    return list;
}

static json_t *shape_grid(const json_t *question, const json_t *value, const json_t *rows)
{
    json_t *list = json_array(), *row;
    size_t i;
    json_array_foreach (rows_for(question, rows), i, row) {
        json_t *rated = json_object_get(value, json_member(row, "id").p);
        if (!rated)
            continue;
        json_t *shaped =
            json_pack("{s:O?,s:o?}", "id", json_object_get(row, "id"), "text", row_text(row));
        json_object_update(shaped, rated);
        json_array_append_new(list, shaped);
    }
    return list;
}

static json_t *shape_rank(const json_t *question, const json_t *value, const json_t *rows)
{
    json_t *list = json_array(), *id, *row;
    const json_t *known = rows_for(question, rows ? rows : json_object_get(question, "options"));
    size_t i, k;
    json_array_foreach (value, i, id)
        json_array_foreach (known, k, row)
            if (str_eq(json_member(row, "id"), json_text(id)))
                json_array_append_new(list,
                                      json_pack("{s:O,s:o?,s:I}", "id", id, "text", row_text(row),
                                                "place", (json_int_t)i + 1));
    return list;
}

/* A copy that has all the fields, so that strict templates may name them. */
static json_t *with_fields(const json_t *value, const char *const *names)
{
    json_t *copy = json_object();
    for (; *names; names++) {
        json_t *field = json_object_get(value, *names);
        json_object_set_new(copy, *names, field ? json_incref(field) : json_null());
    }
    return copy;
}

json_t *shape_value(struct arena *a, const json_t *question, const json_t *value,
                    const json_t *rows, struct str language)
{
    struct str type = json_member(question, "type");
    if (!value)
        return json_null();
    if (str_is(type, "list"))
        return shape_list(a, question, value, language);
    if (str_is(type, "sort"))
        return shape_sort(question, value, rows);
    if (str_is(type, "grid"))
        return shape_grid(question, value, rows);
    if (str_is(type, "rank"))
        return shape_rank(question, value, rows);
    if (str_is(type, "commitment"))
        return with_fields(value, (const char *const[]){"what", "by", "know", "help", NULL});
    if (str_is(type, "confirm"))
        return with_fields(value, (const char *const[]){"agreed", "who", "on", NULL});
    return shown(a, question, value, language);
}
