/* From one version of the schema to the next, with lists of migrations made for these tests. */
#include "store_fixture.h"

#include "db/inner.h"

#include <dirent.h>
#include <signal.h>
#include <sys/wait.h>

#include "base/files.h"

/* What this program ships; tests go on from there. */
#define SHIPPED                                     \
    {"db/migrations/001_practice.sql", NULL, NULL}, \
    {                                               \
        "db/migrations/002_drafts.sql", NULL, NULL  \
    }
enum { NOW = 2 };

/* A column more; and a table made anew, as SQLite wants it for deeper changes. */
static const struct migration good_steps[] = {
    SHIPPED,
    {NULL,
     "ALTER TABLE client ADD COLUMN phone BLOB NOT NULL DEFAULT x'';"
     "CREATE TABLE consent(id TEXT PRIMARY KEY, client TEXT NOT NULL REFERENCES client(id)) "
     "STRICT;",
     NULL},
    {NULL,
     "CREATE TABLE wording_new(hash TEXT NOT NULL PRIMARY KEY, text BLOB NOT NULL, sum INTEGER NOT "
     "NULL) STRICT;"
     "INSERT INTO wording_new SELECT hash, text, sum FROM wording;"
     "DROP TABLE wording; ALTER TABLE wording_new RENAME TO wording;",
     NULL},
};
static const struct schema good = {good_steps, NOW + 2};

static const struct migration losing_steps[] = {SHIPPED,
                                                {NULL, "DELETE FROM event WHERE seq = 2", NULL}};
static const struct migration orphan_steps[] = {SHIPPED, {NULL, "DELETE FROM client", NULL}};
static const struct migration wrong_steps[] = {
    SHIPPED, {NULL, "CREATE TABLE a(x); CREATE TABLE a(x)", NULL}};
static const struct migration other_steps[] = {SHIPPED,
                                               {NULL, "CREATE TABLE a(x)", "not this one"}};

static const struct {
    const char *what;
    struct schema schema;
    const char *says;
} bad[] = {
    {"one that loses rows", {losing_steps, NOW + 1}, "lose rows"},
    {"one that leaves orphans", {orphan_steps, NOW + 1}, "belong"},
    {"one that is no SQL", {wrong_steps, NOW + 1}, "already exists"},
    {"one with another result", {other_steps, NOW + 1}, "structure"},
};

static void fill(struct fixture *f)
{
    for (int i = 0; i < 5; i++)
        (void)append(f, "j1", i, STR("kept"));
    MUST(store_begin(f->s, &f->e));
    MUST(store_wording_put(f->s, STR("w1"), STR("What?"), &f->e));
    MUST(store_commit(f->s, &f->e));
    store_close(f->s);
    f->s = NULL;
}

static struct str bytes_of(struct fixture *f)
{
    struct str bytes;
    MUST(files_read(f->a, f->path, 64 << 20, &bytes, &f->e));
    return bytes;
}

static bool has_draft(struct fixture *f)
{
    bool found = false;
    DIR *d = opendir(f->folder);
    for (struct dirent *x = d ? readdir(d) : NULL; x; x = readdir(d))
        found = found || strstr(x->d_name, ".copy");
    (void)closedir(d);
    return found;
}

static int tear_down_all(void **state)
{
    struct fixture *f = *state;
    char path[400];
    DIR *d = opendir(f->folder);
    for (struct dirent *x = d ? readdir(d) : NULL; x; x = readdir(d)) {
        (void)snprintf(path, sizeof path, "%s/%s", f->folder, x->d_name);
        (void)unlink(path);
    }
    (void)closedir(d);
    return tear_down(state);
}

/* If this fails after a deliberate change of 001_practice.sql before the first release, the new
 * fingerprint is what it prints; a released migration never changes. */
static void the_fingerprint_is_that_of_the_migrations(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(schema_shipped.version, NOW);
    for (int version = 1; version <= NOW; version++) {
        const struct schema unchecked = {good_steps, version};
        char path[100], found[65];
        struct store *s;
        (void)snprintf(path, sizeof path, "%s/unchecked-%d", f->folder, version);
        MUST(store_open_as(path, &making, &unchecked, &s, &f->e));
        MUST(schema_fingerprint(s, found, &f->e));
        store_close(s);
        assert_string_equal(found, schema_shipped.steps[version - 1].fingerprint);
    }
}

/* A practice of the first version, with everything in it that there was then. */
static void make_first_version(struct fixture *f, const char *path)
{
    const struct schema first = {schema_shipped.steps, 1};
    struct store_note n = {
        .id = STR("n1"), .journey = STR("j1"), .text = STR("calm"), .visibility = STR("private")};
    store_close(f->s);
    MUST(store_open_as(path, &making, &first, &f->s, &f->e));
    add_journey(f, "c1", "j1");
    for (int i = 0; i < 5; i++)
        (void)append(f, "j1", i, STR("kept"));
    MUST(store_begin(f->s, &f->e));
    MUST(store_note_add(f->s, &n, &f->e));
    MUST(store_commit(f->s, &f->e));
    store_close(f->s);
    f->s = NULL;
}

static void a_practice_of_the_first_version_learns_to_keep_drafts(void **state)
{
    struct fixture *f = *state;
    struct store_draft d = {
        .journey = STR("j1"), .key = STR("define/goal"), .fields = STR("v=half"), .at = 3};
    struct store_draft *drafts;
    struct store_note *notes;
    char path[100];
    size_t n;
    (void)snprintf(path, sizeof path, "%s/first", f->folder);
    make_first_version(f, path);
    MUST(store_open(path, &using, &f->s, &f->e));
    assert_int_equal(count_events(f, "j1"), 5);
    MUST(store_note_list(f->s, f->a, STR("j1"), &notes, &n, &f->e));
    assert_int_equal(n, 1);
    MUST(store_begin(f->s, &f->e));
    MUST(store_draft_put(f->s, &d, &f->e));
    MUST(store_commit(f->s, &f->e));
    MUST(store_draft_list(f->s, f->a, STR("j1"), &drafts, &n, &f->e));
    assert_int_equal(n, 1);
    assert_str(drafts[0].fields, "v=half");
}

static void an_older_practice_is_brought_up_to_date(void **state)
{
    struct fixture *f = *state;
    struct str text;
    fill(f);
    MUST(store_open_as(f->path, &using, &good, &f->s, &f->e));
    assert_int_equal(count_events(f, "j1"), 5);
    MUST(store_wording_get(f->s, f->a, STR("w1"), &text, &f->e));
    assert_str(text, "What?");
    assert_int_equal(append(f, "j1", 5, STR("new")), 6);
    store_close(f->s);
    MUST(store_open_as(f->path, &using, &good, &f->s, &f->e));
    assert_int_equal(count_events(f, "j1"), 6);
    store_close(f->s);
    f->s = NULL;
    assert_false(store_open(f->path, &using, &f->s, &f->e));
    assert_non_null(strstr(f->e.text, "newer espalier (format 4"));
}

static void the_copy_made_before_is_the_old_practice(void **state)
{
    struct fixture *f = *state;
    char copy[100];
    fill(f);
    struct str before = bytes_of(f);
    MUST(store_open_as(f->path, &using, &good, &f->s, &f->e));
    store_close(f->s);
    (void)snprintf(copy, sizeof copy, "%s.version-2", f->path);
    MUST(store_open(copy, &using, &f->s, &f->e));
    assert_int_equal(count_events(f, "j1"), 5);
    struct str bytes;
    MUST(files_read(f->a, copy, 64 << 20, &bytes, &f->e));
    assert_int_equal(bytes.n, before.n);
}

static void a_migration_that_fails_leaves_everything_as_it_was(void **state)
{
    struct fixture *f = *state;
    fill(f);
    struct str before = bytes_of(f);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        bool opened = store_open_as(f->path, &using, &bad[i].schema, &f->s, &f->e);
        if (opened || !strstr(f->e.text, bad[i].says))
            fail_msg("%s: %s", bad[i].what, opened ? "opened" : f->e.text);
        assert_true(str_eq(before, bytes_of(f)));
    }
    MUST(store_open(f->path, &using, &f->s, &f->e));
    assert_int_equal(count_events(f, "j1"), 5);
}

static void an_older_practice_is_not_changed_by_reading(void **state)
{
    struct fixture *f = *state;
    fill(f);
    struct str before = bytes_of(f);
    assert_false(store_open_as(f->path, &reading, &good, &f->s, &f->e));
    assert_int_equal(f->e.code, ERR_REFUSED);
    assert_true(str_eq(before, bytes_of(f)));
}

static void a_new_practice_begins_with_the_newest_version(void **state)
{
    struct fixture *f = *state;
    char path[100], copy[120];
    (void)snprintf(path, sizeof path, "%s/fresh", f->folder);
    store_close(f->s);
    MUST(store_open_as(path, &making, &good, &f->s, &f->e));
    add_journey(f, "c1", "j1");
    for (int v = 0; v < NOW + 3; v++) {
        (void)snprintf(copy, sizeof copy, "%s.version-%d", path, v);
        assert_int_equal(access(copy, F_OK), -1);
    }
}

/* Killed at any moment, the practice is of the old version or of a newer one, and whole. */
static void an_interrupted_migration_is_made_again(void **state)
{
    struct fixture *f = *state;
    enum { TIMES = 40 };
    fill(f);
    struct str before = bytes_of(f);
    for (int i = 0; i < TIMES; i++) {
        int status;
        MUST(files_write(f->path, before, true, &f->e));
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0)
            _exit(!store_open_as(f->path, &using, &good, &f->s, &f->e));
        (void)usleep((useconds_t)(i * 300));
        (void)kill(child, SIGKILL);
        assert_int_equal(waitpid(child, &status, 0), child);
        MUST(store_open_as(f->path, &using, &good, &f->s, &f->e));
        assert_int_equal(count_events(f, "j1"), 5);
        store_close(f->s);
        f->s = NULL;
    }
    /* No copy of anybody's words is left under a name that nobody looks at. */
    assert_false(has_draft(f));
}

static void of_two_programs_one_migrates_and_both_go_on(void **state)
{
    struct fixture *f = *state;
    pid_t child[3];
    fill(f);
    for (int i = 0; i < 3; i++) {
        child[i] = fork();
        assert_true(child[i] >= 0);
        if (child[i] == 0) {
            bool ok = store_open_as(f->path, &using, &good, &f->s, &f->e);
            _exit(!ok || count_events(f, "j1") != 5);
        }
    }
    for (int i = 0; i < 3; i++) {
        int status;
        assert_true(waitpid(child[i], &status, 0) == child[i] && status == 0);
    }
}

#define ROW(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down_all)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ROW(the_fingerprint_is_that_of_the_migrations),
        ROW(a_practice_of_the_first_version_learns_to_keep_drafts),
        ROW(an_older_practice_is_brought_up_to_date),
        ROW(the_copy_made_before_is_the_old_practice),
        ROW(a_migration_that_fails_leaves_everything_as_it_was),
        ROW(an_older_practice_is_not_changed_by_reading),
        ROW(a_new_practice_begins_with_the_newest_version),
        ROW(an_interrupted_migration_is_made_again),
        ROW(of_two_programs_one_migrates_and_both_go_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
