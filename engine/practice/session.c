/* Sittings.  The first change through a handle opens a session, unless one of the same sitting is
 * still open (the program was killed and started again); closing the handle ends it. */
#include "practice/state.h"

#include "base/random.h"

/* A session left open for longer than this was forgotten, not interrupted. */
static const int64_t SITTING_MAX = (int64_t)8 * 3600 * 1000;

static int minutes_between(int64_t from, int64_t to)
{
    return to > from ? (int)((to - from + 59999) / 60000) : 0;
}

bool session_ensure(struct journey *j, struct err *e)
{
    if (j->session.n > 0)
        return true;
    struct arena *a = arena_new();
    struct store_session *list;
    size_t n;
    int64_t now = clock_now();
    bool ok = store_session_list(j->p->store, a, j->record.id, &list, &n, e);
    for (size_t i = 0; ok && i < n; i++) {
        if (list[i].ended != 0)
            continue;
        if (now >= list[i].started && now - list[i].started < SITTING_MAX) {
            j->session = str_copy(j->a, list[i].id);
            j->session_started = list[i].started;
        } else {
            ok = store_session_end(j->p->store, list[i].id, list[i].started, 0, e);
        }
    }
    arena_free(a);
    if (!ok || j->session.n > 0)
        return ok;
    char id[37];
    random_uuid(id);
    struct store_session session = {
        .id = str_of(id), .journey = j->record.id, .kind = STR("coaching"), .started = now};
    if (!store_session_add(j->p->store, &session, e))
        return false;
    j->session = str_copy(j->a, str_of(id));
    j->session_started = now;
    j->session_new = true;
    return true;
}

void session_forget(struct journey *j)
{
    if (j->session_new)
        j->session = STR("");
    j->session_new = false;
}

static bool keep_status(struct journey *j, struct err *e)
{
    struct arena *a = arena_new();
    json_t *status = status_of(j);
    bool ok = store_outcome_put(j->p->store, j->record.id, fold_revision(&j->fold),
                                json_write(a, status), e);
    json_decref(status);
    arena_free(a);
    return ok;
}

void session_finish(struct journey *j, int64_t at)
{
    if (j->session.n == 0)
        return;
    struct store *s = j->p->store;
    int64_t ended = at > j->session_started ? at : j->session_started;
    struct err ignored; /* a session that stays open is ended by the next one */
    if (!store_begin(s, &ignored))
        return;
    if (!store_session_end(s, j->session, ended, minutes_between(j->session_started, ended),
                           &ignored) ||
        !keep_status(j, &ignored) || !store_commit(s, &ignored))
        store_rollback(s);
    j->session = STR("");
}
