/* The conversation in a terminal, or over plain lines where there is none.
 * It reads the view of a journey and hands changes over; it knows no rule, no SQL, no Lua.  What is
 * acknowledged with "saved" is committed.
 *
 *     struct term_options o = {.language = STR("en"), .client = name, .in = 0, .out = 1};
 *     if (!term_run(journey, &o, &e)) return err_exit_status(e.code);
 */
#ifndef ESPALIER_TERM_TERM_H
#define ESPALIER_TERM_TERM_H

#include "practice/journey.h"

struct term_options {
    struct str language; /* "en" or "fr": of the program's own sentences */
    struct str client;   /* the name that `espalier run` takes, for the hint how to go on */
    struct str
        scratch;      /* folder for texts written in an editor, absolute; empty: $XDG_RUNTIME_DIR */
    bool color;       /* styles, where the terminal has them and NO_COLOR is not set */
    bool interactive; /* keys and line editing, where `in` and `out` are terminals and TERM is not
                         "dumb" */
    int idle_seconds; /* the screen is hidden when no key came for so long; 0: 15 minutes; less:
                         never */
    int in, out;
};

/* Holds the conversation until the journey is done, the person leaves, or the input ends: then
 * true. Fails with ERR_INTERRUPTED (a signal; everything acknowledged is saved, and that was said),
 * ERR_SCRIPT (the workflow cannot go on; the person was told that nothing is lost), ERR_DISK,
 * ERR_DATA.  The terminal is left as it was. */
MUST_USE bool term_run(struct journey *j, const struct term_options *o, struct err *e);

#endif
