/* Files inside the program, reading and writing on disk. */
#include "base/files.h"

#include "unit.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/tmp/espalier-files-XXXXXX";

static const char *path_of(const char *name)
{
    static char path[128];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static void the_library_is_inside(void **state)
{
    struct str content;
    size_t n;
    (void)state;
    assert_true(files_find(STR("workflows/first-talk/workflow.yaml"), &content));
    assert_true(str_find(content, STR("first-talk"), 0) < content.n);
    assert_false(files_find(STR("workflows/none.yaml"), &content));
    const struct file *all = files_all(&n);
    for (size_t i = 1; i < n; i++)
        assert_true(str_order(all[i - 1].name, all[i].name) < 0);
}

static void what_is_written_is_read_and_only_for_the_owner(void **state)
{
    struct arena *a = arena_new();
    struct str text;
    struct err e;
    struct stat st;
    (void)state;
    assert_true(files_write(path_of("plan.md"), STR("été\n"), false, &e));
    assert_true(files_read(a, path_of("plan.md"), 100, &text, &e));
    assert_true(str_is(text, "été\n"));
    assert_int_equal(stat(path_of("plan.md"), &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    arena_free(a);
}

static void an_existing_file_is_replaced_only_by_force(void **state)
{
    struct arena *a = arena_new();
    struct str text;
    struct err e;
    (void)state;
    assert_true(files_write(path_of("once"), STR("first"), false, &e));
    assert_false(files_write(path_of("once"), STR("second"), false, &e));
    assert_int_equal(e.code, ERR_REFUSED);
    assert_true(files_read(a, path_of("once"), 100, &text, &e));
    assert_true(str_is(text, "first"));
    assert_true(files_write(path_of("once"), STR("second"), true, &e));
    assert_true(files_read(a, path_of("once"), 100, &text, &e));
    assert_true(str_is(text, "second"));
    arena_free(a);
}

static void what_cannot_be_read_says_why(void **state)
{
    struct arena *a = arena_new();
    struct str text;
    struct err e;
    char target[128];
    (void)state;
    assert_false(files_read(a, path_of("absent"), 100, &text, &e));
    assert_int_equal(e.code, ERR_NOT_FOUND);
    assert_false(files_read(a, folder, 100, &text, &e));
    assert_int_equal(e.code, ERR_DATA);
    assert_true(files_write(path_of("large"), STR("0123456789"), false, &e));
    assert_true(files_read(a, path_of("large"), 10, &text, &e));
    assert_false(files_read(a, path_of("large"), 9, &text, &e));
    assert_int_equal(e.code, ERR_LIMIT);
    (void)snprintf(target, sizeof target, "%s", path_of("large"));
    assert_int_equal(symlink(target, path_of("link")), 0);
    assert_false(files_read(a, path_of("link"), 100, &text, &e));
    assert_non_null(strstr(e.text, "symbolic link"));
    assert_false(files_write(path_of("no/such/folder"), STR("x"), false, &e));
    assert_int_equal(e.code, ERR_DISK);
    arena_free(a);
}

/* A limit of file size is as good as a full disk. */
static void a_full_disk_leaves_no_half_file(void **state)
{
    static char large[100000];
    struct rlimit old, small = {4096, RLIM_INFINITY};
    struct err e;
    char command[256];
    (void)state;
    (void)signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    bool ok = files_write(path_of("full"), (struct str){large, sizeof large}, false, &e);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
    assert_false(ok);
    assert_int_equal(e.code, ERR_DISK);
    (void)snprintf(command, sizeof command, "test -z \"$(find %s -name 'full*')\"", folder);
    assert_int_equal(system(command), 0);
}

static int make_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
    char command[64];
    (void)state;
    (void)snprintf(command, sizeof command, "rm -rf %s", folder);
    return system(command);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_library_is_inside),
        cmocka_unit_test(what_is_written_is_read_and_only_for_the_owner),
        cmocka_unit_test(an_existing_file_is_replaced_only_by_force),
        cmocka_unit_test(what_cannot_be_read_says_why),
        cmocka_unit_test(a_full_disk_leaves_no_half_file),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
