/* The drawing child as its parent sees it, with small programs in its place: what is handed over,
 * what is said when it is missing, fails, dies, hangs or floods. */
#include "unit.h"

#include "base/clock.h"
#include "document/draw.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char folder[64], program[128];

/* Puts a shell script where espalier-draw is looked for. */
static void install(const char *script)
{
    FILE *f = fopen(program, "w");
    assert_non_null(f);
    (void)fprintf(f, "#!/bin/sh\n%s\n", script);
    assert_int_equal(fclose(f), 0);
    assert_int_equal(chmod(program, 0700), 0);
    assert_int_equal(setenv("ESPALIER_DRAW", program, 1), 0);
}

static bool run_with(size_t size, struct arena *a, struct str *bytes, struct err *e)
{
    char *text = malloc(size + 1);
    assert_non_null(text);
    memset(text, 'x', size);
    text[size] = 0;
    json_t *tree = json_pack("{s:s}", "text", text);
    bool ok = draw_all(a, tree, NULL, NULL, bytes, e);
    json_decref(tree);
    free(text);
    return ok;
}

static void no_child_is_left(void)
{
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
    assert_int_equal(errno, ECHILD);
}

static void test_what_it_makes_of_the_program(void **state)
{
    static const struct {
        const char *sentence, *script;
        enum err_code code;
        const char *text;
    } rows[] = {
        {"a file is what it wrote", "cat >/dev/null; printf FILE", ERR_NONE, "FILE"},
        {"the tree is its input", "cat", ERR_NONE, "{\"text\":\"xxxx\"}"},
        {"one that does not read its input may still draw", "printf FILE", ERR_NONE, "FILE"},
        {"its refusal is handed on", "echo 'Not with me.' >&2; exit 1", ERR_DATA, "Not with me."},
        {"what it wrote before it failed is no file", "printf HALF; exit 1", ERR_DATA,
         "espalier-draw failed and did not say why (status 1)."},
        {"one that is killed is said to be", "printf HALF; kill -9 $$", ERR_DATA,
         "espalier-draw was stopped by the system (signal 9) before the file was complete. Nothing "
         "was written."},
        {"no bytes are no file", "exit 0", ERR_DATA, "espalier-draw ended without a file. "},
        {"nothing of its words reaches a terminal as a command", "printf '\\033[2J' >&2; exit 1",
         ERR_DATA, "\\x1b[2J"},
        {"a flood of words is no trap", "yes no | head -c 1000000 >&2; printf FILE", ERR_NONE,
         "FILE"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct arena *a = arena_new();
        struct str bytes = STR("");
        struct err e = {0};
        install(rows[i].script);
        bool ok = run_with(4, a, &bytes, &e);
        struct str got = ok ? bytes : str_of(e.text);
        if (ok != (rows[i].code == ERR_NONE) || (!ok && e.code != rows[i].code) ||
            !str_is(got, rows[i].text))
            fail_msg("%s: %.*s", rows[i].sentence, STR_ARG(got));
        no_child_is_left();
        arena_free(a);
    }
    (void)state;
}

static void test_a_missing_program_is_explained(void **state)
{
    static const char *const paths[] = {"/nowhere/espalier-draw", "espalier-draw", "/etc/passwd"};
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        struct arena *a = arena_new();
        struct str bytes;
        struct err e = {0};
        assert_int_equal(setenv("ESPALIER_DRAW", paths[i], 1), 0);
        assert_false(run_with(4, a, &bytes, &e));
        assert_int_equal(e.code, ERR_NOT_FOUND);
        assert_non_null(strstr(e.text, paths[i]));
        assert_non_null(strstr(e.text, "make install"));
        arena_free(a);
    }
    no_child_is_left();
    (void)state;
}

/* Both pipes full at the same time would stop two programs that write first and read later. */
static void test_large_trees_and_files_flow_both_ways(void **state)
{
    struct arena *a = arena_new();
    struct str bytes;
    struct err e;
    install("cat");
    assert_true(run_with(8 << 20, a, &bytes, &e));
    assert_int_equal(bytes.n, (8 << 20) + strlen("{\"text\":\"\"}"));
    assert_false(run_with(DRAW_INPUT_MAX, a, &bytes, &e));
    assert_int_equal(e.code, ERR_LIMIT);
    install("cat >/dev/null; exec cat /dev/zero");
    assert_false(run_with(4, a, &bytes, &e));
    assert_int_equal(e.code, ERR_LIMIT);
    no_child_is_left();
    arena_free(a);
    (void)state;
}

static void test_a_child_that_goes_early_does_not_end_its_parent(void **state)
{
    struct arena *a = arena_new();
    struct str bytes;
    struct err e;
    (void)signal(SIGPIPE, SIG_DFL);
    install("exec <&-; printf FILE");
    assert_true(run_with(8 << 20, a, &bytes, &e));
    no_child_is_left();
    arena_free(a);
    (void)state;
}

static void test_one_that_hangs_is_ended_when_it_is_given_up(void **state)
{
    struct draw *d;
    struct err e;
    bool done = true;
    json_t *tree = json_pack("{s:s}", "draw", "board");
    install("exec sleep 100");
    assert_true(draw_start(tree, &d, &e));
    int64_t before = clock_steady();
    assert_true(draw_step(d, 0, &done, &e));
    assert_false(done);
    assert_true(draw_step(d, 20, &done, &e));
    assert_false(done);
    assert_true(clock_steady() - before < 10000);
    assert_true(draw_read_fd(d) >= 0);
    draw_end(d);
    no_child_is_left();
    json_decref(tree);
    (void)state;
}

static void test_what_is_no_such_file_is_refused(void **state)
{
    static const struct {
        const char *format, *script;
        bool ok;
    } rows[] = {{"pdf", "printf '%%PDF-1.5'", true}, {"pdf", "echo hello", false},
                {"svg", "printf '<?xml?>'", true},   {"svg", "printf '<html>'", false},
                {"png", "printf '\\211PNG'", true},  {"png", "printf '%%PDF-1.5'", false}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct arena *a = arena_new();
        struct str bytes;
        struct err e;
        json_t *tree = json_pack("{s:s}", "format", rows[i].format);
        install(rows[i].script);
        if (draw_all(a, tree, NULL, NULL, &bytes, &e) != rows[i].ok)
            fail_msg("%s: %s", rows[i].format, rows[i].script);
        json_decref(tree);
        arena_free(a);
    }
    (void)state;
}

static void count_tick(void *user)
{
    ++*(int *)user;
}

static void test_waiting_is_shown(void **state)
{
    struct arena *a = arena_new();
    struct str bytes;
    struct err e;
    int ticks = 0;
    json_t *tree = json_object();
    install("sleep 0.5; printf FILE");
    assert_true(draw_all(a, tree, count_tick, &ticks, &bytes, &e));
    assert_true(ticks >= 1 && ticks <= 6);
    json_decref(tree);
    arena_free(a);
    (void)state;
}

/* What the child finds: three streams, no secret, no standing signal mask. */
static void test_it_inherits_nothing(void **state)
{
    struct arena *a = arena_new();
    struct str bytes;
    struct err e;
    int open_before = open("/dev/null", O_RDONLY);
    assert_true(open_before >= 0);
    assert_int_equal(setenv("ESPALIER_DB", "/secret", 1), 0);
    install("exec ls /proc/self/fd");
    assert_true(run_with(4, a, &bytes, &e));
    assert_true(str_is(bytes, "0\n1\n2\n3\n")); /* the last one is the folder that ls reads */
    install("env");
    assert_true(run_with(4, a, &bytes, &e));
    assert_int_equal(str_find(bytes, STR("ESPALIER"), 0), bytes.n);
    assert_int_equal(str_find(bytes, STR("/secret"), 0), bytes.n);
    assert_true(str_find(bytes, STR("LC_ALL=C.UTF-8"), 0) < bytes.n);
    (void)close(open_before);
    arena_free(a);
    (void)state;
}

static int make_folder(void **state)
{
    (void)snprintf(folder, sizeof folder, "/tmp/test_draw.XXXXXX");
    (void)state;
    if (!mkdtemp(folder))
        return -1;
    (void)snprintf(program, sizeof program, "%s/espalier-draw", folder);
    return 0;
}

static int remove_folder(void **state)
{
    (void)state;
    (void)unlink(program);
    return rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_it_makes_of_the_program),
        cmocka_unit_test(test_a_missing_program_is_explained),
        cmocka_unit_test(test_large_trees_and_files_flow_both_ways),
        cmocka_unit_test(test_a_child_that_goes_early_does_not_end_its_parent),
        cmocka_unit_test(test_one_that_hangs_is_ended_when_it_is_given_up),
        cmocka_unit_test(test_what_is_no_such_file_is_refused),
        cmocka_unit_test(test_waiting_is_shown),
        cmocka_unit_test(test_it_inherits_nothing),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
