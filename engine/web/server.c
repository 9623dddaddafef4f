/* The server: one loop.  A request comes from evhttp, passes the gate, is answered by its route. */
#include "web/server.h"

#include "practice/french.h"
#include "web/drawing.h"
#include "web/form.h"
#include "web/hub.h"
#include "web/reply.h"
#include "web/rooms.h"

#include <errno.h>
#include <event2/buffer.h>
#include <event2/http.h>
#include <event2/http_struct.h>
#include <event2/keyvalq_struct.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BODY_MAX = 256 << 10, IMPORT_MAX = 16 << 20, LEAVE_SECONDS = 2 };

static size_t body_limit(struct str method, struct str path)
{
    struct str parts[PARTS_MAX], ignored;
    struct arena *a = arena_new();
    const struct route *route = route_find(method, path, parts, a, &ignored);
    size_t limit = route && route->body ? route->body : BODY_MAX;
    arena_free(a);
    return limit < IMPORT_MAX ? limit : IMPORT_MAX;
}

/* The path as it is meant, decoded once; empty if it is none that we could have. */
static struct str decode_path(struct arena *a, struct str raw)
{
    struct form f;
    struct err ignored;
    if (raw.n == 0 || str_find(raw, STR("&"), 0) < raw.n || str_find(raw, STR("="), 0) < raw.n ||
        str_find(raw, STR("+"), 0) < raw.n || str_find(raw, STR("//"), 0) < raw.n ||
        str_find(raw, STR("%2f"), 0) < raw.n || str_find(raw, STR("%2F"), 0) < raw.n ||
        str_find(raw, STR("\\"), 0) < raw.n || !form_read(a, raw, &f, &ignored) || f.n != 1)
        return STR("");
    struct str path = f.fields[0].name;
    bool astray = str_find(path, STR(".."), 0) < path.n || str_find(path, STR("\\"), 0) < path.n ||
        (path.n > 1 && str_ends(path, STR("/")));
    return astray ? STR("") : path;
}

static struct str method_of(struct evhttp_request *request)
{
    switch (evhttp_request_get_command(request)) {
    case EVHTTP_REQ_GET:
        return STR("GET");
    case EVHTTP_REQ_HEAD:
        return STR("HEAD");
    case EVHTTP_REQ_POST:
        return STR("POST");
    default:
        return STR("");
    }
}

static bool read_body(struct visit *v, struct err *e)
{
    struct evbuffer *in = evhttp_request_get_input_buffer(v->request);
    size_t n = evbuffer_get_length(in);
    char *bytes = arena_alloc(v->a, n + 1);
    (void)evbuffer_copyout(in, bytes, n);
    bytes[n] = '\0';
    return form_read(v->a, (struct str){bytes, n}, v->form, e);
}

static bool read_query(struct visit *v, struct err *e)
{
    const char *query = evhttp_uri_get_query(evhttp_request_get_evhttp_uri(v->request));
    return form_read(v->a, str_of(query), v->query, e);
}

static void allow(const struct visit *v, const char *methods)
{
    (void)evhttp_add_header(evhttp_request_get_output_headers(v->request), "Allow", methods);
}

/* The path as it was asked for: what evhttp makes of it is another where it begins with "//". */
static struct str raw_path(const struct visit *v)
{
    struct str raw = str_of(evhttp_request_get_uri(v->request));
    return str_part(raw, 0, str_find(raw, STR("?"), 0));
}

/* Which route is meant: 0, or the status to refuse with. */
static int find_route(struct visit *v)
{
    struct str allowed;
    v->path = decode_path(v->a, raw_path(v));
    if (v->path.n == 0)
        return 404;
    v->route = route_find(method_of(v->request), v->path, v->parts, v->a, &allowed);
    if (!v->route && allowed.n > 0)
        allow(v, allowed.p);
    return v->route ? 0 : allowed.n > 0 ? 405 : 404;
}

/* Finds the route and passes the gate: 0, or the status to refuse with. */
static int admit(struct visit *v, struct err *e)
{
    int status = door_status(v->web->door, raw_path(v));
    if (status == 405)
        allow(v, "GET, HEAD, POST");
    if (status == 0 && !gate_is_our_host(v))
        status = 421;
    if (status == 0)
        status = find_route(v);
    if (status != 0)
        return status;
    if (!read_query(v, e) || (str_is(str_of(v->route->method), "POST") && !read_body(v, e)))
        return reply_status_of(e->code);
    return gate_check(v);
}

/* The language of a page: what somebody chose, else what the browser prefers, else ours. */
static struct str language_of(const struct visit *v)
{
    const struct evkeyvalq *headers = evhttp_request_get_input_headers(v->request);
    struct str wanted = visit_cookie(v, "language");
    if (wanted.n == 0)
        wanted = str_of(evhttp_find_header(headers, "Accept-Language"));
    if (str_starts(wanted, STR("fr")))
        return STR("fr");
    return str_starts(wanted, STR("en")) ? STR("en") : v->web->o.language;
}

static void trust(struct visit *v)
{
    struct evhttp_connection *connection = evhttp_request_get_connection(v->request);
    if (v->login && connection)
        door_trust(v->web->door, evhttp_connection_get_bufferevent(connection));
}

void server_answer(struct evhttp_request *request, void *web)
{
    struct form query = {0}, form = {0};
    struct visit v = {
        .web = web, .a = arena_new(), .request = request, .query = &query, .form = &form};
    struct err e = {0};
    v.language = language_of(&v);
    practice_speak(v.language);
    int status = admit(&v, &e);
    if (status != 0) {
        reply_error(&v, status, str_of(e.text));
    } else {
        trust(&v);
        /* What is asked for and not there is told as pages tell it, not as commands do. */
        if (!v.route->answer(&v, &e) && !v.answered) {
            bool gone =
                e.code == ERR_NOT_FOUND && evhttp_request_get_command(request) == EVHTTP_REQ_GET;
            reply_error(&v, reply_status_of(e.code), gone ? STR("") : str_of(e.text));
        }
    }
    if (!v.later)
        arena_free(v.a);
}

static bool listen_on(struct web *w, const char *address, bool needed, struct err *e)
{
    struct evhttp_bound_socket *bound =
        evhttp_bind_socket_with_handle(w->http, address, (unsigned short)w->port);
    struct sockaddr_in name = {0}; /* the first address, which has to be there, is of this kind */
    socklen_t n = sizeof name;
    if (!bound)
        return !needed ||
            err_set(e, ERR_REFUSED, "The port %d is taken. Choose another: espalier serve --port N",
                    w->port);
    if (w->port == 0 &&
        getsockname(evhttp_bound_socket_get_fd(bound), (struct sockaddr *)&name, &n) == 0)
        w->port = ntohs(name.sin_port);
    return true;
}

static void set_up_http(struct web *w)
{
    evhttp_set_allowed_methods(w->http, EVHTTP_REQ_GET | EVHTTP_REQ_HEAD | EVHTTP_REQ_POST);
    evhttp_set_max_headers_size(w->http, DOOR_HEADERS_MAX + DOOR_LINE_MAX);
    evhttp_set_max_body_size(w->http, IMPORT_MAX);
    evhttp_set_timeout(w->http, DOOR_IDLE_SECONDS + DOOR_BODY_SECONDS);
    evhttp_set_bevcb(w->http, door_connection, w->door);
    evhttp_set_gencb(w->http, server_answer, w);
}

bool web_open(const struct web_options *o, struct web **out, struct err *e)
{
    struct web *w = mem_new(sizeof *w);
    w->o = *o;
    w->port = o->port;
    w->base = event_base_new();
    w->http = w->base ? evhttp_new(w->base) : NULL;
    if (!w->http)
        return err_set(e, ERR_MEMORY, "The server cannot be started.");
    w->door = door_new(&(struct door_options){.base = w->base, .body_limit = body_limit});
    w->logins = logins_new();
    w->rooms = rooms_new(o->practice);
    w->hub = hub_new(w);
    w->drawings = drawings_new(w);
    set_up_http(w);
    if (!listen_on(w, "127.0.0.1", true, e) || !listen_on(w, "::1", false, e)) {
        web_close(w);
        return false;
    }
    *out = w;
    return true;
}

int web_port(const struct web *w)
{
    return w->port;
}

struct str web_link(struct web *w, struct arena *a)
{
    char code[LOGIN_SECRET + 1];
    login_launch(w->logins, code);
    return str_format(a, "http://espalier.localhost:%d/#t=%s", w->port, code);
}

static void leave(evutil_socket_t signal, short what, void *web)
{
    struct web *w = web;
    (void)what;
    w->interrupted = w->interrupted || signal != SIGTERM;
    if (w->leaving) /* twice: at once */
        (void)event_base_loopbreak(w->base);
    w->leaving = true;
    hub_end(w->hub);
    drawings_end(w->drawings);
    (void)event_base_loopexit(w->base, &(struct timeval){.tv_usec = 200000});
}

/* Somebody has pressed Enter where the server was started.  The end of the input, or a terminal
 * that belongs to another program, ends only this. */
static void read_line(evutil_socket_t input, short what, void *web)
{
    struct web *w = web;
    char bytes[512];
    ssize_t n = read(input, bytes, sizeof bytes);
    (void)what;
    if (n == 0 || (n < 0 && errno != EINTR && errno != EAGAIN))
        (void)event_del(w->input);
    else if (n > 0 && memchr(bytes, '\n', (size_t)n))
        w->o.line(w->o.user, w);
}

static void listen_to_input(struct web *w)
{
    struct stat input;
    if (!w->o.line || fstat(STDIN_FILENO, &input) != 0 ||
        !(S_ISFIFO(input.st_mode) || S_ISSOCK(input.st_mode) || isatty(STDIN_FILENO)))
        return;
    (void)signal(SIGTTIN, SIG_IGN); /* in the background reading fails instead of stopping us */
    w->input = event_new(w->base, STDIN_FILENO, EV_READ | EV_PERSIST, read_line, w);
    if (w->input)
        (void)event_add(w->input, NULL);
}

bool web_run(struct web *w, struct err *e)
{
    static const int signals[] = {SIGINT, SIGTERM, SIGHUP};
    struct event *events[3];
    (void)signal(SIGPIPE, SIG_IGN);
    listen_to_input(w);
    for (size_t i = 0; i < 3; i++) {
        events[i] = evsignal_new(w->base, signals[i], leave, w);
        (void)event_add(events[i], NULL);
    }
    bool ok = event_base_dispatch(w->base) >= 0 || w->leaving;
    practice_speak(w->o.language);
    ok = ok || err_set(e, ERR_DISK, "The server has stopped by itself.");
    if (ok && w->interrupted)
        ok = err_set(e, ERR_INTERRUPTED, "Stopped; everything that was saved is kept.");
    for (size_t i = 0; i < 3; i++)
        event_free(events[i]);
    if (w->input)
        event_free(w->input);
    w->input = NULL;
    return ok;
}

void web_close(struct web *w)
{
    if (!w)
        return;
    hub_free(w->hub);
    drawings_free(w->drawings);
    evhttp_free(w->http);
    door_free(w->door);
    event_base_free(w->base);
    rooms_free(w->rooms);
    logins_free(w->logins);
    free(w);
}
