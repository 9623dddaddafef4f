#include "db/inner.h"

#include "base/random.h"

#include <assert.h>
#include <limits.h>
#include <string.h>

static const char *const texts[STMT_COUNT] = {
#define X(name, sql) [STMT_##name] = sql,
#include "db/statements.def"
#undef X
};

const char *statement_sql(enum statement id)
{
    return texts[id];
}

bool statement_get(struct store *s, enum statement id, sqlite3_stmt **out, struct err *e)
{
    if (!s->statements[id]) {
        int rc = sqlite3_prepare_v3(s->db, texts[id], -1, SQLITE_PREPARE_PERSISTENT,
                                    &s->statements[id], NULL);
        if (rc != SQLITE_OK)
            return store_fault(s, rc, "read its structure", false, e);
    }
    *out = s->statements[id];
    return true;
}

void statements_close(struct store *s)
{
    for (int i = 0; i < STMT_COUNT; i++) {
        (void)sqlite3_finalize(s->statements[i]);
        s->statements[i] = NULL;
    }
}

bool query_open(struct query *q, struct store *s, enum statement id, const char *doing,
                struct err *e)
{
    *q = (struct query){.s = s, .doing = doing, .rc = SQLITE_OK};
    if (!statement_get(s, id, &q->st, e))
        return false;
    assert(!sqlite3_stmt_busy(q->st));
    return true;
}

bool query_open_change(struct query *q, struct store *s, enum statement id, const char *doing,
                       struct err *e)
{
    assert(s->changing);
    if (s->spoiled)
        return err_set(e, ERR_REFUSED,
                       "A part of this change failed before; nothing of it is kept.");
    if (query_open(q, s, id, doing, e)) {
        q->writes = true;
        return true;
    }
    s->spoiled = true;
    return false;
}

/* A pointer that is never NULL: SQLite would take NULL for the value NULL. */
static const char *bytes_of(struct str s)
{
    return s.n ? s.p : "";
}

static void note_rc(struct query *q, int rc)
{
    if (q->rc == SQLITE_OK)
        q->rc = rc;
}

void put_text(struct query *q, struct str s)
{
    note_rc(q, sqlite3_bind_text64(q->st, ++q->at, bytes_of(s), s.n, SQLITE_STATIC, SQLITE_UTF8));
    q->sum = hash_short(q->sum, s);
}

void put_text_or_null(struct query *q, struct str s)
{
    if (s.n)
        put_text(q, s);
    else
        q->at++;
    if (!s.n)
        q->sum = hash_short(q->sum, s);
}

void put_blob(struct query *q, struct str s)
{
    note_rc(q, sqlite3_bind_blob64(q->st, ++q->at, bytes_of(s), s.n, SQLITE_STATIC));
    q->sum = hash_short(q->sum, s);
}

static uint64_t sum_int(uint64_t sum, int64_t i)
{
    char bytes[8];
    for (int k = 0; k < 8; k++)
        bytes[k] = (char)((uint64_t)i >> (8 * k) & 0xFF);
    return hash_short(sum, (struct str){bytes, sizeof bytes});
}

void put_int(struct query *q, int64_t i)
{
    note_rc(q, sqlite3_bind_int64(q->st, ++q->at, i));
    q->sum = sum_int(q->sum, i);
}

void put_sum(struct query *q)
{
    note_rc(q, sqlite3_bind_int64(q->st, ++q->at, (int64_t)q->sum));
}

void query_close(struct query *q)
{
    if (!q->st)
        return;
    (void)sqlite3_reset(q->st);
    (void)sqlite3_clear_bindings(q->st);
    q->st = NULL;
}

static bool query_fail(struct query *q, int rc, struct err *e)
{
    (void)store_fault(q->s, rc, q->doing, q->writes, e);
    if (q->writes)
        q->s->spoiled = true;
    query_close(q);
    return false;
}

bool query_row(struct query *q, bool *row, struct err *e)
{
    *row = false;
    if (q->rc != SQLITE_OK)
        return query_fail(q, q->rc, e);
    int rc = sqlite3_step(q->st);
    if (rc != SQLITE_ROW && rc != SQLITE_DONE)
        return query_fail(q, rc, e);
    *row = rc == SQLITE_ROW;
    q->at = 0;
    q->sum = 0;
    if (!*row)
        query_close(q);
    return true;
}

bool query_run(struct query *q, struct err *e)
{
    bool row;
    if (!query_row(q, &row, e))
        return false;
    assert(!row);
    return true;
}

struct str take_view(struct query *q)
{
    int column = q->at++;
    const char *p = sqlite3_column_blob(q->st, column);
    int n = sqlite3_column_bytes(q->st, column);
    struct str s = {p ? p : "", p ? (size_t)n : 0};
    q->sum = hash_short(q->sum, s);
    return s;
}

struct str take_text(struct query *q, struct arena *a)
{
    struct str s = take_view(q);
    return s.n ? str_copy(a, s) : s;
}

int64_t take_int(struct query *q)
{
    int64_t i = sqlite3_column_int64(q->st, q->at++);
    q->sum = sum_int(q->sum, i);
    return i;
}

bool take_sum(struct query *q, const char *what, struct str id, struct err *e)
{
    if ((uint64_t)sqlite3_column_int64(q->st, q->at++) == q->sum)
        return true;
    (void)err_set(
        e, ERR_DATA,
        "%s %.*s is damaged on the disk (in %s): its checksum does not fit. Put back a backup; "
        "`espalier doctor` names all that is damaged.",
        what, STR_ARG(str_part(id, 0, 80)), q->s->path);
    query_close(q);
    return false;
}

void *list_add(struct list *l, size_t size)
{
    if (l->n == l->room) {
        size_t room = l->room ? 2 * l->room : 8;
        size_t bytes;
        if (__builtin_mul_overflow(room, size, &bytes))
            mem_exhausted();
        void *items = arena_alloc(l->a, bytes);
        if (l->n)
            memcpy(items, l->items, l->n * size);
        l->items = items;
        l->room = room;
    }
    return (char *)l->items + size * l->n++;
}
