/* A journey as it would be: its answers with one changed, run in memory, and what that does to the
 * path. */
#include "practice/what_if_state.h"

#include "workflow/value.h"

#include <string.h>

/* How often a run may be held up by questions that are asked only then; each time they are left
 * out. */
enum { ROUNDS = 12 };

struct guess {
    struct arena *a;
    struct journey *j;
    struct journey now;   /* with the change */
    struct journey later; /* and with the questions left out that are new then */
    json_t *left;         /* KEY -> true: those */
    bool cut;             /* it is still held up: what comes behind is not known */
};

void suppose_begin(struct journey *j, struct journey *other)
{
    const struct fold *f = &j->fold;
    *other = *j;
    other->fold = (struct fold){.n = f->n,
                                .room = f->n + 1,
                                .events = mem_new((f->n + 1) * sizeof *f->events),
                                .latest = json_copy(f->latest),
                                .values = json_copy(f->values),
                                .given = json_copy(f->given),
                                .undone = json_copy(f->undone),
                                .touched = json_copy(f->touched)};
    if (f->n > 0)
        memcpy(other->fold.events, f->events, f->n * sizeof *f->events);
    other->outcome = json_incref(j->outcome);
    other->places = NULL;
    other->states = json_copy(j->states);
    other->reasked = json_copy(j->reasked);
    other->conflict = NULL;
    other->why = NULL;
}

void suppose_end(struct journey *other)
{
    fold_end(&other->fold);
    json_decref(other->outcome);
    json_decref(other->places);
    json_decref(other->states);
    json_decref(other->reasked);
}

void suppose_event(struct journey *other, struct arena *a, enum store_kind kind, struct str key,
                   struct str value)
{
    char today[11];
    struct store_event event = {.seq = fold_revision(&other->fold) + 1,
                                .kind = kind,
                                .key = str_copy(a, key),
                                .value = str_copy(a, value),
                                .actor = STR("coach"),
                                .role = STR("coach"),
                                .language = other->language,
                                .at = clock_now()};
    clock_day(event.at, today);
    event.day = str_copy(a, str_of(today));
    fold_add(&other->fold, &event);
}

static bool is_waiting(const json_t *entry)
{
    struct str state = json_member(entry, "state");
    return str_is(state, "open") || str_is(state, "invalid");
}

/* Is this question of a supposed path one that has to be answered only then? */
static bool holds_up(struct guess *g, const json_t *entry)
{
    const json_t *today = journey_entry(g->j, json_member(entry, "key").p);
    return is_waiting(entry) && json_flag(entry, "required", true) && !(today && is_waiting(today));
}

/* Leaves out what holds the run up; false if nothing does. */
static bool leave_out(struct guess *g)
{
    json_t *path = json_incref(json_object_get(g->later.outcome, "path")), *entry;
    size_t i, n = json_object_size(g->left);
    json_array_foreach (path, i, entry) {
        struct str key = json_member(entry, "key");
        if (!holds_up(g, entry) || json_object_get(g->left, key.p))
            continue;
        json_object_set_new(g->left, key.p, json_true());
        suppose_event(&g->later, g->a, EVENT_SKIPPED, key, STR("-"));
    }
    json_decref(path);
    return json_object_size(g->left) > n;
}

static void look_ahead(struct guess *g)
{
    int round = 0;
    suppose_begin(&g->now, &g->later);
    for (; round < ROUNDS && leave_out(g); round++)
        journey_run(&g->later);
    g->cut = round == ROUNDS;
}

/* {"key","ask","shown",...} of an entry of the path of `j`, with the answer there is. */
static json_t *tell(struct guess *g, struct journey *j, const json_t *entry)
{
    json_t *question = view_question(j, entry);
    const char *key = json_string_value(json_object_get(entry, "key"));
    struct str shown = view_shown(g->a, g->j, key, fold_value(&g->j->fold, key));
    (void)fold_skipped(&g->j->fold, key, &shown);
    json_t *told =
        json_pack("{s:s,s:O,s:o,s:b,s:b}", "key", key, "ask", json_object_get(question, "ask"),
                  "shown", json_new_text(shown), "private", json_flag(question, "private", false),
                  "sensitive", json_flag(question, "sensitive", false));
    json_decref(question);
    return told;
}

static void add(struct guess *g, json_t *path, const char *list, struct journey *j,
                const json_t *entry)
{
    json_array_append_new(json_object_get(path, list), tell(g, j, entry));
}

/* What an entry of the path as it would be is, beside the path there is; NULL: what it was. */
static const char *becomes(struct guess *g, const json_t *entry)
{
    const char *key = json_string_value(json_object_get(entry, "key"));
    const json_t *today = journey_entry(g->j, key);
    bool answered = fold_event(&g->j->fold, key) != NULL;
    bool waits = is_waiting(entry) || json_object_get(g->left, key);
    if (!answered)
        return today ? NULL : "new";
    if (!today && !waits)
        return "back";
    if (waits && !(today && is_waiting(today)))
        return "again";
    if (json_object_get(g->later.states, key) && !json_object_get(g->j->states, key))
        return "to_check";
    return journey_entry(&g->now, key) ? NULL : "waiting";
}

/* What an entry of the path there is becomes when it is not on the other one. */
static const char *leaves_as(const struct guess *g, const json_t *entry)
{
    if (fold_event(&g->j->fold, json_member(entry, "key").p))
        return g->cut ? "waiting" : "aside";
    return g->cut ? NULL : "gone";
}

static json_t *path_of(struct guess *g)
{
    json_t *path = json_pack("{s:[],s:[],s:[],s:[],s:[],s:[],s:[]}", "new", "again", "gone",
                             "aside", "back", "waiting", "to_check"),
           *entry;
    size_t i;
    json_array_foreach (json_object_get(g->later.outcome, "path"), i, entry) {
        const char *list = becomes(g, entry);
        if (list)
            add(g, path, list, &g->later, entry);
    }
    json_array_foreach (json_object_get(g->j->outcome, "path"), i, entry) {
        const char *list = leaves_as(g, entry);
        if (list && !journey_entry(&g->later, json_member(entry, "key").p))
            add(g, path, list, g->j, entry);
    }
    return path;
}

static bool has_trouble(const struct journey *j)
{
    return json_is_object(json_object_get(j->outcome, "error"));
}

static bool is_empty(const json_t *path)
{
    const char *name;
    json_t *list;
    json_object_foreach ((json_t *)(uintptr_t)path, name, list)
        if (json_array_size(list) > 0)
            return false;
    return true;
}

static struct str shown_in(struct guess *g, struct journey *j, struct str key)
{
    const json_t *value = fold_value(&j->fold, key.p);
    return value ? view_shown(g->a, g->j, key.p, value) : STR("");
}

static json_t *tell_all(struct guess *g, const struct change *c)
{
    json_t *told = json_object(), *question = view_question(g->j, journey_entry(g->j, c->key.p));
    struct str before = shown_in(g, g->j, c->key), after = shown_in(g, &g->now, c->key);
    json_object_set_new(told, "key", json_new_text(c->key));
    json_object_set(told, "ask", json_object_get(question, "ask"));
    json_object_set_new(told, "before", json_new_text(before));
    json_object_set_new(told, "after", json_new_text(after));
    json_object_set_new(told, "left_out", json_boolean(!c->value));
    json_decref(question);
    bool trouble = has_trouble(&g->now) || has_trouble(&g->later);
    const struct journey *failed = has_trouble(&g->now) ? &g->now : &g->later;
    json_t *path = trouble ? json_object() : path_of(g);
    json_t *plan = trouble ? json_array() : what_if_plan(g->j, &g->later);
    json_t *canvases = trouble ? json_array() : what_if_canvases(g->j, &g->later);
    if (trouble)
        json_object_set(told, "trouble",
                        json_object_get(json_object_get(failed->outcome, "error"), "text"));
    bool same = !trouble && str_eq(before, after) && c->value && is_empty(path) &&
        json_array_size(plan) == 0 && json_array_size(canvases) == 0;
    json_object_set_new(told, "same", json_boolean(same));
    json_object_set_new(told, "path", path);
    json_object_set_new(told, "plan", plan);
    json_object_set_new(told, "canvases", canvases);
    return told;
}

/* Adds the change to the supposed journey as it would be stored. */
static bool change(struct guess *g, const struct change *c, struct err *e)
{
    const json_t *entry = journey_entry(g->j, c->key.p);
    json_t *value;
    if (!entry)
        return err_set(e, ERR_NOT_FOUND,
                       "\"%.200s\" is not asked now: it is not on the path that the answers so far "
                       "lead along.",
                       c->key.p);
    if (!c->value) {
        if (str_trim(c->why).n == 0 && json_flag(entry, "required", true))
            return err_set(e, ERR_INPUT, "Please say why this question is left out.");
        suppose_event(&g->now, g->a, EVENT_SKIPPED, c->key, c->why);
        return true;
    }
    if (!value_check(view_context(g->a, g->j, entry), c->value, &value, e))
        return false;
    suppose_event(&g->now, g->a, EVENT_ANSWERED, c->key, json_write(g->a, value));
    json_decref(value);
    return true;
}

/* The workflow's own `check` may refuse the answer. */
static bool judge(struct guess *g, const struct change *c, struct err *e)
{
    const json_t *entry = journey_entry(&g->now, c->key.p);
    if (!entry || !str_is(json_member(entry, "state"), "invalid"))
        return true;
    return err_set(e, ERR_INPUT, "%.*s", STR_ARG(view_sentence(g->j, json_member(entry, "why"))));
}

bool journey_what_if(struct journey *j, const struct change *c, json_t **out, struct err *e)
{
    struct arena *a = arena_new();
    if (!journey_refresh(j, e)) {
        arena_free(a);
        return false;
    }
    struct guess g = {.a = a, .j = j, .left = json_object()};
    suppose_begin(j, &g.now);
    bool ok = change(&g, c, e);
    if (ok) {
        journey_run(&g.now);
        ok = judge(&g, c, e);
    }
    if (ok) {
        look_ahead(&g);
        *out = tell_all(&g, c);
        suppose_end(&g.later);
    }
    suppose_end(&g.now);
    json_decref(g.left);
    arena_free(a);
    return ok;
}
