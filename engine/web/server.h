/* Shared by the files of this box: the server, a request while it is answered, the table of routes.
 * gate.c decides who may ask for what; page_*.c answer; reply.c writes.  Everything made for a
 * request lives in its arena. */
#ifndef ESPALIER_WEB_SERVER_H
#define ESPALIER_WEB_SERVER_H

#include "practice/journey.h"
#include "web/door.h"
#include "web/login.h"
#include "web/slots.h"
#include "web/web.h"

#include <event2/http.h>

struct form;
struct rooms;
struct hub;
struct drawings;

struct web {
    struct web_options o;
    struct event_base *base;
    struct evhttp *http;
    struct door *door;
    struct logins *logins;
    struct rooms *rooms;       /* journeys held open, see rooms.h */
    struct hub *hub;           /* who watches which journey, see hub.h */
    struct drawings *drawings; /* what children do meanwhile, see drawing.h */
    struct event *input;       /* standard input, while web_run listens to it; else NULL */
    int port;
    bool leaving, interrupted; /* interrupted: by a key or by the end of its terminal */
};

enum { PARTS_MAX = 4 };

struct visit {
    struct web *web;
    struct arena *a;
    struct evhttp_request *request;
    const struct route *route;
    struct str path;             /* decoded, without the query */
    struct str parts[PARTS_MAX]; /* what stood where the route says :name */
    struct form *query, *form;   /* form: the body of a POST; else empty */
    struct login *login;         /* who asks; NULL where the route needs nobody */
    struct str language;         /* of the page */
    bool fragment;               /* the page is there already: only a part of it is wanted */
    struct slots slots;          /* HTML that stands in the tree of the page, see slots.h */
    bool answered;
    bool later; /* whoever took the visit over answers it, and frees its arena */
};

enum need { NEED_NOTHING, NEED_COACH, NEED_SCREEN };

struct route {
    const char *method; /* "GET" answers HEAD too */
    const char *path;   /* "/journey/:journey/answer" */
    enum need need;
    size_t body; /* bytes that a form may have; 0: the limit for all, 256 KiB */
    bool (*answer)(struct visit *v, struct err *e);
};

/* The table, ended by a row without a path; and a match in it: NULL with *allowed empty (no such
 * path) or naming the methods there are for it. */
extern const struct route routes[];
const struct route *route_find(struct str method, struct str path, struct str parts[PARTS_MAX],
                               struct arena *a, struct str *allowed);

/* Was this machine asked by one of its own names?  Else nothing is told of it: 421. */
bool gate_is_our_host(const struct visit *v);

/* Is a request allowed to reach its route?  0, or the status to refuse it with: 401 (nobody is
 * logged in), 403 (from another place, or without its token), 415.  Sets v->login. */
int gate_check(struct visit *v);

/* The value of a cookie that came along; empty if there is none. */
struct str visit_cookie(const struct visit *v, const char *wanted);

/* Answers a request; the handler of evhttp. */
void server_answer(struct evhttp_request *request, void *web);

#endif
