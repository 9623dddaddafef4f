/* What the connection refuses, whoever asks; and that nothing is committed outside of a change. */
#include "store_fixture.h"

#include "db/inner.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>

static const char *const refused[] = {
    "ATTACH '/tmp/other' AS other",
    "CREATE TABLE t(x)",
    "CREATE TEMP TABLE t(x)",
    "CREATE VIEW v AS SELECT 1",
    "CREATE TRIGGER t AFTER INSERT ON client BEGIN SELECT 1; END",
    "DROP TABLE audit",
    "DROP TRIGGER audit_is_never_changed",
    "ALTER TABLE client ADD COLUMN x",
    "UPDATE audit SET verb = ''",
    "DELETE FROM audit",
    "UPDATE event SET value = x''",
    "UPDATE wording SET text = x''",
    "UPDATE bundle SET archive = x''",
    "DELETE FROM sqlite_sequence",
    "UPDATE sqlite_sequence SET seq = 0",
    "INSERT INTO sqlite_sequence VALUES('audit', 9)",
    "SELECT load_extension('x')",
    "SELECT randomblob(1000000)",
    "SELECT readfile('/etc/passwd')",
    "SELECT \"no such column\"",
    "PRAGMA writable_schema = ON",
    "PRAGMA secure_delete = OFF",
    "PRAGMA mmap_size = 1000000",
    "PRAGMA temp_store_directory = '/tmp'",
    "REINDEX",
    "ANALYZE",
    "SAVEPOINT s",
    "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT n FROM r",
};

static void whatever_is_not_ours_is_not_even_prepared(void **state)
{
    struct fixture *f = *state;
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        sqlite3_stmt *st = NULL;
        int rc = sqlite3_prepare_v2(f->s->db, refused[i], -1, &st, NULL);
        if (rc == SQLITE_OK)
            fail_msg("allowed: %s", refused[i]);
        (void)sqlite3_finalize(st);
    }
}

/* Also when the authorizer is gone the audit log stays: the triggers are in the file. */
static void the_audit_log_defends_itself(void **state)
{
    struct fixture *f = *state;
    MUST(store_begin(f->s, &f->e));
    MUST(store_audit_add(f->s, STR("client.add"), STR("c1"), 1, &f->e));
    MUST(store_commit(f->s, &f->e));
    (void)sqlite3_set_authorizer(f->s->db, NULL, NULL);
    assert_int_equal(sqlite3_exec(f->s->db, "UPDATE audit SET at = 2", NULL, NULL, NULL),
                     SQLITE_CONSTRAINT_TRIGGER);
    assert_int_equal(sqlite3_exec(f->s->db, "DELETE FROM audit", NULL, NULL, NULL),
                     SQLITE_CONSTRAINT_TRIGGER);
}

static void the_settings_are_what_was_measured(void **state)
{
    struct fixture *f = *state;
    static const struct {
        const char *pragma, *want;
    } rows[] = {
        {"PRAGMA journal_mode", "truncate"},
        {"PRAGMA synchronous", "2"},
        {"PRAGMA foreign_keys", "1"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char now[32] = "";
        MUST(guard_pragma(f->s, rows[i].pragma, now, sizeof now, &f->e));
        assert_string_equal(now, rows[i].want);
    }
}

/* Runs `act` in a child that is expected to stop at an assertion. */
static void assert_aborts(struct fixture *f, void (*act)(struct fixture *f))
{
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        const struct rlimit none = {0, 0};
        (void)setrlimit(RLIMIT_CORE, &none);
        (void)signal(SIGABRT, SIG_DFL);
        (void)close(STDERR_FILENO);
        act(f);
        _exit(0);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
}

static void commit_by_the_back_door(struct fixture *f)
{
    (void)sqlite3_exec(f->s->db, "INSERT INTO wording VALUES('w', x'00', 0)", NULL, NULL, NULL);
}

static void write_without_a_change(struct fixture *f)
{
    (void)!store_wording_put(f->s, STR("w"), STR("x"), &f->e);
}

static void begin_twice(struct fixture *f)
{
    (void)!store_begin(f->s, &f->e);
    (void)!store_begin(f->s, &f->e);
}

static void commit_without_a_change(struct fixture *f)
{
    (void)!store_commit(f->s, &f->e);
}

static void only_store_begin_and_commit_open_transactions(void **state)
{
    struct fixture *f = *state;
    assert_aborts(f, commit_by_the_back_door);
    assert_aborts(f, write_without_a_change);
    assert_aborts(f, begin_twice);
    assert_aborts(f, commit_without_a_change);
}

static void a_handle_for_reading_begins_no_change(void **state)
{
    struct fixture *f = *state;
    open_again(f, &reading);
    assert_false(store_begin(f->s, &f->e));
    assert_int_equal(f->e.code, ERR_REFUSED);
    assert_int_equal(count_events(f, "j1"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(whatever_is_not_ours_is_not_even_prepared, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(the_audit_log_defends_itself, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_settings_are_what_was_measured, set_up, tear_down),
        cmocka_unit_test_setup_teardown(only_store_begin_and_commit_open_transactions, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_handle_for_reading_begins_no_change, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
