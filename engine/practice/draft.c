#include "practice/draft.h"

#include "db/store_live.h"
#include "practice/state.h"

static bool keep(struct journey *j, struct str key, struct str fields, struct err *e)
{
    struct store *s = j->p->store;
    struct store_draft d = {
        .journey = j->record.id, .key = key, .fields = fields, .at = clock_now()};
    if (!store_begin(s, e))
        return false;
    if ((fields.n > 0 ? store_draft_put(s, &d, e) : store_draft_drop(s, j->record.id, key, e)) &&
        store_commit(s, e))
        return true;
    store_rollback(s);
    return false;
}

bool draft_keep(struct journey *j, struct str key, struct str fields, int64_t replaces,
                struct err *e)
{
    struct arena *a = arena_new();
    bool ok = journey_refresh(j, e);
    if (ok && !journey_entry(j, str_copy(a, key).p))
        ok = err_set(e, ERR_NOT_FOUND,
                     "This question is not asked now; what was typed is not kept.");
    if (ok && fields.n > DRAFT_MAX)
        ok = err_set(e, ERR_LIMIT, "A draft may have %d bytes.", DRAFT_MAX);
    bool late = ok && fields.n > 0 && change_is_stale(j, str_copy(a, key), replaces);
    arena_free(a);
    return ok && (late || keep(j, key, fields, e));
}

bool draft_find(struct journey *j, struct arena *a, struct str key, struct draft *out,
                struct err *e)
{
    struct store_draft *list;
    size_t n;
    *out = (struct draft){.fields = STR("")};
    if (!store_draft_list(j->p->store, a, j->record.id, &list, &n, e))
        return false;
    for (size_t i = 0; i < n; i++)
        if (str_eq(list[i].key, key))
            *out = (struct draft){.fields = list[i].fields, .at = list[i].at};
    return true;
}
