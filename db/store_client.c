#include "db/inner.h"

static void put_client(struct query *q, const struct store_client *c)
{
    put_text(q, c->id);
    put_blob(q, c->name);
    put_blob(q, c->pseudonym);
    put_blob(q, c->email);
    put_text(q, c->language);
    put_text(q, c->coach);
    put_int(q, c->created);
    put_sum(q);
}

static bool take_client(struct query *q, struct arena *a, struct store_client *c, struct err *e)
{
    c->id = take_text(q, a);
    c->name = take_text(q, a);
    c->pseudonym = take_text(q, a);
    c->email = take_text(q, a);
    c->language = take_text(q, a);
    c->coach = take_text(q, a);
    c->created = take_int(q);
    return take_sum(q, "The client", c->id, e);
}

bool store_client_add(struct store *s, const struct store_client *c, struct err *e)
{
    struct query q;
    if (!query_open_change(&q, s, STMT_CLIENT_ADD, "add the client", e))
        return false;
    put_client(&q, c);
    return query_run(&q, e);
}

bool store_client_get(struct store *s, struct arena *a, struct str id, struct store_client *out,
                      struct err *e)
{
    struct query q;
    bool row;
    if (!query_open(&q, s, STMT_CLIENT_GET, "read the client", e))
        return false;
    put_text(&q, id);
    if (!query_row(&q, &row, e))
        return false;
    if (!row)
        return err_set(e, ERR_NOT_FOUND, "There is no client %.*s.", STR_ARG(str_part(id, 0, 80)));
    if (!take_client(&q, a, out, e))
        return false;
    query_close(&q);
    return true;
}

bool store_client_list(struct store *s, struct arena *a, struct str after, size_t limit,
                       struct store_client **out, size_t *n, struct err *e)
{
    struct query q;
    struct list list = {.a = a};
    bool row;
    if (!query_open(&q, s, STMT_CLIENT_LIST, "read the clients", e))
        return false;
    put_text(&q, after);
    put_int(&q, limit > INT64_MAX ? INT64_MAX : (int64_t)limit);
    do {
        if (!query_row(&q, &row, e) ||
            (row && !take_client(&q, a, list_add(&list, sizeof(struct store_client)), e)))
            return false;
    } while (row);
    *out = list.items;
    *n = list.n;
    return true;
}
