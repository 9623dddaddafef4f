/* rank: all rows in an order. */
#include "workflow/value_type.h"

static bool take(const struct check *k, struct str meant, json_t *found, json_t *list)
{
    struct str id;
    if (!row_find(k, str_trim(meant), &id))
        return false;
    if (json_object_getn(found, id.p, id.n))
        return say(k, SAY_ROW_TWICE, meant, STR(""));
    json_object_setn_new(found, id.p, id.n, json_true());
    json_array_append_new(list, json_new_text(id));
    return true;
}

static bool check(const struct check *k, const json_t *input, json_t **out)
{
    if (!json_is_array(input) || json_array_size(input) == 0)
        return say(k, SAY_RANK_EACH, STR(""), STR(""));
    json_t *found = json_object(), *list = json_array(), *ordered = NULL, *one;
    size_t i;
    bool ok = json_array_size(input) <= LIST_MAX ||
        say_limit(k, SAY_LIST_LIMIT, str_format(k->a, "%d", LIST_MAX));
    json_array_foreach ((json_t *)input, i, one)
        ok = ok &&
            (json_is_string(one) ? take(k, json_text(one), found, list)
                                 : say(k, SAY_RANK_EACH, STR(""), STR("")));
    ok = ok && rows_in_order(k, found, SAY_ROW_RANK, &ordered);
    json_decref(ordered);
    json_decref(found);
    if (ok)
        *out = list;
    else
        json_decref(list);
    return ok;
}

/* Numbers of the rows ("2 1 3"), or their names with commas between them. */
static bool read(const struct check *k, struct str typed, json_t **out)
{
    const json_t *rows = rows_of(k);
    struct str *parts;
    size_t n = split_typed(k->a, typed, &parts);
    if (n == 1 && json_array_size(rows) > 1) {
        parts = arena_alloc(k->a, (typed.n + 1) * sizeof *parts);
        for (n = 0; typed.n > 0;) {
            struct str word = str_split(typed, ' ', &typed);
            if (word.n > 0)
                parts[n++] = word;
        }
    }
    json_t *list = json_array();
    for (size_t i = 0; i < n; i++) {
        const json_t *row = entry_find(rows, parts[i], true);
        json_array_append_new(list, json_new_text(row ? json_member(row, "id") : parts[i]));
    }
    *out = list;
    return true;
}

static void show(struct buf *b, const json_t *question, const json_t *value, struct str language)
{
    size_t i;
    json_t *one;
    (void)language;
    json_array_foreach ((json_t *)value, i, one) {
        struct str name = row_name(question, json_text(one));
        buf_format(b, "%s%zu. %.*s", i ? "\n" : "", i + 1, STR_ARG(name));
    }
}

const struct value_type type_rank = {check, read, show};
