/* Looking back: the path with its answers, what is set aside, every revision, notes; and finding a
 * question by a short name. */
#include "practice/state.h"

#include "base/random.h"
#include "workflow/value.h"

#include <string.h>

static void add_day(json_t *to, int64_t at)
{
    char day[11];
    clock_day(at, day);
    json_object_set_new(to, "day", json_string(day));
}

static json_t *shown_value(struct journey *j, const char *key, const json_t *value)
{
    struct arena *a = arena_new();
    json_t *shown = json_new_text(view_shown(a, j, key, value));
    arena_free(a);
    return shown;
}

/* Adds value, shown, day, skipped of the effective answer to an entry of the review. */
static void add_answer(struct journey *j, json_t *view, const char *key)
{
    const struct store_event *event = fold_event(&j->fold, key);
    const json_t *value = fold_value(&j->fold, key);
    struct str why;
    if (!event)
        return;
    if (value)
        json_object_set(view, "value", (json_t *)(uintptr_t)value);
    json_object_set_new(view, "shown", shown_value(j, key, value));
    if (fold_skipped(&j->fold, key, &why))
        json_object_set_new(view, "skipped", json_new_text(why));
    json_object_set_new(view, "day", json_new_text(event->day));
}

static json_t *phase_title(const json_t *definition, struct str id)
{
    json_t *phase = json_find(json_object_get(definition, "phases"), "id", id);
    return phase ? json_incref(json_object_get(phase, "title")) : json_string("");
}

static json_t *answered_entry(struct journey *j, const json_t *entry)
{
    const json_t *definition = workflow_in_language(j->w, j->language);
    json_t *view = view_question(j, entry);
    add_answer(j, view, json_string_value(json_object_get(entry, "key")));
    json_object_set_new(view, "phase_title", phase_title(definition, json_member(entry, "phase")));
    (void)json_object_del(view, "previous");
    (void)json_object_del(view, "previous_shown");
    return view;
}

/* The question id inside a key: the last segment without label and count. */
struct str key_question(struct str key)
{
    size_t from = 0;
    for (size_t i = 0; i < key.n; i++)
        if (key.p[i] == '/')
            from = i + 1;
    struct str last = str_part(key, from, key.n), rest;
    last = str_split(last, '@', &rest);
    return str_split(last, '#', &rest);
}

/* An answer that is not on the path.  What stood in the holes of its wording is not known now. */
static json_t *aside_entry(struct journey *j, const char *key)
{
    struct arena *a = arena_new();
    struct str id = key_question(str_of(key));
    const json_t *q = workflow_question(workflow_in_language(j->w, j->language), id);
    struct str ask = wording_fill(a, j, json_member(q, "ask"), NULL, j->language);
    json_t *view = json_pack(
        "{s:s,s:o,s:s,s:o,s:O?,s:O?,s:O?}", "key", key, "id", json_new_text(id), "state",
        "set_aside", "ask", json_new_text(ask), "type", json_object_get(q, "type"), "private",
        json_object_get(q, "private"), "sensitive", json_object_get(q, "sensitive"));
    add_answer(j, view, key);
    arena_free(a);
    return view;
}

json_t *review_aside(struct journey *j)
{
    json_t *list = json_array(), *on_path = json_object(), *ignored, *entry;
    const char *key;
    size_t i;
    json_array_foreach (json_object_get(j->outcome, "path"), i, entry)
        json_object_set_new(on_path, json_member(entry, "key").p, json_true());
    json_object_foreach (j->fold.latest, key, ignored)
        if (!json_object_get(on_path, key))
            json_array_append_new(list, aside_entry(j, key));
    json_decref(on_path);
    return list;
}

json_t *journey_review(struct journey *j)
{
    json_t *view = journey_view(j), *answered = json_array(), *entry;
    size_t i;
    json_array_foreach (json_object_get(j->outcome, "path"), i, entry)
        if (json_object_get(j->fold.latest, json_member(entry, "key").p))
            json_array_append_new(answered, answered_entry(j, entry));
    json_object_set_new(view, "answered", answered);
    json_object_set_new(view, "aside", review_aside(j));
    return view;
}

bool journey_question(struct journey *j, struct str key, json_t **out, struct err *e)
{
    struct arena *a = arena_new();
    struct str whole;
    bool ok = journey_resolve(j, a, key, &whole, e);
    if (ok) {
        const json_t *entry = journey_entry(j, whole.p);
        *out = view_question(j, entry);
        add_answer(j, *out, whole.p);
    }
    arena_free(a);
    return ok;
}

/* Is `name` the key, or what follows a slash in it? */
static bool is_tail(struct str key, struct str name)
{
    return str_ends(key, name) && (key.n == name.n || key.p[key.n - name.n - 1] == '/');
}

static bool not_found(struct journey *j, struct arena *a, struct str name, struct err *e)
{
    const json_t *path = json_object_get(j->outcome, "path");
    size_t n = json_array_size(path), i;
    struct str *ids = arena_alloc(a, (n + 1) * sizeof *ids);
    json_t *entry;
    json_array_foreach (path, i, entry)
        ids[i] = json_member(entry, "id");
    struct str near = text_nearest(key_question(name), ids, n);
    bool known = workflow_question(workflow_definition(j->w), key_question(name)) != NULL;
    if (known)
        return err_set(
            e, ERR_NOT_FOUND,
            "\"%.*s\" is not asked now: it is not on the path that the answers so far lead along.",
            STR_ARG(name));
    if (near.n)
        return err_set(e, ERR_NOT_FOUND,
                       "There is no question \"%.*s\" here. Did you mean \"%.*s\"?", STR_ARG(name),
                       STR_ARG(near));
    return err_set(e, ERR_NOT_FOUND,
                   "There is no question \"%.*s\" here. `espalier review` lists the keys.",
                   STR_ARG(name));
}

bool journey_resolve(struct journey *j, struct arena *a, struct str name, struct str *key,
                     struct err *e)
{
    size_t i, found = 0;
    json_t *entry;
    json_array_foreach (json_object_get(j->outcome, "path"), i, entry) {
        struct str whole = json_member(entry, "key");
        if (!is_tail(whole, name))
            continue;
        *key = str_copy(a, whole);
        if (whole.n == name.n)
            return true;
        found++;
    }
    if (found > 1)
        return err_set(e, ERR_INPUT,
                       "\"%.*s\" could mean %zu questions. Give more of the key, as in \"%s\".",
                       STR_ARG(name), found, key->p);
    return found == 1 || not_found(j, a, name, e);
}

static const char *const kind_names[EVENT_KINDS] = {
    [EVENT_ANSWERED] = "answered", [EVENT_SKIPPED] = "skipped",   [EVENT_CLEARED] = "cleared",
    [EVENT_UNDONE] = "undone",     [EVENT_REDONE] = "redone",     [EVENT_ELAPSED] = "elapsed",
    [EVENT_MIGRATED] = "migrated", [EVENT_REDACTED] = "redacted",
};

static json_t *history_entry(struct journey *j, const struct store_event *event)
{
    char stamp[21];
    clock_stamp(event->at, stamp);
    struct str key = event->key;
    bool turned = event->kind == EVENT_UNDONE || event->kind == EVENT_REDONE;
    if (turned && event->refers >= 1 && (size_t)event->refers <= j->fold.n)
        key = j->fold.events[event->refers - 1].key;
    json_t *view =
        json_pack("{s:I,s:s,s:o,s:s,s:o,s:o}", "seq", (json_int_t)event->seq, "kind",
                  kind_names[event->kind], "key", json_new_text(key), "at", stamp, "role",
                  json_new_text(event->role), "session", json_new_text(event->session));
    json_object_set_new(view, "day", json_new_text(event->day));
    json_t *value = NULL;
    struct err ignored;
    if (event->kind == EVENT_SKIPPED)
        json_object_set_new(view, "why", json_new_text(event->value));
    else if (event->value.n > 0 && json_read(event->value, &value, &ignored)) {
        json_object_set_new(view, "shown", shown_value(j, key.p, value));
        json_object_set_new(view, "value", value);
    }
    if (turned)
        json_object_set_new(view, "refers", json_integer(event->refers));
    return view;
}

static void add_wording(struct journey *j, const struct store_event *event, json_t *view)
{
    struct arena *a = arena_new();
    struct str text;
    struct err ignored;
    if (event->wording.n > 0 && store_wording_get(j->p->store, a, event->wording, &text, &ignored))
        json_object_set_new(view, "wording", json_new_text(text));
    arena_free(a);
}

bool journey_history(struct journey *j, struct str key, json_t **out, struct err *e)
{
    if (!journey_refresh(j, e))
        return false;
    json_t *list = json_array();
    for (size_t i = 0; i < j->fold.n; i++) {
        json_t *view = history_entry(j, &j->fold.events[i]);
        if (key.n > 0 && !is_tail(json_member(view, "key"), key)) {
            json_decref(view);
            continue;
        }
        add_wording(j, &j->fold.events[i], view);
        json_array_append_new(list, view);
    }
    if (key.n > 0 && json_array_size(list) == 0) {
        json_decref(list);
        struct arena *a = arena_new();
        struct str whole;
        if (journey_resolve(j, a, key, &whole, e))
            (void)err_set(e, ERR_NOT_FOUND, "\"%s\" has not been answered yet.", whole.p);
        arena_free(a);
        return false;
    }
    *out = list;
    return true;
}

bool journey_note(struct journey *j, struct str key, struct str text, struct str visibility,
                  struct err *e)
{
    if (str_trim(text).n == 0)
        return err_set(e, ERR_INPUT, "A note needs some words.");
    if (text.n > ANSWER_MAX)
        return err_set(e, ERR_LIMIT, "A note may have %d bytes; this one has %zu.", ANSWER_MAX,
                       text.n);
    if (!utf8_valid(text))
        return err_set(e, ERR_INPUT, "The note is not valid UTF-8 text.");
    if (!str_is(visibility, "private") && !str_is(visibility, "shared") &&
        !str_is(visibility, "sensitive"))
        return err_set(e, ERR_INPUT, "A note is private, shared or sensitive, not \"%.*s\".",
                       STR_ARG(visibility));
    char id[37];
    random_uuid(id);
    if (!store_begin(j->p->store, e))
        return false;
    bool ok = session_ensure(j, e);
    struct store_note note = {.id = str_of(id),
                              .journey = j->record.id,
                              .key = key,
                              .text = text,
                              .visibility = visibility,
                              .session = j->session,
                              .at = clock_now()};
    ok = ok && store_note_add(j->p->store, &note, e) && store_commit(j->p->store, e);
    if (ok) {
        j->session_new = false;
        return true;
    }
    store_rollback(j->p->store);
    session_forget(j);
    return false;
}

bool journey_notes(struct journey *j, json_t **out, struct err *e)
{
    struct arena *a = arena_new();
    struct store_note *notes;
    size_t n;
    bool ok = store_note_list(j->p->store, a, j->record.id, &notes, &n, e);
    *out = ok ? json_array() : NULL;
    for (size_t i = 0; ok && i < n; i++) {
        json_t *note = json_pack("{s:o,s:o,s:o,s:o}", "id", json_new_text(notes[i].id), "key",
                                 json_new_text(notes[i].key), "text", json_new_text(notes[i].text),
                                 "visibility", json_new_text(notes[i].visibility));
        add_day(note, notes[i].at);
        json_array_append_new(*out, note);
    }
    arena_free(a);
    return ok;
}
