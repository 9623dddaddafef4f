/* What a worker may not do, tried from inside it; and what the host makes of a worker that answers
 * nonsense. */
#include "script_fixture.h"

#include "script/sandbox.h"
#include "script/wire.h"
#include "script/worker.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Runs an honest script with something done in the worker before; gives the code of the outcome's
 * error. */
static void code_after(void (*hook)(void), char code[8])
{
    worker_test_hook = hook;
    struct script_host *host = fixture_host(NULL);
    json_t *outcome = fixture_run(host, "phase 'define' ask 'topic'", NULL);
    (void)snprintf(code, 8, "%s", json_member(json_object_get(outcome, "error"), "code").p);
    json_decref(outcome);
    script_host_close(host);
    worker_test_hook = NULL;
}

static void do_nothing(void)
{
}

/* Whoever comes here lives still: the host gets something that is no outcome. */
static void survive(void)
{
    (void)!wire_send(3, WIRE_OUTCOME, STR("{}"));
    _exit(0);
}

#define TRY(name, call)    \
    static void name(void) \
    {                      \
        (void)!(call);     \
        survive();         \
    }

TRY(try_write, write(1, "", 0))
TRY(try_open, syscall(SYS_open, "/etc/passwd", O_RDONLY))
TRY(try_openat, openat(AT_FDCWD, "/etc/passwd", O_RDONLY))
TRY(try_openat2, syscall(SYS_openat2, AT_FDCWD, "/etc/passwd", NULL, 0))
TRY(try_socket, socket(AF_INET, SOCK_STREAM, 0))
TRY(try_unix_socket, socket(AF_UNIX, SOCK_STREAM, 0))
TRY(try_connect, syscall(SYS_connect, 3, NULL, 0))
TRY(try_execve, syscall(SYS_execve, "/bin/true", NULL, NULL))
TRY(try_fork, syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0))
TRY(try_clone3, syscall(SYS_clone3, NULL, 0))
TRY(try_ptrace, ptrace(PTRACE_TRACEME, 0, NULL, NULL))
TRY(try_kill, kill(getppid(), 0))
TRY(try_getpid, syscall(SYS_getpid))
TRY(try_unlink, unlink("/tmp/espalier-no-such-file"))
TRY(try_rename, rename("/tmp/a", "/tmp/b"))
TRY(try_mkdir, mkdir("/tmp/espalier-no-such-folder", 0700))
TRY(try_chmod, chmod("/tmp/espalier-no-such-file", 0777))
TRY(try_getdents, syscall(SYS_getdents64, 3, NULL, 0))
TRY(try_readlink, syscall(SYS_readlinkat, -1, "x", NULL, 0))
TRY(try_dup, dup(3))
TRY(try_pipe, pipe2((int[2]){0, 0}, 0))
TRY(try_memfd, syscall(SYS_memfd_create, "x", 0))
TRY(try_mprotect, mprotect(NULL, 4096, PROT_READ | PROT_EXEC))
TRY(try_executable_memory,
    mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != NULL)
TRY(try_prctl, prctl(PR_SET_DUMPABLE, 1))
TRY(try_setrlimit, setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0}))
TRY(try_io_uring, syscall(SYS_io_uring_setup, 1, NULL))
TRY(try_bpf, syscall(SYS_bpf, 0, NULL, 0))
TRY(try_userfaultfd, syscall(SYS_userfaultfd, 0))
TRY(try_process_vm, syscall(SYS_process_vm_readv, 1, NULL, 0, NULL, 0, 0))
TRY(try_getrandom, syscall(SYS_getrandom, NULL, 0, 0))
TRY(try_nanosleep, syscall(SYS_nanosleep, NULL, NULL))

static void forbidden_calls_kill(void **state)
{
    static const struct {
        const char *name;
        void (*hook)(void);
    } rows[] = {
        {"open", try_open},
        {"openat", try_openat},
        {"openat2", try_openat2},
        {"socket", try_socket},
        {"unix", try_unix_socket},
        {"connect", try_connect},
        {"execve", try_execve},
        {"fork", try_fork},
        {"clone3", try_clone3},
        {"ptrace", try_ptrace},
        {"kill", try_kill},
        {"getpid", try_getpid},
        {"unlink", try_unlink},
        {"rename", try_rename},
        {"mkdir", try_mkdir},
        {"chmod", try_chmod},
        {"getdents", try_getdents},
        {"readlink", try_readlink},
        {"dup", try_dup},
        {"pipe", try_pipe},
        {"memfd", try_memfd},
        {"mprotect", try_mprotect},
        {"prctl", try_prctl},
        {"executable memory", try_executable_memory},
        {"setrlimit", try_setrlimit},
        {"io_uring", try_io_uring},
        {"bpf", try_bpf},
        {"userfaultfd", try_userfaultfd},
        {"process_vm_readv", try_process_vm},
        {"getrandom", try_getrandom},
        {"nanosleep", try_nanosleep},
    };
    char code[8];
    (void)state;
    if (SANDBOX_SANITIZED)
        skip();
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        code_after(rows[i].hook, code);
        if (strcmp(code, "E405") != 0)
            fail_msg("%s ends in \"%s\", not in death", rows[i].name, code);
    }
}

/* Without these the test above would prove nothing. */
static void controls_live(void **state)
{
    char code[8];
    (void)state;
    code_after(do_nothing, code);
    assert_string_equal(code, "");
    code_after(try_write, code);
    assert_string_equal(code, "E407");
}

static void nonsense(const char *text)
{
    (void)!wire_send(3, WIRE_OUTCOME, str_of(text));
    _exit(0);
}

#define SAY(name, text)    \
    static void name(void) \
    {                      \
        nonsense(text);    \
    }
#define REST                                                                                       \
    "\"messages\":[],\"canvas\":[],\"outputs\":[],\"advice\":[],\"log\":[],\"phases_entered\":[]," \
    "\"phase\":null,"                                                                              \
    "\"done\":true,\"today\":null,\"error\":null}"
#define ENTRY(key, id)                  \
    "{\"key\":\"" key "\",\"id\":\"" id \
    "\",\"state\":\"open\",\"required\":true,\"phase\":\"define\",\"step\":null,\"line\":1}"
SAY(say_nothing, "")
SAY(say_no_json, "{\"path\":")
SAY(say_list, "[]")
SAY(say_bad_utf8, "{\"path\":\"\xff\"}")
SAY(say_twice, "{\"path\":[],\"path\":[]}")
SAY(say_whole, "{\"path\":[]," REST)
SAY(say_more, "{\"extra\":1,\"path\":[]," REST)
SAY(say_no_list, "{\"path\":{}," REST)
SAY(say_good_entry, "{\"path\":[" ENTRY("define/topic", "topic") "]," REST)
SAY(say_unknown_id, "{\"path\":[" ENTRY("define/gossip", "gossip") "]," REST)
SAY(say_bad_key, "{\"path\":[" ENTRY("define/../topic", "topic") "]," REST)
SAY(say_empty_segment, "{\"path\":[" ENTRY("define//topic", "topic") "]," REST)
SAY(say_no_phase, "{\"path\":[" ENTRY("topic", "topic") "]," REST)
SAY(say_same_key,
    "{\"path\":[" ENTRY("define/topic", "topic") "," ENTRY("define/topic", "topic") "]," REST)
SAY(say_number, "{\"path\":[7]," REST)
SAY(say_deep, "{\"path\":[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]," REST)

/* A length that is a lie, then silence. */
static void say_long(void)
{
    char head[WIRE_HEAD];
    wire_head(head, WIRE_OUTCOME, (size_t)1 << 31);
    (void)!wire_write(3, head, sizeof head);
    _exit(0);
}

/* More than was announced. */
static void say_too_much(void)
{
    (void)!wire_send(3, WIRE_OUTCOME, STR("{\"path\":[]," REST));
    (void)!wire_write(3, "more", 4);
    _exit(0);
}

static void say_other_kind(void)
{
    (void)!wire_send(3, WIRE_LOAD, STR("{}"));
    _exit(0);
}

static void say_half(void)
{
    char head[WIRE_HEAD];
    wire_head(head, WIRE_OUTCOME, 100);
    (void)!wire_write(3, head, sizeof head);
    _exit(0);
}

static void die_at_once(void)
{
    _exit(0);
}

static void crash(void)
{
    __builtin_trap();
}

static void answers_are_checked_like_a_strangers(void **state)
{
    static const struct {
        const char *sentence, *code;
        void (*hook)(void);
    } rows[] = {
        {"a whole outcome is taken", "", say_whole},
        {"with an entry of a known question", "", say_good_entry},
        {"nothing", "E407", say_nothing},
        {"half a document", "E407", say_no_json},
        {"a list", "E407", say_list},
        {"bytes that are no text", "E407", say_bad_utf8},
        {"a member twice", "E407", say_twice},
        {"an unknown member", "E407", say_more},
        {"an object for a list", "E407", say_no_list},
        {"a question that does not exist", "E407", say_unknown_id},
        {"a key with dots", "E407", say_bad_key},
        {"a key with an empty part", "E407", say_empty_segment},
        {"a key without a phase", "E407", say_no_phase},
        {"a key twice", "E407", say_same_key},
        {"a number for an entry", "E407", say_number},
        {"lists in lists", "E407", say_deep},
        {"a message of another kind", "E405", say_other_kind},
        {"a length that is a lie", "E404", say_long},
        {"less than announced", "E405", say_half},
        {"death at once", "E405", die_at_once},
        {"a crash", "E405", crash},
    };
    char code[8];
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        code_after(rows[i].hook, code);
        if (strcmp(code, rows[i].code) != 0)
            fail_msg("%s: \"%s\" instead of \"%s\"", rows[i].sentence, code, rows[i].code);
    }
    code_after(say_too_much, code); /* depends on what arrives together */
    assert_true(strcmp(code, "") == 0 || strcmp(code, "E405") == 0);
}

static void hang(void)
{
    for (volatile int i = 0;; i = 1 - i)
        continue;
}

static void a_worker_that_hangs_is_killed(void **state)
{
    char code[8];
    (void)state;
    worker_test_hook = hang;
    struct script_host *host = fixture_host(&(struct script_limits){.milliseconds = 50});
    json_t *outcome = fixture_run(host, "phase 'define'", NULL);
    (void)snprintf(code, sizeof code, "%s",
                   json_member(json_object_get(outcome, "error"), "code").p);
    assert_string_equal(code, "E401");
    json_decref(outcome);
    script_host_close(host);
    worker_test_hook = NULL;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(controls_live),
        cmocka_unit_test(forbidden_calls_kill),
        cmocka_unit_test(answers_are_checked_like_a_strangers),
        cmocka_unit_test(a_worker_that_hangs_is_killed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
