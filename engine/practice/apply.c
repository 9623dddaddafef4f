/* Answer files: answers named as shortly as is unambiguous, applied in the order of the questions,
 * not of the lines. */
#include "practice/state.h"

#include <string.h>

struct application {
    struct journey *j;
    const json_t *answers, *skips; /* NAME -> value, NAME -> reason */
    json_t *used;                  /* names that met a question */
    json_t *done;                  /* keys that were dealt with */
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
    json_t *stored, *item;
    size_t i;
    struct str id = json_member(entry, "item");
    json_object_foreach (x->j->fold.answers, key, stored)
        json_array_foreach (json_object_get(stored, "v"), i, item)
            if (json_is_object(item) && str_eq(json_member(item, "id"), id))
                return json_member(item, "text");
    return STR("");
}

/* Once per item: a map from the item's id or text to the value.  NULL: this item is not in the map.
 */
static const json_t *value_for(const struct application *x, const json_t *entry,
                               const json_t *given)
{
    struct str item = json_member(entry, "item");
    if (item.n == 0 || !json_is_object(given))
        return given;
    const json_t *by_id = json_object_get(given, item.p);
    struct str text = item_text(x, entry);
    const json_t *by_text = text.n ? json_object_get(given, text.p) : NULL;
    return by_id ? by_id : by_text;
}

static void add_problem(struct application *x, const char *entry, const char *text)
{
    json_array_append_new(x->problems, json_pack("{s:s,s:s}", "entry", entry, "text", text));
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
        add_problem(x, name, e->text);
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
        json_object_set_new(x->used, skip, json_true());
        json_object_set_new(x->done, c.key.p, json_true());
        return note_result(x, skip, before, &x->skipped, journey_skip(x->j, &c, e), e);
    }
    if (!name)
        return true;
    c.value = value_for(x, entry, json_object_get(x->answers, name));
    json_object_set_new(x->used, name, json_true());
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

static void report_unused(struct application *x, const json_t *map)
{
    const char *name;
    json_t *ignored;
    json_object_foreach ((json_t *)(uintptr_t)map, name, ignored)
        if (!json_object_get(x->used, name))
            add_problem(
                x, name,
                "was never asked for: check the spelling, or whether the path leads there.");
}

bool journey_apply(struct journey *j, const json_t *file, json_t **report, struct err *e)
{
    struct application x = {.j = j,
                            .answers = json_object_get(file, "answers"),
                            .skips = json_object_get(file, "skip")};
    x.used = json_object();
    x.done = json_object();
    x.problems = json_array();
    bool progress = true, ok = journey_refresh(j, e);
    while (ok && progress)
        ok = walk(&x, &progress, e);
    if (ok) {
        report_unused(&x, x.answers);
        report_unused(&x, x.skips);
        *report = json_pack("{s:I,s:I,s:I,s:O}", "answered", x.answered, "skipped", x.skipped,
                            "unchanged", x.unchanged, "problems", x.problems);
    }
    json_decref(x.used);
    json_decref(x.done);
    json_decref(x.problems);
    return ok;
}
