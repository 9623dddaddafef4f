#include "script/script.h"

#include "script/verify.h"
#include "script/wire.h"
#include "script/worker.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

struct script_host {
    int fd;
    pid_t zygote;
    struct script_limits limits;
    char hash[65];
    json_t *program; /* a reference of our own: outcomes are checked against its definition */
    bool running;
};

static struct script_limits with_defaults(const struct script_limits *given)
{
    struct script_limits l = given ? *given : (struct script_limits){0};
    if (l.milliseconds <= 0)
        l.milliseconds = 1000;
    if (l.memory == 0)
        l.memory = (size_t)32 << 20;
    if (l.output == 0)
        l.output = (size_t)1 << 20;
    if (l.instructions <= 0)
        l.instructions = 20000000;
    return l;
}

bool script_host_open(const struct script_limits *limits, struct script_host **out, struct err *e)
{
    int fds[2];
    struct script_limits all = with_defaults(limits);
    /* Hashing of names needs chance once, and the workers may not fetch any. */
    json_object_seed(0);
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds) != 0)
        return err_set(e, ERR_SCRIPT, "The process for scripts cannot be started: %s.",
                       strerror(errno));
    pid_t self = getpid(), pid = fork();
    if (pid == 0)
        zygote_main(fds[1], self, &all);
    (void)close(fds[1]);
    if (pid < 0) {
        (void)close(fds[0]);
        return err_set(e, ERR_SCRIPT, "The process for scripts cannot be started: %s.",
                       strerror(errno));
    }
    struct script_host *h = mem_new(sizeof *h);
    h->fd = fds[0];
    h->zygote = pid;
    h->limits = all;
    *out = h;
    return true;
}

void script_host_close(struct script_host *h)
{
    if (!h)
        return;
    (void)close(h->fd);
    /* It ends when it sees the end of the socket, and its workers with it. */
    while (waitpid(h->zygote, NULL, 0) < 0 && errno == EINTR)
        continue;
    json_decref(h->program);
    free(h);
}

static bool lost(struct err *e)
{
    return err_set(
        e, ERR_SCRIPT,
        "The process for scripts is gone. Nothing is lost: end the program and start it again.");
}

/* Sends all bytes; a zygote that is gone is an error, not a signal. */
static bool send_all(int fd, const char *p, size_t n)
{
    while (n > 0) {
        ssize_t part = send(fd, p, n, MSG_NOSIGNAL);
        if (part < 0 && errno == EINTR)
            continue;
        if (part <= 0)
            return false;
        p += part;
        n -= (size_t)part;
    }
    return true;
}

static bool post_text(struct script_host *h, enum wire_kind kind, struct str text, struct err *e)
{
    char head[WIRE_HEAD] = {0};
    if (text.n > WIRE_REQUEST_MAX)
        return err_set(e, ERR_LIMIT,
                       "Workflow and answers have %zu bytes; scripts can be given %d.", text.n,
                       WIRE_REQUEST_MAX);
    wire_head(head, kind, text.n);
    return (send_all(h->fd, head, sizeof head) && send_all(h->fd, text.p, text.n)) || lost(e);
}

static bool post(struct script_host *h, enum wire_kind kind, const json_t *message, struct err *e)
{
    struct arena *a = arena_new();
    bool ok = post_text(h, kind, json_write_line(a, message), e);
    arena_free(a);
    return ok;
}

bool script_load(struct script_host *h, struct str hash, const json_t *program, struct err *e)
{
    if (h->program && hash.n > 0 && str_is(hash, h->hash))
        return true;
    if (!post(h, WIRE_LOAD, program, e))
        return false;
    json_decref(h->program);
    h->program = json_incref((json_t *)(uintptr_t)program);
    size_t n = hash.n < sizeof h->hash ? hash.n : sizeof h->hash - 1;
    memcpy(h->hash, hash.p, n);
    h->hash[n] = '\0';
    return true;
}

bool script_start_text(struct script_host *h, struct str request, struct err *e)
{
    if (!h->program)
        return err_set(e, ERR_SCRIPT, "No workflow is loaded.");
    if (h->running)
        return err_set(e, ERR_SCRIPT, "A run of the script has not been finished.");
    h->running = post_text(h, WIRE_RUN, request, e);
    return h->running;
}

bool script_start(struct script_host *h, const json_t *request, struct err *e)
{
    struct arena *a = arena_new();
    bool ok = script_start_text(h, json_write_line(a, request), e);
    arena_free(a);
    return ok;
}

/* The next message of the zygote as a tree; unreadable text is NULL. */
static bool receive(struct script_host *h, json_t **out, struct err *e)
{
    char kind, *payload;
    size_t n;
    struct err ignored;
    *out = NULL;
    if (!wire_receive(h->fd, h->limits.output + WIRE_PATH_MAX, &kind, &payload, &n))
        return lost(e);
    if (!json_read((struct str){payload, n}, out, &ignored))
        *out = NULL;
    free(payload);
    return true;
}

/* The next outcome, or what is said instead of one that is not fit to be read. */
static bool take_outcome(struct script_host *h, json_t **outcome, struct err *e)
{
    if (!receive(h, outcome, e))
        return false;
    struct err fault;
    if (*outcome && verify_outcome(json_object_get(h->program, "def"), *outcome, &fault))
        return true;
    if (!*outcome)
        (void)err_set(&fault, ERR_DATA, "it is not JSON");
    json_decref(*outcome);
    *outcome = verify_refusal(json_member(h->program, "script"), str_of(fault.text));
    return true;
}

bool script_finish(struct script_host *h, json_t **outcome, struct err *e)
{
    if (!h->running)
        return err_set(e, ERR_SCRIPT, "No run of the script was started.");
    h->running = false;
    return take_outcome(h, outcome, e);
}

static bool post_many(struct script_host *h, const json_t *request, const json_t *changes,
                      struct err *e)
{
    struct arena *a = arena_new();
    struct buf b = {.a = a};
    char numbers[2 * WIRE_NUMBER] = {0};
    wire_put_number(numbers + WIRE_NUMBER, (uint32_t)json_array_size(changes));
    json_t *whole = json_copy((json_t *)(uintptr_t)request);
    json_object_set(whole, "changes", (json_t *)(uintptr_t)changes);
    buf_add(&b, (struct str){numbers, sizeof numbers});
    buf_add(&b, json_write_line(a, whole));
    bool ok = post_text(h, WIRE_MANY, buf_str(&b), e);
    json_decref(whole);
    arena_free(a);
    return ok;
}

bool script_run_many(struct script_host *h, const json_t *request, const struct script_many *many,
                     struct err *e)
{
    json_t *outcome;
    size_t n = json_array_size(many->changes);
    if (!h->program)
        return err_set(e, ERR_SCRIPT, "No workflow is loaded.");
    if (h->running)
        return err_set(e, ERR_SCRIPT, "A run of the script has not been finished.");
    bool ok = n == 0 || post_many(h, request, many->changes, e);
    h->running = true; /* until all have come nothing else can be asked for */
    for (size_t i = 0; ok && i < n; i++) {
        ok = take_outcome(h, &outcome, e);
        if (ok) {
            many->each(many->user, i, outcome);
            json_decref(outcome);
        }
    }
    h->running = false;
    return ok;
}

bool script_run(struct script_host *h, const json_t *request, json_t **outcome, struct err *e)
{
    return script_start(h, request, e) && script_finish(h, outcome, e);
}

bool script_check(struct script_host *h, const json_t *program, struct diags *d, struct err *e)
{
    json_t *answer;
    if (h->running)
        return err_set(e, ERR_SCRIPT, "A run of the script has not been finished.");
    if (!post(h, WIRE_CHECK, program, e) || !receive(h, &answer, e))
        return false;
    verify_messages(program, answer, d);
    json_decref(answer);
    return true;
}
