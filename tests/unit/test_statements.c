/* Every statement of the program fits a fresh schema, under the authorizer and the limits it runs
 * with. */
#include "db/inner.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static struct store *store;
static char folder[] = "/tmp/espalier-statements-XXXXXX", path[64], journal[80];

static int set_up(void **state)
{
    (void)state;
    struct err e;
    struct store_options o = {.create = true};
    assert_non_null(mkdtemp(folder));
    (void)snprintf(path, sizeof path, "%s/practice", folder);
    (void)snprintf(journal, sizeof journal, "%s-journal", path);
    return store_open(path, &o, &store, &e) ? 0 : 1;
}

static int tear_down(void **state)
{
    (void)state;
    store_close(store);
    (void)unlink(path);
    (void)unlink(journal);
    return rmdir(folder);
}

static void every_statement_prepares(void **state)
{
    (void)state;
    for (int i = 0; i < STMT_COUNT; i++) {
        struct err e;
        sqlite3_stmt *st;
        if (!statement_get(store, (enum statement)i, &st, &e))
            fail_msg("%s: %s", statement_sql((enum statement)i), e.text);
    }
}

/* A list is read along an index, never by going through a whole table. */
static void no_statement_scans_what_it_can_find(void **state)
{
    (void)state;
    static const enum statement scans[] = {STMT_BUNDLE_ALL, STMT_JOURNEY_ALL, STMT_WORDING_ALL,
                                           STMT_AUDIT_ALL,  STMT_AUDIT_LAST,  STMT_AUDIT_COUNTED,
                                           STMT_SCHEMA};
    for (int i = 0; i < STMT_COUNT; i++) {
        bool may = strncmp(statement_sql((enum statement)i), "PRAGMA", 6) == 0;
        for (size_t k = 0; k < sizeof scans / sizeof scans[0]; k++)
            may = may || scans[k] == (enum statement)i;
        if (may)
            continue;
        char *sql = sqlite3_mprintf("EXPLAIN QUERY PLAN %s", statement_sql((enum statement)i));
        sqlite3_stmt *st;
        assert_int_equal(sqlite3_prepare_v2(store->db, sql, -1, &st, NULL), SQLITE_OK);
        while (sqlite3_step(st) == SQLITE_ROW) {
            const char *plan = (const char *)sqlite3_column_text(st, 3);
            if (strncmp(plan, "SCAN", 4) == 0 || strstr(plan, "TEMP B-TREE"))
                fail_msg("%s: %s", sql, plan);
        }
        (void)sqlite3_finalize(st);
        sqlite3_free(sql);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_statement_prepares),
        cmocka_unit_test(no_statement_scans_what_it_can_find),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
