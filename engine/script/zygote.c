#include "script/worker.h"

#include "base/clock.h"
#include "script/exchange.h"
#include "script/outcome.h"
#include "script/sandbox.h"
#include "script/wire.h"

#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { SHARE_MS = 5000 }; /* half of what sandbox.h lets a worker use */

struct child {
    pid_t pid; /* 0: none */
    int fd;
};

struct zygote {
    int host;
    pid_t self;
    struct script_limits limits;
    json_t *program;
    struct status_page *page;
    struct child ready; /* a worker that waits for its request */
    struct child spent; /* one that has given its outcome and is still to be buried */
};

static void child_end(struct child *c, int *status)
{
    if (c->pid == 0)
        return;
    (void)kill(c->pid, SIGKILL);
    while (waitpid(c->pid, status, 0) < 0 && errno == EINTR)
        continue;
    (void)close(c->fd);
    c->pid = 0;
}

static bool child_start(struct zygote *z, const json_t *program, struct child *c)
{
    int fds[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds) != 0)
        return false;
    pid_t pid = fork();
    if (pid == 0) {
        struct worker w = {.program = program,
                           .limits = &z->limits,
                           .page = z->page,
                           .fd = fds[1],
                           .parent = z->self};
        worker_main(&w);
    }
    (void)close(fds[1]);
    if (pid < 0) {
        (void)close(fds[0]);
        return false;
    }
    *c = (struct child){.pid = pid, .fd = fds[0]};
    return fcntl(c->fd, F_SETFL, O_NONBLOCK) == 0;
}

/* The words for a run that gave no outcome.  The page was written by the worker: nothing in it is
 * believed. */
static struct str explain(struct zygote *z, struct arena *a, enum end end, int status)
{
    struct status_page page = {0};
    if (z->page)
        page = *z->page;
    page.key[sizeof page.key - 1] = page.file[sizeof page.file - 1] = '\0';
    struct str key = text_safe(a, str_of(page.key), false);
    struct fault f = {.file = json_member(z->program, "script"),
                      .line = page.line > 0 ? page.line : 0,
                      .column = 1,
                      .width = 1};
    struct str after = key.n > 0 ? str_format(a, " after \"%.*s\"", STR_ARG(key)) : STR("");
    bool memory = WIFEXITED(status) && WEXITSTATUS(status) == err_exit_status(ERR_MEMORY);
    if (end == END_DEADLINE) {
        f.code = "E401";
        f.text = str_format(a, "the script took longer than %d ms%.*s", z->limits.milliseconds,
                            STR_ARG(after));
        f.help = STR("Is there a loop that never ends, or a search in a very long text?");
    } else if (end == END_TOO_LONG) {
        f.code = "E404";
        f.text = STR("the script makes up more than may be kept");
        f.help = STR("Look for a loop that goes round too often.");
    } else if (memory) {
        f.code = "E402";
        f.text = str_format(a, "the script ran out of memory%.*s", STR_ARG(after));
        f.help = STR("Look for a list or a text that grows in a loop.");
    } else {
        f.code = "E405";
        f.text = str_format(a, "the script's process died%.*s", STR_ARG(after));
        f.help = STR("No script should be able to do that: please report it, with the script.");
    }
    return outcome_of_fault(a, &f, key);
}

/* Buries a worker that gave no outcome and tells the host why. */
static bool give_reason(struct zygote *z, struct child *c, enum end end)
{
    struct arena *a = arena_new();
    int status = 0;
    if (end == END_DEATH && c->pid && waitpid(c->pid, &status, WNOHANG) == c->pid) {
        (void)close(c->fd);
        c->pid = 0;
    }
    child_end(c, &status);
    bool ok = wire_send(z->host, WIRE_OUTCOME, explain(z, a, end, status));
    arena_free(a);
    return ok;
}

/* Gives the request to the worker and its outcome, or words instead, to the host. */
static bool serve(struct zygote *z, struct child *c, struct str request)
{
    struct exchange x = {.request = request, .limit = z->limits.output + WIRE_PATH_MAX};
    int64_t deadline = clock_steady() + z->limits.milliseconds;
    enum end end = c->pid ? exchange_run(&x, c->fd, deadline) : END_DEATH;
    bool ok;
    if (end == END_OUTCOME) {
        /* The answer first, then the next worker: this one may take its time to end. */
        ok = wire_write(z->host, x.answer, x.got);
        z->spent = *c;
        c->pid = 0;
    } else {
        ok = give_reason(z, c, end);
    }
    exchange_end(&x);
    return ok;
}

/* Runs from `*first` on by one worker: until all are done, one gives no outcome, or the worker has
 * used so much time that its limit of time would end it in the middle of an honest run. */
static bool serve_share(struct zygote *z, char *message, size_t n, uint32_t *first)
{
    uint32_t count = wire_number(message + WIRE_HEAD + WIRE_NUMBER);
    wire_put_number(message + WIRE_HEAD, *first);
    if (!z->ready.pid)
        (void)child_start(z, z->program, &z->ready);
    struct exchange x = {
        .request = {message, n}, .limit = z->limits.output + WIRE_PATH_MAX, .several = true};
    int64_t began = clock_steady();
    enum end end = z->ready.pid ? END_OUTCOME : END_DEATH;
    bool ok = true;
    while (ok && end == END_OUTCOME && *first < count && clock_steady() - began < SHARE_MS) {
        end = exchange_run(&x, z->ready.fd, clock_steady() + z->limits.milliseconds);
        if (end == END_OUTCOME) {
            ok = wire_write(z->host, x.answer, exchange_first(&x));
            exchange_drop(&x);
            (*first)++;
        }
    }
    if (end != END_OUTCOME) {
        ok = give_reason(z, &z->ready, end);
        (*first)++;
    }
    child_end(&z->ready, NULL);
    exchange_end(&x);
    return ok;
}

static bool serve_many(struct zygote *z, char *message, size_t n)
{
    uint32_t first = 0;
    bool ok = n >= WIRE_HEAD + 2 * WIRE_NUMBER;
    while (ok && first < wire_number(message + WIRE_HEAD + WIRE_NUMBER))
        ok = serve_share(z, message, n, &first);
    return ok;
}

/* One message of the host; false when it is time to end. */
static bool serve_message(struct zygote *z)
{
    char head[WIRE_HEAD];
    if (!wire_read(z->host, head, sizeof head))
        return false;
    size_t n = wire_length(head);
    if (n > WIRE_REQUEST_MAX)
        return false;
    /* Head and payload stay together: that is what the worker gets. */
    char *message = mem_new(WIRE_HEAD + n + 1);
    memcpy(message, head, sizeof head);
    bool ok = wire_read(z->host, message + WIRE_HEAD, n);
    struct str whole = {message, WIRE_HEAD + n};
    struct child checker = {0};
    struct err e;
    if (ok && head[0] == WIRE_LOAD) {
        child_end(&z->ready, NULL);
        json_decref(z->program);
        ok = json_read(str_part(whole, WIRE_HEAD, whole.n), &z->program, &e);
    } else if (ok && head[0] == WIRE_CHECK) {
        (void)child_start(z, NULL, &checker);
        ok = serve(z, &checker, whole);
    } else if (ok && head[0] == WIRE_MANY) {
        ok = serve_many(z, message, whole.n);
    } else if (ok) {
        ok = serve(z, &z->ready, whole);
    }
    free(message);
    return ok;
}

static int order_bytes(const void *a, const void *b)
{
    return *(const char *)a - *(const char *)b;
}

/* What the C library asks the system for once and then remembers, it must ask now: workers may not.
 * Counting days opens the file of a time zone; sorting looks how much memory there is. */
static void warm_up(void)
{
    char bytes[4096] = {1};
    (void)setlocale(LC_ALL, "C");
    (void)setenv("TZ", "UTC0", 1);
    tzset();
    qsort(bytes, sizeof bytes, 1, order_bytes);
}

/* Nothing of what the host does about signals is wanted here.  What a terminal sends to all its
 * processes is the host's business: it closes the socket when it ends. */
static void reset_signals(void)
{
    static const int ignored[] = {SIGINT,  SIGQUIT, SIGTERM, SIGHUP,
                                  SIGPIPE, SIGTSTP, SIGUSR1, SIGUSR2};
    sigset_t none;
    for (int number = 1; number < NSIG; number++)
        (void)signal(number, SIG_DFL);
    for (size_t i = 0; i < sizeof ignored / sizeof ignored[0]; i++)
        (void)signal(ignored[i], SIG_IGN);
    (void)sigemptyset(&none);
    (void)sigprocmask(SIG_SETMASK, &none, NULL);
}

_Noreturn void zygote_main(int fd, int parent, const struct script_limits *limits)
{
    sandbox_close_all(fd);
    sandbox_tie_to(parent);
    reset_signals();
    warm_up();
    struct zygote z = {.host = 3, .self = getpid(), .limits = *limits};
    z.page = mmap(NULL, sizeof *z.page, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (z.page == MAP_FAILED)
        z.page = NULL;
    do {
        if (z.program && !z.ready.pid)
            (void)child_start(&z, z.program, &z.ready);
        child_end(&z.spent, NULL);
    } while (serve_message(&z));
    child_end(&z.ready, NULL);
    _exit(0);
}
