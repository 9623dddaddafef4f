/* The view: where the journey stands, as one JSON tree that every front end reads (INTERFACES.md
 * section 2). */
#include "practice/state.h"

#include "base/random.h"
#include "workflow/value.h"

#include <string.h>

static const json_t *step_of(const json_t *definition, struct str id)
{
    size_t i;
    json_t *phase, *step = NULL;
    json_array_foreach (json_object_get(definition, "phases"), i, phase)
        if (!step)
            step = json_find(json_object_get(phase, "steps"), "id", id);
    return step;
}

static void copy_members(json_t *to, const json_t *from, const char *const *names)
{
    for (; *names; names++) {
        json_t *v = json_object_get(from, *names);
        if (v)
            json_object_set(to, *names, v);
    }
}

const char *view_state(const struct journey *j, const json_t *entry)
{
    const char *key = json_string_value(json_object_get(entry, "key"));
    struct str state = json_member(entry, "state");
    if (json_object_get(j->reasked, key))
        return "invalid";
    if (str_is(state, "answered"))
        return json_object_get(j->states, key) ? "to_check" : "live";
    return state.p;
}

/* The question of a wait, which stands in no file. */
static json_t *wait_question(struct journey *j, const json_t *entry)
{
    struct arena *a = arena_new();
    const json_t *definition = workflow_in_language(j->w, j->language);
    struct str id = json_member(entry, "id");
    const json_t *message = json_object_get(json_object_get(definition, "messages"), id.p);
    struct str until = json_member(json_object_get(entry, "wait"), "until");
    bool french = str_is(j->language, "fr");
    struct str ask = json_member(message, "text");
    if (ask.n == 0 && until.n > 0)
        ask = str_format(
            a, french ? "Une pause jusqu’au %s. Est-ce fait ?" : "A pause until %s. Is it done?",
            until.p);
    else if (ask.n == 0)
        ask = french ? STR("Une pause. Est-ce fait ?") : STR("A pause. Is it done?");
    json_t *q = json_pack("{s:o,s:s,s:o,s:b,s:s}", "id", json_new_text(id), "type", "confirm",
                          "ask", json_new_text(ask), "required", 1, "by", "coach");
    arena_free(a);
    return q;
}

json_t *view_unfilled(struct journey *j, const json_t *entry)
{
    const json_t *q =
        workflow_question(workflow_in_language(j->w, j->language), json_member(entry, "id"));
    return q ? json_incref((json_t *)(uintptr_t)q) : wait_question(j, entry);
}

struct value_context *view_context(struct arena *a, struct journey *j, const json_t *entry)
{
    struct value_context *c = arena_alloc(a, sizeof *c);
    char *today = arena_alloc(a, 11);
    clock_day(clock_now(), today);
    const char *key = json_string_value(json_object_get(entry, "key"));
    c->question =
        workflow_question(workflow_in_language(j->w, j->language), json_member(entry, "id"));
    if (!c->question) {
        static json_t *confirm; /* of program lifetime: what a wait accepts */
        if (!confirm)
            confirm = json_pack("{s:s,s:s}", "id", "wait", "type", "confirm");
        c->question = confirm;
    }
    c->rows = json_object_get(entry, "rows");
    c->previous = fold_given(&j->fold, key);
    if (!c->previous)
        c->previous = cycle_value(j, key);
    c->language = j->language;
    c->today = str_of(today);
    c->new_item_id = random_item_id;
    return c;
}

static void add_question_fields(struct journey *j, json_t *view, const json_t *q,
                                const json_t *entry)
{
    static const char *const names[] = {"id",      "type",     "help",   "examples", "caution",
                                        "compare", "required", "by",     "private",  "sensitive",
                                        "options", "columns",  "scales", "rows",     "item",
                                        "from",    "to",       "ends",   "min",      "max",
                                        "unit",    "currency", "period", "start",    NULL};
    static const char *const of_entry[] = {"rows", "start", "wait", "phase", "step", NULL};
    struct arena *a = arena_new();
    struct str ask =
        wording_fill(a, j, json_member(q, "ask"), json_object_get(entry, "vars"), j->language);
    json_object_set(view, "key", json_object_get(entry, "key"));
    json_object_set_new(view, "ask", json_new_text(ask));
    copy_members(view, q, names);
    copy_members(view, entry, of_entry);
    if (json_object_get(entry, "required"))
        json_object_set(view, "required", json_object_get(entry, "required"));
    arena_free(a);
}

struct str view_sentence(struct journey *j, struct str said)
{
    const json_t *definition = workflow_in_language(j->w, j->language);
    const json_t *message =
        json_object_getn(json_object_get(definition, "messages"), said.p, said.n);
    return message ? json_member(message, "text") : said;
}

struct str view_shown(struct arena *a, struct journey *j, const char *key, const json_t *value)
{
    const json_t *entry = journey_entry(j, key), *rows = json_object_get(entry, "rows");
    const json_t *definition = workflow_in_language(j->w, j->language);
    const json_t *question = workflow_question(definition, key_question(str_of(key)));
    if (!question || !value)
        return STR("");
    if (!rows)
        return value_show(a, question, value, j->language);
    json_t *with_rows = json_copy((json_t *)(uintptr_t)question);
    json_object_set(with_rows, "rows", (json_t *)(uintptr_t)rows);
    struct str shown = value_show(a, with_rows, value, j->language);
    json_decref(with_rows);
    return shown;
}

/* Why an answer is asked for again, in the language of the handle; empty if there is nothing to
 * say. */
static struct str reason(struct arena *a, struct journey *j, const json_t *entry, const char *state)
{
    const char *key = json_string_value(json_object_get(entry, "key"));
    const json_t *value = fold_value(&j->fold, key);
    json_t *normal;
    struct err e;
    if (strcmp(state, "to_check") == 0 || json_object_get(j->reasked, key))
        return str_is(j->language, "fr") ? STR("La question a changé depuis votre réponse.")
                                         : STR("The question has changed since you answered it.");
    if (strcmp(state, "invalid") != 0)
        return STR("");
    /* The worker judges in one language only; what it found is said again in the person's. */
    if (value && !value_check(view_context(a, j, entry), value, &normal, &e))
        return str_copy(a, str_of(e.text));
    if (value)
        json_decref(normal);
    return view_sentence(j, json_member(entry, "why"));
}

json_t *view_question(struct journey *j, const json_t *entry)
{
    struct arena *a = arena_new();
    json_t *view = json_object(), *q = view_unfilled(j, entry);
    const char *key = json_string_value(json_object_get(entry, "key")),
               *state = view_state(j, entry);
    add_question_fields(j, view, q, entry);
    json_object_set_new(view, "state", json_string(state));
    const json_t *previous = fold_given(&j->fold, key);
    if (previous) {
        json_object_set_new(view, "previous_shown",
                            json_new_text(value_show(a, view, previous, j->language)));
        json_object_set(view, "previous", (json_t *)(uintptr_t)previous);
    }
    const json_t *before = previous ? NULL : cycle_value(j, key);
    if (before)
        json_object_set(view, "start", (json_t *)(uintptr_t)before);
    struct str why = reason(a, j, entry, state);
    if (why.n > 0)
        json_object_set_new(view, "why", json_new_text(why));
    json_decref(q);
    arena_free(a);
    return view;
}

static bool is_open(const json_t *entry)
{
    struct str state = json_member(entry, "state");
    return str_is(state, "open") || str_is(state, "invalid");
}

/* Open and invalid questions in the order of the path, then those to check. */
static json_t *open_questions(struct journey *j)
{
    json_t *open = json_array(), *entry;
    size_t i;
    json_array_foreach (json_object_get(j->outcome, "path"), i, entry)
        if (is_open(entry))
            json_array_append_new(open, view_question(j, entry));
    json_array_foreach (json_object_get(j->outcome, "path"), i, entry)
        if (strcmp(view_state(j, entry), "to_check") == 0)
            json_array_append_new(open, view_question(j, entry));
    return open;
}

/* Index of the first question that has to be answered before the script goes on; the path's length
 * if there is none. */
static size_t first_required(const struct journey *j)
{
    const json_t *path = json_object_get(j->outcome, "path");
    size_t i;
    json_t *entry;
    json_array_foreach (path, i, entry)
        if (is_open(entry) && json_flag(entry, "required", true))
            return i;
    return json_array_size(path);
}

static json_t *message_text(struct journey *j, struct arena *a, const json_t *message)
{
    const json_t *definition = workflow_in_language(j->w, j->language);
    struct str text = json_member(message, "text"), id = json_member(message, "id");
    if (id.n > 0)
        text = json_member(json_object_get(json_object_get(definition, "messages"), id.p), "text");
    return json_new_text(wording_fill(a, j, text, json_object_get(message, "vars"), j->language));
}

/* Messages of the moment: said after the last answer before the question that is due now.  Optional
 * questions may be open before that one: `before` gets the key of the open question that each
 * message stands before, null for the end. */
static json_t *messages_now(struct journey *j, json_t *before)
{
    struct arena *a = arena_new();
    json_t *said = json_array(), *message;
    const json_t *path = json_object_get(j->outcome, "path");
    size_t to = first_required(j), from = to, i;
    while (from > 0 && is_open(json_array_get(path, from - 1)))
        from--;
    json_array_foreach (json_object_get(j->outcome, "messages"), i, message) {
        size_t at = (size_t)json_whole(message, "at", 0);
        if (at < from || at > to)
            continue;
        json_t *key = json_object_get(json_array_get(path, at), "key");
        json_array_append_new(said, message_text(j, a, message));
        json_array_append_new(before, key ? json_incref(key) : json_null());
    }
    arena_free(a);
    return said;
}

static json_t *advice_texts(struct journey *j)
{
    struct arena *a = arena_new();
    json_t *texts = json_array(), *advice;
    size_t i;
    json_array_foreach (json_object_get(j->outcome, "advice"), i, advice)
        json_array_append_new(texts, message_text(j, a, advice));
    arena_free(a);
    return texts;
}

static size_t count_set_aside(const struct journey *j)
{
    size_t on_path = 0, i;
    json_t *entry;
    json_array_foreach (json_object_get(j->outcome, "path"), i, entry)
        on_path += json_object_get(j->fold.latest, json_member(entry, "key").p) != NULL;
    size_t all = json_object_size(j->fold.latest);
    return all > on_path ? all - on_path : 0;
}

static json_t *progress(struct journey *j, size_t phase, size_t phases)
{
    long long answered = 0, open = 0;
    size_t i;
    json_t *entry;
    json_array_foreach (json_object_get(j->outcome, "path"), i, entry) {
        const char *state = view_state(j, entry);
        answered += strcmp(state, "live") == 0 || strcmp(state, "to_check") == 0;
        open += is_open(entry);
    }
    return json_pack("{s:I,s:I,s:I,s:I,s:I,s:I}", "phase", (json_int_t)phase, "phases",
                     (json_int_t)phases, "answered", answered, "to_check",
                     (json_int_t)json_object_size(j->states), "set_aside",
                     (json_int_t)count_set_aside(j), "open", open);
}

static void add_place(struct journey *j, json_t *view)
{
    static const char *const phase_names[] = {"id", "title", "purpose", "minutes", NULL};
    static const char *const step_names[] = {"id", "title", "intro", NULL};
    const json_t *definition = workflow_in_language(j->w, j->language);
    const json_t *open = json_array_get(json_object_get(j->outcome, "path"), first_required(j));
    struct str id = json_member(open ? open : j->outcome, "phase");
    size_t phases, number = workflow_phase_number(definition, id, &phases);
    const json_t *phase = json_find(json_object_get(definition, "phases"), "id", id);
    struct str step_id = json_member(open, "step");
    if (step_id.n == 0)
        step_id = json_member(workflow_question(definition, json_member(open, "id")), "step");
    const json_t *step = step_of(definition, step_id);
    json_t *phase_view = json_object();
    copy_members(phase_view, phase, phase_names);
    json_object_set_new(view, "phase", phase_view);
    json_object_set_new(view, "step", step ? json_object() : json_null());
    if (step)
        copy_members(json_object_get(view, "step"), step, step_names);
    json_object_set_new(view, "progress", progress(j, number, phases));
}

/* Done: the script reached its end and no required question is open. */
static bool is_done(const struct journey *j)
{
    size_t i;
    json_t *entry;
    json_array_foreach (json_object_get(j->outcome, "path"), i, entry)
        if (is_open(entry) && json_flag(entry, "required", true))
            return false;
    return json_flag(j->outcome, "done", false);
}

json_t *journey_view(struct journey *j)
{
    const json_t *definition = workflow_in_language(j->w, j->language);
    json_t *view = json_pack(
        "{s:s,s:o,s:I,s:o,s:{s:O,s:O}}", "type", "view", "journey", json_new_text(j->record.id),
        "revision", (json_int_t)fold_revision(&j->fold), "language", json_new_text(j->language),
        "workflow", "id", json_object_get(definition, "workflow"), "title",
        json_object_get(definition, "title"));
    add_place(j, view);
    json_object_set_new(view, "open", open_questions(j));
    json_t *before = json_array();
    json_object_set_new(view, "said", messages_now(j, before));
    json_object_set_new(view, "said_before", before);
    json_object_set_new(view, "advice", advice_texts(j));
    json_object_set_new(view, "done", json_boolean(is_done(j)));
    json_object_set_new(view, "can_undo", json_boolean(fold_undo_target(&j->fold)));
    json_object_set_new(view, "can_redo", json_boolean(fold_redo_target(&j->fold)));
    const json_t *trouble = json_object_get(j->outcome, "error");
    if (json_is_object(trouble))
        json_object_set(view, "trouble", (json_t *)(uintptr_t)trouble);
    return view;
}

const json_t *journey_due(const json_t *view)
{
    const json_t *open = json_object_get(view, "open");
    size_t i;
    json_t *question;
    json_array_foreach (open, i, question)
        if (json_flag(question, "required", true))
            return question;
    return json_flag(view, "done", false) ? NULL : json_array_get(open, 0);
}
