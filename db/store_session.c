#include "db/inner.h"

static void put_session(struct query *q, const struct store_session *x)
{
    put_text(q, x->id);
    put_text(q, x->journey);
    put_text(q, x->kind);
    put_int(q, x->started);
    put_int(q, x->ended);
    put_int(q, x->minutes);
    put_sum(q);
}

static bool take_session(struct query *q, struct arena *a, struct store_session *x, struct err *e)
{
    x->id = take_text(q, a);
    x->journey = take_text(q, a);
    x->kind = take_text(q, a);
    x->started = take_int(q);
    x->ended = take_int(q);
    x->minutes = (int)take_int(q);
    return take_sum(q, "The session", x->id, e);
}

static bool write_session(struct store *s, enum statement id, const char *doing,
                          const struct store_session *x, struct err *e)
{
    struct query q;
    if (!query_open_change(&q, s, id, doing, e))
        return false;
    put_session(&q, x);
    return query_run(&q, e);
}

bool store_session_add(struct store *s, const struct store_session *x, struct err *e)
{
    return write_session(s, STMT_SESSION_ADD, "open the session", x, e);
}

static bool read_session(struct store *s, struct arena *a, struct str id, struct store_session *out,
                         struct err *e)
{
    struct query q;
    bool row;
    if (!query_open(&q, s, STMT_SESSION_GET, "read the session", e))
        return false;
    put_text(&q, id);
    if (!query_row(&q, &row, e))
        return false;
    if (!row)
        return err_set(e, ERR_NOT_FOUND, "There is no session %.*s.", STR_ARG(str_part(id, 0, 80)));
    if (!take_session(&q, a, out, e))
        return false;
    query_close(&q);
    return true;
}

bool store_session_end(struct store *s, struct str id, int64_t ended, int minutes, struct err *e)
{
    struct arena *a = arena_new();
    struct store_session x;
    bool ok = read_session(s, a, id, &x, e);
    if (ok) {
        x.ended = ended;
        x.minutes = minutes;
        ok = write_session(s, STMT_SESSION_SET, "end the session", &x, e);
    }
    arena_free(a);
    return ok;
}

bool store_session_list(struct store *s, struct arena *a, struct str journey,
                        struct store_session **out, size_t *n, struct err *e)
{
    struct query q;
    struct list list = {.a = a};
    bool row;
    if (!query_open(&q, s, STMT_SESSION_LIST, "read the sessions", e))
        return false;
    put_text(&q, journey);
    do {
        if (!query_row(&q, &row, e) ||
            (row && !take_session(&q, a, list_add(&list, sizeof(struct store_session)), e)))
            return false;
    } while (row);
    *out = list.items;
    *n = list.n;
    return true;
}
