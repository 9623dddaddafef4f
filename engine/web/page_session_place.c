/* Which questions are on the screen: those that one step asks together.  One walks along the path:
 * what must be answered is due, what may stay open is offered once, on the way to it. */
#include "web/page_session.h"

#include <string.h>

/* The path with what is open on it. */
struct way {
    struct journey *j;
    struct arena *a;
    const json_t *path;
    json_t *states; /* key: state, of what stands in the view's "open" (a new reference) */
    size_t n;
    size_t due; /* n: nothing is */
};

const json_t *room_question(struct journey *j, const json_t *entry)
{
    const json_t *definition =
        workflow_in_language(journey_workflow(j), journey_record(j)->language);
    return workflow_question(definition, json_member(entry, "id"));
}

struct str room_step(struct journey *j, const json_t *entry)
{
    struct str step = json_member(entry, "step");
    return step.n > 0 ? step : json_member(room_question(j, entry), "step");
}

static const json_t *entry_at(const struct way *w, size_t i)
{
    return json_array_get(w->path, i);
}

static struct str key_at(const struct way *w, size_t i)
{
    return json_member(entry_at(w, i), "key");
}

/* The part of a key before its last slash, and what follows an @. */
static struct str scope_of(struct str key)
{
    size_t end = 0;
    for (size_t i = 0; i < key.n; i++)
        if (key.p[i] == '/')
            end = i;
    return str_part(key, 0, end);
}

static struct str label_of(struct str key)
{
    struct str label;
    (void)str_split(str_part(key, scope_of(key).n, key.n), '@', &label);
    return label;
}

static bool same_group(const struct way *w, size_t x, size_t y)
{
    const json_t *a = entry_at(w, x), *b = entry_at(w, y);
    struct str k = key_at(w, x), l = key_at(w, y);
    struct str step = room_step(w->j, a);
    return x == y ||
        (step.n > 0 && str_eq(step, room_step(w->j, b)) &&
         str_eq(json_member(a, "phase"), json_member(b, "phase")) &&
         str_eq(scope_of(k), scope_of(l)) && str_eq(label_of(k), label_of(l)));
}

static struct str state_at(const struct way *w, size_t i)
{
    return json_member(w->states, key_at(w, i).p);
}

/* Has it still to be said (and is not only to be looked at again)? */
static bool is_open(const struct way *w, size_t i)
{
    struct str state = state_at(w, i);
    return str_is(state, "open") || str_is(state, "invalid");
}

static size_t find_key(const struct way *w, struct str key)
{
    for (size_t i = 0; key.n > 0 && i < w->n; i++)
        if (str_eq(key_at(w, i), key))
            return i;
    return w->n;
}

/* The first question of a group that is asked; n: none. */
static size_t group_asks(const struct way *w, size_t member)
{
    for (size_t i = 0; i < w->n; i++)
        if (state_at(w, i).n > 0 && same_group(w, member, i))
            return i;
    return w->n;
}

/* The first open question behind `from` that is not of its group; n: none before the due one. */
static size_t open_behind(const struct way *w, size_t from)
{
    for (size_t i = from + 1; i < w->n; i++)
        if (is_open(w, i) && !same_group(w, from, i))
            return i;
    return w->n;
}

/* What to begin with: the questions that stand open right before the due one, or that one. */
static size_t first_of_run(const struct way *w)
{
    size_t from = w->due;
    while (from > 0 && from <= w->n && is_open(w, from - 1))
        from--;
    return w->due < w->n ? from : w->n;
}

static size_t choose(const struct way *w, const struct room_wish *wish)
{
    size_t at = find_key(w, wish->at), passed = find_key(w, wish->after), next;
    size_t asks = at < w->n ? group_asks(w, at) : w->n;
    if (asks < w->n) {
        /* A script may ask other things before the rest of a step: they come first, or never. */
        next = wish->said.n > 0 && asks > at ? open_behind(w, at) : asks;
        return next < asks ? next : at;
    }
    if (at == w->n)
        at = passed;
    next = at < w->n ? open_behind(w, at) : w->n;
    return next < w->n ? next : at < w->n ? w->due : first_of_run(w);
}

/* The views's due question on the path. */
static size_t find_due(const struct way *w, const json_t *view)
{
    const json_t *due = journey_due(view);
    return due ? find_key(w, json_member(due, "key")) : w->n;
}

static json_t *states_of(const json_t *view)
{
    json_t *states = json_object(), *question;
    size_t i;
    json_array_foreach (json_object_get(view, "open"), i, question)
        json_object_set(states, json_member(question, "key").p, json_object_get(question, "state"));
    return states;
}

static bool is_required(const struct way *w, size_t i)
{
    const json_t *question = room_question(w->j, entry_at(w, i));
    return json_flag(entry_at(w, i), "required", json_flag(question, "required", true));
}

static void fill(const struct way *w, size_t chosen, struct place *out)
{
    bool needed = false;
    for (size_t i = 0; i < w->n; i++) {
        if (!same_group(w, chosen, i))
            continue;
        bool asks = state_at(w, i).n > 0;
        json_array_append_new(asks ? out->asked : out->told, json_new_text(key_at(w, i)));
        out->due = out->due || i == w->due;
        needed = needed || (is_open(w, i) && is_required(w, i));
    }
    out->phase = json_member(entry_at(w, chosen), "phase");
    out->step = room_step(w->j, entry_at(w, chosen));
    out->may_pass = !needed;
}

void room_place(struct journey *j, struct arena *a, const json_t *view,
                const struct room_wish *wish, struct place *out)
{
    const json_t *path = json_object_get(journey_outcome(j), "path");
    struct way w = {j, a, path, states_of(view), json_array_size(path), 0};
    w.due = find_due(&w, view);
    *out = (struct place){.asked = json_array(), .told = json_array()};
    size_t chosen = choose(&w, wish);
    if (chosen < w.n)
        fill(&w, chosen, out);
    json_decref(w.states);
}

void room_place_free(struct place *p)
{
    json_decref(p->asked);
    json_decref(p->told);
}
