#include "web/hub.h"

#include "web/reply.h"
#include "web/rooms.h"

#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <stdlib.h>
#include <string.h>

enum { LOOK_SECONDS = 1, BEAT_SECONDS = 15 };

struct watcher {
    struct hub *hub;
    struct evhttp_request *request; /* NULL: the place is free */
    struct login *login;
    char
        token[LOGIN_SECRET + 1]; /* of the login when the stream began: a place may be given anew */
    char journey[37];
    int64_t told; /* the revision told last */
    int64_t spoken;
};

struct hub {
    struct web *web;
    struct event *look;
    struct watcher watchers[HUB_WATCHERS];
};

static struct bufferevent *bytes_of(const struct watcher *w)
{
    struct evhttp_connection *connection = evhttp_request_get_connection(w->request);
    return connection ? evhttp_connection_get_bufferevent(connection) : NULL;
}

static void forget(struct watcher *w)
{
    if (bytes_of(w))
        door_stream(w->hub->web->door, bytes_of(w), NULL, NULL);
    /* Frees the request, also when its connection has gone. */
    evhttp_send_reply_end(w->request);
    w->request = NULL;
}

static void on_leave(void *watcher)
{
    struct watcher *w = watcher;
    if (w->request)
        forget(w);
}

/* Does the one who began this stream still have the right to it? */
static bool may_watch(const struct watcher *w)
{
    return strcmp(w->token, w->login->token) == 0;
}

static void say(struct watcher *w, struct str text)
{
    struct bufferevent *b = bytes_of(w);
    if (!b || !may_watch(w) || evbuffer_get_length(bufferevent_get_output(b)) > HUB_BEHIND) {
        forget(w);
        return;
    }
    struct evbuffer *bytes = evbuffer_new();
    (void)evbuffer_add(bytes, text.p, text.n);
    evhttp_send_reply_chunk(w->request, bytes);
    evbuffer_free(bytes);
    w->spoken = clock_steady();
}

static void tell(struct watcher *w, int64_t revision)
{
    struct arena *a = arena_new();
    w->told = revision;
    say(w, str_format(a, "event: changed\ndata: %lld\n\n", (long long)revision));
    arena_free(a);
}

/* The journey as it is now: -1 if it cannot be read at this moment. */
static int64_t revision_of(struct hub *h, const struct watcher *w)
{
    struct journey *j;
    struct err ignored;
    int64_t revision;
    if (!room_enter(h->web->rooms, str_of(w->journey), &j, &ignored) ||
        !journey_revision(j, &revision, &ignored))
        return -1;
    return revision;
}

static void look(evutil_socket_t fd, short what, void *hub)
{
    struct hub *h = hub;
    (void)fd;
    (void)what;
    for (size_t i = 0; i < HUB_WATCHERS; i++) {
        struct watcher *w = &h->watchers[i];
        if (!w->request)
            continue;
        int64_t revision = revision_of(h, w);
        if (revision >= 0 && revision != w->told)
            tell(w, revision);
        else if (clock_steady() - w->spoken > (int64_t)BEAT_SECONDS * 1000)
            say(w, STR(": still here\n\n"));
    }
    rooms_tidy(h->web->rooms);
}

struct hub *hub_new(struct web *w)
{
    struct hub *h = mem_new(sizeof *h);
    h->web = w;
    h->look = event_new(w->base, -1, EV_PERSIST, look, h);
    (void)event_add(h->look, &(struct timeval){.tv_sec = LOOK_SECONDS});
    return h;
}

void hub_end(struct hub *h)
{
    for (size_t i = 0; i < HUB_WATCHERS; i++)
        if (h->watchers[i].request)
            forget(&h->watchers[i]);
}

void hub_free(struct hub *h)
{
    if (!h)
        return;
    hub_end(h);
    event_free(h->look);
    free(h);
}

bool hub_watch(struct visit *v, struct str journey, struct err *e)
{
    struct hub *h = v->web->hub;
    struct watcher *w = h->watchers;
    struct evhttp_connection *connection = evhttp_request_get_connection(v->request);
    while (w < h->watchers + HUB_WATCHERS && w->request)
        w++;
    if (w == h->watchers + HUB_WATCHERS || journey.n >= sizeof w->journey || !connection)
        return err_set(e, ERR_LIMIT, "At most %d windows can watch at the same time.",
                       HUB_WATCHERS);
    *w = (struct watcher){.hub = h, .request = v->request, .login = v->login, .told = -1};
    memcpy(w->journey, journey.p, journey.n);
    memcpy(w->token, v->login->token, sizeof w->token);
    door_stream(v->web->door, bytes_of(w), on_leave, w);
    reply_headers(v->request);
    (void)evhttp_add_header(evhttp_request_get_output_headers(v->request), "Content-Type",
                            "text/event-stream");
    evhttp_send_reply_start(v->request, 200, "OK");
    v->answered = true;
    w->spoken = clock_steady();
    tell(w, revision_of(h, w));
    return true;
}

void hub_tell(struct hub *h, struct str journey)
{
    for (size_t i = 0; i < HUB_WATCHERS; i++) {
        struct watcher *w = &h->watchers[i];
        if (w->request && str_is(journey, w->journey))
            tell(w, revision_of(h, w));
    }
}
