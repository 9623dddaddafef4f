/* Work that takes seconds is done by children, while other requests are answered: drawings (PDF,
 * SVG, PNG) and what another espalier finds out.  The visit is answered when its child is done; if
 * whoever asked has gone, the child is ended. */
#ifndef ESPALIER_WEB_DRAWING_H
#define ESPALIER_WEB_DRAWING_H

#include "web/reply.h"

enum {
    DRAWINGS_AT_ONCE = 2, /* children; others wait in line */
    DRAWINGS_WAITING = 8,
    DRAWINGS_RETRY = 5 /* seconds to try again after, when the line is full */
};

struct drawings *drawings_new(struct web *w);

/* Answers everybody who still waits with "try again", so that the server can stop. */
void drawings_end(struct drawings *all);
void drawings_free(struct drawings *all);

/* Draws the tree (taken) of document/draw.h, and answers the visit with the file.  Fails with
 * ERR_LOCKED when too many wait. */
MUST_USE bool drawing_reply(struct visit *v, json_t *tree, const struct reply_file *file,
                            struct err *e);

/* Starts another espalier with these words (ended by NULL, living in the visit's arena) and those
 * that name the practice; `done` answers the visit with what it printed.  Fails like that. */
typedef bool drawing_done(struct visit *v, struct str bytes, struct err *e);
MUST_USE bool drawing_ask(struct visit *v, const char *const *words, drawing_done *done,
                          struct err *e);

/* How many run, and how many wait. */
size_t drawings_running(const struct drawings *all);
size_t drawings_waiting(const struct drawings *all);

#endif
