#include "db/inner.h"

static void put_journey(struct query *q, const struct store_journey *j)
{
    put_text(q, j->id);
    put_text(q, j->client);
    put_text(q, j->workflow);
    put_text(q, j->bundle);
    put_text(q, j->seed);
    put_text(q, j->language);
    put_int(q, j->cycle);
    put_int(q, j->started);
    put_int(q, j->closed);
    put_sum(q);
}

static bool take_journey(struct query *q, struct arena *a, struct store_journey *j, struct err *e)
{
    j->id = take_text(q, a);
    j->client = take_text(q, a);
    j->workflow = take_text(q, a);
    j->bundle = take_text(q, a);
    j->seed = take_text(q, a);
    j->language = take_text(q, a);
    j->cycle = (int)take_int(q);
    j->started = take_int(q);
    j->closed = take_int(q);
    return take_sum(q, "The journey", j->id, e);
}

static bool write_journey(struct store *s, enum statement id, const char *doing,
                          const struct store_journey *j, struct err *e)
{
    struct query q;
    if (!query_open_change(&q, s, id, doing, e))
        return false;
    put_journey(&q, j);
    return query_run(&q, e);
}

bool store_journey_add(struct store *s, const struct store_journey *j, struct err *e)
{
    return write_journey(s, STMT_JOURNEY_ADD, "begin the journey", j, e);
}

bool store_journey_get(struct store *s, struct arena *a, struct str id, struct store_journey *out,
                       struct err *e)
{
    struct query q;
    bool row;
    if (!query_open(&q, s, STMT_JOURNEY_GET, "read the journey", e))
        return false;
    put_text(&q, id);
    if (!query_row(&q, &row, e))
        return false;
    if (!row)
        return err_set(e, ERR_NOT_FOUND, "There is no journey %.*s.", STR_ARG(str_part(id, 0, 80)));
    if (!take_journey(&q, a, out, e))
        return false;
    query_close(&q);
    return true;
}

bool store_journey_close(struct store *s, struct str id, int64_t at, struct err *e)
{
    struct arena *a = arena_new();
    struct store_journey j;
    bool ok = store_journey_get(s, a, id, &j, e);
    if (ok) {
        j.closed = at;
        ok = write_journey(s, STMT_JOURNEY_SET, "close the journey", &j, e);
    }
    arena_free(a);
    return ok;
}

bool store_journey_pin(struct store *s, struct str id, struct str bundle, struct err *e)
{
    struct arena *a = arena_new();
    struct store_journey j;
    bool ok = store_journey_get(s, a, id, &j, e);
    if (ok) {
        j.bundle = bundle;
        ok = write_journey(s, STMT_JOURNEY_SET,
                           "pin the journey to another version of its workflow", &j, e);
    }
    arena_free(a);
    return ok;
}

bool store_journey_list(struct store *s, struct arena *a, struct str client,
                        struct store_journey **out, size_t *n, struct err *e)
{
    struct query q;
    struct list list = {.a = a};
    bool row;
    if (!query_open(&q, s, client.n ? STMT_JOURNEY_LIST : STMT_JOURNEY_ALL, "read the journeys", e))
        return false;
    if (client.n)
        put_text(&q, client);
    do {
        if (!query_row(&q, &row, e) ||
            (row && !take_journey(&q, a, list_add(&list, sizeof(struct store_journey)), e)))
            return false;
    } while (row);
    *out = list.items;
    *n = list.n;
    return true;
}
