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

/* What is to be done: one run, or runs `first` to `count` - 1. */
struct order {
    json_t *request;
    char kind;
    uint32_t first, count;
};

static struct order receive(struct arena *a)
{
    struct order o = {.count = 1};
    char *payload;
    size_t n, skip = 0;
    struct err e;
    if (!wire_receive(FD, WIRE_REQUEST_MAX, &o.kind, &payload, &n))
        _exit(1);
    if (o.kind == WIRE_MANY && n >= 2 * WIRE_NUMBER) {
        o.first = wire_number(payload);
        o.count = wire_number(payload + WIRE_NUMBER);
        skip = 2 * WIRE_NUMBER;
    }
    if (!json_read((struct str){payload + skip, n - skip}, &o.request, &e))
        refuse(a, "E407", STR("the request cannot be read"), str_of(e.text));
    free(payload);
    return o;
}

/* A run with its Lua state made: all that does not depend on the answers. */
static struct run *prepare(struct arena *a, const struct worker *w)
{
    struct run *r = state_new(a, w->program, w->limits);
    r->page = w->page;
    if (r->page)
        memset(r->page, 0, sizeof *r->page);
    state_open(r);
    return r;
}

/* The request of run `i`: its changes put into the answers that all of them share. */
static json_t *request_of(const struct order *o, size_t i)
{
    json_t *request = json_copy(o->request), *value;
    json_t *answers = json_copy(json_object_get(o->request, "answers"));
    const char *key;
    json_object_foreach (json_array_get(json_object_get(o->request, "changes"), i), key, value) {
        if (json_is_null(value))
            (void)json_object_del(answers, key);
        else
            json_object_set(answers, key, value);
    }
    json_object_set_new(request, "answers", answers);
    return request;
}

/* Runs that know nothing of each other: every one has a state and memory of its own. */
static _Noreturn void do_many(const struct worker *w, const struct order *o, struct run *prepared)
{
    for (size_t i = o->first; i < o->count; i++) {
        struct arena *a = arena_new();
        struct run *r = prepared ? prepared : prepare(a, w);
        json_t *request = request_of(o, i);
        state_execute(r, request);
        if (!wire_send(FD, WIRE_OUTCOME, outcome_write(r)))
            _exit(1);
        state_close(r);
        json_decref(request);
        arena_free(a);
        prepared = NULL;
    }
    _exit(0);
}

_Noreturn void worker_main(const struct worker *w)
{
    struct arena *a = arena_new();
    sandbox_close_all(w->fd);
    sandbox_tie_to(w->parent);
    sandbox_limit();
    bool walled = sandbox_enter() || w->limits->trust_scripts;
    if (walled && worker_test_hook)
        worker_test_hook();
    if (!walled) {
        (void)receive(a);
        refuse(a, "E406",
               STR("this machine cannot confine scripts (no seccomp), so they are not run"),
               STR("Use a kernel with seccomp, or start with --trust-scripts if you know who wrote "
                   "every script."));
    }
    if (!w->program)
        give(check_program(a, receive(a).request, w->limits));
    /* Done before the answers come. */
    struct run *r = prepare(a, w);
    struct order o = receive(a);
    if (o.kind == WIRE_MANY)
        do_many(w, &o, r);
    state_execute(r, o.request);
    give(outcome_write(r));
}
