#include "db/inner.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

/* Our statements need no more; a damaged or hostile file gets no more. */
static const struct {
    int id, value;
} limits[] = {
    {SQLITE_LIMIT_LENGTH, ROW_MAX},
    {SQLITE_LIMIT_SQL_LENGTH, 64 << 10},
    {SQLITE_LIMIT_COLUMN, 64},
    {SQLITE_LIMIT_EXPR_DEPTH, 50},
    {SQLITE_LIMIT_COMPOUND_SELECT, 8},
    {SQLITE_LIMIT_VDBE_OP, 25000},
    {SQLITE_LIMIT_FUNCTION_ARG, 16},
    {SQLITE_LIMIT_ATTACHED, 0},
    {SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 200},
    {SQLITE_LIMIT_VARIABLE_NUMBER, 64},
    {SQLITE_LIMIT_TRIGGER_DEPTH, 4},
    {SQLITE_LIMIT_WORKER_THREADS, 0},
};

static const struct {
    int id, value;
} switches[] = {
    {SQLITE_DBCONFIG_DEFENSIVE, 1},
    {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
    {SQLITE_DBCONFIG_DQS_DML, 0},
    {SQLITE_DBCONFIG_DQS_DDL, 0},
    {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
    {SQLITE_DBCONFIG_ENABLE_VIEW, 0},
    {SQLITE_DBCONFIG_ENABLE_FKEY, 1},
};

/* Pragmas and what reading them back must give: SQLite reports success for a mode it did not take.
 */
static const struct {
    const char *set, *read, *want;
    bool for_writing;
} settings[] = {
    {"PRAGMA cell_size_check=ON", NULL, NULL, false},
    {"PRAGMA mmap_size=0", NULL, NULL, false},
    {"PRAGMA temp_store=MEMORY", NULL, NULL, false},
    {"PRAGMA journal_mode=TRUNCATE", "PRAGMA journal_mode", "truncate", true},
    {"PRAGMA synchronous=FULL", "PRAGMA synchronous", "2", true},
    {"PRAGMA fullfsync=ON", NULL, NULL, true},
    {"PRAGMA secure_delete=ON", "PRAGMA secure_delete", "1", true},
    {NULL, "PRAGMA foreign_keys", "1", false},
};

static bool one_of(const char *name, const char *const *list, size_t n)
{
    for (size_t i = 0; name && i < n; i++)
        if (strcmp(name, list[i]) == 0)
            return true;
    return false;
}

static bool function_allowed(const char *name)
{
    static const char *const list[] = {"max", "count", "coalesce", "glob", "length", "raise"};
    return one_of(name, list, sizeof list / sizeof list[0]);
}

static bool pragma_allowed(const char *name)
{
    static const char *const list[] = {"quick_check",  "integrity_check", "foreign_key_check",
                                       "user_version", "journal_mode",    "synchronous",
                                       "foreign_keys", "page_count",      "data_version"};
    return one_of(name, list, sizeof list / sizeof list[0]);
}

/* Rows of these tables never change once they are there. */
static bool fixed(const char *table)
{
    static const char *const list[] = {"audit", "event", "bundle", "wording", "sqlite_sequence"};
    return one_of(table, list, sizeof list / sizeof list[0]);
}

static bool reserved(const char *table)
{
    return strncmp(table, "sqlite_", 7) == 0;
}

/* What our own statements do is allowed; anything else is refused when it is prepared. */
static int authorize(void *user, int action, const char *one, const char *two, const char *database,
                     const char *from_schema)
{
    const struct store *s = user;
    (void)database;
    if (s->setting_up)
        return action == SQLITE_ATTACH || action == SQLITE_DETACH ? SQLITE_DENY : SQLITE_OK;
    if (from_schema && strncmp(from_schema, "audit_is_never_", 15) != 0)
        return SQLITE_DENY;
    bool allowed = false;
    switch (action) {
    case SQLITE_SELECT:
    case SQLITE_READ:
    case SQLITE_TRANSACTION:
        allowed = true;
        break;
    case SQLITE_INSERT:
        allowed = !reserved(one);
        break;
    case SQLITE_UPDATE:
        allowed = !fixed(one);
        break;
    case SQLITE_DELETE:
        allowed = strcmp(one, "audit") != 0 && !reserved(one);
        break;
    case SQLITE_FUNCTION:
        allowed = function_allowed(two);
        break;
    case SQLITE_PRAGMA:
        allowed = pragma_allowed(one);
        break;
    default:
        break;
    }
    return allowed ? SQLITE_OK : SQLITE_DENY;
}

/* Nothing is ever committed but by store_begin and store_commit, or by a migration. */
static int on_commit(void *user)
{
    const struct store *s = user;
    assert(s->changing || s->setting_up);
    return 0;
}

bool guard_connection(struct store *s, struct err *e)
{
    for (size_t i = 0; i < sizeof switches / sizeof switches[0]; i++) {
        int now = -1;
        int rc = sqlite3_db_config(s->db, switches[i].id, switches[i].value, &now);
        if (rc != SQLITE_OK || now != switches[i].value)
            return err_set(e, ERR_DATA, "This machine's SQLite (%s) lacks a safety setting (%d).",
                           sqlite3_libversion(), switches[i].id);
    }
    for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++)
        (void)sqlite3_limit(s->db, limits[i].id, limits[i].value);
    (void)sqlite3_busy_timeout(s->db, BUSY_MS);
    (void)sqlite3_commit_hook(s->db, on_commit, s);
    int rc = sqlite3_set_authorizer(s->db, authorize, s);
    return rc == SQLITE_OK || store_fault(s, rc, "open the practice", false, e);
}

bool guard_pragma(struct store *s, const char *sql, char *out, size_t room, struct err *e)
{
    sqlite3_stmt *st = NULL;
    int rc = sqlite3_prepare_v2(s->db, sql, -1, &st, NULL);
    if (rc == SQLITE_OK)
        rc = sqlite3_step(st);
    if (rc == SQLITE_ROW && room) {
        const unsigned char *text = sqlite3_column_text(st, 0);
        (void)snprintf(out, room, "%s", text ? (const char *)text : "");
    }
    int end = sqlite3_finalize(st);
    if (rc == SQLITE_ROW || rc == SQLITE_DONE)
        rc = end;
    return rc == SQLITE_OK || store_fault(s, rc, "open the practice", false, e);
}

/* Not defensive for a moment: the tests show with it what a weaker journal would cost. */
static bool weaken_for_test(struct store *s, const char *pragmas, struct err *e)
{
    (void)sqlite3_db_config(s->db, SQLITE_DBCONFIG_DEFENSIVE, 0, NULL);
    int rc = sqlite3_exec(s->db, pragmas, NULL, NULL, NULL);
    (void)sqlite3_db_config(s->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    return rc == SQLITE_OK || store_fault(s, rc, "set what the test wants", false, e);
}

bool guard_settings(struct store *s, const char *pragmas_for_test, struct err *e)
{
    for (size_t i = 0; i < sizeof settings / sizeof settings[0]; i++) {
        char now[32] = "";
        if (settings[i].for_writing && s->read_only)
            continue;
        if (settings[i].set && !guard_pragma(s, settings[i].set, now, sizeof now, e))
            return false;
        if (settings[i].read && !guard_pragma(s, settings[i].read, now, sizeof now, e))
            return false;
        if (settings[i].want && strcmp(now, settings[i].want) != 0)
            return err_set(e, ERR_DATA,
                           "SQLite did not take a safety setting for %s (%s gave \"%s\").", s->path,
                           settings[i].read, now);
    }
    return !pragmas_for_test || weaken_for_test(s, pragmas_for_test, e);
}
