#include "script/worker.h"

#include "script/outcome.h"
#include "script/sandbox.h"
#include "script/state.h"
#include "script/wire.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void (*worker_test_hook)(void);

enum { FD = 3 };

static _Noreturn void give(struct str outcome)
{
    _exit(wire_send(FD, WIRE_OUTCOME, outcome) ? 0 : 1);
}

static _Noreturn void refuse(struct arena *a, const char *code, struct str text, struct str help)
{
    struct fault f = {.code = code, .text = text, .help = help};
    give(outcome_of_fault(a, &f, STR("")));
}

/* The next request as a tree. */
static json_t *receive(struct arena *a, char *kind)
{
    char *payload;
    size_t n;
    json_t *request;
    struct err e;
    if (!wire_receive(FD, WIRE_REQUEST_MAX, kind, &payload, &n))
        _exit(1);
    if (!json_read((struct str){payload, n}, &request, &e))
        refuse(a, "E407", STR("the request cannot be read"), str_of(e.text));
    free(payload);
    return request;
}

_Noreturn void worker_main(const struct worker *w)
{
    struct arena *a = arena_new();
    sandbox_close_all(w->fd);
    sandbox_tie_to(w->parent);
    sandbox_limit();
    bool walled = sandbox_enter() || w->limits->trust_scripts;
    char kind;
    if (walled && worker_test_hook)
        worker_test_hook();
    if (!walled) {
        (void)receive(a, &kind);
        refuse(a, "E406",
               STR("this machine cannot confine scripts (no seccomp), so they are not run"),
               STR("Use a kernel with seccomp, or start with --trust-scripts if you know who wrote "
                   "every script."));
    }
    if (!w->program)
        give(check_program(a, receive(a, &kind), w->limits));
    /* All that does not depend on the answers is done before they come. */
    struct run *r = state_new(a, w->program, w->limits);
    r->page = w->page;
    if (r->page)
        memset(r->page, 0, sizeof *r->page);
    state_open(r);
    state_execute(r, receive(a, &kind));
    give(outcome_write(r));
}
