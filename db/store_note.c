/* Notes, and the audit log. */
#include "db/inner.h"

#include "base/random.h"

bool store_note_add(struct store *s, const struct store_note *n, struct err *e)
{
    struct query q;
    if (!query_open_change(&q, s, STMT_NOTE_ADD, "keep the note", e))
        return false;
    put_text(&q, n->id);
    put_text(&q, n->journey);
    put_text(&q, n->key);
    put_blob(&q, n->text);
    put_text(&q, n->visibility);
    put_text_or_null(&q, n->session);
    put_int(&q, n->at);
    put_sum(&q);
    return query_run(&q, e);
}

static bool take_note(struct query *q, struct arena *a, struct store_note *n, struct err *e)
{
    n->id = take_text(q, a);
    n->journey = take_text(q, a);
    n->key = take_text(q, a);
    n->text = take_text(q, a);
    n->visibility = take_text(q, a);
    n->session = take_text(q, a);
    n->at = take_int(q);
    return take_sum(q, "The note", n->id, e);
}

bool store_note_list(struct store *s, struct arena *a, struct str journey, struct store_note **out,
                     size_t *n, struct err *e)
{
    struct query q;
    struct list list = {.a = a};
    bool row;
    if (!query_open(&q, s, STMT_NOTE_LIST, "read the notes", e))
        return false;
    put_text(&q, journey);
    do {
        if (!query_row(&q, &row, e) ||
            (row && !take_note(&q, a, list_add(&list, sizeof(struct store_note)), e)))
            return false;
    } while (row);
    *out = list.items;
    *n = list.n;
    return true;
}

void audit_chain(struct arena *a, const struct audit_row *r, char out[65])
{
    hash_sha256(str_format(a, "%.*s\n%lld\n%lld\n%.*s\n%.*s", STR_ARG(r->before), (long long)r->seq,
                           (long long)r->at, STR_ARG(r->verb), STR_ARG(r->subject)),
                out);
}

static bool audit_last(struct store *s, struct arena *a, struct audit_row *r, struct err *e)
{
    struct query q;
    bool row;
    if (!query_open_change(&q, s, STMT_AUDIT_COUNTED, "read the audit log", e) ||
        !query_row(&q, &row, e))
        return false;
    /* The counter, not the last row: a row that was cut off must leave a gap. */
    r->seq = row ? take_int(&q) : 0;
    query_close(&q);
    if (!query_open_change(&q, s, STMT_AUDIT_LAST, "read the audit log", e) ||
        !query_row(&q, &row, e))
        return false;
    r->before = STR("");
    if (row) {
        (void)take_int(&q);
        r->before = take_text(&q, a);
    }
    query_close(&q);
    return true;
}

bool store_audit_add(struct store *s, struct str verb, struct str subject, int64_t at,
                     struct err *e)
{
    struct arena *a = arena_new();
    struct audit_row r = {.at = at, .verb = verb, .subject = subject};
    char chain[65];
    struct query q;
    bool ok = audit_last(s, a, &r, e) &&
        query_open_change(&q, s, STMT_AUDIT_ADD, "write the audit log", e);
    if (ok) {
        r.seq++;
        audit_chain(a, &r, chain);
        put_int(&q, r.seq);
        put_int(&q, at);
        put_text(&q, verb);
        put_text(&q, subject);
        put_text(&q, str_of(chain));
        ok = query_run(&q, e);
    }
    arena_free(a);
    return ok;
}
