#include "web/hub.h"

#include "db/store_live.h"
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
    char token[LOGIN_SECRET + 1];   /* of the login that the stream belongs to */
    char journey[37];
    int64_t told; /* the revision told last */
    bool screen;  /* a client's, which follows the coach's page, too */
    long long moves;
    int64_t spoken;
};

struct hub {
    struct web *web;
    struct event *look;
    int64_t version; /* of all that is kept, when it was last looked at */
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

/* False: the watcher has gone, or does not read. */
static bool say(struct watcher *w, struct str text)
{
    struct bufferevent *b = bytes_of(w);
    if (!b || evbuffer_get_length(bufferevent_get_output(b)) > HUB_BEHIND) {
        forget(w);
        return false;
    }
    struct evbuffer *bytes = evbuffer_new();
    (void)evbuffer_add(bytes, text.p, text.n);
    evhttp_send_reply_chunk(w->request, bytes);
    evbuffer_free(bytes);
    w->spoken = clock_steady();
    return true;
}

/* Says why, and ends the stream. */
static void end(struct watcher *w, struct str why)
{
    if (say(w, why))
        forget(w);
}

static void tell(struct watcher *w, int64_t revision, long long moves)
{
    char text[96], at[64] = "";
    if (w->screen)
        (void)snprintf(at, sizeof at, ".%lld", moves);
    (void)snprintf(text, sizeof text, "event: changed\ndata: %lld%s\n\n", (long long)revision, at);
    w->told = revision;
    w->moves = moves;
    (void)say(w, str_of(text));
}

/* Tells what is new, if anything is.  Only the number of the last event is read: watching opens no
 * journey and keeps no sitting open. */
static void tell_news(struct watcher *w)
{
    struct store *s = practice_store(w->hub->web->o.practice);
    struct err ignored; /* busy: the next look tells it */
    int64_t revision;
    long long moves;
    (void)room_shown(w->hub->web->rooms, str_of(w->journey), &moves);
    if (store_event_last(s, str_of(w->journey), &revision, &ignored) &&
        (revision != w->told || (w->screen && moves != w->moves)))
        tell(w, revision, moves);
}

/* Was anything written since the last look, by whomever?  If that cannot be known, perhaps. */
static bool is_new(struct hub *h)
{
    struct err ignored;
    int64_t version, before = h->version;
    if (!store_version(practice_store(h->web->o.practice), &version, &ignored))
        return true;
    h->version = version;
    return version != before;
}

static bool has_watchers(const struct hub *h)
{
    for (size_t i = 0; i < HUB_WATCHERS; i++)
        if (h->watchers[i].request)
            return true;
    return false;
}

static void look(evutil_socket_t fd, short what, void *hub)
{
    struct hub *h = hub;
    (void)fd;
    (void)what;
    hub_tidy(h);
    bool news = has_watchers(h) && is_new(h);
    for (size_t i = 0; i < HUB_WATCHERS; i++) {
        struct watcher *w = &h->watchers[i];
        if (w->request && news)
            tell_news(w);
        if (w->request && clock_steady() - w->spoken > (int64_t)BEAT_SECONDS * 1000)
            (void)say(w, STR(": still here\n\n"));
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

void hub_tidy(struct hub *h)
{
    for (size_t i = 0; i < HUB_WATCHERS; i++) {
        struct watcher *w = &h->watchers[i];
        if (w->request && !login_lasts(h->web->logins, w->token))
            end(w, STR("event: ended\ndata: \n\n"));
    }
}

void hub_end(struct hub *h)
{
    for (size_t i = 0; i < HUB_WATCHERS; i++)
        if (h->watchers[i].request)
            end(&h->watchers[i], STR("event: stopped\ndata: \n\n"));
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
    struct store_journey found;
    struct evhttp_connection *connection = evhttp_request_get_connection(v->request);
    if (!store_journey_get(practice_store(v->web->o.practice), v->a, journey, &found, e))
        return false;
    if (evhttp_request_get_command(v->request) == EVHTTP_REQ_HEAD) {
        /* Nothing follows: the connection is free for the next request. */
        reply_file(v, &(struct reply_file){.type = "text/event-stream", .bytes = STR("")});
        return true;
    }
    while (w < h->watchers + HUB_WATCHERS && w->request)
        w++;
    if (w == h->watchers + HUB_WATCHERS || journey.n >= sizeof w->journey || !connection)
        return err_set(e, ERR_LIMIT, "At most %d windows can watch at the same time.",
                       HUB_WATCHERS);
    *w = (struct watcher){.hub = h, .request = v->request, .told = -1};
    w->screen = v->login->journey[0] != '\0';
    memcpy(w->journey, journey.p, journey.n);
    memcpy(w->token, v->login->token, sizeof w->token);
    door_stream(v->web->door, bytes_of(w), on_leave, w);
    reply_headers(v->request);
    (void)evhttp_add_header(evhttp_request_get_output_headers(v->request), "Content-Type",
                            "text/event-stream");
    evhttp_send_reply_start(v->request, 200, "OK");
    v->answered = true;
    w->spoken = clock_steady();
    tell_news(w);
    return true;
}

void hub_tell(struct hub *h, struct str journey)
{
    for (size_t i = 0; i < HUB_WATCHERS; i++)
        if (h->watchers[i].request && str_is(journey, h->watchers[i].journey))
            tell_news(&h->watchers[i]);
}
