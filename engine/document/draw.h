/* Drawing: PDF, SVG and PNG are made by the program espalier-draw, a child with nothing in its
 * reach but one JSON tree on its standard input and its standard output, which is the file.
 *
 *     {"draw":"board","format":"pdf"|"svg"|"png","paper":"A4"|"A3"|"Letter","board":{...}}
 *     {"draw":"boards","format":"pdf","paper","boards":[{...}]}        one a page
 *     {"draw":"page","format":"pdf","paper","page":{see page.h}}
 *
 * Boards are landscape, pages portrait (their canvases landscape, a page each).  The same tree
 * gives the same bytes.  The program is looked for beside this one; ESPALIER_DRAW names another. */
#ifndef ESPALIER_DOCUMENT_DRAW_H
#define ESPALIER_DOCUMENT_DRAW_H

#include "base/json.h"

enum { DRAW_INPUT_MAX = 16 << 20, DRAW_OUTPUT_MAX = 64 << 20, DRAW_SECONDS = 30 };

struct draw;

/* Starts drawing; does not wait.  Fails with ERR_NOT_FOUND (no espalier-draw: says how to get it),
 * ERR_LIMIT, ERR_DISK (no process to be had). */
MUST_USE bool draw_start(const json_t *tree, struct draw **out, struct err *e);

/* Waits at most `milliseconds` (0: only looks) for it to go on; *done when the file is complete.
 * Fails with ERR_DATA (its sentence), ERR_LIMIT (too long, too large); the child has ended then. */
MUST_USE bool draw_step(struct draw *d, int milliseconds, bool *done, struct err *e);

/* Descriptors for an event loop: readable, and (while >= 0) writable, means draw_step goes on. */
int draw_read_fd(const struct draw *d);
int draw_write_fd(const struct draw *d);

/* The file, once done; lives until draw_end. */
struct str draw_bytes(const struct draw *d);

/* Ends the child if it still runs and frees everything.  NULL is allowed. */
void draw_end(struct draw *d);

/* Start to end in one, calling `tick` (may be NULL) about ten times a second. */
MUST_USE bool draw_all(struct arena *a, const json_t *tree, void (*tick)(void *user), void *user,
                       struct str *bytes, struct err *e);

#endif
