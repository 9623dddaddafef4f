/* One line from a person: edited with libedit in a terminal, read plainly from anything else.
 * A bracketed paste is one piece of text however many lines it has; it is never split into several
 * answers. Control characters are dropped, and what is not UTF-8 is refused, before anybody sees
 * the text. */
#ifndef ESPALIER_TERM_LINE_H
#define ESPALIER_TERM_LINE_H

#include "term/keyboard.h"
#include "term/screen.h"

enum { LINE_MAX_BYTES = 1 << 20 };

struct line;

struct line_wish {
    const char *prompt; /* of our own making, one line */
    struct str begin;   /* stands in the line already */
    struct str earlier; /* what the up arrow brings: an earlier answer; may be empty */
    struct str large;   /* "characters pasted": what stands in the line for a long paste */
    bool keep_lines;    /* line ends of pasted text are kept; else they become spaces */
};

enum heard {
    HEARD_LINE,
    HEARD_PASTE,      /* a line that holds pasted text: never a command */
    HEARD_UNREADABLE, /* not UTF-8 */
    HEARD_END,        /* end of input */
    HEARD_STOP        /* INT, TERM, HUP, QUIT */
};

/* Opens it over a keyboard and a screen, which are borrowed and must outlive it. */
struct line *line_open(struct keyboard *k, struct screen *s);
void line_close(struct line *l);

/* Typed text without what cannot be seen: control characters (line ends stay) and overrides of
 * direction. */
struct str line_clean(struct arena *a, struct str s);

/* Reads a line into `*text`, which lives in `a`. */
enum heard line_read(struct line *l, struct arena *a, const struct line_wish *wish,
                     struct str *text);

#endif
