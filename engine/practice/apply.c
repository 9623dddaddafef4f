/* Answer files: answers named as shortly as is unambiguous, applied in the order of the questions,
 * not of the lines. */
#include "practice/state.h"

#include <string.h>

struct application {
    struct journey *j;
    const json_t *answers, *skips; /* NAME -> value, NAME -> reason */
    json_t *used;                  /* NAME -> true, or the items of its map that met a question */
    json_t *used_skips;
    json_t *done; /* keys that were dealt with */
    json_t *problems;
    long long answered, skipped, unchanged;
};

/* The longest name in `map` that is `key` or a tail of it; a bare id also means the question under
 * a label or count. */
static const char *name_for(const json_t *map, struct arena *a, const json_t *entry)
{
    struct str key = json_member(entry, "key"), tail = key;
    while (tail.n > 0) {
        struct str whole = str_copy(a, tail);
        if (json_object_get(map, whole.p))
            return whole.p;
        size_t slash = str_find(tail, STR("/"), 0);
        if (slash == tail.n)
            break;
        tail = str_part(tail, slash + 1, tail.n);
    }
    struct str id = json_member(entry, "id");
    return json_object_get(map, id.p) ? id.p : NULL;
}

/* The text of the item an entry is asked for; empty if it has none. */
static struct str item_text(const struct application *x, const json_t *entry)
{
    const char *key;
    json_t *ignored, *item;
    size_t i;
    struct str id = json_member(entry, "item");
    json_object_foreach (x->j->fold.latest, key, ignored)
        json_array_foreach (fold_value(&x->j->fold, key), i, item)
            if (json_is_object(item) && str_eq(json_member(item, "id"), id))
                return json_member(item, "text");
    return STR("");
}

/* Once per item: a map from the item's id or text to the value.  NULL: this item is not in the map.
 */
static const json_t *value_for(struct application *x, const json_t *entry, const char *name)
{
    const json_t *given = json_object_get(x->answers, name);
    struct str item = json_member(entry, "item"), text = item_text(x, entry);
    if (item.n == 0 || !json_is_object(given)) {
        json_object_set_new(x->used, name, json_true());
        return given;
    }
    if (!json_object_get(x->used, name))
        json_object_set_new(x->used, name, json_object());
    const char *by = json_object_get(given, item.p) ? item.p : text.n ? text.p : "";
    if (json_object_get(given, by))
        json_object_set_new(json_object_get(x->used, name), by, json_true());
    return json_object_get(given, by);
}

static void add_problem(struct application *x, const char *entry, enum err_code code,
                        const char *text)
{
    json_array_append_new(
        x->problems,
        json_pack("{s:s,s:s,s:s}", "entry", entry, "code", err_name(code), "text", text));
}

/* A fault of the file is a problem to report; a fault of the disk ends the application. */
static bool is_problem(const struct err *e)
{
    return e->code == ERR_INPUT || e->code == ERR_LIMIT || e->code == ERR_NOT_FOUND ||
        e->code == ERR_REFUSED;
}

static bool note_result(struct application *x, const char *name, int64_t before, long long *counter,
                        bool ok, struct err *e)
{
    if (!ok && !is_problem(e))
        return false;
    if (!ok)
        add_problem(x, name, e->code, e->text);
    else if (fold_revision(&x->j->fold) == before)
        x->unchanged++;
    else
        (*counter)++;
    return true;
}

/* Deals with one question of the path, if the file says something of it. */
static bool apply_entry(struct application *x, struct arena *a, const json_t *entry, struct err *e)
{
    const char *skip = name_for(x->skips, a, entry), *name = name_for(x->answers, a, entry);
    struct change c = {.key = str_copy(a, json_member(entry, "key")), .replaces = -1};
    int64_t before = fold_revision(&x->j->fold);
    if (skip && !name) {
        c.why = json_text(json_object_get(x->skips, skip));
        json_object_set_new(x->used_skips, skip, json_true());
        json_object_set_new(x->done, c.key.p, json_true());
        return note_result(x, skip, before, &x->skipped, journey_skip(x->j, &c, e), e);
    }
    if (!name)
        return true;
    c.value = value_for(x, entry, name);
    json_object_set_new(x->done, c.key.p, json_true());
    if (!c.value)
        return true;
    return note_result(x, name, before, &x->answered, journey_answer(x->j, &c, e), e);
}

/* Walks the path once; the path grows behind the place where an answer was given. */
static bool walk(struct application *x, bool *progress, struct err *e)
{
    *progress = false;
    for (size_t i = 0; i < json_array_size(json_object_get(x->j->outcome, "path")); i++) {
        json_t *entry = json_incref(json_array_get(json_object_get(x->j->outcome, "path"), i));
        bool ok = true;
        if (!json_object_get(x->done, json_member(entry, "key").p)) {
            struct arena *a = arena_new();
            size_t before = json_object_size(x->done);
            ok = apply_entry(x, a, entry, e);
            *progress = *progress || json_object_size(x->done) > before;
            arena_free(a);
        }
        json_decref(entry);
        if (!ok)
            return false;
    }
    return true;
}

/* A question was asked once for each item, and these entries are no items of it. */
static void report_unknown_items(struct application *x, const char *name, const json_t *items)
{
    const char *item;
    json_t *ignored;
    json_object_foreach (json_object_get(x->answers, name), item, ignored) {
        struct arena *a = arena_new();
        if (!json_object_get(items, item))
            add_problem(x, str_format(a, "%s: %s", name, item).p, ERR_NOT_FOUND,
                        "was never asked for: there is no such item now.");
        arena_free(a);
    }
}

/* Nothing of a file is dropped silently: names that no question of the path has. */
static void report_unused(struct application *x, const json_t *map, const json_t *used)
{
    const char *name, *known = "is both answered and skipped; it was answered.";
    if (map == x->answers)
        known = "was not used: a longer name in the file means the same question.";
    json_t *ignored;
    json_object_foreach ((json_t *)(uintptr_t)map, name, ignored) {
        const json_t *items = json_object_get(used, name);
        struct arena *a = arena_new();
        struct err e;
        struct str key;
        if (json_is_object(items))
            report_unknown_items(x, name, items);
        else if (!items && journey_resolve(x->j, a, str_of(name), &key, &e))
            add_problem(x, name, ERR_REFUSED, known);
        else if (!items)
            add_problem(x, name, e.code, str_format(a, "was never asked for. %s", e.text).p);
        arena_free(a);
    }
}

bool journey_apply(struct journey *j, const json_t *file, json_t **report, struct err *e)
{
    struct application x = {.j = j,
                            .answers = json_object_get(file, "answers"),
                            .skips = json_object_get(file, "skip")};
    x.used = json_object();
    x.used_skips = json_object();
    x.done = json_object();
    x.problems = json_array();
    bool progress = true, ok = journey_refresh(j, e);
    while (ok && progress)
        ok = walk(&x, &progress, e);
    if (ok) {
        report_unused(&x, x.answers, x.used);
        report_unused(&x, x.skips, x.used_skips);
        *report = json_pack("{s:I,s:I,s:I,s:O}", "answered", x.answered, "skipped", x.skipped,
                            "unchanged", x.unchanged, "problems", x.problems);
    }
    json_decref(x.used);
    json_decref(x.used_skips);
    json_decref(x.done);
    json_decref(x.problems);
    return ok;
}
