#include "db/inner.h"

#include "db/place.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { HEADER = 100, HEAP_MAX = 128 << 20 };

bool store_connect(struct store *s, const char *vfs, int flags, struct err *e)
{
    (void)sqlite3_hard_heap_limit64(HEAP_MAX);
    int rc = sqlite3_open_v2(
        s->path, &s->db, flags | SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_NOMUTEX,
        vfs);
    return rc == SQLITE_OK || store_fault(s, rc, "open the practice", false, e);
}

static uint32_t big_endian(const unsigned char *p)
{
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

/* Reads the head of the file through SQLite's own descriptor, without a lock and without running
 * any SQL: what is not ours is refused before SQLite would roll back, convert or write anything. */
static bool read_header(struct store *s, unsigned char header[HEADER], struct err *e)
{
    sqlite3_file *f = NULL;
    int rc = sqlite3_file_control(s->db, "main", SQLITE_FCNTL_FILE_POINTER, &f);
    if (rc == SQLITE_OK)
        rc = f->pMethods->xRead(f, header, HEADER, 0);
    if (rc == SQLITE_IOERR_SHORT_READ)
        return err_set(e, ERR_DATA, "%s is not a practice of espalier. Choose another file.",
                       s->path);
    return rc == SQLITE_OK || store_fault(s, rc, "open the practice", false, e);
}

static bool check_header(struct store *s, int newest, int *version, struct err *e)
{
    unsigned char header[HEADER];
    if (!read_header(s, header, e))
        return false;
    if (memcmp(header, "SQLite format 3", 16) != 0)
        return err_set(
            e, ERR_DATA,
            "%s is not a practice of espalier, or is damaged. Choose another file, or put "
            "back a backup.",
            s->path);
    if (big_endian(header + 68) != APPLICATION_ID)
        return err_set(e, ERR_DATA, "%s is a database of another program. Choose another file.",
                       s->path);
    uint32_t found = big_endian(header + 60);
    if (found > (uint32_t)newest)
        return err_set(
            e, ERR_DATA,
            "%s was written by a newer espalier (format %u; this program knows formats up to "
            "%d). Install the newer one; the file was not touched.",
            s->path, found, newest);
    if (found == 0)
        return err_set(e, ERR_DATA, "%s is damaged: its format has no number. Put back a backup.",
                       s->path);
    *version = (int)found;
    return true;
}

/* With something in the journal either a change was interrupted, or somebody is writing at this
 * moment.  (Another tool may have left the file in WAL mode.) */
static bool journal_in_use(const struct store *s, const char *vfs_name)
{
    static const char *const suffixes[] = {"-journal", "-wal"};
    sqlite3_vfs *vfs = sqlite3_vfs_find(vfs_name);
    char journal[PATH_MAX + sizeof "-journal"];
    int exists = 0;
    for (size_t i = 0; vfs && !exists && i < 2; i++) {
        (void)snprintf(journal, sizeof journal, "%s%s", s->path, suffixes[i]);
        if (vfs->xAccess(vfs, journal, SQLITE_ACCESS_EXISTS, &exists) != SQLITE_OK)
            exists = 0;
    }
    return exists;
}

static bool check_quickly(struct store *s, struct err *e)
{
    char found[256] = "";
    if (!guard_pragma(s, "PRAGMA quick_check(1)", found, sizeof found, e))
        return false;
    return strcmp(found, "ok") == 0 ||
        err_set(e, ERR_DATA,
                "%s is damaged after an interruption (%s). Keep it aside and put back a backup.",
                s->path, found);
}

/* Settings, then the first reading, in which SQLite undoes an interrupted change. */
static bool recover(struct store *s, const struct store_options *o, struct err *e)
{
    bool before = journal_in_use(s, o->vfs);
    if (!guard_settings(s, o->pragmas_for_test, e) ||
        !guard_pragma(s, "PRAGMA user_version", NULL, 0, e))
        return false;
    bool interrupted = before && !journal_in_use(s, o->vfs);
    return !interrupted || check_quickly(s, e);
}

static bool bring_up_to_date(struct store *s, const struct schema *schema, int version,
                             struct err *e)
{
    if (!schema_check(s, schema, version, e))
        return false;
    if (version == schema->version)
        return true;
    if (s->read_only)
        return err_set(e, ERR_REFUSED,
                       "%s is of an older format (%d). Open it once for writing, so that it is "
                       "brought up to date.",
                       s->path, version);
    return schema_migrate(s, schema, version, !s->in_vfs, e);
}

static bool open_existing(struct store *s, const struct store_options *o,
                          const struct schema *schema, struct err *e)
{
    int flags = o->read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
    if (!store_connect(s, o->vfs, flags, e) || !guard_connection(s, e))
        return false;
    if (!o->read_only && sqlite3_db_readonly(s->db, "main") == 1)
        return store_fault(s, SQLITE_READONLY, "open the practice", false, e);
    int version;
    struct err first;
    /* The head itself may be half written; then the journal has the true one. */
    if (!check_header(s, schema->version, &version, &first) && !journal_in_use(s, o->vfs))
        return err_set(e, first.code, "%s", first.text);
    s->setting_up = true;
    bool ok = recover(s, o, e) && check_header(s, schema->version, &version, e);
    s->setting_up = false;
    return ok && bring_up_to_date(s, schema, version, e);
}

/* A new practice is made whole under another name and then named: an interrupted beginning leaves
 * no half practice. */
static bool create(const struct place *p, const struct schema *schema, struct err *e)
{
    char draft[PATH_MAX];
    if (!place_draft(p, "new", false, draft, e))
        return false;
    struct store s = {.path = draft};
    bool ok = store_connect(&s, NULL, SQLITE_OPEN_READWRITE, e) && guard_connection(&s, e);
    s.setting_up = true;
    ok = ok && guard_pragma(&s, "PRAGMA journal_mode=MEMORY", NULL, 0, e) &&
        schema_migrate(&s, schema, 0, false, e);
    statements_close(&s);
    (void)sqlite3_close(s.db);
    bool taken;
    if (ok)
        return place_publish(p, draft, p->path, false, &taken, e);
    (void)unlink(draft);
    return false;
}

/* Everything that can be said before SQLite opens the file. */
static bool prepare_place(const char *path, const struct store_options *o,
                          const struct schema *schema, struct place *p, struct err *e)
{
    if (!place_find(path, o->create && !o->read_only, p, e))
        return false;
    if (!p->exists && (!o->create || o->read_only))
        return err_set(e, ERR_NOT_FOUND,
                       "There is no practice at %s. Begin one: espalier client add NAME", p->path);
    if (!p->exists && !create(p, schema, e))
        return false;
    return place_check_file(p, o->read_only, e);
}

bool store_open_as(const char *path, const struct store_options *o, const struct schema *schema,
                   struct store **out, struct err *e)
{
    struct place p = {.exists = false};
    *out = NULL;
    if (!o->vfs && !prepare_place(path, o, schema, &p, e))
        return false;
    struct store *s = mem_new(sizeof *s);
    s->path = mem_new(PATH_MAX);
    (void)snprintf(s->path, PATH_MAX, "%s", o->vfs ? path : p.path);
    s->read_only = o->read_only;
    s->in_vfs = o->vfs != NULL;
    bool ok =
        open_existing(s, o, schema, e) && (o->vfs || o->read_only || place_make_journal(&p, e));
    if (!ok) {
        store_close(s);
        return false;
    }
    *out = s;
    return true;
}

bool store_open(const char *path, const struct store_options *o, struct store **out, struct err *e)
{
    return store_open_as(path, o, &schema_shipped, out, e);
}

void store_close(struct store *s)
{
    if (!s)
        return;
    if (s->db && s->changing)
        store_rollback(s);
    statements_close(s);
    int rc = sqlite3_close(s->db);
    assert(rc == SQLITE_OK);
    free(s->path);
    free(s);
}

static int run(struct store *s, enum statement id)
{
    struct err ignored;
    sqlite3_stmt *st;
    if (!statement_get(s, id, &st, &ignored))
        return sqlite3_errcode(s->db);
    (void)sqlite3_step(st);
    return sqlite3_reset(st);
}

bool store_begin(struct store *s, struct err *e)
{
    assert(!s->changing);
    if (s->read_only)
        return err_set(e, ERR_REFUSED, "%s was opened for reading only.", s->path);
    if (s->stopped)
        return err_set(
            e, ERR_DISK,
            "Nothing more is written to %s because the disk failed. Check the disk, start "
            "again, and run `espalier doctor`.",
            s->path);
    /* What ends the change is ready before it begins: memory may be short by then. */
    sqlite3_stmt *st;
    if (!statement_get(s, STMT_ROLLBACK, &st, e) || !statement_get(s, STMT_COMMIT, &st, e))
        return false;
    int rc = run(s, STMT_BEGIN);
    if (rc != SQLITE_OK)
        return store_fault(s, rc, "begin a change", true, e);
    s->changing = true;
    s->spoiled = false;
    return true;
}

bool store_commit(struct store *s, struct err *e)
{
    assert(s->changing);
    if (s->spoiled) {
        store_rollback(s);
        return err_set(e, ERR_REFUSED,
                       "A part of this change failed before; nothing of it is kept.");
    }
    int rc = run(s, STMT_COMMIT);
    if (rc == SQLITE_OK) {
        s->changing = false;
        return true;
    }
    (void)store_fault(s, rc, "save the change", true, e);
    store_rollback(s);
    return false;
}

void store_rollback(struct store *s)
{
    if (!s->changing)
        return;
    /* What cannot be undone here is undone by the next opening, from the journal. */
    if (!sqlite3_get_autocommit(s->db) && run(s, STMT_ROLLBACK) != SQLITE_OK)
        s->stopped = true;
    s->changing = false;
    s->spoiled = false;
}

const char *store_engine_version(void)
{
    return sqlite3_libversion();
}
