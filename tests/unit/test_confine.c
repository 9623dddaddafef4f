/* What the drawing program may not do behind its walls, tried by a child that has put them up; and
 * that each of these works before, so that the test can fail. */
#include "unit.h"

#include "draw/confine.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static char folder[64], file[96], program[96];

static bool connects(void)
{
    return socket(AF_INET, SOCK_STREAM, 0) >= 0;
}

static bool connects_here(void)
{
    return socket(AF_UNIX, SOCK_STREAM, 0) >= 0;
}

static bool writes_a_file(void)
{
    return open(file, O_WRONLY) >= 0;
}

static bool makes_a_file(void)
{
    return openat(AT_FDCWD, program, O_RDONLY | O_CREAT, 0600) >= 0;
}

static bool reads_a_file(void)
{
    return open(file, O_RDONLY) >= 0;
}

static bool moves_a_file(void)
{
    return rename(file, file) == 0;
}

static bool starts_a_process(void)
{
    pid_t child = fork();
    if (child == 0)
        _exit(0);
    return child > 0 && waitpid(child, NULL, 0) == child;
}

static bool starts_a_program(void)
{
    char *const words[] = {program, NULL};
    (void)execv("/bin/true", words);
    return false; /* true ends with status 0, as what works does */
}

static bool sends_a_signal(void)
{
    return kill(getppid(), 0) == 0;
}

static bool is_traced(void)
{
    return ptrace(PTRACE_TRACEME, 0, NULL, NULL) == 0;
}

static bool runs_made_up_code(void)
{
    return mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) !=
        MAP_FAILED;
}

static bool takes_two_gigabytes(void)
{
    return mmap(NULL, (size_t)2 << 30, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED;
}

static bool lifts_a_limit(void)
{
    struct rlimit most = {RLIM_INFINITY, RLIM_INFINITY};
    return setrlimit(RLIMIT_CORE, &most) == 0;
}

/* Tries it in a child: 0 if it works, 1 if not, anything else if the walls could not be put up. */
static int status_of(bool (*act)(void), bool walls)
{
    struct err e;
    int status;
    pid_t child = fork();
    if (child == 0 && walls && !confine(&e))
        _exit(7);
    if (child == 0)
        _exit(act() ? 0 : 1);
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static void test_what_is_denied(void **state)
{
    static const struct {
        const char *sentence;
        bool (*act)(void);
    } rows[] = {
        {"it reaches no network", connects},
        {"nor another program of this machine", connects_here},
        {"it opens no file for writing", writes_a_file},
        {"it makes no file", makes_a_file},
        {"it moves no file", moves_a_file},
        {"it starts no process", starts_a_process},
        {"it starts no program", starts_a_program},
        {"it signals nobody", sends_a_signal},
        {"it lets nobody trace it", is_traced},
        {"it runs no code but its own", runs_made_up_code},
        {"its memory is limited", takes_two_gigabytes},
        {"its limits stay", lifts_a_limit},
    };
    if (!CONFINE_WALLS)
        skip();
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        (void)unlink(program);
        int before = status_of(rows[i].act, false);
        if (before != 0 && rows[i].act != lifts_a_limit && rows[i].act != is_traced)
            fail_msg("%s: without walls it does not work either (%d)", rows[i].sentence, before);
        int behind = status_of(rows[i].act, true);
        if (behind != 1)
            fail_msg("%s: %d", rows[i].sentence, behind);
    }
    (void)state;
}

/* Where the kernel has Landlock; fonts stay readable, or nothing could be drawn. */
static void test_files_that_are_no_fonts_are_hidden(void **state)
{
    if (!CONFINE_WALLS || syscall(SYS_landlock_create_ruleset, NULL, 0, 1) < 0)
        skip();
    assert_int_equal(status_of(reads_a_file, false), 0);
    assert_int_equal(status_of(reads_a_file, true), 1);
    (void)state;
}

static int make_folder(void **state)
{
    (void)state;
    (void)snprintf(folder, sizeof folder, "/tmp/test_confine.XXXXXX");
    if (!mkdtemp(folder))
        return -1;
    (void)snprintf(file, sizeof file, "%s/file", folder);
    (void)snprintf(program, sizeof program, "%s/program", folder);
    FILE *f = fopen(file, "w");
    return f ? fclose(f) : -1;
}

static int remove_folder(void **state)
{
    (void)state;
    (void)unlink(file);
    (void)unlink(program);
    return rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_is_denied),
        cmocka_unit_test(test_files_that_are_no_fonts_are_hidden),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
