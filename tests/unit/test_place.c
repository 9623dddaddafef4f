/* What is refused at opening, with which sentence, and that a refused file keeps every byte.  A new
 * practice is whole or not there. */
#include "store_fixture.h"

#include "db/place.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "base/files.h"

/* The bytes of a file and the names beside it, as one text. */
static struct str picture(struct fixture *f, const char *path)
{
    struct buf b = {.a = f->a};
    struct str bytes = STR("");
    struct stat st;
    struct err e;
    if (lstat(path, &st) == 0)
        buf_format(&b, "%o %lld %d\n", st.st_mode, (long long)st.st_size, (int)st.st_nlink);
    if (S_ISREG(st.st_mode) && files_read(f->a, path, 64 << 20, &bytes, &e))
        buf_add(&b, bytes);
    DIR *d = opendir(f->folder);
    assert_non_null(d);
    size_t names = 0;
    for (struct dirent *x = readdir(d); x; x = readdir(d))
        names++;
    (void)closedir(d);
    buf_format(&b, "\n%zu files", names);
    return buf_str(&b);
}

static void put(const char *path, const void *bytes, size_t n, mode_t mode)
{
    (void)unlink(path);
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL, 0600);
    assert_true(fd >= 0 && write(fd, bytes, n) == (ssize_t)n && fchmod(fd, mode) == 0 &&
                close(fd) == 0);
}

/* Overwrites some bytes in place. */
static void patch(const char *path, long at, const void *bytes, size_t n)
{
    int fd = open(path, O_WRONLY);
    assert_true(fd >= 0 && pwrite(fd, bytes, n, at) == (ssize_t)n && close(fd) == 0);
}

static void sql(const char *path, const char *text)
{
    sqlite3 *db;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    if (sqlite3_exec(db, text, NULL, NULL, NULL) != SQLITE_OK)
        fail_msg("%s", sqlite3_errmsg(db));
    (void)sqlite3_close(db);
}

static void a_text(const char *path)
{
    put(path, "Dear diary, ...", 15, 0600);
}
static void a_long_text(const char *path)
{
    static char text[8192];
    memset(text, 'x', sizeof text);
    put(path, text, sizeof text, 0600);
}
static void nothing(const char *path)
{
    put(path, "", 0, 0600);
}
static void another_database(const char *path)
{
    put(path, "", 0, 0600);
    sql(path, "CREATE TABLE t(x); INSERT INTO t VALUES(1)");
}
static void a_database_in_wal_mode(const char *path)
{
    put(path, "", 0, 0600);
    sql(path, "PRAGMA journal_mode=WAL; CREATE TABLE t(x)");
}
static void a_newer_one(const char *path)
{
    patch(path, 60, "\0\0\0\3", 4);
}
static void a_much_newer_one(const char *path)
{
    patch(path, 60, "\xff\xff\xff\xff", 4);
}
static void one_without_version(const char *path)
{
    patch(path, 60, "\0\0\0\0", 4);
}
static void another_application(const char *path)
{
    patch(path, 68, "ABCD", 4);
}
static void a_broken_head(const char *path)
{
    patch(path, 0, "sqlite", 6);
}
static void half_of_it(const char *path)
{
    assert_int_equal(truncate(path, 20000), 0);
}
static void only_its_head(const char *path)
{
    assert_int_equal(truncate(path, 100), 0);
}
static void a_broken_schema(const char *path)
{
    static char bytes[3000];
    memset(bytes, 0x5A, sizeof bytes);
    patch(path, 100, bytes, sizeof bytes);
}
static void one_table_more(const char *path)
{
    sql(path, "CREATE TABLE mine(x)");
}
static void a_hidden_trigger(const char *path)
{
    sql(path, "CREATE TRIGGER t AFTER INSERT ON event BEGIN UPDATE event SET value = x'00'; END");
}
static void a_hidden_view(const char *path)
{
    sql(path, "CREATE VIEW v AS SELECT value FROM event");
}
static void one_index_less(const char *path)
{
    sql(path, "DROP INDEX journey_of_client");
}
static void a_symbolic_link(const char *path)
{
    char other[100];
    (void)snprintf(other, sizeof other, "%s.true", path);
    assert_true(rename(path, other) == 0 && symlink(other, path) == 0);
}
static void a_hard_link(const char *path)
{
    char other[100];
    (void)snprintf(other, sizeof other, "%s.true", path);
    assert_int_equal(link(path, other), 0);
}
static void a_folder(const char *path)
{
    assert_true(unlink(path) == 0 && mkdir(path, 0700) == 0);
}
static void a_pipe(const char *path)
{
    assert_true(unlink(path) == 0 && mkfifo(path, 0600) == 0);
}
static void open_to_the_group(const char *path)
{
    assert_int_equal(chmod(path, 0640), 0);
}
static void open_to_all(const char *path)
{
    assert_int_equal(chmod(path, 0604), 0);
}
static void a_journal_that_is_a_link(const char *path)
{
    char journal[100];
    (void)snprintf(journal, sizeof journal, "%s-journal", path);
    assert_true(unlink(journal) == 0 && symlink("/dev/null", journal) == 0);
}
static void a_folder_for_all(const char *path)
{
    char folder[100];
    (void)snprintf(folder, sizeof folder, "%.*s", (int)(strrchr(path, '/') - path), path);
    assert_int_equal(chmod(folder, 0777), 0);
}

static const struct {
    const char *what;
    void (*make)(const char *path);
    enum err_code code;
    const char *says;
} rows[] = {
    {"a text", a_text, ERR_DATA, "not a practice"},
    {"a long text", a_long_text, ERR_DATA, "not a practice"},
    {"an empty file", nothing, ERR_DATA, "is empty"},
    {"another database", another_database, ERR_DATA, "another program"},
    {"a database in WAL mode", a_database_in_wal_mode, ERR_DATA, "another program"},
    {"another application's", another_application, ERR_DATA, "another program"},
    {"a newer one", a_newer_one, ERR_DATA, "newer espalier (format 3"},
    {"a much newer one", a_much_newer_one, ERR_DATA, "newer espalier"},
    {"one without version", one_without_version, ERR_DATA, "damaged"},
    {"a broken head", a_broken_head, ERR_DATA, "damaged"},
    {"half of it", half_of_it, ERR_DATA, "damaged"},
    {"only its head", only_its_head, ERR_DATA, "damaged"},
    {"a broken schema", a_broken_schema, ERR_DATA, "damaged"},
    {"one table more", one_table_more, ERR_DATA, "structure"},
    {"a hidden trigger", a_hidden_trigger, ERR_DATA, "structure"},
    {"a hidden view", a_hidden_view, ERR_DATA, "structure"},
    {"one index less", one_index_less, ERR_DATA, "structure"},
    {"a symbolic link", a_symbolic_link, ERR_REFUSED, "symbolic link"},
    {"a hard link", a_hard_link, ERR_REFUSED, "hard link"},
    {"a folder", a_folder, ERR_REFUSED, "folder"},
    {"a pipe", a_pipe, ERR_REFUSED, "not a plain file"},
    {"open to the group", open_to_the_group, ERR_REFUSED, "chmod 600"},
    {"open to all", open_to_all, ERR_REFUSED, "chmod 600"},
    {"a journal that is a link", a_journal_that_is_a_link, ERR_REFUSED, "symbolic link"},
    {"a folder for all", a_folder_for_all, ERR_REFUSED, "chmod go-w"},
};

static void empty_folder(const char *folder)
{
    char path[400];
    DIR *d = opendir(folder);
    for (struct dirent *x = d ? readdir(d) : NULL; x; x = readdir(d)) {
        (void)snprintf(path, sizeof path, "%s/%s", folder, x->d_name);
        (void)remove(path);
    }
    if (d)
        (void)closedir(d);
}

static int tear_down_all(void **state)
{
    struct fixture *f = *state;
    (void)chmod(f->folder, 0700);
    empty_folder(f->folder);
    return tear_down(state);
}

/* Opened in each way, a wrong file is refused with its sentence, and nothing in its folder has
 * changed. */
static void what_is_not_a_sound_practice_is_refused_and_not_touched(void **state)
{
    struct fixture *f = *state;
    const struct store_options *ways[] = {&using, &making, &reading};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        store_close(f->s);
        f->s = NULL;
        (void)chmod(f->folder, 0700);
        empty_folder(f->folder);
        MUST(store_open(f->path, &making, &f->s, &f->e));
        store_close(f->s);
        f->s = NULL;
        rows[i].make(f->path);
        struct str before = picture(f, f->path);
        for (size_t way = 0; way < 3; way++) {
            bool opened = store_open(f->path, ways[way], &f->s, &f->e);
            if (opened || f->e.code != rows[i].code || !strstr(f->e.text, rows[i].says))
                fail_msg("%s (%zu): %s", rows[i].what, way, opened ? "opened" : f->e.text);
            if (!str_eq(before, picture(f, f->path)))
                fail_msg("%s (%zu): the folder was changed", rows[i].what, way);
        }
    }
}

static void a_missing_practice_is_not_made_unasked(void **state)
{
    struct fixture *f = *state;
    struct store *s;
    static const char *const missing[] = {"/other", "/no/folder/other"};
    char path[120];
    for (size_t i = 0; i < 2; i++) {
        (void)snprintf(path, sizeof path, "%s%s", f->folder, missing[i]);
        assert_false(store_open(path, &using, &s, &f->e));
        assert_int_equal(f->e.code, ERR_NOT_FOUND);
        assert_int_equal(access(path, F_OK), -1);
    }
    (void)snprintf(path, sizeof path, "%s/", f->folder);
    assert_false(store_open(path, &making, &s, &f->e));
    assert_int_equal(f->e.code, ERR_USAGE);
}

static void a_new_practice_is_for_its_owner_only(void **state)
{
    struct fixture *f = *state;
    struct store *s;
    struct stat st;
    char path[140], folder[100];
    mode_t old = umask(0);
    (void)snprintf(path, sizeof path, "%s/new/deep/practice", f->folder);
    MUST(store_open(path, &making, &s, &f->e));
    store_close(s);
    (void)umask(old);
    assert_true(stat(path, &st) == 0 && (st.st_mode & 07777) == 0600);
    (void)unlink(path);
    (void)snprintf(path, sizeof path, "%s/new/deep/practice-journal", f->folder);
    assert_true(stat(path, &st) == 0 && (st.st_mode & 07777) == 0600);
    (void)unlink(path);
    (void)snprintf(folder, sizeof folder, "%s/new/deep", f->folder);
    assert_true(stat(folder, &st) == 0 && (st.st_mode & 07777) == 0700);
    assert_int_equal(rmdir(folder), 0);
    folder[strlen(folder) - 5] = '\0';
    assert_int_equal(rmdir(folder), 0);
}

/* Names that mean something to SQLite are plain names here. */
static void a_name_is_only_a_name(void **state)
{
    struct fixture *f = *state;
    static const char *const names[] = {":memory:", "file:x?mode=memory", "a b'\"%3f",
                                        "caf\xc3\xa9"};
    char path[120];
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct store *s;
        (void)snprintf(path, sizeof path, "%s/%s", f->folder, names[i]);
        MUST(store_open(path, &making, &s, &f->e));
        store_close(s);
        assert_int_equal(access(path, R_OK), 0);
    }
    assert_int_equal(chdir(f->folder), 0);
    struct store *s;
    MUST(store_open("file:y?mode=memory", &making, &s, &f->e));
    store_close(s);
    assert_int_equal(access("file:y?mode=memory", R_OK), 0);
    assert_int_equal(chdir("/"), 0);
}

/* Runs in a child as nobody: for root everything can be written. */
static void a_folder_that_cannot_be_written_is_refused(void **state)
{
    struct fixture *f = *state;
    char journal[100];
    if (geteuid() != 0)
        skip();
    (void)snprintf(journal, sizeof journal, "%s-journal", f->path);
    assert_true(chown(f->folder, 65534, 65534) == 0 && chown(f->path, 65534, 65534) == 0);
    assert_true(chown(journal, 65534, 65534) == 0 && chmod(f->folder, 0500) == 0);
    assert_false(store_open(f->path, &using, &(struct store *){NULL}, &f->e));
    assert_int_equal(f->e.code, ERR_REFUSED);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        struct store *s;
        if (setuid(65534) != 0)
            _exit(1);
        if (store_open(f->path, &using, &s, &f->e) ||
            !strstr(f->e.text, "Nothing can be written in the folder"))
            _exit(2);
        if (!store_open(f->path, &reading, &s, &f->e))
            _exit(3);
        store_close(s);
        _exit(chmod(f->path, 0400) != 0 || store_open(f->path, &using, &s, &f->e) ? 4 : 0);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    assert_true(chown(f->folder, 0, 0) == 0 && chmod(f->folder, 0700) == 0);
}

static void a_network_is_known_by_its_number(void **state)
{
    (void)state;
    assert_string_equal(place_network(0x6969), "NFS");
    assert_string_equal(place_network(0xFF534D42), "CIFS");
    assert_null(place_network(0xEF53));
    assert_null(place_network(0x01021994));
}

/* Another tool may have left our file in WAL mode: it comes back to the journal that was measured.
 */
static void a_practice_in_wal_mode_is_brought_back(void **state)
{
    struct fixture *f = *state;
    store_close(f->s);
    f->s = NULL;
    sql(f->path, "PRAGMA journal_mode=WAL");
    MUST(store_open(f->path, &using, &f->s, &f->e));
    assert_int_equal(append(f, "j1", 0, STR("1")), 1);
    struct str bytes;
    MUST(files_read(f->a, f->path, 64 << 20, &bytes, &f->e));
    assert_int_equal(bytes.p[18], 1);
}

static void an_interrupted_change_is_undone(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(append(f, "j1", 0, STR("1")), 1);
    store_close(f->s);
    f->s = NULL;
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        static char big[4 << 20];
        struct store *s;
        struct store_event v = answer((struct str){big, sizeof big});
        bool conflict;
        if (store_open(f->path, &using, &s, &f->e) && store_begin(s, &f->e) &&
            store_event_append(s, STR("j1"), 1, &v, 1, &conflict, &f->e))
            _exit(0);
        _exit(1);
    }
    int status;
    assert_true(waitpid(child, &status, 0) == child && status == 0);
    assert_false(store_open(f->path, &reading, &f->s, &f->e));
    assert_non_null(strstr(f->e.text, "Open it once for writing"));
    MUST(store_open(f->path, &using, &f->s, &f->e));
    assert_int_equal(count_events(f, "j1"), 1);
    assert_int_equal(append(f, "j1", 1, STR("2")), 2);
}

/* Killed at any moment, a practice in the making is not there or whole. */
static void an_interrupted_beginning_can_be_begun_again(void **state)
{
    struct fixture *f = *state;
    enum { TIMES = 60 };
    char path[100];
    (void)snprintf(path, sizeof path, "%s/fresh", f->folder);
    for (int i = 0; i < TIMES; i++) {
        struct store *s;
        int status;
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0)
            _exit(!store_open(path, &making, &s, &f->e));
        (void)usleep((useconds_t)(i * 100));
        (void)kill(child, SIGKILL);
        assert_int_equal(waitpid(child, &status, 0), child);
        MUST(store_open(path, &making, &s, &f->e));
        store_close(s);
        (void)unlink(path);
    }
}

static void two_beginners_get_one_practice(void **state)
{
    struct fixture *f = *state;
    char path[100];
    (void)snprintf(path, sizeof path, "%s/fresh", f->folder);
    pid_t child[4];
    for (size_t i = 0; i < 4; i++) {
        child[i] = fork();
        assert_true(child[i] >= 0);
        if (child[i] == 0) {
            struct store *s;
            struct store_client c = {.id = str_format(f->a, "c%zu", i), .name = STR("x")};
            bool ok = store_open(path, &making, &s, &f->e) && store_begin(s, &f->e) &&
                store_client_add(s, &c, &f->e) && store_commit(s, &f->e);
            _exit(!ok);
        }
    }
    for (size_t i = 0; i < 4; i++) {
        int status;
        assert_true(waitpid(child[i], &status, 0) == child[i] && status == 0);
    }
    struct store_client *list;
    size_t n;
    store_close(f->s);
    MUST(store_open(path, &using, &f->s, &f->e));
    MUST(store_client_list(f->s, f->a, STR(""), 10, &list, &n, &f->e));
    assert_int_equal(n, 4);
}

#define ROW(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down_all)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ROW(what_is_not_a_sound_practice_is_refused_and_not_touched),
        ROW(a_missing_practice_is_not_made_unasked),
        ROW(a_new_practice_is_for_its_owner_only),
        ROW(a_name_is_only_a_name),
        ROW(a_folder_that_cannot_be_written_is_refused),
        ROW(a_network_is_known_by_its_number),
        ROW(a_practice_in_wal_mode_is_brought_back),
        ROW(an_interrupted_change_is_undone),
        ROW(an_interrupted_beginning_can_be_begun_again),
        ROW(two_beginners_get_one_practice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
