/* list: items with an id that never changes and typed fields. */
#include "workflow/value_type.h"

#include <string.h>

/* Ids that the items have so far. */
struct ids {
    const struct check *k;
    json_t *taken;
};

static bool id_is_item(struct str id)
{
    for (size_t i = 0; i < id.n; i++)
        if (!((id.p[i] >= 'a' && id.p[i] <= 'z') ||
              (i > 0 && ((id.p[i] >= '0' && id.p[i] <= '9') || id.p[i] == '_'))))
            return false;
    return id.n > 0 && id.n <= 32;
}

static bool is_taken(const struct ids *ids, struct str id)
{
    return json_object_getn(ids->taken, id.p, id.n) != NULL;
}

static void take(struct ids *ids, struct str id)
{
    json_object_setn_new(ids->taken, id.p, id.n, json_true());
}

/* Ids that are written out are theirs before any is given by text. */
static bool take_written(struct ids *ids, const json_t *items)
{
    size_t i;
    json_t *item;
    json_array_foreach ((json_t *)items, i, item) {
        struct str id = json_member(item, "id");
        if (!json_object_get(item, "id"))
            continue;
        if (!id_is_item(id))
            return say(ids->k, SAY_ITEM_ID, str_part(id, 0, utf8_cut(id, 40)), STR(""));
        if (is_taken(ids, id))
            return say(ids->k, SAY_ITEM_TWICE, id, STR(""));
        take(ids, id);
    }
    return true;
}

/* The id of the earlier item with this text that is still free, else a new one. */
static struct str give_id(struct ids *ids, struct str text)
{
    size_t i;
    json_t *item;
    json_array_foreach ((json_t *)ids->k->c->previous, i, item) {
        struct str id = json_member(item, "id");
        if (id.n == 0 || !str_eq(json_member(item, "text"), text) || is_taken(ids, id))
            continue;
        take(ids, id);
        return id;
    }
    char *id = arena_alloc(ids->k->a, 7);
    bool free_id;
    do {
        ids->k->c->new_item_id(id);
        free_id = !is_taken(ids, str_of(id));
        json_array_foreach ((json_t *)ids->k->c->previous, i, item)
            free_id = free_id && !str_is(json_member(item, "id"), id);
    } while (!free_id);
    take(ids, str_of(id));
    return str_of(id);
}

static struct str field_names(const struct check *k, const json_t *fields)
{
    struct buf b = {.a = k->a};
    const char *name;
    json_t *field;
    json_object_foreach ((json_t *)fields, name, field)
        buf_format(&b, "%s%s", b.n ? ", " : "", name);
    return buf_str(&b);
}

static bool check_names(const struct check *k, const json_t *fields, const json_t *item)
{
    const char *name;
    json_t *ignored;
    json_object_foreach ((json_t *)item, name, ignored) {
        struct str word = str_part(str_of(name), 0, utf8_cut(str_of(name), 80)), known[32];
        if (strcmp(name, "id") == 0 || json_object_get(fields, name))
            continue;
        size_t n = 0;
        const char *one;
        json_object_foreach ((json_t *)fields, one, ignored)
            if (n < 32)
                known[n++] = str_of(one);
        struct str nearest = text_nearest(word, known, n);
        return nearest.n ? say(k, SAY_FIELD_NEAR, word, nearest)
                         : say(k, SAY_FIELD, word, field_names(k, fields));
    }
    return true;
}

static bool is_absent(const json_t *value)
{
    return !value || json_is_null(value) ||
        (json_is_string(value) && str_trim(json_text(value)).n == 0);
}

/* One field, by its own type; the sentence begins with what it is about. */
static bool check_field(const struct check *k, const char *name, const json_t *field,
                        const json_t *input, json_t *out)
{
    struct str label = json_member(field, "label");
    struct str about = label.n ? label : str_of(name);
    if (is_absent(input)) {
        if (!json_flag(field, "required", false))
            return true;
        return strcmp(name, "text") == 0 ? say(k, SAY_EMPTY, STR(""), STR(""))
                                         : say(k, SAY_FIELD_MISSING, about, STR(""));
    }
    struct value_context context = *k->c;
    context.rows = context.previous = NULL;
    context.question = field;
    struct check inner = {.a = k->a, .c = &context, .question = field, .e = k->e};
    const struct value_type *type = value_type_of(field);
    json_t *value = NULL;
    if (!type || !type->check(&inner, input, &value))
        return strcmp(name, "text") == 0
            ? false
            : err_before(k->e, "%.*s: ", STR_ARG(str_part(about, 0, utf8_cut(about, 60))));
    json_object_set_new(out, name, value);
    return true;
}

static bool check_item(struct ids *ids, const json_t *fields, const json_t *input, json_t *out)
{
    const struct check *k = ids->k;
    const char *name;
    json_t *field;
    if (!json_is_object(input) && !json_is_string(input))
        return say(k, SAY_ITEM, field_names(k, fields), STR(""));
    if (json_is_object(input) && !check_names(k, fields, input))
        return false;
    /* The id comes first; which one it is depends on the text as it is kept. */
    json_object_set_new(out, "id", json_null());
    json_object_foreach ((json_t *)fields, name, field) {
        const json_t *value = json_is_object(input) ? json_object_get(input, name)
            : strcmp(name, "text") == 0             ? input
                                                    : NULL;
        if (!check_field(k, name, field, value, out))
            return false;
    }
    struct str id = json_member(input, "id");
    json_object_set_new(out, "id",
                        json_new_text(id.n ? id : give_id(ids, json_member(out, "text"))));
    return true;
}

static bool check_count(const struct check *k, size_t n)
{
    long long least = json_whole(k->question, "min", 1), most = json_whole(k->question, "max", 0);
    if (n > LIST_MAX)
        return say_limit(k, SAY_LIST_LIMIT, str_format(k->a, "%d", LIST_MAX));
    if (n == 0 && least > 0)
        return say(k, SAY_EMPTY_LIST, STR(""), STR(""));
    if ((long long)n < least)
        return say(k, SAY_LIST_MIN, str_format(k->a, "%lld", least), STR(""));
    if (most > 0 && (long long)n > most)
        return say(k, SAY_LIST_MAX, str_format(k->a, "%lld", most), STR(""));
    return true;
}

static bool check_items(struct ids *ids, const json_t *items, json_t *list)
{
    const json_t *fields = json_object_get(ids->k->question, "item");
    size_t i;
    json_t *item;
    json_array_foreach ((json_t *)items, i, item) {
        json_t *one = json_object();
        json_array_append_new(list, one);
        if (!check_item(ids, fields, item, one))
            return json_array_size(items) > 1 ? err_before(ids->k->e, "%zu: ", i + 1) : false;
    }
    return true;
}

static bool check(const struct check *k, const json_t *input, json_t **out)
{
    json_t *items;
    if (json_is_array(input))
        items = json_incref((json_t *)input);
    else if (json_is_string(input) || json_is_object(input))
        items = json_pack("[O]", input);
    else
        return say(k, SAY_LIST, STR(""), STR(""));
    struct ids ids = {.k = k, .taken = json_object()};
    json_t *list = json_array();
    bool ok = check_count(k, json_array_size(items)) && take_written(&ids, items) &&
        check_items(&ids, items, list);
    json_decref(ids.taken);
    json_decref(items);
    if (ok)
        *out = list;
    else
        json_decref(list);
    return ok;
}

static bool read(const struct check *k, struct str typed, json_t **out)
{
    struct str *parts;
    size_t n = split_typed(k->a, typed, &parts);
    *out = json_array();
    for (size_t i = 0; i < n; i++)
        json_array_append_new(*out, json_new_text(parts[i]));
    return true;
}

static void show_item(struct buf *b, const json_t *fields, const json_t *item, struct str language)
{
    const char *name;
    json_t *field;
    size_t shown = 0;
    buf_add(b, json_member(item, "text"));
    json_object_foreach ((json_t *)fields, name, field) {
        const json_t *value = json_object_get(item, name);
        const struct value_type *type = value_type_of(field);
        if (!value || !type || strcmp(name, "text") == 0)
            continue;
        buf_add(b, shown++ ? STR(" · ") : STR(" ("));
        type->show(b, field, value, language);
    }
    if (shown)
        buf_add_char(b, ')');
}

static void show(struct buf *b, const json_t *question, const json_t *value, struct str language)
{
    size_t i;
    json_t *item;
    json_array_foreach ((json_t *)value, i, item) {
        buf_add(b, i ? STR("\n") : STR(""));
        show_item(b, json_object_get(question, "item"), item, language);
    }
}

const struct value_type type_list = {check, read, show};
