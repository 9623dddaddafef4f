#include "db/inner.h"

#include "base/files.h"
#include "base/random.h"
#include "db/place.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The fingerprint follows from the files; test_migrate prints the right one when they are changed
 * before a release. */
static const struct migration shipped[] = {
    {"db/migrations/001_practice.sql", NULL,
     "b2a572b118852d0c0375d8c7f74124a271d748a75dc63b11c8c5956c358d3401"},
    {"db/migrations/002_drafts.sql", NULL,
     "a5ab83698e4f3447a8ebdd8cb5e45cf5700fc01cfe0e6f7afa899fac5062a2c3"},
};

const struct schema schema_shipped = {shipped, sizeof shipped / sizeof shipped[0]};

bool schema_fingerprint(struct store *s, char out[65], struct err *e)
{
    struct arena *a = arena_new();
    struct buf text = {.a = a};
    struct query q;
    bool row = true, ok = query_open(&q, s, STMT_SCHEMA, "read the structure", e);
    while (ok && row) {
        ok = query_row(&q, &row, e);
        for (int i = 0; ok && row && i < 4; i++) {
            buf_add(&text, take_text(&q, a));
            buf_add_char(&text, '\n');
        }
    }
    if (ok)
        hash_sha256(buf_str(&text), out);
    arena_free(a);
    return ok;
}

bool schema_check(struct store *s, const struct schema *schema, int version, struct err *e)
{
    assert(version >= 1 && version <= schema->version);
    char found[65];
    if (!schema_fingerprint(s, found, e))
        return false;
    const char *want = schema->steps[version - 1].fingerprint;
    if (!want || strcmp(found, want) == 0)
        return true;
    return err_set(
        e, ERR_DATA,
        "The structure of %s was changed by another program, or is damaged. Put back a backup.",
        s->path);
}

static bool run(struct store *s, const char *sql, struct err *e)
{
    int rc = sqlite3_exec(s->db, sql, NULL, NULL, NULL);
    return rc == SQLITE_OK || store_fault(s, rc, "bring the practice up to date", true, e);
}

static bool set_number(struct store *s, const char *pragma, int number, struct err *e)
{
    char sql[64];
    (void)snprintf(sql, sizeof sql, "PRAGMA %s=%d", pragma, number);
    return run(s, sql, e);
}

/* How many rows each table has, so that a migration that loses some is found before it is
 * committed. */
struct census {
    size_t n;
    struct {
        char table[64];
        int64_t rows;
    } list[64];
};

static bool count_rows(struct store *s, const char *table, int64_t *rows, struct err *e)
{
    char *sql = sqlite3_mprintf("SELECT count(*) FROM \"%w\"", table);
    char text[32] = "";
    bool ok = sql ? guard_pragma(s, sql, text, sizeof text, e)
                  : store_fault(s, SQLITE_NOMEM, "count the entries", true, e);
    sqlite3_free(sql);
    *rows = strtoll(text, NULL, 10);
    return ok;
}

static bool census_take(struct store *s, struct census *c, struct err *e)
{
    sqlite3_stmt *st = NULL;
    *c = (struct census){0};
    int rc = sqlite3_prepare_v2(s->db, "SELECT name FROM sqlite_schema WHERE type = 'table'", -1,
                                &st, NULL);
    while (rc == SQLITE_OK && (rc = sqlite3_step(st)) == SQLITE_ROW) {
        const char *name = (const char *)sqlite3_column_text(st, 0);
        if (c->n < sizeof c->list / sizeof c->list[0] && name && strncmp(name, "sqlite_", 7) != 0)
            (void)snprintf(c->list[c->n++].table, sizeof c->list[0].table, "%s", name);
        rc = SQLITE_OK;
    }
    (void)sqlite3_finalize(st);
    if (rc != SQLITE_DONE)
        return store_fault(s, rc, "count the entries", true, e);
    for (size_t i = 0; i < c->n; i++)
        if (!count_rows(s, c->list[i].table, &c->list[i].rows, e))
            return false;
    return true;
}

/* Every table that is still there has at least the rows it had. */
static bool census_compare(struct store *s, const struct census *before, const struct census *after,
                           struct err *e)
{
    for (size_t i = 0; i < before->n; i++)
        for (size_t k = 0; k < after->n; k++)
            if (strcmp(before->list[i].table, after->list[k].table) == 0 &&
                after->list[k].rows < before->list[i].rows)
                return err_set(
                    e, ERR_DATA,
                    "Bringing %s up to date would lose rows of \"%s\". It was left as it was; "
                    "please report this.",
                    s->path, before->list[i].table);
    return true;
}

static bool references_hold(struct store *s, struct err *e)
{
    char found[64] = "";
    if (!guard_pragma(s, "PRAGMA foreign_key_check", found, sizeof found, e))
        return false;
    return !*found ||
        err_set(e, ERR_DATA,
                "Rows of \"%s\" in %s belong to nothing. It was left as it was; please "
                "report this.",
                found, s->path);
}

static bool apply(struct store *s, const struct migration *m, struct err *e)
{
    if (m->sql)
        return run(s, m->sql, e);
    struct str text;
    bool found = files_find(str_of(m->file), &text);
    assert(found);
    struct arena *a = arena_new();
    bool ok = run(s, str_copy(a, text).p, e);
    arena_free(a);
    return ok;
}

/* Everything of one step, inside its transaction.  The version comes last. */
static bool step_inside(struct store *s, const struct schema *schema, int from, struct err *e)
{
    struct census before, after;
    return census_take(s, &before, e) && apply(s, &schema->steps[from], e) &&
        references_hold(s, e) && census_take(s, &after, e) &&
        census_compare(s, &before, &after, e) && schema_check(s, schema, from + 1, e) &&
        set_number(s, "application_id", APPLICATION_ID, e) &&
        set_number(s, "user_version", from + 1, e);
}

static bool version_now(struct store *s, int *version, struct err *e)
{
    char text[32] = "";
    if (!guard_pragma(s, "PRAGMA user_version", text, sizeof text, e))
        return false;
    *version = (int)strtol(text, NULL, 10);
    return true;
}

/* One step; another process may have made it while this one waited for the lock. */
static bool step(struct store *s, const struct schema *schema, int from, bool copy, struct err *e)
{
    if (!run(s, "BEGIN IMMEDIATE", e))
        return false;
    int now;
    bool ok = version_now(s, &now, e);
    if (ok && now == from)
        ok = (!copy || migrate_copy(s, from, e)) && step_inside(s, schema, from, e);
    ok = ok && run(s, "COMMIT", e);
    if (!ok)
        (void)sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
    return ok;
}

bool schema_migrate(struct store *s, const struct schema *schema, int from, bool copy,
                    struct err *e)
{
    /* A table that is made anew breaks references for a moment; they are checked as a whole before
     * the commit. */
    (void)sqlite3_db_config(s->db, SQLITE_DBCONFIG_ENABLE_FKEY, 0, NULL);
    s->setting_up = true;
    bool ok = true;
    for (int v = from; ok && v < schema->version; v++)
        ok = step(s, schema, v, copy && v == from, e);
    s->setting_up = false;
    (void)sqlite3_db_config(s->db, SQLITE_DBCONFIG_ENABLE_FKEY, 1, NULL);
    return ok;
}

static bool copy_pages(const char *from, const char *to, struct err *e)
{
    struct store source = {.path = (char *)(uintptr_t)from, .read_only = true};
    struct store target = {.path = (char *)(uintptr_t)to};
    bool ok = store_connect(&source, NULL, SQLITE_OPEN_READONLY, e) &&
        store_connect(&target, NULL, SQLITE_OPEN_READWRITE, e) &&
        guard_pragma(&target, "PRAGMA journal_mode=MEMORY", NULL, 0, e);
    sqlite3_backup *b = ok ? sqlite3_backup_init(target.db, "main", source.db, "main") : NULL;
    if (b)
        (void)sqlite3_backup_step(b, -1);
    int rc = b ? sqlite3_backup_finish(b) : SQLITE_OK;
    if (ok && (!b || rc != SQLITE_OK))
        ok = store_fault(&target, b ? rc : sqlite3_errcode(target.db), "make a copy", true, e);
    (void)sqlite3_close(source.db);
    (void)sqlite3_close(target.db);
    return ok;
}

/* The copy is whole, and has what the original has. */
static bool copy_verify(struct store *s, const char *name, struct err *e)
{
    struct store copy = {.path = (char *)(uintptr_t)name, .read_only = true};
    struct census original, copied;
    char found[64] = "", prints[2][65];
    bool ok = store_connect(&copy, NULL, SQLITE_OPEN_READONLY, e) && guard_connection(&copy, e) &&
        guard_pragma(&copy, "PRAGMA integrity_check(1)", found, sizeof found, e) &&
        schema_fingerprint(s, prints[0], e) && schema_fingerprint(&copy, prints[1], e) &&
        census_take(s, &original, e) && census_take(&copy, &copied, e);
    if (ok &&
        (strcmp(found, "ok") != 0 || strcmp(prints[0], prints[1]) != 0 || original.n != copied.n ||
         memcmp(original.list, copied.list, original.n * sizeof original.list[0]) != 0))
        ok = err_set(
            e, ERR_DISK,
            "The copy of %s that is made before it is brought up to date is not equal to it. "
            "Nothing was changed; check the disk.",
            s->path);
    statements_close(&copy);
    (void)sqlite3_close(copy.db);
    return ok;
}

bool migrate_copy(struct store *s, int version, struct err *e)
{
    struct place p;
    char draft[PATH_MAX], name[PATH_MAX];
    /* Whoever migrates holds the lock, so nobody else makes a copy now. */
    if (!place_find(s->path, false, &p, e) || !place_draft(&p, "copy", true, draft, e))
        return false;
    bool taken = false;
    int n = snprintf(name, sizeof name, "%s.version-%d", s->path, version);
    bool ok = n > 0 && (size_t)n < sizeof name && copy_pages(s->path, draft, e) &&
        copy_verify(s, draft, e) && place_sync(draft, e) &&
        place_publish(&p, draft, name, true, &taken, e);
    if (!ok)
        (void)unlink(draft);
    return ok;
}
