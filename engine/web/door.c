/* How bytes are held back: whatever a socket's bufferevent has read is taken out of its input at
 * once, in the buffer's own callback, before evhttp is told.  A head goes back in when it is whole
 * and good, a body as it comes. */
#include "web/door.h"

#include "base/random.h"

#include <assert.h>
#include <errno.h>
#include <event2/buffer.h>
#include <event2/http.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { RESTS = 16 };
enum state { STATE_IDLE, STATE_HEAD, STATE_BODY, STATE_REFUSED };

struct connection {
    struct connection *next, **back; /* oldest first */
    struct door *door;
    struct bufferevent *bytes; /* evhttp's; lives as long as this */
    struct evbuffer *held;     /* came, and evhttp has not been shown it */
    struct event *deadline, *stall, *known;
    void (*leave)(void *user);
    void *user;
    enum state state;
    size_t left; /* of the body */
    bool trusted, stream, passing;
    bool met;     /* evhttp's side of it is known */
    bool settled; /* it has had its chance to say something */
    bool ended;   /* by us */
};

/* What a refused connection still sends. */
struct rest {
    struct rest *next, **back;
    struct door *door;
    struct event *input, *deadline;
};

struct door {
    struct door_options o;
    struct connection *first, **last;
    size_t n, rests_n;
    struct rest *rests;
    char secret[65]; /* in the door's own path, so that nobody else can ask for it */
};

static struct timeval seconds_or(struct timeval given, int seconds)
{
    return given.tv_sec || given.tv_usec ? given : (struct timeval){.tv_sec = seconds};
}

struct door *door_new(const struct door_options *o)
{
    struct door *d = mem_new(sizeof *d);
    d->o = *o;
    d->o.header = seconds_or(o->header, DOOR_HEADER_SECONDS);
    d->o.body = seconds_or(o->body, DOOR_BODY_SECONDS);
    d->o.idle = seconds_or(o->idle, DOOR_IDLE_SECONDS);
    d->o.stall = seconds_or(o->stall, DOOR_STALL_SECONDS);
    d->last = &d->first;
    random_secret(d->secret);
    return d;
}

static void forget(struct connection *c)
{
    *c->back = c->next;
    if (c->next)
        c->next->back = c->back;
    else
        c->door->last = c->back;
    c->door->n--;
    event_free(c->deadline);
    event_free(c->stall);
    event_free(c->known);
    evbuffer_free(c->held);
    free(c);
}

static void end_rest(struct rest *r)
{
    *r->back = r->next;
    if (r->next)
        r->next->back = r->back;
    r->door->rests_n--;
    (void)close(event_get_fd(r->input));
    event_free(r->input);
    event_free(r->deadline);
    free(r);
}

static void on_rest(evutil_socket_t fd, short what, void *rest)
{
    char bytes[16 << 10];
    ssize_t n = what & EV_READ ? read(fd, bytes, sizeof bytes) : 0;
    if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR))
        end_rest(rest);
}

/* To close while the other side is still sending would take the answer away from it before it has
 * read it: what comes is read for a while, and forgotten. */
static void let_end(struct connection *c)
{
    struct door *d = c->door;
    evutil_socket_t own = bufferevent_getfd(c->bytes);
    int fd = own >= 0 && d->rests_n < RESTS ? fcntl(own, F_DUPFD_CLOEXEC, 0) : -1;
    if (fd < 0)
        return;
    struct rest *r = mem_new(sizeof *r);
    r->door = d;
    r->input = event_new(d->o.base, fd, EV_READ | EV_PERSIST, on_rest, r);
    r->deadline = evtimer_new(d->o.base, on_rest, r);
    assert(r->input && r->deadline);
    r->next = d->rests;
    r->back = &d->rests;
    if (r->next)
        r->next->back = &r->next;
    d->rests = r;
    d->rests_n++;
    (void)event_add(r->input, NULL);
    (void)event_add(r->deadline, &d->o.header);
    (void)shutdown(fd, SHUT_WR);
}

void door_free(struct door *d)
{
    if (!d)
        return;
    for (struct rest *r = d->rests, *next; r; r = next) {
        next = r->next;
        end_rest(r);
    }
    for (struct connection *c = d->first, *next; c; c = next) {
        next = c->next;
        forget(c);
    }
    free(d);
}

size_t door_count(const struct door *d)
{
    return d->n;
}

/* Ends a connection as if the other side had gone: evhttp cleans up. */
static void hang_up(struct connection *c)
{
    evutil_socket_t fd = bufferevent_getfd(c->bytes);
    c->state = STATE_REFUSED;
    c->ended = true;
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
    const struct door_options *o = &c->door->o;
    c->state = state;
    if (c->stream)
        return;
    (void)event_add(c->deadline,
                    state == STATE_HEAD       ? &o->header
                        : state == STATE_BODY ? &o->body
                                              : &o->idle);
}

/* evhttp reads a request for our own path in place of what came, and nothing after it. */
static void refuse(struct connection *c, struct evbuffer *to, const char *method, int status)
{
    (void)evbuffer_add_printf(to, "%s /%s/%d HTTP/1.1\r\nHost: door\r\nConnection: close\r\n\r\n",
                              method, c->door->secret, status);
    wait_at_most(c, STATE_HEAD); /* the time the answer may take to be read */
    c->state = STATE_REFUSED;
}

int door_status(const struct door *d, struct str path)
{
    struct str rest, secret = str_split(str_part(path, path.n > 0, path.n), '/', &rest);
    if (!str_is(secret, d->secret) || rest.n != 3)
        return 0;
    return (rest.p[0] - '0') * 100 + (rest.p[1] - '0') * 10 + (rest.p[2] - '0');
}

static struct connection *find(const struct door *d, const struct bufferevent *bytes)
{
    struct connection *c = d->first;
    while (c && c->bytes != bytes)
        c = c->next;
    return c;
}

void door_trust(struct door *d, const struct bufferevent *connection)
{
    struct connection *c = find(d, connection);
    if (c)
        c->trusted = true;
}

void door_stream(struct door *d, const struct bufferevent *connection, void (*leave)(void *user),
                 void *user)
{
    struct connection *c = find(d, connection);
    if (!c)
        return;
    c->stream = leave != NULL;
    c->leave = leave;
    c->user = user;
    if (leave)
        (void)event_del(c->deadline);
    else
        wait_at_most(c, STATE_IDLE);
}

/* What can be said of a head that has not ended: 0 if it may still become a good one. */
static int judge_part(struct evbuffer *from, size_t n)
{
    const char *p = (const char *)evbuffer_pullup(from, (ev_ssize_t)n);
    const char *feed = memchr(p, '\n', n);
    size_t first = feed ? (size_t)(feed - p) : n;
    for (; feed; feed = memchr(feed + 1, '\n', n - (size_t)(feed + 1 - p)))
        if (feed == p || feed[-1] != '\r')
            return 400;
    if (first > DOOR_LINE_MAX + 1) /* and CR */
        return 414;
    return n > DOOR_LINE_MAX + 2 + DOOR_HEADERS_MAX ? 431 : 0;
}

/* Moves a whole head, or refuses it.  False: there is not enough of it yet. */
static bool pass_head(struct connection *c, struct evbuffer *from, struct evbuffer *to)
{
    struct door_head head = {0};
    struct evbuffer_ptr end = evbuffer_search(from, "\r\n\r\n", 4, NULL);
    size_t n = end.pos < 0 ? evbuffer_get_length(from) : (size_t)end.pos + 4;
    int status = judge_part(from, n);
    if (c->state == STATE_IDLE)
        wait_at_most(c, STATE_HEAD);
    if (end.pos < 0 && status == 0)
        return false;
    if (status == 0)
        status =
            door_read_head((struct str){(char *)evbuffer_pullup(from, (ev_ssize_t)n), n}, &head);
    if (status == 0 && head.length > c->door->o.body_limit(head.method, head.path))
        status = 413;
    if (status != 0) {
        refuse(c, to, str_is(head.method, "HEAD") ? "HEAD" : "GET", status);
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

/* Bytes have come in. */
static void on_input(struct evbuffer *input, const struct evbuffer_cb_info *info, void *connection)
{
    struct connection *c = connection;
    bool more = true;
    if (info->n_added == 0 || c->passing)
        return;
    c->passing = true;
    size_t before = evbuffer_get_length(input) - info->n_added;
    struct evbuffer *shown = evbuffer_new();
    (void)evbuffer_remove_buffer(input, shown, before); /* evhttp has not read it yet */
    (void)evbuffer_add_buffer(c->held, input);
    (void)evbuffer_add_buffer(input, shown);
    evbuffer_free(shown);
    while (more && evbuffer_get_length(c->held) > 0) {
        if (c->state == STATE_REFUSED)
            (void)evbuffer_drain(c->held, evbuffer_get_length(c->held));
        else if (c->state == STATE_BODY)
            pass_body(c, c->held, input);
        else
            more = pass_head(c, c->held, input);
    }
    c->passing = false;
}

/* Something of an answer is waiting to be taken, or was taken. */
static void on_output(struct evbuffer *output, const struct evbuffer_cb_info *info,
                      void *connection)
{
    struct connection *c = connection;
    if (evbuffer_get_length(output) == 0)
        (void)event_del(c->stall);
    else if (info->n_deleted > 0 || !event_pending(c->stall, EV_TIMEOUT, NULL))
        (void)event_add(c->stall, &c->door->o.stall);
}

static void on_close(struct evhttp_connection *http, void *connection)
{
    struct connection *c = connection;
    (void)http;
    if (c->leave)
        c->leave(c->user);
    /* What is left to be said is thrown away after this, and nobody is to be told. */
    (void)evbuffer_remove_cb(bufferevent_get_output(c->bytes), on_output, c);
    (void)evbuffer_remove_cb(bufferevent_get_input(c->bytes), on_input, c);
    if (c->state == STATE_REFUSED && !c->ended)
        let_end(c);
    forget(c);
}

/* Who is ended if there are too many: the oldest that has not shown that it may come in; if all
 * have, the oldest.  Whoever came only now has not been heard yet, and stays (unless `any` may
 * go). */
static struct connection *find_victim(const struct door *d, bool any, size_t *staying)
{
    struct connection *stranger = NULL, *trusted = NULL;
    size_t strangers = 0;
    *staying = 0;
    for (struct connection *c = d->first; c; c = c->next) {
        if (c->state == STATE_REFUSED)
            continue;
        ++*staying;
        strangers += !c->trusted;
        if (c->trusted && !trusted)
            trusted = c;
        if (!c->trusted && (any || c->settled) && !stranger)
            stranger = c;
    }
    return strangers > 0 ? stranger : trusted;
}

/* Until there are no more than so many, and the newcomers. */
static void make_room(struct door *d, size_t most)
{
    for (;;) {
        size_t staying;
        struct connection *victim = find_victim(d, false, &staying);
        if (!victim && staying > most + DOOR_NEWCOMERS)
            victim = find_victim(d, true, &staying);
        if (!victim || staying <= most)
            return;
        hang_up(victim);
    }
}

/* evhttp has made its connection of it by now, which is what it has given its callbacks. */
static void on_known(evutil_socket_t fd, short what, void *connection)
{
    static const struct timeval moment = {.tv_usec = 1000 * DOOR_NEWCOMER_MILLISECONDS};
    struct connection *c = connection;
    void *http = NULL;
    (void)fd;
    (void)what;
    if (c->met) { /* the moment is over in which it could say what it wants */
        c->settled = true;
        make_room(c->door, DOOR_CONNECTIONS);
        return;
    }
    c->met = true;
    (void)event_add(c->known, &moment);
    bufferevent_getcb(c->bytes, NULL, NULL, NULL, &http);
    assert(http && evhttp_connection_get_bufferevent(http) == c->bytes);
    evhttp_connection_set_closecb(http, on_close, c);
}

struct bufferevent *door_connection(struct event_base *base, void *door)
{
    struct door *d = door;
    struct connection *c = mem_new(sizeof *c);
    make_room(d, DOOR_CONNECTIONS - 1);
    c->door = d;
    c->bytes = bufferevent_socket_new(base, -1, BEV_OPT_CLOSE_ON_FREE);
    c->held = evbuffer_new();
    c->deadline = evtimer_new(base, on_deadline, c);
    c->stall = evtimer_new(base, on_deadline, c);
    c->known = event_new(base, -1, 0, on_known, c);
    assert(c->bytes && c->held && c->deadline && c->stall && c->known);
    (void)evbuffer_add_cb(bufferevent_get_input(c->bytes), on_input, c);
    (void)evbuffer_add_cb(bufferevent_get_output(c->bytes), on_output, c);
    event_active(c->known, EV_TIMEOUT, 0);
    c->back = d->last;
    *d->last = c;
    d->last = &c->next;
    d->n++;
    wait_at_most(c, STATE_HEAD);
    c->state = STATE_IDLE;
    return c->bytes;
}
