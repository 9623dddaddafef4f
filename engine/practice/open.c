/* Opening and closing the handle of a journey. */
#include "practice/state.h"

#include <stdlib.h>

static bool load_workflow(struct journey *j, struct err *e)
{
    struct arena *a = arena_new();
    struct str archive;
    struct bundle bundle;
    struct diags d = {.a = a};
    bool ok = store_bundle_get(j->p->store, a, j->record.bundle, &archive, e) &&
        bundle_unpack(a, archive, &bundle, e);
    if (ok && !workflow_load(&bundle, &j->w, &d))
        ok = err_set(e, ERR_DATA, "The workflow kept with this journey cannot be read: %s",
                     d.n ? d.list[0].text.p : "no reason known");
    arena_free(a);
    return ok || err_before(e, "The workflow of this journey: ");
}

static bool find_record(struct practice *p, struct str id, struct journey *j, struct err *e)
{
    return store_journey_get(p->store, j->a, id, &j->record, e);
}

/* Waits whose day has come pass by themselves: an event says so, so that the run stays a function
 * of what is stored. */
static bool pass_waits(struct journey *j, struct err *e)
{
    char today[11];
    clock_day(clock_now(), today);
    size_t i;
    json_t *entry;
    json_array_foreach (json_object_get(j->outcome, "path"), i, entry) {
        struct str until = json_member(json_object_get(entry, "wait"), "until");
        bool due = until.n > 0 && str_order(until, str_of(today)) <= 0;
        if (!due || !str_is(json_member(entry, "state"), "open"))
            continue;
        struct arena *a = arena_new();
        struct str key = str_copy(a, json_member(entry, "key"));
        bool ok = change_elapse(j, key, str_copy(a, until), e);
        arena_free(a);
        return ok && pass_waits(j, e);
    }
    return true;
}

bool journey_open(struct practice *p, struct str id, struct str language, struct journey **out,
                  struct err *e)
{
    struct journey *j = mem_new(sizeof *j);
    *out = NULL;
    j->p = p;
    j->a = arena_new();
    j->states = json_object();
    j->reasked = json_object();
    j->wordings = json_object();
    fold_begin(&j->fold);
    bool ok = find_record(p, id, j, e) && load_workflow(j, e);
    if (ok) {
        bool speaks = language.n > 0 && workflow_speaks(j->w, language);
        j->language = str_copy(j->a, speaks ? language : j->record.language);
        ok = cycle_open(j, e) && journey_refresh(j, e);
    }
    if (ok) {
        journey_run(j);
        ok = pass_waits(j, e);
    }
    if (!ok) {
        journey_close(j);
        return false;
    }
    *out = j;
    return true;
}

void journey_close(struct journey *j)
{
    journey_close_at(j, clock_now());
}

void journey_close_at(struct journey *j, int64_t at)
{
    if (!j)
        return;
    session_finish(j, at);
    workflow_free(j->w);
    fold_end(&j->fold);
    fold_end(&j->before);
    json_decref(j->outcome);
    json_decref(j->places);
    json_decref(j->states);
    json_decref(j->reasked);
    json_decref(j->wordings);
    json_decref(j->conflict);
    arena_free(j->a);
    free(j);
}

const struct store_journey *journey_record(const struct journey *j)
{
    return &j->record;
}

struct workflow *journey_workflow(struct journey *j)
{
    return j->w;
}

const json_t *journey_outcome(const struct journey *j)
{
    return j->outcome;
}
