#include "web/child.h"

#include "base/clock.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PIECE = 1 << 16, KINDNESS = 5 /* so that windows are answered first */ };
enum { CANNOT_START = 126 };

extern char **environ;

struct child {
    struct arena *a;
    struct buf output;
    int64_t deadline;
    pid_t pid; /* 0: it has ended */
    int fd;
};

/* Between fork and exec: nothing but system calls. */
static _Noreturn void become(const char *const *words, int out, pid_t parent)
{
    sigset_t none;
    (void)sigemptyset(&none);
    (void)sigprocmask(SIG_SETMASK, &none, NULL);
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
    (void)setpriority(PRIO_PROCESS, 0, KINDNESS);
    int in = open("/dev/null", O_RDONLY | O_CLOEXEC),
        said = open("/dev/null", O_WRONLY | O_CLOEXEC);
    bool ok = getppid() == parent && in >= 0 && said >= 0 && dup2(out, 1) == 1 &&
        dup2(in, 0) == 0 && dup2(said, 2) == 2;
    if (!ok)
        _exit(CANNOT_START);
    (void)syscall(SYS_close_range, 3, ~0U, 0);
    (void)execve("/proc/self/exe", (char *const *)(uintptr_t)words, environ);
    _exit(CANNOT_START);
}

bool child_start(const char *const *words, struct child **out, struct err *e)
{
    struct arena *a = arena_new();
    struct child *c = arena_alloc(a, sizeof *c);
    pid_t parent = getpid();
    int ends[2] = {-1, -1};
    bool ok = pipe2(ends, O_CLOEXEC) == 0 && fcntl(ends[0], F_SETFL, O_NONBLOCK) == 0;
    *c = (struct child){.a = a,
                        .output = {.a = a},
                        .deadline = clock_steady() + CHILD_SECONDS * 1000,
                        .fd = ends[0]};
    c->pid = ok ? fork() : -1;
    if (c->pid == 0)
        become(words, ends[1], parent);
    int why = errno;
    if (ends[1] >= 0)
        (void)close(ends[1]);
    *out = c;
    if (c->pid > 0)
        return true;
    c->pid = 0;
    *out = NULL;
    child_end(c);
    return err_set(e, ERR_DISK, "espalier cannot be started a second time: %s.", strerror(why));
}

/* Reads what is there; true at its end. */
static bool read_all(struct child *c)
{
    char piece[PIECE];
    while (c->output.n <= CHILD_OUTPUT_MAX) {
        ssize_t n = read(c->fd, piece, sizeof piece);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return n == 0 || errno != EAGAIN;
        buf_add(&c->output, (struct str){piece, (size_t)n});
    }
    return false;
}

/* Its status; a child that has closed its output ends within the moment. */
static int fetch(struct child *c)
{
    int status = -1;
    while (waitpid(c->pid, &status, 0) < 0 && errno == EINTR)
        ;
    c->pid = 0;
    return status;
}

bool child_step(struct child *c, bool *done, struct err *e)
{
    *done = read_all(c);
    if (c->output.n > CHILD_OUTPUT_MAX)
        return err_set(e, ERR_LIMIT, "What was found is larger than %d MiB.",
                       CHILD_OUTPUT_MAX >> 20);
    if (!*done && clock_steady() >= c->deadline)
        return err_set(e, ERR_LIMIT, "This took longer than %d seconds and was stopped.",
                       CHILD_SECONDS);
    if (!*done)
        return true;
    int status = fetch(c);
    return (WIFEXITED(status) && WEXITSTATUS(status) == 0) ||
        err_set(e, ERR_DATA, "What stands behind the lines could not be found this time.");
}

int child_read_fd(const struct child *c)
{
    return c->fd;
}

struct str child_bytes(const struct child *c)
{
    return (struct str){c->output.p ? c->output.p : "", c->output.n};
}

void child_end(struct child *c)
{
    if (!c)
        return;
    if (c->pid > 0) {
        (void)kill(c->pid, SIGKILL);
        (void)fetch(c);
    }
    if (c->fd >= 0)
        (void)close(c->fd);
    arena_free(c->a);
}
