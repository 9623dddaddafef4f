#include "web/guard.h"

#include "base/random.h"

#include <assert.h>
#include <event2/buffer.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

enum state { STATE_IDLE, STATE_HEAD, STATE_BODY, STATE_REFUSED };

struct connection {
    struct connection *next, **back; /* oldest first */
    struct guard *guard;
    struct bufferevent *outer, *inner; /* as evhttp sees it; as the socket sees it */
    struct event *deadline;
    enum state state;
    size_t left; /* of the body */
    bool trusted, stream;
};

struct guard {
    struct guard_options o;
    struct connection *first, **last;
    size_t n;
    char secret[65]; /* in the guard's own path, so that nobody else can ask for it */
};

static struct timeval seconds_or(struct timeval given, int seconds)
{
    return given.tv_sec || given.tv_usec ? given : (struct timeval){.tv_sec = seconds};
}

struct guard *guard_new(const struct guard_options *o)
{
    struct guard *g = mem_new(sizeof *g);
    g->o = *o;
    g->o.header = seconds_or(o->header, GUARD_HEADER_SECONDS);
    g->o.body = seconds_or(o->body, GUARD_BODY_SECONDS);
    g->o.idle = seconds_or(o->idle, GUARD_IDLE_SECONDS);
    g->last = &g->first;
    random_secret(g->secret);
    return g;
}

/* The connections are evhttp's: freeing it has freed them. */
void guard_free(struct guard *g)
{
    if (!g)
        return;
    assert(g->n == 0);
    free(g);
}

size_t guard_count(const struct guard *g)
{
    return g->n;
}

/* Ends a connection as if the other side had gone: evhttp cleans up. */
static void hang_up(struct connection *c)
{
    evutil_socket_t fd = bufferevent_getfd(c->inner);
    c->state = STATE_REFUSED;
    if (fd >= 0)
        (void)shutdown(fd, SHUT_RDWR);
}

static void on_deadline(evutil_socket_t fd, short what, void *connection)
{
    (void)fd;
    (void)what;
    hang_up(connection);
}

static void wait_at_most(struct connection *c, enum state state)
{
    const struct guard_options *o = &c->guard->o;
    c->state = state;
    if (c->stream)
        return;
    (void)event_add(c->deadline,
                    state == STATE_HEAD       ? &o->header
                        : state == STATE_BODY ? &o->body
                                              : &o->idle);
}

static void on_free(void *connection)
{
    struct connection *c = connection;
    *c->back = c->next;
    if (c->next)
        c->next->back = c->back;
    else
        c->guard->last = c->back;
    c->guard->n--;
    event_free(c->deadline);
    free(c);
}

/* evhttp reads a request for our own path in place of what came, and nothing after it. */
static void refuse(struct connection *c, struct evbuffer *to, int status)
{
    (void)evbuffer_add_printf(to, "GET /%s/%d HTTP/1.1\r\nHost: guard\r\nConnection: close\r\n\r\n",
                              c->guard->secret, status);
    wait_at_most(c, STATE_HEAD); /* the time the answer may take to be read */
    c->state = STATE_REFUSED;
}

int guard_status(const struct guard *g, struct str path)
{
    struct str rest, secret = str_split(str_part(path, path.n > 0, path.n), '/', &rest);
    if (!str_is(secret, g->secret) || rest.n != 3)
        return 0;
    return (rest.p[0] - '0') * 100 + (rest.p[1] - '0') * 10 + (rest.p[2] - '0');
}

void guard_trust(struct guard *g, const struct bufferevent *connection, bool stream)
{
    for (struct connection *c = g->first; c; c = c->next) {
        if (c->outer != connection)
            continue;
        c->trusted = true;
        c->stream = stream;
        if (stream)
            (void)event_del(c->deadline);
    }
}

/* What can be said of a head that has not ended: 0 if it may still become a good one. */
static int judge_part(struct evbuffer *from, size_t n)
{
    struct evbuffer_ptr feed = evbuffer_search(from, "\n", 1, NULL);
    size_t first = feed.pos < 0 ? n : (size_t)feed.pos;
    while (feed.pos >= 0) {
        unsigned char before[1] = {0};
        struct evbuffer_ptr at;
        if (feed.pos == 0 || evbuffer_ptr_set(from, &at, (size_t)feed.pos - 1, EVBUFFER_PTR_SET) ||
            evbuffer_copyout_from(from, &at, before, 1) != 1 || before[0] != '\r')
            return 400;
        (void)evbuffer_ptr_set(from, &feed, 1, EVBUFFER_PTR_ADD);
        feed = evbuffer_search(from, "\n", 1, &feed);
    }
    if (first > GUARD_LINE_MAX)
        return 414;
    return n > GUARD_LINE_MAX + GUARD_HEADERS_MAX ? 431 : 0;
}

/* Moves a whole head, or refuses it.  False: there is not enough of it yet. */
static bool pass_head(struct connection *c, struct evbuffer *from, struct evbuffer *to)
{
    struct guard_head head;
    size_t n = evbuffer_get_length(from);
    struct evbuffer_ptr end = evbuffer_search(from, "\r\n\r\n", 4, NULL);
    int status = judge_part(from, end.pos < 0 ? n : (size_t)end.pos + 4);
    if (c->state == STATE_IDLE)
        wait_at_most(c, STATE_HEAD);
    if (end.pos < 0 && status == 0)
        return false;
    if (status == 0) {
        n = (size_t)end.pos + 4;
        status =
            guard_read_head((struct str){(char *)evbuffer_pullup(from, (ev_ssize_t)n), n}, &head);
    }
    if (status == 0 && head.length > c->guard->o.body_limit(head.method, head.path))
        status = 413;
    if (status != 0) {
        refuse(c, to, status);
        return true;
    }
    c->left = head.length;
    (void)evbuffer_remove_buffer(from, to, n);
    wait_at_most(c, c->left ? STATE_BODY : STATE_IDLE);
    return true;
}

static void pass_body(struct connection *c, struct evbuffer *from, struct evbuffer *to)
{
    size_t n = evbuffer_get_length(from), part = n < c->left ? n : c->left;
    (void)evbuffer_remove_buffer(from, to, part);
    c->left -= part;
    if (c->left == 0)
        wait_at_most(c, STATE_IDLE);
}

static enum bufferevent_filter_result pass(struct evbuffer *from, struct evbuffer *to,
                                           ev_ssize_t limit, enum bufferevent_flush_mode mode,
                                           void *connection)
{
    struct connection *c = connection;
    size_t before = evbuffer_get_length(to);
    bool more = true;
    (void)limit;
    (void)mode;
    while (more && evbuffer_get_length(from) > 0) {
        if (c->state == STATE_REFUSED)
            (void)evbuffer_drain(from, evbuffer_get_length(from));
        else if (c->state == STATE_BODY)
            pass_body(c, from, to);
        else
            more = pass_head(c, from, to);
    }
    return evbuffer_get_length(to) > before ? BEV_OK : BEV_NEED_MORE;
}

/* Too many: the oldest that has not shown that it may come in is ended; if all have, the oldest. */
static void make_room(struct guard *g)
{
    struct connection *victim = g->first;
    if (g->n < GUARD_CONNECTIONS)
        return;
    for (struct connection *c = g->first; c; c = c->next)
        if (!c->trusted && c->state != STATE_REFUSED) {
            victim = c;
            break;
        }
    hang_up(victim);
}

struct bufferevent *guard_connection(struct event_base *base, void *guard)
{
    struct guard *g = guard;
    struct connection *c = mem_new(sizeof *c);
    make_room(g);
    c->guard = g;
    c->inner = bufferevent_socket_new(base, -1, BEV_OPT_CLOSE_ON_FREE);
    c->deadline = evtimer_new(base, on_deadline, c);
    c->outer = bufferevent_filter_new(c->inner, pass, NULL, BEV_OPT_CLOSE_ON_FREE, on_free, c);
    assert(c->inner && c->deadline && c->outer);
    c->back = g->last;
    *g->last = c;
    g->last = &c->next;
    g->n++;
    wait_at_most(c, STATE_HEAD);
    c->state = STATE_IDLE;
    return c->outer;
}
