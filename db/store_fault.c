#include "db/inner.h"

#include <string.h>

/* The disk failed; running out of memory inside the I/O layer carries the same primary code but is
 * not that. */
static bool is_disk_failure(int rc)
{
    return (rc & 0xFF) == SQLITE_IOERR && rc != SQLITE_IOERR_NOMEM;
}

static bool constraint(struct store *s, int rc, const char *doing, struct err *e)
{
    switch (rc) {
    case SQLITE_CONSTRAINT_FOREIGNKEY:
        return err_set(e, ERR_NOT_FOUND, "Cannot %s: what it belongs to is not in the practice.",
                       doing);
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_ROWID:
        return err_set(e, ERR_CONFLICT, "Cannot %s: it is in the practice already.", doing);
    default:
        return err_set(e, ERR_DATA, "Cannot %s: %s.", doing, sqlite3_errmsg(s->db));
    }
}

static bool disk(struct store *s, int rc, const char *doing, bool writing, struct err *e)
{
    int number = s->db ? sqlite3_system_errno(s->db) : 0;
    const char *reason = number ? strerror(number) : sqlite3_errstr(rc);
    if (!writing)
        return err_set(e, ERR_DISK, "Cannot %s: %s cannot be read (%s, code %d). Check the disk.",
                       doing, s->path, reason, rc);
    /* After a failed write or sync nobody knows what is on the disk, and a second try could report
     * success for what is not there.  The next opening finds out. */
    s->stopped = true;
    return err_set(
        e, ERR_DISK,
        "The disk failed while writing %s (%s, code %d). This change is not saved; everything that "
        "was "
        "called saved before is. Nothing more is written now: check the disk, start again, and run "
        "`espalier doctor`.",
        s->path, reason, rc);
}

bool store_fault(struct store *s, int rc, const char *doing, bool writing, struct err *e)
{
    if (is_disk_failure(rc))
        return disk(s, rc, doing, writing, e);
    switch (rc & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return err_set(
            e, ERR_LOCKED,
            "Another program is using %s just now, so nothing was changed. Close it, or try again.",
            s->path);
    case SQLITE_FULL:
        return err_set(
            e, ERR_DISK,
            "There is no room left on the disk for %s. Nothing was changed; make room and try "
            "again.",
            s->path);
    case SQLITE_NOMEM:
    case SQLITE_IOERR:
        return err_set(e, ERR_MEMORY, "Cannot %s: there is not enough memory. Nothing was changed.",
                       doing);
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_FORMAT:
        return err_set(e, ERR_DATA, "%s is damaged (%s). Keep it aside and put back a backup.",
                       s->path, s->db ? sqlite3_errmsg(s->db) : sqlite3_errstr(rc));
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
        return err_set(e, ERR_DISK,
                       "%s or its journal cannot be opened (%s). Check its folder's permissions.",
                       s->path,
                       sqlite3_system_errno(s->db) ? strerror(sqlite3_system_errno(s->db))
                                                   : "no reason given");
    case SQLITE_READONLY:
        if (rc == SQLITE_READONLY_ROLLBACK)
            return err_set(
                e, ERR_REFUSED,
                "A change in %s was interrupted and must be undone first. Open it once for "
                "writing.",
                s->path);
        return err_set(
            e, ERR_REFUSED,
            "%s can only be read here. Check the permissions of the file and its folder.", s->path);
    case SQLITE_TOOBIG:
        return err_set(e, ERR_LIMIT, "Cannot %s: it is larger than %d bytes.", doing, ROW_MAX);
    case SQLITE_CONSTRAINT:
        return constraint(s, rc, doing, e);
    default:
        return err_set(e, ERR_DATA, "Cannot %s in %s: %s.", doing, s->path, sqlite3_errmsg(s->db));
    }
}
