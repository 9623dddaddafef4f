/* grid: each row rated on one or more scales. */
#include "workflow/value_type.h"

#include <string.h>

static bool check_rating(const struct check *k, const json_t *scale, const json_t *input,
                         json_t *out)
{
    long long n;
    struct str id = json_member(scale, "id");
    const json_t *from = json_object_get(scale, "from"), *to = json_object_get(scale, "to");
    if (!whole_number(k, input, &n) || !check_whole_range(k, n, from, to))
        return err_before(k->e, "%.*s: ", STR_ARG(entry_name(scale)));
    json_object_setn_new(out, id.p, id.n, json_integer(n));
    return true;
}

/* {"importance": 8, "satisfaction": 3}, or 8 alone where there is one scale. */
static bool check_row(const struct check *k, const json_t *input, json_t *out)
{
    const json_t *scales = json_object_get(k->question, "scales");
    const char *key;
    json_t *value, *scale;
    size_t i;
    if (!json_is_object(input)) {
        if (json_array_size(scales) == 1)
            return check_rating(k, json_array_get(scales, 0), input, out);
        return say(k, SAY_FIELD_MISSING, entry_names(k->a, scales), STR(""));
    }
    json_object_foreach ((json_t *)input, key, value) {
        const json_t *meant = entry_find(scales, str_of(key), false);
        struct str id = json_member(meant, "id");
        if (!meant)
            return say_no_entry(k, scales, str_of(key), SAY_ROW_NEAR, SAY_ROW_UNKNOWN);
        if (json_object_getn(out, id.p, id.n))
            return say(k, SAY_ROW_TWICE, str_of(key), STR(""));
        if (!check_rating(k, meant, value, out))
            return false;
    }
    json_array_foreach ((json_t *)scales, i, scale)
        if (!json_object_get(out, json_string_value(json_object_get(scale, "id"))))
            return say(k, SAY_FIELD_MISSING, entry_name(scale), STR(""));
    return true;
}

static bool check(const struct check *k, const json_t *input, json_t **out)
{
    static const struct rows_rule rule = {check_row, SAY_RATE_EACH, SAY_ROW_RATE};
    return rows_check(k, input, &rule, out);
}

/* All numbers one after the other, row by row: "8 3 5 5". */
static bool read(const struct check *k, struct str typed, json_t **out)
{
    const json_t *rows = rows_of(k), *scales = json_object_get(k->question, "scales");
    size_t n = 0, width = json_array_size(scales), count = json_array_size(rows) * width;
    json_t *result = json_object();
    while (typed.n > 0 && n <= count) {
        size_t end = 0;
        while (end < typed.n && !strchr(" ,;/", typed.p[end]))
            end++;
        struct str word = str_part(typed, 0, end);
        typed = str_part(typed, end + 1, typed.n);
        if (word.n == 0)
            continue;
        struct str row = json_member(json_array_get(rows, width ? n / width : 0), "id");
        struct str scale = json_member(json_array_get(scales, width ? n % width : 0), "id");
        if (n++ >= count)
            break;
        if (!json_object_getn(result, row.p, row.n))
            json_object_setn_new(result, row.p, row.n, json_object());
        json_object_setn_new(json_object_getn(result, row.p, row.n), scale.p, scale.n,
                             json_new_text(word));
    }
    if (n == count) {
        *out = result;
        return true;
    }
    json_decref(result);
    return say(k, SAY_AS_MANY, str_format(k->a, "%zu", count), STR(""));
}

static void show(struct buf *b, const json_t *question, const json_t *value, struct str language)
{
    const json_t *scales = json_object_get(question, "scales");
    const char *id;
    json_t *row, *scale;
    size_t n = 0, i;
    json_t *ordered = in_order_of_rows(question, value);
    json_object_foreach (ordered, id, row) {
        struct str name = row_name(question, str_of(id));
        buf_format(b, "%s%.*s%s:", n++ ? "\n" : "", STR_ARG(name),
                   is_french(language) ? "\u00a0" : "");
        json_array_foreach ((json_t *)scales, i, scale) {
            struct str label = entry_name(scale);
            buf_format(b, "%s %.*s %lld", i ? "," : "", STR_ARG(label),
                       json_whole(row, json_string_value(json_object_get(scale, "id")), 0));
        }
    }
    json_decref(ordered);
}

const struct value_type type_grid = {check, read, show};
