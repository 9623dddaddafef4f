/* The parent's side of espalier-draw. */
#include "document/draw.h"

#include "base/clock.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { IN, OUT, SAID, PIPES };
enum { CANNOT_START = 126 };
enum { PIECE = 1 << 16, PIECES = 64, SAID_MAX = 800, ENDING_MS = 1000, TICK_MS = 100 };

struct draw {
    struct arena *a;
    struct str input; /* what is not written yet */
    struct buf output, said;
    const char *kind; /* "pdf", "svg", "png" */
    int64_t deadline;
    pid_t child; /* 0: it has ended */
    bool complete;
    int fds[PIPES];
};

static void close_fd(int *fd)
{
    if (*fd >= 0)
        (void)close(*fd);
    *fd = -1;
}

/* Beside this program, never along PATH: what draws sees what clients said. */
static bool find_program(struct arena *a, struct str *path, struct err *e)
{
    char self[PATH_MAX];
    const char *named = getenv("ESPALIER_DRAW");
    ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
    while (n > 0 && self[n - 1] != '/')
        n--;
    *path = named && *named ? str_copy(a, str_of(named))
                            : str_format(a, "%.*sespalier-draw", n > 0 ? (int)n : 0, self);
    if (strchr(path->p, '/') && access(path->p, X_OK) == 0)
        return true;
    return err_set(e, ERR_NOT_FOUND,
                   "PDF, SVG and PNG are made by a second program, espalier-draw, which cannot be "
                   "started from %s. `make all` builds it, `make install` puts both programs side "
                   "by side; ESPALIER_DRAW can name another place, as a path. Text, Markdown, HTML "
                   "and JSON do without it.",
                   path->p);
}

/* What it needs to find fonts, and nothing that belongs to the practice. */
static char **environment(struct arena *a)
{
    static char locale[] = "LC_ALL=C.UTF-8";
    static const char *const kept[] = {"HOME",
                                       "XDG_CACHE_HOME",
                                       "XDG_CONFIG_HOME",
                                       "XDG_DATA_HOME",
                                       "FONTCONFIG_FILE",
                                       "FONTCONFIG_PATH",
                                       "FONTCONFIG_SYSROOT"};
    enum { KEPT = sizeof kept / sizeof kept[0] };
    char **list = arena_alloc(a, (KEPT + 2) * sizeof *list);
    size_t n = 0;
    list[n++] = locale;
    for (size_t i = 0; i < KEPT; i++)
        if (getenv(kept[i]))
            list[n++] = (char *)(uintptr_t)str_format(a, "%s=%s", kept[i], getenv(kept[i])).p;
    return list;
}

/* Pipes of which ends[0] are the child's and ends[1] ours. */
static bool open_pipes(int ends[PIPES][2])
{
    for (int i = 0; i < PIPES; i++)
        ends[i][0] = ends[i][1] = -1;
    for (int i = 0; i < PIPES; i++) {
        int both[2];
        if (pipe2(both, O_CLOEXEC) != 0)
            return false;
        ends[i][0] = both[i != IN];
        ends[i][1] = both[i == IN];
        if (fcntl(ends[i][1], F_SETFL, O_NONBLOCK) != 0)
            return false;
    }
    return true;
}

/* Between fork and exec: nothing but system calls. */
static _Noreturn void become(const char *path, char **list, int ends[PIPES][2], pid_t parent)
{
    sigset_t none;
    (void)sigemptyset(&none);
    (void)sigprocmask(SIG_SETMASK, &none, NULL);
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent)
        _exit(CANNOT_START);
    /* First out of the way of the standard streams, which may have been closed. */
    for (int i = 0; i < PIPES; i++)
        ends[i][0] = fcntl(ends[i][0], F_DUPFD_CLOEXEC, PIPES);
    for (int i = 0; i < PIPES; i++)
        if (ends[i][0] < 0 || dup2(ends[i][0], i) < 0)
            _exit(CANNOT_START);
    (void)syscall(SYS_close_range, PIPES, ~0U, 0);
    static char name[] = "espalier-draw";
    char *const words[] = {name, NULL};
    (void)execve(path, words, list);
    _exit(CANNOT_START);
}

static bool start_child(struct draw *d, const char *path, struct err *e)
{
    int ends[PIPES][2];
    char **list = environment(d->a);
    pid_t parent = getpid();
    bool ok = open_pipes(ends);
    pid_t child = ok ? fork() : -1;
    if (child == 0)
        become(path, list, ends, parent);
    int why = errno;
    for (int i = 0; i < PIPES; i++) {
        close_fd(&ends[i][0]);
        d->fds[i] = ends[i][1];
    }
    if (child < 0)
        return err_set(e, ERR_DISK, "espalier-draw cannot be started: %s.", strerror(why));
    d->child = child;
    return true;
}

bool draw_start(const json_t *tree, struct draw **out, struct err *e)
{
    struct arena *a = arena_new();
    struct draw *d = arena_alloc(a, sizeof *d);
    struct str path;
    *d = (struct draw){.a = a, .output = {.a = a}, .said = {.a = a}, .fds = {-1, -1, -1}};
    d->input = json_write(a, tree);
    d->kind = str_copy(a, json_member(tree, "format")).p;
    d->deadline = clock_steady() + DRAW_SECONDS * 1000;
    *out = NULL;
    bool ok = d->input.n <= DRAW_INPUT_MAX ||
        err_set(e, ERR_LIMIT, "What is to be drawn is larger than %d MiB.", DRAW_INPUT_MAX >> 20);
    ok = ok && find_program(a, &path, e) && start_child(d, path.p, e);
    if (!ok)
        draw_end(d);
    else
        *out = d;
    return ok;
}

/* Writing to a child that has gone is no reason for this program to end, whatever it does with
 * SIGPIPE elsewhere. */
static ssize_t write_quietly(int fd, struct str bytes)
{
    static const struct timespec at_once = {0, 0};
    sigset_t pipe, before, waiting;
    (void)sigemptyset(&pipe);
    (void)sigaddset(&pipe, SIGPIPE);
    (void)sigpending(&waiting);
    (void)sigprocmask(SIG_BLOCK, &pipe, &before);
    ssize_t n = write(fd, bytes.p, bytes.n);
    int why = errno;
    if (n < 0 && why == EPIPE && !sigismember(&waiting, SIGPIPE))
        while (sigtimedwait(&pipe, NULL, &at_once) < 0 && errno == EINTR)
            ;
    (void)sigprocmask(SIG_SETMASK, &before, NULL);
    errno = why;
    return n;
}

static bool again(void)
{
    return errno == EAGAIN || errno == EINTR;
}

/* Writes what the pipe takes.  A child that does not want more says so on its own. */
static void write_input(struct draw *d)
{
    while (d->fds[IN] >= 0 && d->input.n > 0) {
        ssize_t n = write_quietly(d->fds[IN], d->input);
        if (n < 0 && again())
            return;
        d->input = n < 0 ? STR("") : str_part(d->input, (size_t)n, d->input.n);
    }
    close_fd(&d->fds[IN]);
}

/* Reads what is there into `b`; what goes over `limit` is dropped. */
static void read_pipe(struct draw *d, int which, struct buf *b, size_t limit)
{
    char piece[PIECE];
    for (int i = 0; i < PIECES && d->fds[which] >= 0; i++) {
        ssize_t n = read(d->fds[which], piece, sizeof piece);
        if (n < 0 && again())
            return;
        if (n <= 0)
            close_fd(&d->fds[which]);
        else if (b->n <= limit)
            buf_add(b, (struct str){piece, (size_t)n});
    }
}

/* The end of the child; its status, or -1 if somebody else has fetched it. */
static int fetch(pid_t child, int options, pid_t *ended)
{
    int status = -1;
    do
        *ended = waitpid(child, &status, options);
    while (*ended < 0 && errno == EINTR);
    return *ended == child ? status : -1;
}

static void kill_child(struct draw *d)
{
    pid_t ended;
    if (d->child > 0) {
        (void)kill(d->child, SIGKILL);
        (void)fetch(d->child, 0, &ended);
    }
    d->child = 0;
}

/* A child that has closed its streams ends within the moment; one that does not is ended. */
static int end_of_child(struct draw *d)
{
    pid_t ended = 0;
    int status = -1;
    for (int64_t until = clock_steady() + ENDING_MS; ended == 0 && clock_steady() < until;) {
        status = fetch(d->child, WNOHANG, &ended);
        if (ended == 0)
            (void)poll(NULL, 0, 1);
    }
    if (ended == 0)
        kill_child(d);
    d->child = 0;
    return ended == 0 ? SIGKILL : status;
}

/* Does it begin like a file of its kind?  A shell that says something is no drawing. */
static bool is_kind(const struct draw *d)
{
    static const struct {
        const char *kind;
        struct str begins;
    } kinds[] = {{"pdf", {"%PDF-", 5}}, {"svg", {"<?xml", 5}}, {"png", {"\x89PNG", 4}}};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (strcmp(d->kind, kinds[i].kind) == 0)
            return str_starts((struct str){d->output.p, d->output.n}, kinds[i].begins);
    return true;
}

static bool judge(struct draw *d, int status, struct err *e)
{
    struct str said = str_trim(buf_str(&d->said));
    said = text_safe(d->a, str_part(said, 0, utf8_cut(said, SAID_MAX)), false);
    if (status != -1 && WIFSIGNALED(status))
        return err_set(e, ERR_DATA,
                       "espalier-draw was stopped by the system (signal %d) before the file was "
                       "complete. Nothing was written.",
                       WTERMSIG(status));
    if (status != -1 && WEXITSTATUS(status) != 0 && said.n > 0)
        return err_set(e, ERR_DATA, "%.*s", STR_ARG(said));
    if (status != -1 && WEXITSTATUS(status) >= CANNOT_START)
        return err_set(e, ERR_DATA, "espalier-draw is there but cannot be started.");
    if (status != -1 && WEXITSTATUS(status) != 0)
        return err_set(e, ERR_DATA, "espalier-draw failed and did not say why (status %d).",
                       WEXITSTATUS(status));
    if (d->output.n == 0)
        return err_set(e, ERR_DATA, "espalier-draw ended without a file. %.*s", STR_ARG(said));
    return is_kind(d) ||
        err_set(e, ERR_DATA, "espalier-draw gave back something that is no %s file.", d->kind);
}

static bool check_limits(struct draw *d, struct err *e)
{
    if (d->output.n > DRAW_OUTPUT_MAX)
        return err_set(e, ERR_LIMIT, "The drawing is larger than %d MiB.", DRAW_OUTPUT_MAX >> 20);
    if (clock_steady() >= d->deadline)
        return err_set(
            e, ERR_LIMIT,
            "Drawing took longer than %d seconds and was stopped. Fewer or shorter texts "
            "on the page help.",
            DRAW_SECONDS);
    return true;
}

static void wait_for_pipes(const struct draw *d, int milliseconds)
{
    struct pollfd watched[PIPES];
    int64_t left = d->deadline - clock_steady();
    for (int i = 0; i < PIPES; i++)
        watched[i] = (struct pollfd){.fd = d->fds[i], .events = i == IN ? POLLOUT : POLLIN};
    if (milliseconds > left)
        milliseconds = left > 0 ? (int)left : 0;
    (void)poll(watched, PIPES, milliseconds);
}

bool draw_step(struct draw *d, int milliseconds, bool *done, struct err *e)
{
    *done = d->complete;
    if (d->complete)
        return true;
    assert(d->child > 0);
    wait_for_pipes(d, milliseconds);
    write_input(d);
    read_pipe(d, OUT, &d->output, DRAW_OUTPUT_MAX);
    read_pipe(d, SAID, &d->said, PIECE);
    bool ok = check_limits(d, e);
    if (ok && (d->fds[OUT] >= 0 || d->fds[SAID] >= 0))
        return true;
    if (ok)
        ok = judge(d, end_of_child(d), e);
    kill_child(d);
    *done = d->complete = ok;
    return ok;
}

int draw_read_fd(const struct draw *d)
{
    return d->fds[OUT] >= 0 ? d->fds[OUT] : d->fds[SAID];
}

int draw_write_fd(const struct draw *d)
{
    return d->fds[IN];
}

struct str draw_bytes(const struct draw *d)
{
    assert(d->complete);
    return (struct str){d->output.p ? d->output.p : "", d->output.n};
}

void draw_end(struct draw *d)
{
    if (!d)
        return;
    kill_child(d);
    for (int i = 0; i < PIPES; i++)
        close_fd(&d->fds[i]);
    arena_free(d->a);
}

bool draw_all(struct arena *a, const json_t *tree, void (*tick)(void *user), void *user,
              struct str *bytes, struct err *e)
{
    struct draw *d;
    bool done = false, ok = draw_start(tree, &d, e);
    int64_t next = clock_steady() + TICK_MS;
    if (!ok)
        return false;
    while (ok && !done) {
        ok = draw_step(d, TICK_MS, &done, e);
        if (!ok || !tick || clock_steady() < next)
            continue;
        next = clock_steady() + TICK_MS;
        tick(user);
    }
    if (ok)
        *bytes = str_copy(a, draw_bytes(d));
    draw_end(d);
    return ok;
}
