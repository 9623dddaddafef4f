/* A disk that fails or is full, by a thin VFS over the system's: what is said, what is still
 * allowed, what is lost. */
#include "store_fixture.h"

#include <sqlite3.h>

/* What the next calls give; 0: what the system gives. */
static struct {
    int write, sync, truncate;
} faults;

struct shim {
    sqlite3_file base;
    sqlite3_file *under;
};

static sqlite3_file *under(sqlite3_file *f)
{
    return ((struct shim *)f)->under;
}

static int shim_close(sqlite3_file *f)
{
    int rc = under(f)->pMethods->xClose(under(f));
    free(under(f));
    return rc;
}

static int shim_read(sqlite3_file *f, void *p, int n, sqlite3_int64 at)
{
    return under(f)->pMethods->xRead(under(f), p, n, at);
}

static int shim_write(sqlite3_file *f, const void *p, int n, sqlite3_int64 at)
{
    return faults.write ? faults.write : under(f)->pMethods->xWrite(under(f), p, n, at);
}

static int shim_truncate(sqlite3_file *f, sqlite3_int64 n)
{
    return faults.truncate ? faults.truncate : under(f)->pMethods->xTruncate(under(f), n);
}

static int shim_sync(sqlite3_file *f, int flags)
{
    return faults.sync ? faults.sync : under(f)->pMethods->xSync(under(f), flags);
}

static int shim_size(sqlite3_file *f, sqlite3_int64 *n)
{
    return under(f)->pMethods->xFileSize(under(f), n);
}
static int shim_lock(sqlite3_file *f, int level)
{
    return under(f)->pMethods->xLock(under(f), level);
}
static int shim_unlock(sqlite3_file *f, int level)
{
    return under(f)->pMethods->xUnlock(under(f), level);
}
static int shim_reserved(sqlite3_file *f, int *out)
{
    return under(f)->pMethods->xCheckReservedLock(under(f), out);
}
static int shim_control(sqlite3_file *f, int op, void *p)
{
    return under(f)->pMethods->xFileControl(under(f), op, p);
}
static int shim_sector(sqlite3_file *f)
{
    return under(f)->pMethods->xSectorSize(under(f));
}
static int shim_traits(sqlite3_file *f)
{
    return under(f)->pMethods->xDeviceCharacteristics(under(f));
}

static const sqlite3_io_methods shim_methods = {
    .iVersion = 1,
    .xClose = shim_close,
    .xRead = shim_read,
    .xWrite = shim_write,
    .xTruncate = shim_truncate,
    .xSync = shim_sync,
    .xFileSize = shim_size,
    .xLock = shim_lock,
    .xUnlock = shim_unlock,
    .xCheckReservedLock = shim_reserved,
    .xFileControl = shim_control,
    .xSectorSize = shim_sector,
    .xDeviceCharacteristics = shim_traits,
};

static sqlite3_vfs shim, *system_vfs;

static int shim_open(sqlite3_vfs *v, const char *name, sqlite3_file *f, int flags, int *out)
{
    (void)v;
    struct shim *s = (struct shim *)f;
    s->under = mem_new((size_t)system_vfs->szOsFile);
    int rc = system_vfs->xOpen(system_vfs, name, s->under, flags, out);
    s->base.pMethods = rc == SQLITE_OK ? &shim_methods : NULL;
    if (rc != SQLITE_OK)
        free(s->under);
    return rc;
}

static int set_up_shim(void **state)
{
    system_vfs = sqlite3_vfs_find(NULL);
    shim = *system_vfs;
    shim.zName = "shim";
    shim.szOsFile = (int)sizeof(struct shim);
    shim.xOpen = shim_open;
    assert_int_equal(sqlite3_vfs_register(&shim, 0), SQLITE_OK);
    if (set_up(state) != 0)
        return 1;
    struct fixture *f = *state;
    static const struct store_options shimmed = {.vfs = "shim"};
    open_again(f, &shimmed);
    assert_int_equal(append(f, "j1", 0, STR("1")), 1);
    return 0;
}

static int tear_down_shim(void **state)
{
    memset(&faults, 0, sizeof faults);
    int rc = tear_down(state);
    (void)sqlite3_vfs_unregister(&shim);
    return rc;
}

/* Begins, appends, commits; true if all of it worked. */
static bool try_append(struct fixture *f, int64_t expected)
{
    struct store_event v = answer(STR("tried"));
    bool conflict;
    if (!store_begin(f->s, &f->e))
        return false;
    if (store_event_append(f->s, STR("j1"), expected, &v, 1, &conflict, &f->e))
        return store_commit(f->s, &f->e);
    store_rollback(f->s);
    return false;
}

static const struct {
    const char *what;
    int write, sync, truncate;
} failures[] = {
    {"a sync that fails", 0, SQLITE_IOERR_FSYNC, 0},
    {"a write that fails", SQLITE_IOERR_WRITE, 0, 0},
    {"a journal that cannot be ended", 0, 0, SQLITE_IOERR_TRUNCATE},
};

/* Once the disk failed, this handle writes nothing more, even if the disk seems well again; a new
 * one does. */
static void after_a_failure_of_the_disk_nothing_more_is_written(void **state)
{
    struct fixture *f = *state;
    static const struct store_options shimmed = {.vfs = "shim"};
    for (size_t i = 0; i < sizeof failures / sizeof failures[0]; i++) {
        size_t before = count_events(f, "j1");
        faults.write = failures[i].write;
        faults.sync = failures[i].sync;
        faults.truncate = failures[i].truncate;
        if (try_append(f, (int64_t)before) || f->e.code != ERR_DISK || !strstr(f->e.text, f->path))
            fail_msg("%s: %s", failures[i].what, f->e.text);
        memset(&faults, 0, sizeof faults);
        for (int k = 0; k < 3; k++) {
            assert_false(store_begin(f->s, &f->e));
            assert_int_equal(f->e.code, ERR_DISK);
        }
        open_again(f, &shimmed);
        size_t after = count_events(f, "j1");
        assert_true(after == before || after == before + 1);
        assert_true(try_append(f, (int64_t)after));
    }
}

static void what_failed_is_told_by_doctor(void **state)
{
    struct fixture *f = *state;
    struct str *lines;
    size_t n;
    bool healthy = true;
    faults.sync = SQLITE_IOERR_FSYNC;
    assert_false(try_append(f, 1));
    memset(&faults, 0, sizeof faults);
    MUST(store_examine(f->s, f->a, false, &lines, &n, &healthy, &f->e));
    assert_false(healthy);
}

/* A full disk is no broken disk: when there is room again, the next change works. */
static void after_a_full_disk_it_goes_on(void **state)
{
    struct fixture *f = *state;
    faults.write = SQLITE_FULL;
    for (int i = 0; i < 3; i++) {
        assert_false(try_append(f, 1));
        assert_int_equal(f->e.code, ERR_DISK);
        assert_non_null(strstr(f->e.text, "no room"));
    }
    memset(&faults, 0, sizeof faults);
    assert_int_equal(count_events(f, "j1"), 1);
    assert_true(try_append(f, 1));
    assert_int_equal(count_events(f, "j1"), 2);
}

/* What follows a failed part of a change cannot slip in behind it. */
static void a_spoiled_change_takes_nothing_more(void **state)
{
    struct fixture *f = *state;
    struct store_client c = {.id = STR("c1"), .name = STR("again")},
                        d = {.id = STR("c2"), .name = STR("b")};
    MUST(store_begin(f->s, &f->e));
    assert_false(store_client_add(f->s, &c, &f->e));
    assert_false(store_client_add(f->s, &d, &f->e));
    assert_int_equal(f->e.code, ERR_REFUSED);
    assert_false(store_commit(f->s, &f->e));
    assert_false(store_client_get(f->s, f->a, STR("c2"), &d, &f->e));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(after_a_failure_of_the_disk_nothing_more_is_written,
                                        set_up_shim, tear_down_shim),
        cmocka_unit_test_setup_teardown(what_failed_is_told_by_doctor, set_up_shim, tear_down_shim),
        cmocka_unit_test_setup_teardown(after_a_full_disk_it_goes_on, set_up_shim, tear_down_shim),
        cmocka_unit_test_setup_teardown(a_spoiled_change_takes_nothing_more, set_up_shim,
                                        tear_down_shim),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
