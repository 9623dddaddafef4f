#include "workflow/translate_parts.h"

#include "workflow/names.h"

#include <ctype.h>
#include <string.h>

static const char *key_of(struct translation *t, struct str text)
{
    return str_copy(t->b.a, text).p;
}

static void unknown(struct translation *t, const struct node *at, struct str id,
                    const struct str *known, size_t n)
{
    build_fault(
        &t->b, at, "E224",
        build_nearest(&t->b, id, known, n, "A translation repeats the ids of the original."),
        "the original has no \"%.*s\" here", STR_ARG(build_quote(&t->b, id)));
}

static size_t ids_of(struct translation *t, const json_t *entries, struct str **out)
{
    size_t i, n = json_array_size(entries);
    *out = arena_alloc(t->b.a, n * sizeof **out);
    for (i = 0; i < n; i++) {
        const json_t *one = json_array_get(entries, i);
        (*out)[i] = json_is_string(one) ? json_text(one) : json_member(one, "id");
    }
    return n;
}

static void overlay_label(struct translation *t, const struct node *node, json_t *entry)
{
    static const struct schema_key label_row = {.key = {"label", 5}, .kind = KIND_LINE};
    json_t *label = build_value(&t->b, &label_row, node, NULL);
    if (label)
        json_object_set_new(entry, "label", label);
}

static void overlay_entry(struct translation *t, const struct schema_key *row,
                          const struct node *node, struct str id, json_t *base)
{
    json_t *entry = json_find(base, "id", id);
    if (!entry) {
        struct str *known;
        size_t n = ids_of(t, base, &known);
        unknown(t, node->key && row->kind == KIND_ENTRIES ? node->key : node, id, known, n);
        return;
    }
    json_object_set_new(t->met, key_of(t, id), json_true());
    if (node->kind == NODE_TEXT)
        overlay_label(t, node, entry);
    else
        translation_object(t, row->of, node, entry, id);
}

static void overlay_listed(struct translation *t, const struct schema_key *row,
                           const struct node *node, json_t *base)
{
    if (!build_expect(&t->b, node, NODE_MAP, row))
        return;
    const struct node *id = node_get(node, STR("id"));
    if (id && id->kind == NODE_TEXT)
        overlay_entry(t, row, node, str_trim(id->text), base);
    else if (node->n == 1 && node->first->key->kind == NODE_TEXT)
        overlay_entry(t, row, node->first, node->first->key->text, base);
    else
        build_fault(&t->b, node, "E119", "Write the id of the original: in_me: ...",
                    "this entry has no id");
}

void translation_entries(struct translation *t, const struct schema_key *row,
                         const struct node *node, json_t *base)
{
    if (node->kind != NODE_MAP && node->kind != NODE_LIST) {
        (void)build_expect(&t->b, node, NODE_MAP, row);
        return;
    }
    json_object_clear(t->met);
    for (const struct node *v = node->first; v; v = v->next) {
        if (v->kind == NODE_REFUSED)
            continue;
        if (!v->key)
            overlay_listed(t, row, v, base);
        else if (v->key->kind == NODE_TEXT)
            overlay_entry(t, row, v, v->key->text, base);
    }
    struct buf missing = {.a = t->b.a};
    size_t i;
    json_t *one;
    json_array_foreach (base, i, one)
        if (!json_object_get(t->met, json_string_value(json_object_get(one, "id"))))
            buf_format(&missing, "%s%s", missing.n ? ", " : "",
                       json_string_value(json_object_get(one, "id")));
    if (missing.n > 0)
        translation_untranslated(t, node, buf_str(&missing));
}

void translation_members(struct translation *t, enum place in, const struct node *node,
                         json_t *base)
{
    if (!build_expect(&t->b, node, NODE_MAP, NULL))
        return;
    for (const struct node *v = node->first; v; v = v->next) {
        if (v->key->kind != NODE_TEXT || v->kind == NODE_REFUSED)
            continue;
        json_t *target = json_object_get(base, v->key->text.p);
        struct str *known;
        if (!target) {
            size_t n = build_keys(&t->b, base, &known);
            unknown(t, v->key, v->key->text, known, n);
        } else if (v->kind == NODE_TEXT && in == IN_FIELD) {
            overlay_label(t, v, target);
        } else {
            translation_object(t, in, v, target, v->key->text);
        }
    }
}

/* Steps are objects; the questions of a step are ids, the questions themselves lie in the
 * definition. */
static json_t *object_of(struct translation *t, enum place of, const json_t *base, struct str id)
{
    size_t i;
    json_t *one;
    if (of != IN_QUESTION)
        return json_find(base, "id", id);
    json_array_foreach ((json_t *)base, i, one)
        if (str_eq(json_text(one), id))
            return json_object_get(json_object_get(t->definition, "questions"),
                                   json_string_value(one));
    return NULL;
}

static bool is_translated(const struct node *list, struct str id)
{
    for (const struct node *v = list->first; v; v = v->next) {
        const struct node *own = node_get(v, STR("id"));
        if (own && str_eq(str_trim(own->text), id))
            return true;
    }
    return false;
}

void translation_objects(struct translation *t, const struct schema_key *row,
                         const struct node *node, json_t *base)
{
    struct str *known;
    if (!build_expect(&t->b, node, NODE_LIST, row))
        return;
    size_t n = ids_of(t, base, &known);
    for (const struct node *v = node->first; v; v = v->next) {
        const struct node *id = node_get(v, STR("id"));
        struct str name = id ? str_trim(id->text) : STR("");
        json_t *target = object_of(t, row->of, base, name);
        if (!build_expect(&t->b, v, NODE_MAP, row))
            continue;
        if (!id)
            build_fault(&t->b, v, "E119", "Write the id of the original: id: ...",
                        "this entry has no id");
        else if (!target)
            unknown(t, id, name, known, n);
        else
            translation_object(t, row->of, v, target, name);
    }
    struct buf missing = {.a = t->b.a};
    for (size_t i = 0; i < n; i++)
        if (!is_translated(node, known[i]))
            buf_format(&missing, "%s%.*s", missing.n ? ", " : "", STR_ARG(known[i]));
    if (missing.n > 0)
        translation_untranslated(t, node, buf_str(&missing));
}

void translation_lists(struct translation *t, const struct schema_key *row, const struct node *node,
                       json_t *base)
{
    if (!build_expect(&t->b, node, NODE_MAP, row))
        return;
    for (const struct node *v = node->first; v; v = v->next) {
        json_t *target = v->key->kind == NODE_TEXT ? json_object_get(base, v->key->text.p) : NULL;
        struct str *known;
        if (target) {
            translation_entries(t, row, v, target);
        } else if (v->key->kind == NODE_TEXT) {
            size_t n = build_keys(&t->b, base, &known);
            unknown(t, v->key, v->key->text, known, n);
        }
    }
}

static void overlay_message(struct translation *t, const struct node *node, json_t *message)
{
    static const struct schema_key text_row = {.key = {"text", 4}, .kind = KIND_TEXT};
    const struct node *text = node->kind == NODE_MAP ? node_get(node, STR("text")) : node;
    const struct node *of = node_get(node, STR("of"));
    if (!text || node->n > 2 || (node->n == 2 && !of)) {
        build_fault(&t->b, node, "E225", "Write the text, or { text: ..., of: ... }",
                    "a message is one text");
        return;
    }
    if (of)
        translation_check_outdated(t, of, json_member(message, "text"));
    json_t *value = build_value(&t->b, &text_row, text, NULL);
    if (!value)
        return;
    translation_check_names(t, text, json_object_get(message, "placeholders"), json_text(value));
    json_object_set_new(message, "text", value);
}

void translation_messages(struct translation *t, const struct node *node)
{
    json_t *messages = json_object_get(t->definition, "messages");
    if (!build_expect(&t->b, node, NODE_MAP, NULL))
        return;
    for (const struct node *v = node->first; v; v = v->next) {
        if (v->key->kind != NODE_TEXT || v->kind == NODE_REFUSED)
            continue;
        json_t *message = json_object_get(messages, v->key->text.p);
        struct str *known;
        if (message) {
            overlay_message(t, v, message);
            json_object_set_new(t->messages, v->key->text.p, json_true());
        } else {
            size_t n = build_keys(&t->b, messages, &known);
            unknown(t, v->key, v->key->text, known, n);
        }
    }
}

static void overlay_data_list(struct translation *t, const struct node *node, json_t *base)
{
    size_t i = 0;
    for (const struct node *v = node->first; v; v = v->next, i++) {
        const struct node *id = node_get(v, STR("id"));
        json_t *target = id ? json_find(base, "id", id->text) : json_array_get(base, i);
        if (!target)
            build_fault(&t->b, v, "E224",
                        "A translation repeats the ids of the original, or its entries in order.",
                        "the original has no such entry");
        else if (json_is_string(target) && v->kind == NODE_TEXT)
            json_array_set_new(base, i, json_new_text(str_trim(v->text)));
        else
            translation_data(t, v, target);
    }
}

static void overlay_data_key(struct translation *t, const struct node *node, json_t *base)
{
    json_t *target = json_object_get(base, node->key->text.p);
    struct str *known;
    if (!target) {
        size_t n = build_keys(&t->b, base, &known);
        unknown(t, node->key, node->key->text, known, n);
    } else if (json_is_string(target) && node->kind == NODE_TEXT) {
        json_object_set_new(base, node->key->text.p, json_new_text(str_trim(node->text)));
    } else {
        translation_data(t, node, target);
    }
}

/* Words for people, not ids or numbers. */
static bool is_prose(struct str text)
{
    bool letter = false;
    for (size_t i = 0; i < text.n; i++)
        letter = letter || isalpha((unsigned char)text.p[i]) || (text.p[i] & 0x80);
    return letter && !id_is_valid(text) && !name_is_valid(text);
}

static void report_missing_data(struct translation *t, const struct node *node, const json_t *base)
{
    struct buf missing = {.a = t->b.a};
    const char *key;
    json_t *value;
    json_object_foreach ((json_t *)base, key, value)
        if (json_is_string(value) && is_prose(json_text(value)) && !node_get(node, str_of(key)))
            buf_format(&missing, "%s%s", missing.n ? ", " : "", key);
    if (missing.n > 0)
        translation_untranslated(t, node, buf_str(&missing));
}

void translation_data(struct translation *t, const struct node *node, json_t *base)
{
    enum node_kind wanted = json_is_object(base) ? NODE_MAP
        : json_is_array(base)                    ? NODE_LIST
                                                 : NODE_TEXT;
    if (!build_expect(&t->b, node, wanted, NULL))
        return;
    if (wanted == NODE_LIST) {
        overlay_data_list(t, node, base);
        return;
    }
    if (wanted == NODE_MAP)
        report_missing_data(t, node, base);
    for (const struct node *v = node->first; v; v = v->next)
        if (v->key->kind == NODE_TEXT && v->kind != NODE_REFUSED)
            overlay_data_key(t, v, base);
}

static void spread(const json_t *lists, json_t *owner)
{
    static const char *const keys[] = {"options", "rows", "columns"};
    const char *name = json_string_value(json_object_get(owner, "options_from"));
    const json_t *list = name ? json_object_get(lists, name) : NULL;
    for (size_t k = 0; list && k < sizeof keys / sizeof keys[0]; k++) {
        size_t i;
        json_t *entry;
        json_array_foreach (json_object_get(owner, keys[k]), i, entry) {
            json_t *from = json_find(list, "id", json_member(entry, "id"));
            if (from)
                json_object_update_existing(entry, from);
        }
    }
}

void translation_spread_lists(struct translation *t)
{
    const json_t *lists = json_object_get(t->definition, "lists");
    const char *id, *name;
    json_t *one, *field;
    json_object_foreach (json_object_get(t->definition, "questions"), id, one) {
        spread(lists, one);
        json_object_foreach (json_object_get(one, "item"), name, field)
            spread(lists, field);
    }
    json_object_foreach (json_object_get(t->definition, "outputs"), id, one)
        json_object_foreach (json_object_get(one, "fields"), name, field)
            spread(lists, field);
}
