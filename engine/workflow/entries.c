/* Options, columns, rows, scales, blocks; the fields of items and outputs. */
#include "workflow/build.h"
#include "workflow/names.h"

#include <ctype.h>
#include <string.h>

static struct str label_of_id(struct build *b, struct str id)
{
    struct buf label = {.a = b->a};
    for (size_t i = 0; i < id.n; i++) {
        char c = id.p[i] == '_' ? ' ' : id.p[i];
        buf_add_char(&label, i == 0 ? (char)toupper((unsigned char)c) : c);
    }
    return buf_str(&label);
}

/* A map, with the id from its key if it has one. */
static json_t *full_entry(struct build *b, const struct schema_key *row, const struct node *node,
                          struct str id)
{
    json_t *entry = build_object(b, row->of, node);
    if (!entry)
        return NULL;
    struct str own = json_member(entry, "id");
    if (own.n > 0 && id.n > 0 && !str_eq(own, id))
        build_fault(b, node_get(node, STR("id")), "E204",
                    "Delete this line: the key before the colon is the id.",
                    "the id is \"%.*s\" here and \"%.*s\" before the colon", STR_ARG(own),
                    STR_ARG(id));
    if (own.n == 0 && id.n == 0) {
        build_fault(b, node, "E119", "Write { id: in_me, label: In me }, or in_me: In me",
                    "this entry has no id");
        json_decref(entry);
        return NULL;
    }
    json_t *whole = json_object();
    struct str name = own.n ? own : id;
    json_object_set_new(whole, "id", json_new_text(name));
    struct str label = json_member(entry, "label");
    json_object_set_new(whole, "label", json_new_text(label.n ? label : label_of_id(b, name)));
    json_object_update_missing(whole, entry);
    json_decref(entry);
    return whole;
}

static json_t *labelled_entry(struct build *b, const struct schema_key *row, struct str id,
                              const struct node *label)
{
    static const struct schema_key label_row = {.key = {"label", 5}, .kind = KIND_LINE};
    json_t *text =
        label ? build_value(b, &label_row, label, NULL) : json_new_text(label_of_id(b, id));
    if (!text)
        return NULL;
    json_t *entry = json_pack("{s:o,s:o}", "id", json_new_text(id), "label", text);
    if (row->of == IN_SCALE) {
        json_object_set_new(entry, "from", json_integer(0));
        json_object_set_new(entry, "to", json_integer(10));
    }
    return entry;
}

/* KEY: LABEL or KEY: { label: ..., ... } */
static json_t *keyed_entry(struct build *b, const struct schema_key *row, const struct node *node)
{
    const struct node *key = node->key;
    if (key->kind != NODE_TEXT || node->kind == NODE_REFUSED || !build_check_id(b, key, key->text))
        return NULL;
    if (node->kind == NODE_MAP)
        return full_entry(b, row, node, key->text);
    return labelled_entry(b, row, key->text, node);
}

static json_t *listed_entry(struct build *b, const struct schema_key *row, const struct node *node)
{
    if (node->kind == NODE_TEXT) {
        struct str id = build_text(b, node, row);
        return id.n && build_check_id(b, node, id) ? labelled_entry(b, row, id, NULL) : NULL;
    }
    if (!build_expect(b, node, NODE_MAP, row))
        return NULL;
    /* - inside: In me */
    bool pair = node->n == 1 && node->first->key->kind == NODE_TEXT &&
        !schema_find(row->of, node->first->key->text, TYPE_COUNT);
    return pair ? keyed_entry(b, row, node->first) : full_entry(b, row, node, STR(""));
}

static void add_entry(struct build *b, const struct node *at, json_t *entries, json_t *entry)
{
    if (!entry)
        return;
    if (json_find(entries, "id", json_member(entry, "id"))) {
        build_fault(b, at, "E221", "Give one of the two another id.",
                    "the id \"%.*s\" stands twice here", STR_ARG(json_member(entry, "id")));
        json_decref(entry);
        return;
    }
    json_array_append_new(entries, entry);
}

static bool key_is_taken(const json_t *columns, char key)
{
    size_t i;
    json_t *one;
    json_array_foreach ((json_t *)columns, i, one) {
        struct str other = json_member(one, "key");
        if (other.n == 1 && other.p[0] == key)
            return true;
    }
    return false;
}

static char free_key(const json_t *columns, struct str id)
{
    for (size_t i = 0; i < id.n; i++)
        if (isalnum((unsigned char)id.p[i]) && !key_is_taken(columns, id.p[i]))
            return id.p[i];
    static const char others[] = "123456789abcdefghijklmnopqrstuvwxyz";
    size_t i = 0;
    while (others[i + 1] && key_is_taken(columns, others[i]))
        i++;
    return others[i];
}

/* Each column is chosen by one key: the author's, else the first letter of its id that is free. */
static void give_keys(struct build *b, const struct node *node, json_t *columns)
{
    size_t i, k;
    json_t *column, *other;
    json_array_foreach (columns, i, column) {
        struct str key = json_member(column, "key");
        if (!json_object_get(column, "key"))
            continue;
        if (key.n != 1 || !isgraph((unsigned char)key.p[0]))
            build_fault(b, node, "E120", "Write one letter, digit or sign.",
                        "\"%.*s\" is not one key", STR_ARG(build_quote(b, key)));
        json_array_foreach (columns, k, other)
            if (k < i && key.n && str_eq(json_member(other, "key"), key))
                build_fault(b, node, "E221", "Give one of them another key.",
                            "two columns have the key \"%.*s\"", STR_ARG(build_quote(b, key)));
    }
    json_array_foreach (columns, i, column) {
        if (json_object_get(column, "key"))
            continue;
        char key = free_key(columns, json_member(column, "id"));
        json_object_set_new(column, "key", json_stringn(&key, 1));
    }
}

static json_t *shared_list(struct build *b, const struct node *node, json_t *owner)
{
    struct str name = str_trim(node->text), *known;
    const json_t *list = name.n ? json_object_get(b->lists, name.p) : NULL;
    if (list) {
        json_object_set_new(owner, "options_from", json_new_text(name));
        return json_deep_copy(list);
    }
    size_t n = build_keys(b, b->lists, &known);
    const char *help = build_nearest(b, name, known, n,
                                     "Add it to \"lists\" in workflow.yaml, or write the options "
                                     "here: { in_me: In me, around_me: Around me }");
    build_fault(b, node, "E211", help, "there is no list \"%.*s\"", STR_ARG(build_quote(b, name)));
    return NULL;
}

json_t *build_entries(struct build *b, const struct schema_key *row, const struct node *node,
                      json_t *owner)
{
    json_t *entries = NULL;
    if (node->kind == NODE_TEXT && str_trim(node->text).n > 0 && owner && row->of != IN_SCALE) {
        entries = shared_list(b, node, owner);
    } else if (node->kind != NODE_MAP && node->kind != NODE_LIST) {
        (void)build_expect(b, node, NODE_MAP, row);
    } else {
        entries = json_array();
        for (const struct node *v = node->first; v; v = v->next)
            add_entry(b, v, entries,
                      node->kind == NODE_MAP ? keyed_entry(b, row, v) : listed_entry(b, row, v));
    }
    if (!entries)
        return NULL;
    if (node->kind != NODE_TEXT &&
        ((long long)node->n < row->min || (long long)node->n > row->max)) {
        if (node->n == 0)
            build_fault(b, node, "E216", "Write at least one: { in_me: In me }",
                        "\"%.*s\" is empty", STR_ARG(row->key));
        else
            build_fault(b, node, "E216", row->what,
                        "\"%.*s\" must have from %lld to %lld entries, not %zu", STR_ARG(row->key),
                        row->min, row->max, node->n);
    }
    if (row->of == IN_COLUMN)
        give_keys(b, node, entries);
    return entries;
}

static json_t *field(struct build *b, const struct node *node)
{
    static const struct schema_key type_row = {
        .in = IN_FIELD, .key = {"type", 4}, .kind = KIND_TYPE};
    if (node->kind != NODE_TEXT)
        return build_object(b, IN_FIELD, node);
    json_t *type = build_value(b, &type_row, node, NULL);
    if (!type)
        return NULL;
    enum type found = type_of_name(json_text(type));
    if (found == TYPE_SCALE || found == TYPE_CHOICE || found == TYPE_CHOICES)
        build_fault(b, node, "E119",
                    found == TYPE_SCALE ? "Write { type: scale, from: 1, to: 10 }"
                                        : "Write { type: choice, options: { in_me: In me } }",
                    "a field of type %.*s needs more than its type", STR_ARG(json_text(type)));
    return json_pack("{s:o}", "type", type);
}

/* A field as written, its type first; only `text` must be filled unless the author says otherwise.
 */
static json_t *whole_field(json_t *written, struct str name)
{
    json_t *out = json_object();
    struct str type = json_member(written, "type");
    json_object_set_new(out, "type", json_new_text(type.n ? type : STR("text")));
    json_object_update_missing(out, written);
    if (!json_object_get(out, "required"))
        json_object_set_new(out, "required", json_boolean(str_eq(name, STR("text"))));
    json_decref(written);
    return out;
}

json_t *build_default_item(void)
{
    return json_pack("{s:{s:s,s:b}}", "text", "type", "text", "required", 1);
}

json_t *build_fields(struct build *b, const struct node *node, bool item)
{
    json_t *fields = json_object();
    /* The text of an item is what a canvas shows: every item has one, and it comes first. */
    if (item && !node_get(node, STR("text")))
        json_object_set_new(fields, "text", json_pack("{s:s,s:b}", "type", "text", "required", 1));
    if (node->n == 0 || node->n > 20)
        build_fault(b, node, "E216", "Write at least { text: text }",
                    "there must be from 1 to 20 fields, not %zu", node->n);
    for (const struct node *v = node->first; v; v = v->next) {
        if (v->key->kind != NODE_TEXT || v->kind == NODE_REFUSED ||
            !build_check_id(b, v->key, v->key->text))
            continue;
        if (item && str_eq(v->key->text, STR("id"))) {
            build_fault(b, v->key, "E226", "Choose another name.",
                        "a field cannot be called \"id\": items have one");
            continue;
        }
        json_t *one = field(b, v);
        if (one)
            json_object_set_new(fields, v->key->text.p, whole_field(one, v->key->text));
    }
    return fields;
}
