/* What the files of this folder share; nobody else includes it (but the tests of these files).
 * A statement is used like this; the columns that are put or taken in turn make up the checksum of
 * the row:
 *
 *     if (!query_open(&q, s, STMT_WORDING_PUT, "keep a wording", e))
 *         return false;
 *     put_text(&q, hash); put_blob(&q, text); put_sum(&q);
 *     return query_run(&q, e);
 */
#ifndef ESPALIER_DB_INNER_H
#define ESPALIER_DB_INNER_H

#include "db/store_live.h"

#include <sqlite3.h>

enum {
    APPLICATION_ID = 0x4553504C, /* "ESPL", at offset 68 of the file */
    BUSY_MS = 5000,
    ROW_MAX = (4 << 20) + (64 << 10) /* bytes: the largest bundle and what stands beside it */
};

enum statement {
#define X(name, sql) STMT_##name,
#include "db/statements.def"
#undef X
    STMT_COUNT
};

struct store {
    sqlite3 *db;
    char *path;
    sqlite3_stmt *statements[STMT_COUNT];
    bool read_only;
    bool changing;   /* between store_begin and its end */
    bool spoiled;    /* a writing function failed: the change can only be rolled back */
    bool stopped;    /* the disk failed: no more writing through this handle */
    bool setting_up; /* opening or migrating: the authorizer lets the schema be made */
    bool in_vfs;     /* in a test's VFS, where there are no folders and no permissions */
};

/* statements.c */
const char *statement_sql(enum statement id);
MUST_USE bool statement_get(struct store *s, enum statement id, sqlite3_stmt **out, struct err *e);
void statements_close(struct store *s);

struct query {
    struct store *s;
    sqlite3_stmt *st;
    const char *doing; /* "keep a note": for messages */
    int at;            /* the last parameter that was put, or the next column to take */
    int rc;            /* of binding */
    bool writes;
    uint64_t sum;
};

/* For reading, and for writing (asserts an open change, and refuses if it is spoiled). */
MUST_USE bool query_open(struct query *q, struct store *s, enum statement id, const char *doing,
                         struct err *e);
MUST_USE bool query_open_change(struct query *q, struct store *s, enum statement id,
                                const char *doing, struct err *e);
void put_text(struct query *q, struct str s);
void put_text_or_null(struct query *q, struct str s); /* an empty text becomes NULL */
void put_blob(struct query *q, struct str s);
void put_int(struct query *q, int64_t i);
void put_sum(struct query *q);
/* The next row: *row is false at the end, and then the query is closed.  On failure it is closed,
 * too. */
MUST_USE bool query_row(struct query *q, bool *row, struct err *e);
struct str take_text(struct query *q, struct arena *a); /* TEXT, BLOB or NULL */
struct str take_view(struct query *q);                  /* the same, valid until the next row */
int64_t take_int(struct query *q);
/* Takes the checksum; closes the query and fails with ERR_DATA if it is not that of the columns
 * taken before. */
MUST_USE bool take_sum(struct query *q, const char *what, struct str id, struct err *e);
/* Runs a statement that gives no row, and closes the query. */
MUST_USE bool query_run(struct query *q, struct err *e);
void query_close(struct query *q);

/* A list that grows in an arena: returns room for one more element of `size` bytes. */
struct list {
    struct arena *a;
    void *items;
    size_t n, room;
};
void *list_add(struct list *l, size_t size);

/* store_fault.c: the sentence for a result code of SQLite; returns false.  Marks a writing store as
 * stopped if it was the disk that failed. */
bool store_fault(struct store *s, int rc, const char *doing, bool writing, struct err *e);

/* guard.c: what a connection may do. */
MUST_USE bool guard_connection(struct store *s, struct err *e);
MUST_USE bool guard_settings(struct store *s, const char *pragmas_for_test, struct err *e);
MUST_USE bool guard_pragma(struct store *s, const char *sql, char *out, size_t room, struct err *e);

/* migrate.c: the versions of the schema. */
struct migration {
    const char *file;        /* an embedded file; or */
    const char *sql;         /* the text itself (tests) */
    const char *fingerprint; /* SHA-256 of the schema after it; NULL: not checked (tests) */
};
struct schema {
    const struct migration *steps; /* step i makes version i + 1 */
    int version;                   /* the number of steps */
};
extern const struct schema schema_shipped;
MUST_USE bool schema_fingerprint(struct store *s, char out[65], struct err *e);
MUST_USE bool schema_check(struct store *s, const struct schema *schema, int version,
                           struct err *e);
/* Makes versions `from` + 1 and up, one transaction each; with `copy`, after a verified copy beside
 * the file. */
MUST_USE bool schema_migrate(struct store *s, const struct schema *schema, int from, bool copy,
                             struct err *e);
MUST_USE bool migrate_copy(struct store *s, int version, struct err *e);

/* store_note.c: one row of the audit log; `before` is the chain of the row before it, or empty. */
struct audit_row {
    int64_t seq, at;
    struct str verb, subject, before;
};
void audit_chain(struct arena *a, const struct audit_row *r, char out[65]);

/* store.c */
MUST_USE bool store_open_as(const char *path, const struct store_options *o,
                            const struct schema *schema, struct store **out, struct err *e);
MUST_USE bool store_connect(struct store *s, const char *vfs, int flags, struct err *e);

#endif
