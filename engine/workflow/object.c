/* Objects of the definition: their keys by the schema, then what holds between the keys. */
#include "workflow/build.h"

#include <string.h>

enum { KEYS_MAX = 128 };

static enum type type_of(struct build *b, enum place in, const struct node *map)
{
    (void)b;
    const struct node *type = node_get(map, STR("type"));
    if (in == IN_FIELD && !type)
        return TYPE_TEXT;
    return type && type->kind == NODE_TEXT ? type_of_name(str_trim(type->text)) : TYPE_COUNT;
}

static const char *place_name(enum place in)
{
    switch (in) {
    case IN_WORKFLOW:
        return "a workflow";
    case IN_PHASE:
        return "a phase";
    case IN_STEP:
        return "a step";
    case IN_QUESTION:
        return "a question";
    case IN_FIELD:
        return "a field";
    case IN_ENTRY:
        return "an option";
    case IN_COLUMN:
        return "a column";
    case IN_SCALE:
        return "a scale";
    case IN_CANVAS:
        return "a canvas";
    case IN_OUTPUT:
        return "an output";
    case IN_DOCUMENT:
        return "a document";
    case IN_SHARE:
        return "what is shared";
    }
    return "";
}

/* The types a key is for: "choice, choices". */
static struct str types_with(struct build *b, enum place in, struct str key)
{
    struct buf all = {.a = b->a};
    for (int t = 0; t < TYPE_COUNT; t++)
        if (schema_find(in, key, (enum type)t))
            buf_format(&all, "%s%.*s", all.n ? ", " : "", STR_ARG(type_name((enum type)t)));
    return buf_str(&all);
}

void build_unknown_key(struct build *b, enum place in, const struct node *key, enum type type)
{
    struct str known[KEYS_MAX], quoted = build_quote(b, key->text);
    if (schema_find(in, key->text, TYPE_COUNT)) {
        const char *help = str_format(b->a, "It is for: %s.", types_with(b, in, key->text).p).p;
        build_fault(b, key, "E123", help, "\"%.*s\" has no meaning for the type %.*s",
                    STR_ARG(quoted), STR_ARG(type_name(type)));
        return;
    }
    size_t n = schema_names(in, type, known, KEYS_MAX);
    struct buf all = {.a = b->a};
    for (size_t i = 0; i < n; i++)
        buf_format(&all, "%s%.*s", i ? ", " : "Possible are: ", STR_ARG(known[i]));
    build_fault(b, key, "E118", build_nearest(b, key->text, known, n, buf_str(&all).p),
                "unknown key \"%.*s\" in %s", STR_ARG(quoted), place_name(in));
}

/* What stands at this place, as the author would call it: question "goal". */
static struct str name_of(struct build *b, enum place in, const struct node *map)
{
    const struct node *id = node_get(map, STR("id"));
    const char *what = strchr(place_name(in), ' ') + 1;
    if (!id)
        id = map->key;
    if (!id || id->kind != NODE_TEXT || id->text.n == 0)
        return str_format(b->a, "this %s", what);
    return str_format(b->a, "the %s \"%.*s\"", what, STR_ARG(build_quote(b, id->text)));
}

static void check_required(struct build *b, enum place in, const struct node *map, enum type type)
{
    size_t n;
    const struct schema_key *keys = schema_keys(&n);
    for (size_t i = 0; i < n; i++) {
        const struct schema_key *k = &keys[i];
        if (!(k->flags & KEY_REQUIRED) || !(k->in & (unsigned)in) || node_get(map, k->key))
            continue;
        if (k->types && (type == TYPE_COUNT || !(k->types & (1u << type))))
            continue;
        build_fault(b, map, "E119",
                    str_format(b->a, "Add a line \"%.*s: ...\": %s.", STR_ARG(k->key), k->what).p,
                    "%s has no \"%.*s\"", name_of(b, in, map).p, STR_ARG(k->key));
    }
}

static const struct node *position(const struct node *map, struct str key)
{
    const struct node *node = node_get(map, key);
    return node ? node : map;
}

static void check_order(struct build *b, const struct node *map, const json_t *object,
                        const char *low, const char *high, bool equal)
{
    const json_t *from = json_object_get(object, low), *to = json_object_get(object, high);
    bool ok = true;
    if (json_is_number(from) && json_is_number(to))
        ok = equal ? json_number_value(from) <= json_number_value(to)
                   : json_number_value(from) < json_number_value(to);
    else if (json_is_string(from) && json_is_string(to))
        ok = str_order(json_text(from), json_text(to)) <= 0;
    if (!ok)
        build_fault(b, position(map, str_of(high)), "E217", "Exchange the two values.",
                    "\"%s\" must be larger than \"%s\"", high, low);
}

static void check_scale(struct build *b, const struct node *map, const json_t *object)
{
    long long from = json_whole(object, "from", 0), to = json_whole(object, "to", 0);
    check_order(b, map, object, "from", "to", false);
    if (to - from > 1000)
        build_fault(b, position(map, STR("to")), "E120", "For larger ranges use the type integer.",
                    "a scale may have at most 1001 steps");
}

static void set_default(json_t *object, const char *key, json_t *value)
{
    if (json_object_get(object, key))
        json_decref(value);
    else
        json_object_set_new(object, key, value);
}

static bool has_placeholders(const json_t *text)
{
    size_t i;
    json_t *one;
    if (json_is_string(text))
        return str_find(json_text(text), STR("{"), 0) < json_string_length(text);
    json_array_foreach ((json_t *)text, i, one)
        if (has_placeholders(one))
            return true;
    return false;
}

static void add_placeholders(struct build *b, const struct node *map, json_t *question)
{
    static const char *const texts[] = {"ask", "help", "caution", "compare", "examples"};
    json_t *names = json_array(), *name;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        const json_t *text = json_object_get(question, texts[i]);
        if (!has_placeholders(text))
            continue;
        json_t *own = json_array(), *one;
        size_t k;
        placeholders_add(own, json_text(text));
        json_array_foreach ((json_t *)text, k, one)
            placeholders_add(own, json_text(one));
        json_array_foreach (own, k, name) {
            build_later(b, PENDING_PLACEHOLDER, position(map, str_of(texts[i])),
                        str_copy(b->a, json_text(name)));
            placeholders_add(names, str_format(b->a, "{%s}", json_string_value(name)));
        }
        json_decref(own);
    }
    json_object_set_new(question, "placeholders", names);
}

static void check_unique(struct build *b, const struct node *map, const json_t *question)
{
    struct str id = json_member(question, "id"), before = json_member(b->seen, id.p ? id.p : "");
    if (id.n == 0)
        return;
    if (before.n > 0) {
        const char *help =
            "Give one of the two another id. To ask the same question twice, write in the script "
            "ask(\"id\", { as = \"after\" }).";
        build_fault(b, position(map, STR("id")), "E205", help,
                    "the id \"%.*s\" is used twice: here and in %.*s", STR_ARG(id),
                    STR_ARG(before));
        return;
    }
    struct str file = b->file->name;
    size_t slash = str_find(file, STR("/"), 0);
    if (slash < file.n)
        file = str_part(file, slash + 1, file.n);
    struct str place = str_format(b->a, "%.*s line %d", STR_ARG(file), map->line);
    json_object_set_new(b->seen, id.p, json_new_text(place));
}

static void finish_question(struct build *b, const struct node *map, json_t *q, enum type type)
{
    struct str file = b->file->name;
    size_t slash = str_find(file, STR("/"), 0);
    check_unique(b, map, q);
    set_default(q, "required", json_true());
    set_default(q, "by", json_string("client"));
    set_default(q, "private", json_false());
    set_default(q, "sensitive", json_false());
    set_default(q, "if_question_changes", json_string("check"));
    if (type == TYPE_LIST)
        set_default(q, "item", build_default_item());
    json_object_set_new(q, "file",
                        json_new_text(slash < file.n ? str_part(file, slash + 1, file.n) : file));
    json_object_set_new(q, "line", json_integer(map->line));
    add_placeholders(b, map, q);
}

/* What others may see of an output are fields that it has. */
static void check_shown(struct build *b, const struct node *map, const json_t *output,
                        const char *audience)
{
    const json_t *fields = json_object_get(output, "fields");
    struct str *known;
    size_t i;
    json_t *field;
    json_array_foreach (json_object_get(output, audience), i, field) {
        if (json_object_get(fields, json_string_value(field)))
            continue;
        size_t n = build_keys(b, fields, &known);
        build_fault(b, position(map, str_of(audience)), "E120",
                    build_nearest(b, json_text(field), known, n, "Name fields of this output."),
                    "this output has no field \"%.*s\"", STR_ARG(json_text(field)));
    }
}

static void check_colour(struct build *b, const struct node *map, const json_t *entry)
{
    const char *colour = json_string_value(json_object_get(entry, "colour"));
    if (colour &&
        (colour[0] != '#' || strlen(colour) != 7 ||
         strspn(colour + 1, "0123456789abcdefABCDEF") != 6))
        build_fault(b, position(map, STR("colour")), "E120",
                    "Write # and six digits in quotes, for example \"#e6eee9\".",
                    "\"%s\" is not a colour", build_quote(b, str_of(colour)).p);
}

static void finish(struct build *b, enum place in, const struct node *map, json_t *object,
                   enum type type)
{
    check_order(b, map, object, "min", "max", true);
    if (in == IN_SCALE) {
        set_default(object, "from", json_integer(0));
        set_default(object, "to", json_integer(10));
    }
    if (in == IN_SCALE || type == TYPE_SCALE)
        check_scale(b, map, object);
    if (in == IN_CANVAS) {
        json_t *rows = build_grid(b, node_get(map, STR("grid")), json_object_get(object, "blocks"));
        if (rows)
            json_object_set_new(object, "grid", rows);
    }
    if (in == IN_OUTPUT) {
        check_shown(b, map, object, "sponsor");
        check_shown(b, map, object, "programme");
    }
    check_colour(b, map, object);
    const char *currency = json_string_value(json_object_get(object, "currency"));
    if (currency && (strlen(currency) != 3 || strspn(currency, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != 3))
        build_fault(b, position(map, STR("currency")), "E120",
                    "Write its code of three capital letters: EUR, USD, CHF.",
                    "\"%s\" is not a currency", build_quote(b, str_of(currency)).p);
    if (in == IN_QUESTION)
        finish_question(b, map, object, type);
}

json_t *build_object(struct build *b, enum place in, const struct node *map)
{
    if (!build_expect(b, map, NODE_MAP, NULL))
        return NULL;
    json_t *object = json_object();
    enum type type = type_of(b, in, map);
    for (const struct node *v = map->first; v; v = v->next) {
        const struct node *key = v->key;
        if (key->kind != NODE_TEXT || key->text.n == 0 || str_eq(key->text, STR("<<")))
            continue;
        const struct schema_key *row = schema_find(in, key->text, type);
        if (!row)
            build_unknown_key(b, in, key, type);
        json_t *value = row && v->kind != NODE_REFUSED ? build_value(b, row, v, object) : NULL;
        if (value)
            json_object_set_new_nocheck(object, row->key.p, value);
    }
    check_required(b, in, map, type);
    finish(b, in, map, object, type);
    return object;
}
