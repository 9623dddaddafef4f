#include "db/inner.h"

#include <assert.h>

static const char *const kinds[EVENT_KINDS] = {
    [EVENT_ANSWERED] = "answered", [EVENT_SKIPPED] = "skipped",   [EVENT_CLEARED] = "cleared",
    [EVENT_UNDONE] = "undone",     [EVENT_REDONE] = "redone",     [EVENT_ELAPSED] = "elapsed",
    [EVENT_MIGRATED] = "migrated", [EVENT_REDACTED] = "redacted",
};

static void put_event(struct query *q, struct str journey, const struct store_event *v)
{
    assert(v->kind < EVENT_KINDS);
    put_text(q, journey);
    put_int(q, v->seq);
    put_text(q, str_of(kinds[v->kind]));
    put_text(q, v->key);
    put_blob(q, v->value);
    put_text(q, v->wording);
    put_text(q, v->language);
    put_text_or_null(q, v->session);
    put_text(q, v->actor);
    put_text(q, v->role);
    put_int(q, v->refers);
    put_int(q, v->at);
    put_text(q, v->day);
    put_sum(q);
}

/* A name that is no kind is damage, which the checksum tells better than a message of its own
 * could. */
static enum store_kind kind_of(struct str name)
{
    for (int i = 0; i < EVENT_KINDS; i++)
        if (str_is(name, kinds[i]))
            return (enum store_kind)i;
    return EVENT_ANSWERED;
}

static bool take_event(struct query *q, struct arena *a, struct store_event *v, struct err *e)
{
    struct str journey = take_view(q);
    v->seq = take_int(q);
    v->kind = kind_of(take_view(q));
    v->key = take_text(q, a);
    v->value = take_text(q, a);
    v->wording = take_text(q, a);
    v->language = take_text(q, a);
    v->session = take_text(q, a);
    v->actor = take_text(q, a);
    v->role = take_text(q, a);
    v->refers = take_int(q);
    v->at = take_int(q);
    v->day = take_text(q, a);
    return take_sum(q, "The journey", journey, e) ||
        err_before(e, "Entry %lld: ", (long long)v->seq);
}

static bool read_last(struct query *q, struct str journey, int64_t *seq, struct err *e)
{
    bool row;
    put_text(q, journey);
    if (!query_row(q, &row, e))
        return false;
    assert(row);
    *seq = take_int(q);
    query_close(q);
    return true;
}

bool store_event_last(struct store *s, struct str journey, int64_t *seq, struct err *e)
{
    struct query q;
    return query_open(&q, s, STMT_EVENT_LAST, "read where the journey stands", e) &&
        read_last(&q, journey, seq, e);
}

static bool last_seq(struct store *s, struct str journey, int64_t *seq, struct err *e)
{
    struct query q;
    return query_open_change(&q, s, STMT_EVENT_LAST, "read where the journey stands", e) &&
        read_last(&q, journey, seq, e);
}

bool store_version(struct store *s, int64_t *version, struct err *e)
{
    struct query q;
    bool row;
    if (!query_open(&q, s, STMT_DATA_VERSION, "look for what is new", e) || !query_row(&q, &row, e))
        return false;
    int64_t others = take_int(&q);
    query_close(&q);
    *version = (others << 32) + (int64_t)(uint32_t)sqlite3_total_changes(s->db);
    return true;
}

bool store_event_append(struct store *s, struct str journey, int64_t expected,
                        struct store_event *events, size_t n, bool *conflict, struct err *e)
{
    int64_t last;
    if (!last_seq(s, journey, &last, e))
        return false;
    *conflict = last != expected;
    for (size_t i = 0; !*conflict && i < n; i++) {
        struct query q;
        events[i].seq = ++last;
        if (!query_open_change(&q, s, STMT_EVENT_ADD, "record the entry", e))
            return false;
        put_event(&q, journey, &events[i]);
        if (!query_run(&q, e))
            return false;
    }
    return true;
}

bool store_event_list(struct store *s, struct arena *a, struct str journey, int64_t after,
                      struct store_event **out, size_t *n, struct err *e)
{
    struct query q;
    struct list list = {.a = a};
    bool row;
    if (!query_open(&q, s, STMT_EVENT_LIST, "read the entries", e))
        return false;
    put_text(&q, journey);
    put_int(&q, after);
    for (;;) {
        if (!query_row(&q, &row, e))
            return false;
        if (!row)
            break;
        struct store_event *v = list_add(&list, sizeof *v);
        if (!take_event(&q, a, v, e))
            return false;
        if (v->seq != after + (int64_t)list.n) {
            query_close(&q);
            return err_set(
                e, ERR_DATA, "Entry %lld of the journey %.*s is missing in %s. Put back a backup.",
                (long long)after + (long long)list.n, STR_ARG(str_part(journey, 0, 80)), s->path);
        }
    }
    *out = list.items;
    *n = list.n;
    return true;
}
