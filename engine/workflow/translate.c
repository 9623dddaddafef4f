#include "workflow/translate.h"

#include "base/random.h"
#include "workflow/build.h"
#include "workflow/definition.h"
#include "workflow/references.h"
#include "workflow/translate_parts.h"

#include <string.h>

enum {
    HASH_DIGITS = 8,
    WITH_HASH = IN_QUESTION | IN_STEP | IN_PHASE | IN_WORKFLOW /* may carry `of` */
};

static bool entries_have_texts(const json_t *owner, const json_t *entries)
{
    return json_array_size(entries) > 0 && !json_object_get(owner, "options_from");
}

static bool object_has_texts(enum place in, const json_t *object);

static bool fields_have_texts(const json_t *fields)
{
    const char *name;
    json_t *field;
    json_object_foreach ((json_t *)fields, name, field)
        if (object_has_texts(IN_FIELD, field))
            return true;
    return false;
}

static bool members_have_texts(enum place in, const json_t *map)
{
    const char *name;
    json_t *one;
    json_object_foreach ((json_t *)map, name, one)
        if (object_has_texts(in, one))
            return true;
    return false;
}

/* Is there anything to translate under this key? */
static bool has_texts(const struct schema_key *row, const json_t *owner, const json_t *value)
{
    switch (row->kind) {
    case KIND_TEXT:
    case KIND_LINE:
    case KIND_TEXTS:
        return value != NULL;
    case KIND_ENTRIES:
        return entries_have_texts(owner, value);
    case KIND_FIELDS:
        return fields_have_texts(value);
    case KIND_MAP:
        return members_have_texts(row->of, value);
    case KIND_OBJECTS:
    case KIND_LISTS:
        return json_array_size(value) + json_object_size(value) > 0;
    default:
        return false;
    }
}

static bool object_has_texts(enum place in, const json_t *object)
{
    size_t n;
    const struct schema_key *keys = schema_keys(&n);
    for (size_t i = 0; i < n; i++)
        if ((keys[i].in & (unsigned)in) && (keys[i].flags & KEY_TEXT) &&
            has_texts(&keys[i], object, json_object_get(object, keys[i].key.p)))
            return true;
    return false;
}

/* One message for each object, naming its keys. */
static void report_missing(struct translation *t, enum place in, const struct node *node,
                           const json_t *target, struct str name)
{
    struct buf keys = {.a = t->b.a};
    size_t n;
    const struct schema_key *rows = schema_keys(&n);
    enum type type = type_of_name(json_member(target, "type"));
    for (size_t i = 0; i < n; i++) {
        const struct schema_key *row = &rows[i];
        if (!(row->in & (unsigned)in) || !(row->flags & KEY_TEXT) || node_get(node, row->key))
            continue;
        if (row->types && type < TYPE_COUNT && !(row->types & (1u << type)))
            continue;
        if (has_texts(row, target, json_object_get(target, row->key.p)))
            buf_format(&keys, "%s%.*s", keys.n ? ", " : "", STR_ARG(row->key));
    }
    if (keys.n > 0)
        build_fault(&t->b, node, "W101", "People who use this language read the original instead.",
                    "%.*s%snot translated: %s", STR_ARG(name), name.n ? ": " : "",
                    buf_str(&keys).p);
}

void translation_untranslated(struct translation *t, const struct node *at, struct str name)
{
    build_fault(&t->b, at, "W101", "People who use this language read the original instead.",
                "not translated: %.*s", STR_ARG(name));
}

void translation_check_outdated(struct translation *t, const struct node *of, struct str original)
{
    char hash[65];
    struct str text = build_text(&t->b, of, NULL);
    if (text.n == 0)
        return;
    hash_sha256(original, hash);
    hash[HASH_DIGITS] = '\0';
    if (!str_is(text, hash))
        build_fault(
            &t->b, of, "W102",
            str_format(t->b.a, "Compare the two, correct the translation, then write of: %s", hash)
                .p,
            "the original has changed since this was translated");
}

/* The text of which an object's `of` is the hash. */
static struct str original_of(enum place in, const json_t *target)
{
    return json_member(target, in == IN_QUESTION ? "ask" : "title");
}

static void check_identity(struct translation *t, enum place in, const struct node *node,
                           const json_t *target)
{
    struct str key = node->key->text, text = build_text(&t->b, node, NULL);
    struct str wanted = json_member(target, str_eq(key, STR("phase")) ? "id" : key.p);
    if (str_eq(key, STR("language")) && in == IN_WORKFLOW)
        wanted = t->language;
    if (text.n > 0 && !str_eq(text, wanted))
        build_fault(&t->b, node, "E224", str_format(t->b.a, "Write %.*s.", STR_ARG(wanted)).p,
                    "\"%.*s\" must be \"%.*s\" here", STR_ARG(key), STR_ARG(wanted));
}

/* Names in { } that the original does not have cannot be filled in. */
void translation_check_names(struct translation *t, const struct node *node, const json_t *known,
                             struct str text)
{
    json_t *own = json_array(), *name, *other;
    size_t i, k;
    placeholders_add(own, text);
    json_array_foreach (own, i, name) {
        bool found = false;
        json_array_foreach ((json_t *)known, k, other)
            found = found || json_equal(name, other);
        if (!found)
            build_fault(&t->b, node, "W104", "Use only names that the original uses.",
                        "the original has no {%s}", json_string_value(name));
    }
    json_decref(own);
}

static void overlay_text(struct translation *t, const struct schema_key *row,
                         const struct node *node, json_t *target)
{
    json_t *value = build_value(&t->b, row, node, NULL), *one;
    size_t i;
    if (!value)
        return;
    const json_t *known = json_object_get(target, "placeholders");
    if (known && json_is_string(value))
        translation_check_names(t, node, known, json_text(value));
    if (known)
        json_array_foreach (value, i, one)
            translation_check_names(t, node, known, json_text(one));
    json_object_set_new(target, row->key.p, value);
}

static void overlay_value(struct translation *t, const struct schema_key *row,
                          const struct node *node, json_t *target)
{
    json_t *base = json_object_get(target, row->key.p);
    if (!base && row->kind != KIND_MESSAGES) {
        build_fault(&t->b, node->key, "E224", "Delete it here, or add it to the original.",
                    "the original has no \"%.*s\" here", STR_ARG(row->key));
        return;
    }
    switch (row->kind) {
    case KIND_ENTRIES:
        translation_entries(t, row, node, base);
        break;
    case KIND_FIELDS:
        translation_members(t, IN_FIELD, node, base);
        break;
    case KIND_MAP:
        translation_members(t, row->of, node, base);
        break;
    case KIND_OBJECTS:
        translation_objects(t, row, node, base);
        break;
    case KIND_LISTS:
        translation_lists(t, row, node, base);
        break;
    case KIND_MESSAGES:
        translation_messages(t, node);
        break;
    case KIND_DATA:
        translation_data(t, node, base);
        break;
    default:
        overlay_text(t, row, node, target);
    }
}

static void overlay_key(struct translation *t, enum place in, const struct node *node,
                        json_t *target, enum type type)
{
    struct str key = node->key->text;
    const struct schema_key *row = schema_find(in, key, type);
    if (str_eq(key, STR("of")) && (in & WITH_HASH))
        return;
    if (!row)
        build_unknown_key(&t->b, in, node->key, type);
    else if (row->flags & KEY_IDENTITY)
        check_identity(t, in, node, target);
    else if (row->flags & KEY_TEXT)
        overlay_value(t, row, node, target);
    else if (!str_eq(key, STR("espalier")))
        build_fault(&t->b, node->key, "E225",
                    "Delete it here: it stands in the original and counts for all languages.",
                    "a translation has only texts, not \"%.*s\"", STR_ARG(key));
}

void translation_object(struct translation *t, enum place in, const struct node *node,
                        json_t *target, struct str name)
{
    if (!build_expect(&t->b, node, NODE_MAP, NULL))
        return;
    enum type type = type_of_name(json_member(target, "type"));
    report_missing(t, in, node, target, name);
    /* First, while the original still stands there. */
    const struct node *of = node_get(node, STR("of"));
    if (of && (in & WITH_HASH))
        translation_check_outdated(t, of, original_of(in, target));
    for (const struct node *v = node->first; v; v = v->next)
        if (v->key->kind == NODE_TEXT && v->key->text.n > 0 && v->kind != NODE_REFUSED)
            overlay_key(t, in, v, target, type);
}

/* Reads LANGUAGE/NAME.yaml and lays it over `target`. */
static void overlay_file(struct translation *t, enum place in, struct str name, json_t *target)
{
    struct str path = str_format(t->b.a, "workflows/%.*s/%.*s/%.*s.yaml",
                                 STR_ARG(t->b.bundle->name), STR_ARG(t->language), STR_ARG(name));
    struct yaml_file *f = arena_alloc(t->b.a, sizeof *f);
    *f = (struct yaml_file){.name = definition_shown_name(path)};
    t->b.file = f;
    if (!bundle_find(t->b.bundle, path, &f->text))
        build_fault(&t->b, NULL, "W101", "Copy the original, and keep only ids and texts.",
                    "this file is missing: nothing of it is translated");
    else if (yaml_read(t->b.a, f, t->b.d))
        translation_object(t, in, f->root, target, STR(""));
}

/* Phases are objects of the definition; their file is named by their id. */
static void overlay_phases(struct translation *t)
{
    size_t i;
    json_t *phase;
    json_array_foreach (json_object_get(t->definition, "phases"), i, phase)
        overlay_file(t, IN_PHASE, json_member(phase, "id"), phase);
}

static void check_files(struct translation *t)
{
    struct str prefix = str_format(t->b.a, "workflows/%.*s/%.*s/", STR_ARG(t->b.bundle->name),
                                   STR_ARG(t->language));
    for (size_t i = 0; i < t->b.bundle->n; i++) {
        struct str path = t->b.bundle->files[i].name;
        if (!str_starts(path, prefix) || !str_ends(path, STR(".yaml")))
            continue;
        struct str name = str_part(path, prefix.n, path.n - 5);
        bool known = str_eq(name, STR("workflow"));
        size_t k;
        json_t *phase;
        json_array_foreach (json_object_get(t->definition, "phases"), k, phase)
            known = known || str_eq(json_member(phase, "id"), name);
        struct yaml_file file = {.name = definition_shown_name(path)};
        if (!known)
            yaml_report(t->b.d, &file, NULL, "E223",
                        STR("this file translates no file of the workflow"),
                        STR("Name it as the phase file it belongs to, or delete it."));
    }
}

static void check_messages(struct translation *t)
{
    struct buf missing = {.a = t->b.a};
    const char *id;
    json_t *message;
    json_object_foreach (json_object_get(t->definition, "messages"), id, message)
        if (!json_object_get(t->messages, id))
            buf_format(&missing, "%s%s", missing.n ? ", " : "", id);
    struct yaml_file *file = arena_alloc(t->b.a, sizeof *file);
    file->name = str_format(t->b.a, "%.*s/%.*s", STR_ARG(t->b.bundle->name), STR_ARG(t->language));
    t->b.file = file;
    if (missing.n > 0)
        translation_untranslated(t, NULL, str_format(t->b.a, "messages %s", buf_str(&missing).p));
}

json_t *translate(const struct bundle *bundle, const json_t *definition, struct str language,
                  struct diags *d)
{
    struct arena *a = arena_new();
    struct diags own = {.a = d ? d->a : a};
    struct translation t = {
        .b = {.a = a, .d = &own, .bundle = bundle},
        .definition = json_deep_copy(definition),
        .messages = json_object(),
        .met = json_object(),
        .language = str_copy(a, language),
    };
    overlay_file(&t, IN_WORKFLOW, STR("workflow"), t.definition);
    translation_spread_lists(&t);
    overlay_phases(&t);
    check_files(&t);
    check_messages(&t);
    references_sort(&own);
    for (size_t i = 0; d && i < own.n; i++)
        diag_add_ready(d, own.list[i]);
    if (d)
        d->full = d->full || own.full;
    json_decref(t.met);
    json_decref(t.messages);
    arena_free(a);
    return t.definition;
}
