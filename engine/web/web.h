/* The local web app: one thread, one event loop, the loopback address only.  It holds journeys open
 * between requests, so that a sitting is one session however many pages it takes.
 *
 *     web_open(&(struct web_options){.practice = p, ...}, &w, &e);
 *     web_link(w, a) ... web_run(w, &e); web_close(w);
 */
#ifndef ESPALIER_WEB_WEB_H
#define ESPALIER_WEB_WEB_H

#include "practice/practice.h"

struct web;

struct web_options {
    struct practice *practice; /* borrowed */
    int port;                  /* 0: any that is free */
    struct str language;       /* of the pages until somebody chooses: "en" or "fr" */
    /* What another espalier is told so that it finds the same practice ("--db", "/path"), ended by
     * NULL: it does what takes seconds. */
    const char *const *same_practice;
    void (*log)(void *user, struct str line); /* one line a request, without any content; or NULL */
    /* Told of every line that comes in by standard input until that ends; NULL: it is not read. */
    void (*line)(void *user, struct web *w);
    void *user;
};

/* Opens the port on 127.0.0.1 and ::1 (where there is one).  Fails with ERR_REFUSED (taken). */
MUST_USE bool web_open(const struct web_options *o, struct web **out, struct err *e);

int web_port(const struct web *w);

/* A link that lets one browser in, once, within a minute (RELIABILITY 2.5, H4).  The secret is in
 * its fragment, which browsers never send.  Lives in `a`. */
struct str web_link(struct web *w, struct arena *a);

/* Serves until SIGINT, SIGTERM or SIGHUP, then answers what has come in, and ends the sittings.
 * Fails with ERR_INTERRUPTED if it was not SIGTERM, by which a server is asked to end. */
MUST_USE bool web_run(struct web *w, struct err *e);

void web_close(struct web *w);

#endif
