/* sort: each row into one of the columns, with an optional reason. */
#include "workflow/value_type.h"

static const json_t *column_of(const json_t *columns, struct str meant)
{
    const json_t *column = entry_find(columns, meant, false);
    return column ? column : json_find(columns, "key", meant);
}

static bool check_place(const struct check *k, const json_t *input, json_t *out)
{
    const json_t *columns = json_object_get(k->question, "columns"),
                 *why = json_object_get(input, "why");
    struct str to = json_is_object(input) ? json_member(input, "to") : json_text(input), reason;
    if (json_is_object(input) && !check_fields(k, input, "to|why"))
        return false;
    const json_t *column = column_of(columns, str_trim(to));
    if (!column)
        return say_no_entry(k, columns, str_trim(to), SAY_CHOOSE_NEAR, SAY_CHOOSE);
    json_object_set(out, "to", json_object_get(column, "id"));
    if (!why || json_is_null(why) || (json_is_string(why) && str_trim(json_text(why)).n == 0))
        return true;
    if (!clean_text(k, why, true, &reason))
        return false;
    json_object_set_new(out, "why", json_new_text(reason));
    return true;
}

static bool check(const struct check *k, const json_t *input, json_t **out)
{
    static const struct rows_rule rule = {check_place, SAY_PLACE_EACH, SAY_ROW_PLACE};
    return rows_check(k, input, &rule, out);
}

/* One column for each row, in their order: "m r a", by key, number or name. */
static bool read(const struct check *k, struct str typed, json_t **out)
{
    const json_t *rows = rows_of(k), *columns = json_object_get(k->question, "columns");
    size_t n = 0, count = json_array_size(rows);
    json_t *places = json_object();
    while (typed.n > 0 && n <= count) {
        size_t end = 0;
        while (end < typed.n && typed.p[end] != ' ' && typed.p[end] != ',')
            end++;
        struct str word = str_part(typed, 0, end), row = json_member(json_array_get(rows, n), "id");
        typed = str_part(typed, end + 1, typed.n);
        if (word.n == 0)
            continue;
        const json_t *column = column_of(columns, word);
        column = column ? column : entry_find(columns, word, true);
        if (!column) {
            json_decref(places);
            return say_no_entry(k, columns, word, SAY_CHOOSE_NEAR, SAY_CHOOSE);
        }
        if (n++ < count)
            json_object_setn(places, row.p, row.n, json_object_get(column, "id"));
    }
    if (n == count) {
        *out = places;
        return true;
    }
    json_decref(places);
    return say(k, SAY_AS_MANY, str_format(k->a, "%zu", count), STR(""));
}

static void show(struct buf *b, const json_t *question, const json_t *value, struct str language)
{
    const char *id;
    json_t *place;
    size_t n = 0;
    json_t *ordered = in_order_of_rows(question, value);
    const char *colon = is_french(language) ? "\u00a0: " : ": ";
    json_object_foreach (ordered, id, place) {
        const json_t *column =
            entry_find(json_object_get(question, "columns"), json_member(place, "to"), false);
        struct str to = column ? entry_name(column) : json_member(place, "to"),
                   why = json_member(place, "why");
        struct str row = row_name(question, str_of(id));
        buf_format(b, "%s%.*s%s%.*s", n++ ? "\n" : "", STR_ARG(row), colon, STR_ARG(to));
        if (why.n > 0)
            buf_format(b, " (%.*s)", STR_ARG(why));
    }
    json_decref(ordered);
}

const struct value_type type_sort = {check, read, show};
