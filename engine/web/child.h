/* Another espalier on the same practice, for what takes seconds: a child that says its result on
 * its standard output.  Read by the event loop as a drawing is (document/draw.h): child_read_fd is
 * readable means child_step goes on. */
#ifndef ESPALIER_WEB_CHILD_H
#define ESPALIER_WEB_CHILD_H

#include "base/text.h"

enum { CHILD_OUTPUT_MAX = 32 << 20, CHILD_SECONDS = 90 };

struct child;

/* Starts this program with these words (the first is its name), ended by NULL; does not wait.
 * Fails with ERR_DISK. */
MUST_USE bool child_start(const char *const *words, struct child **out, struct err *e);

/* Reads what is there; *done when all is.  Fails with ERR_DATA (it did not succeed) and
 * ERR_LIMIT. */
MUST_USE bool child_step(struct child *c, bool *done, struct err *e);

int child_read_fd(const struct child *c);

/* What it said, once done; lives until child_end. */
struct str child_bytes(const struct child *c);

/* Ends it if it still runs and frees everything.  NULL is allowed. */
void child_end(struct child *c);

#endif
