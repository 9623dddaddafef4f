/* The door: every byte of a connection passes here before evhttp reads it.  What is not plain,
 * unambiguous HTTP/1.1 is never shown to evhttp; instead of it evhttp gets a request for the
 * door's own path, whose handler answers with the status and closes (RELIABILITY 2.5, H13-H16).
 * The door also counts connections and ends those that take too long.
 *
 * A request has: a request line of at most 4 KiB with an origin-form target, at most 64 header
 * lines and 16 KiB of them (with the empty one), lines ended by CR LF, one Host, at most one of
 * each header that decides something (Content-Length of digits, Cookie, Origin ...), no
 * Transfer-Encoding, no line folded, no control character; a body of at most its route's limit. */
#ifndef ESPALIER_WEB_DOOR_H
#define ESPALIER_WEB_DOOR_H

#include "base/text.h"

#include <event2/bufferevent.h>
#include <event2/event.h>

enum {
    DOOR_LINE_MAX = 4 << 10,
    DOOR_HEADERS_MAX = 16 << 10,
    DOOR_HEADERS = 64,
    DOOR_CONNECTIONS = 64,
    DOOR_NEWCOMERS = 192, /* so many more in the first moment of each */
    DOOR_NEWCOMER_MILLISECONDS = 250,
    DOOR_HEADER_SECONDS = 10, /* from the first byte of a request to the end of its headers */
    DOOR_BODY_SECONDS = 30,   /* from there to the end of its body */
    DOOR_IDLE_SECONDS = 60,   /* between requests */
    DOOR_STALL_SECONDS = 30   /* in which nothing of an answer is taken */
};

struct door;

/* `body_limit` gives the largest body, in bytes, for a method and path. */
struct door_options {
    struct event_base *base;
    size_t (*body_limit)(struct str method, struct str path);
    struct timeval header, body, idle, stall; /* zero: the limits above; others for tests */
};

struct door *door_new(const struct door_options *o);
void door_free(struct door *d);

/* For evhttp_set_bevcb: the bufferevent of a new connection.  If there are too many, the one that
 * has been waiting longest without having shown that it may come in is ended; but each has a moment
 * to ask for something first, so that a crowd at the door does not push out who has just come. */
struct bufferevent *door_connection(struct event_base *base, void *door);

/* The status that a path of the door's own stands for; 0 for all other paths. */
int door_status(const struct door *d, struct str path);

/* The connection (evhttp's bufferevent) belongs to somebody who is logged in: it is ended last. */
void door_trust(struct door *d, const struct bufferevent *connection);

/* The connection is a stream now, which may be silent for as long as it likes; `leave` is called
 * when it has ended.  NULL: it is no stream any more. */
void door_stream(struct door *d, const struct bufferevent *connection, void (*leave)(void *user),
                 void *user);

/* Connections that are open. */
size_t door_count(const struct door *d);

/* What the head of a request is: 0 if it is fine (then *length is that of its body), else the
 * status to refuse it with.  `head` includes the empty line at its end.  For door.c and its
 * tests. */
struct door_head {
    struct str method, path; /* path: target without the query */
    size_t length;
};
int door_read_head(struct str head, struct door_head *out);

#endif
