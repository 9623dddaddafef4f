/* Cycles.  A client who walks through the same workflow again is offered what was said in the cycle
 * before: an answer to begin with, never an answer given.  Items keep their ids, so that what was
 * said of an item is found again as well. */
#include "practice/state.h"

static bool find_before(struct journey *j, struct str *id, struct err *e)
{
    struct store_journey *list;
    size_t n;
    *id = STR("");
    if (!store_journey_list(j->p->store, j->a, j->record.client, &list, &n, e))
        return false;
    for (size_t i = 0; i < n; i++)
        if (str_eq(list[i].workflow, j->record.workflow) && list[i].cycle == j->record.cycle - 1)
            *id = list[i].id;
    return true;
}

bool cycle_open(struct journey *j, struct err *e)
{
    struct store_event *events;
    size_t n;
    struct str id;
    fold_begin(&j->before);
    if (j->record.cycle < 2)
        return true;
    if (!find_before(j, &id, e) ||
        (id.n > 0 && !store_event_list(j->p->store, j->a, id, 0, &events, &n, e)))
        return false;
    for (size_t i = 0; id.n > 0 && i < n; i++)
        fold_add(&j->before, &events[i]);
    return true;
}

const json_t *cycle_value(struct journey *j, const char *key)
{
    return fold_value(&j->before, key);
}
