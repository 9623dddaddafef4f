#include "web/drawing.h"

#include "document/draw.h"
#include "practice/french.h"
#include "web/child.h"
#include "web/form.h"

#include <event2/bufferevent.h>
#include <event2/event.h>
#include <stdlib.h>

enum { WORDS_MAX = 24, LOOK_MS = 500 };

/* One visit that is answered later. */
struct job {
    struct job *next;
    struct drawings *all;
    struct visit v; /* with its arena, in which this lives too */
    struct form query, form;
    struct login login;
    json_t *tree;             /* to be drawn */
    struct reply_file file;   /* what the drawing is answered as */
    const char *const *words; /* or another espalier's */
    drawing_done *done;
    struct draw *draw; /* once it runs, one of the two */
    struct child *child;
    struct event *in, *out, *gone;
};

struct drawings {
    struct web *web;
    struct job *first; /* in the order they came: those that run, then those that wait */
    bool ending;
};

struct drawings *drawings_new(struct web *w)
{
    struct drawings *all = mem_new(sizeof *all);
    all->web = w;
    return all;
}

static bool runs(const struct job *job)
{
    return job->draw || job->child;
}

size_t drawings_running(const struct drawings *all)
{
    size_t n = 0;
    for (const struct job *job = all->first; job; job = job->next)
        n += runs(job);
    return n;
}

size_t drawings_waiting(const struct drawings *all)
{
    size_t n = 0;
    for (const struct job *job = all->first; job; job = job->next)
        n += !runs(job);
    return n;
}

static struct bufferevent *bytes_of(const struct job *job)
{
    struct evhttp_connection *connection = evhttp_request_get_connection(job->v.request);
    return connection ? evhttp_connection_get_bufferevent(connection) : NULL;
}

static void unlink_job(struct job *job)
{
    struct job **at = &job->all->first;
    while (*at != job)
        at = &(*at)->next;
    *at = job->next;
}

static void forget(struct job *job)
{
    unlink_job(job);
    if (job->in)
        event_free(job->in);
    if (job->out)
        event_free(job->out);
    if (job->gone)
        event_free(job->gone);
    draw_end(job->draw);
    child_end(job->child);
    json_decref(job->tree);
    arena_free(job->v.a);
}

/* From now on the connection is as any other; nobody tells of its end. */
static void let_go(struct job *job)
{
    if (job->gone)
        (void)event_del(job->gone);
    if (bytes_of(job))
        door_stream(job->all->web->door, bytes_of(job), NULL, NULL);
}

static void fail(struct job *job, const struct err *e)
{
    let_go(job);
    reply_error(&job->v, reply_status_of(e->code), str_of(e->text));
    forget(job);
}

static void deliver(struct job *job)
{
    struct err e = {0};
    bool ok = true;
    let_go(job);
    if (job->draw) {
        job->file.bytes = draw_bytes(job->draw);
        reply_file(&job->v, &job->file);
    } else {
        ok = job->done(&job->v, child_bytes(job->child), &e);
    }
    if (!ok && !job->v.answered)
        reply_error(&job->v, reply_status_of(e.code), str_of(e.text));
    forget(job);
}

static void go_on(evutil_socket_t fd, short what, void *job);

/* Waits for what the child says or takes; looks again by itself too, for its deadline. */
static void wait_for(struct job *job)
{
    static const struct timeval look = {.tv_usec = LOOK_MS * 1000};
    struct event_base *base = job->all->web->base;
    int in = job->draw ? draw_read_fd(job->draw) : child_read_fd(job->child);
    int out = job->draw ? draw_write_fd(job->draw) : -1;
    job->in = event_new(base, in, in < 0 ? 0 : EV_READ, go_on, job);
    (void)event_add(job->in, &look);
    job->out = out < 0 ? NULL : event_new(base, out, EV_WRITE, go_on, job);
    if (job->out)
        (void)event_add(job->out, NULL);
}

/* A step may close the descriptors, so nothing is watched meanwhile. */
static void stop_waiting(struct job *job)
{
    if (job->in)
        event_free(job->in);
    if (job->out)
        event_free(job->out);
    job->in = job->out = NULL;
}

static bool start(struct job *job, struct err *e)
{
    return job->tree ? draw_start(job->tree, &job->draw, e)
                     : child_start(job->words, &job->child, e);
}

/* Those who have waited longest come first. */
static void start_next(struct drawings *all)
{
    struct job *job = all->first;
    while (job && !all->ending && drawings_running(all) < DRAWINGS_AT_ONCE) {
        struct job *next = job->next;
        struct err e;
        practice_speak(job->v.language);
        if (!runs(job) && !start(job, &e))
            fail(job, &e);
        else if (!job->in)
            wait_for(job);
        job = next;
    }
}

static void go_on(evutil_socket_t fd, short what, void *user)
{
    struct job *job = user;
    struct drawings *all = job->all;
    struct err e = {0};
    bool done = false;
    (void)fd;
    (void)what;
    stop_waiting(job);
    practice_speak(job->v.language);
    bool ok = job->draw ? draw_step(job->draw, 0, &done, &e) : child_step(job->child, &done, &e);
    if (ok && !done) {
        wait_for(job);
        return;
    }
    if (ok)
        deliver(job);
    else
        fail(job, &e);
    start_next(all);
}

/* Whoever asked has gone: evhttp has let go of the request, and an answer to it frees it. */
static void on_leave(void *user)
{
    struct job *job = user;
    struct drawings *all = job->all;
    evhttp_send_reply_end(job->v.request);
    forget(job);
    start_next(all);
}

/* While a request is answered evhttp does not look whether its connection still stands. */
static void on_hang_up(evutil_socket_t fd, short what, void *user)
{
    struct job *job = user;
    struct drawings *all = job->all;
    struct err e;
    (void)fd;
    (void)what;
    (void)err_set(&e, ERR_LOCKED, "%s", "");
    fail(job, &e);
    start_next(all);
}

static void watch(struct job *job)
{
    struct bufferevent *bytes = bytes_of(job);
    if (!bytes)
        return;
    door_stream(job->all->web->door, bytes, on_leave, job);
    job->gone =
        event_new(job->all->web->base, bufferevent_getfd(bytes), EV_CLOSED, on_hang_up, job);
    (void)event_add(job->gone, NULL);
}

/* Takes the visit over. */
static struct job *new_job(struct visit *v)
{
    struct drawings *all = v->web->drawings;
    struct job *job = arena_alloc(v->a, sizeof *job), **last = &all->first;
    *job = (struct job){.all = all, .v = *v, .query = *v->query, .form = *v->form};
    if (v->login) {
        job->login = *v->login; /* its place may be given anew before the answer */
        job->v.login = &job->login;
    }
    job->v.query = &job->query;
    job->v.form = &job->form;
    v->later = v->answered = true;
    while (*last)
        last = &(*last)->next;
    *last = job;
    watch(job);
    return job;
}

static bool has_room(struct visit *v, struct err *e)
{
    struct drawings *all = v->web->drawings;
    if (!all->ending && drawings_waiting(all) < DRAWINGS_WAITING)
        return true;
    (void)evhttp_add_header(evhttp_request_get_output_headers(v->request), "Retry-After",
                            str_format(v->a, "%d", DRAWINGS_RETRY).p);
    return err_set(e, ERR_LOCKED, "%s", "");
}

bool drawing_reply(struct visit *v, json_t *tree, const struct reply_file *file, struct err *e)
{
    if (!has_room(v, e)) {
        json_decref(tree);
        return false;
    }
    struct job *job = new_job(v);
    job->tree = tree;
    job->file = *file;
    start_next(job->all);
    return true;
}

bool drawing_ask(struct visit *v, const char *const *words, drawing_done *done, struct err *e)
{
    const char **all = arena_alloc(v->a, WORDS_MAX * sizeof *all);
    size_t n = 0;
    if (!has_room(v, e))
        return false;
    all[n++] = "espalier";
    for (const char *const *one = words; *one && n + 1 < WORDS_MAX; one++)
        all[n++] = *one;
    for (const char *const *one = v->web->o.same_practice; one && *one && n + 1 < WORDS_MAX; one++)
        all[n++] = *one;
    struct job *job = new_job(v);
    job->words = all;
    job->done = done;
    start_next(job->all);
    return true;
}

void drawings_end(struct drawings *all)
{
    struct err e;
    (void)err_set(&e, ERR_LOCKED, "%s", "");
    all->ending = true;
    while (all->first)
        fail(all->first, &e);
}

void drawings_free(struct drawings *all)
{
    if (!all)
        return;
    drawings_end(all);
    free(all);
}
