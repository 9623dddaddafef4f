/* The guard at the door: every byte of a connection passes here before evhttp reads it.  What is not
 * plain, unambiguous HTTP/1.1 is never shown to evhttp; instead of it evhttp gets a request for the
 * guard's own path, whose handler answers with the status and closes (RELIABILITY 2.5, H13-H16).
 * The guard also counts connections and ends those that take too long.
 *
 * A request has: a request line of at most 4 KiB with an origin-form target, at most 64 header lines
 * and 16 KiB of them, lines ended by CR LF, one Host, at most one Content-Length of digits, no
 * Transfer-Encoding, no line folded, no control character; a body of at most its route's limit. */
#ifndef ESPALIER_WEB_GUARD_H
#define ESPALIER_WEB_GUARD_H

#include "base/text.h"

#include <event2/bufferevent.h>
#include <event2/event.h>

enum {
    GUARD_LINE_MAX = 4 << 10,
    GUARD_HEADERS_MAX = 16 << 10,
    GUARD_HEADERS = 64,
    GUARD_CONNECTIONS = 64,
    GUARD_HEADER_SECONDS = 10, /* from the first byte of a request to the end of its headers */
    GUARD_BODY_SECONDS = 30,   /* from there to the end of its body */
    GUARD_IDLE_SECONDS = 60    /* between requests */
};

struct guard;

/* `body_limit` gives the largest body, in bytes, for a method and path. */
struct guard_options {
    struct event_base *base;
    size_t (*body_limit)(struct str method, struct str path);
    struct timeval header, body, idle; /* zero: the limits above; others for tests */
};

struct guard *guard_new(const struct guard_options *o);
void guard_free(struct guard *g);

/* For evhttp_set_bevcb: the bufferevent of a new connection.  If there are too many, the one that
 * has been waiting longest without having shown that it may come in is ended. */
struct bufferevent *guard_connection(struct event_base *base, void *guard);

/* The status that a path of the guard's own stands for; 0 for all other paths. */
int guard_status(const struct guard *g, struct str path);

/* The connection (evhttp's bufferevent) belongs to somebody who is logged in: it is ended last.  A
 * stream may be silent for as long as it likes, once it is trusted. */
void guard_trust(struct guard *g, const struct bufferevent *connection, bool stream);

/* Connections that are open. */
size_t guard_count(const struct guard *g);

/* What the head of a request is: 0 if it is fine (then *length is that of its body), else the status
 * to refuse it with.  `head` includes the empty line at its end.  For guard.c and its tests. */
struct guard_head {
    struct str method, path; /* path: target without the query */
    size_t length;
};
int guard_read_head(struct str head, struct guard_head *out);

#endif
