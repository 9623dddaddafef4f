/* Drafts: what was typed and not said yet. */
#include "db/inner.h"

bool store_draft_put(struct store *s, const struct store_draft *d, struct err *e)
{
    struct query q;
    if (!query_open_change(&q, s, STMT_DRAFT_PUT, "keep the draft", e))
        return false;
    put_text(&q, d->journey);
    put_text(&q, d->key);
    put_blob(&q, d->fields);
    put_int(&q, d->at);
    put_sum(&q);
    return query_run(&q, e);
}

bool store_draft_drop(struct store *s, struct str journey, struct str key, struct err *e)
{
    struct query q;
    if (!query_open_change(&q, s, STMT_DRAFT_DROP, "forget the draft", e))
        return false;
    put_text(&q, journey);
    put_text(&q, key);
    return query_run(&q, e);
}

static bool take_draft(struct query *q, struct arena *a, struct store_draft *d, struct err *e)
{
    d->journey = take_text(q, a);
    d->key = take_text(q, a);
    d->fields = take_text(q, a);
    d->at = take_int(q);
    return take_sum(q, "A draft of the journey", d->journey, e);
}

bool store_draft_list(struct store *s, struct arena *a, struct str journey,
                      struct store_draft **out, size_t *n, struct err *e)
{
    struct query q;
    struct list list = {.a = a};
    bool row;
    if (!query_open(&q, s, STMT_DRAFT_LIST, "read the drafts", e))
        return false;
    put_text(&q, journey);
    do {
        if (!query_row(&q, &row, e) ||
            (row && !take_draft(&q, a, list_add(&list, sizeof(struct store_draft)), e)))
            return false;
    } while (row);
    *out = list.items;
    *n = list.n;
    return true;
}
