/* Beginning a journey: the workflow is collected, checked, packed and pinned by its hash. */
#include "practice/state.h"

#include "base/random.h"

/* A finished journey makes room for the next cycle. */
static bool is_finished(struct practice *p, struct str id, bool *finished, struct err *e)
{
    struct journey *j;
    if (!journey_open(p, id, STR(""), &j, e))
        return false;
    json_t *view = journey_view(j);
    *finished = json_flag(view, "done", false);
    json_decref(view);
    journey_close(j);
    return true;
}

/* Finds the number of the cycle that begins; `*over` is a finished journey that this ends, or
 * empty. */
static bool may_start(struct practice *p, struct arena *a, const struct store_client *c,
                      struct store_journey *j, struct str *over, struct err *e)
{
    struct store_journey *list;
    size_t n;
    j->cycle = 1;
    *over = STR("");
    if (!practice_journeys(p, a, c, &list, &n, e))
        return false;
    for (size_t i = 0; i < n; i++) {
        bool finished = true;
        if (!str_eq(list[i].workflow, j->workflow))
            continue;
        if (list[i].closed == 0 && !is_finished(p, list[i].id, &finished, e))
            return false;
        if (!finished)
            return err_set(e, ERR_REFUSED,
                           "%.*s has begun %.*s already. Go on with: espalier run \"%.*s\"",
                           STR_ARG(c->name), STR_ARG(j->workflow), STR_ARG(c->name));
        if (list[i].closed == 0)
            *over = list[i].id;
        j->cycle++;
    }
    return true;
}

/* Loads and checks the workflow as `check` does; its mistakes are in `d`. */
static bool collect(struct practice *p, struct arena *a, struct str workflow, struct bundle *bundle,
                    struct diags *d, struct err *e)
{
    struct workflow *w;
    if (!bundle_collect(a, &p->library, workflow, bundle, e))
        return false;
    if (!workflow_load(bundle, &w, d))
        return err_set(
            e, ERR_DATA,
            "The workflow %.*s has mistakes; nothing was begun. See: espalier check %.*s",
            STR_ARG(workflow), STR_ARG(workflow));
    bool ok = script_load(p->host, str_of(bundle->hash), workflow_program(w), e) &&
        script_check(p->host, workflow_program(w), d, e);
    workflow_free(w);
    if (ok && d->errors > 0)
        return err_set(
            e, ERR_DATA,
            "The script of %.*s has mistakes; nothing was begun. See: espalier check %.*s",
            STR_ARG(workflow), STR_ARG(workflow));
    return ok;
}

static void fill_in(struct arena *a, const struct store_client *c, const struct bundle *bundle,
                    struct store_journey *j)
{
    char uuid[37], seed[33];
    random_uuid(uuid);
    random_seed(seed);
    j->id = str_copy(a, str_of(uuid));
    j->seed = str_copy(a, str_of(seed));
    j->bundle = str_copy(a, str_of(bundle->hash));
    j->client = c->id;
    j->started = clock_now();
    j->closed = 0;
}

bool practice_start(struct practice *p, struct arena *a, const struct store_client *c,
                    struct store_journey *j, struct diags *d, struct err *e)
{
    struct bundle bundle;
    struct str over;
    if (j->language.n == 0)
        j->language = c->language.n ? c->language : p->language;
    if (!may_start(p, a, c, j, &over, e) || !collect(p, a, j->workflow, &bundle, d, e))
        return false;
    fill_in(a, c, &bundle, j);
    if (!store_begin(p->store, e))
        return false;
    bool ok = store_bundle_put(p->store, j->bundle, j->workflow, bundle_pack(a, &bundle),
                               j->started, e) &&
        store_journey_add(p->store, j, e) &&
        (over.n == 0 || store_journey_close(p->store, over, j->started, e)) &&
        store_audit_add(p->store, STR("journey-started"), j->id, j->started, e) &&
        store_commit(p->store, e);
    if (!ok)
        store_rollback(p->store);
    return ok;
}
