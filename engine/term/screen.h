/* What reaches a terminal: wrapped lines, headings, calm colours.  Every text passes text_safe on
 * its way, so that nothing a person or a file has written can send an escape sequence; the only
 * sequences are the literals of this box.  Output is gathered and written whole; errors of writing
 * are remembered in `failed`, not reported line by line.
 *
 *     struct screen s; screen_open(&s, 1, true); screen_heading(&s, title); ... screen_flush(&s);
 */
#ifndef ESPALIER_TERM_SCREEN_H
#define ESPALIER_TERM_SCREEN_H

#include "base/text.h"

enum style { STYLE_PLAIN, STYLE_BOLD, STYLE_DIM, STYLE_GOOD, STYLE_WARN, STYLE_COUNT };

enum { SCREEN_WIDTH = 80, SCREEN_READABLE = 88, SCREEN_MARGIN = 2 };

struct screen {
    int fd;
    bool terminal;  /* it is one, and it understands more than plain lines (TERM is not "dumb") */
    bool color;     /* styles are shown */
    bool failed;    /* a write failed: nobody is listening any more */
    bool blank;     /* the line before is empty */
    bool within;    /* a line has begun and not ended */
    size_t width;   /* columns to fill, at most SCREEN_READABLE */
    size_t columns; /* columns there are */
    size_t n;
    char pending[4096];
};

/* Prepares output to `fd`.  Styles are shown if `color` is true, fd is a terminal, TERM is not
 * "dumb" and NO_COLOR is empty or not set.  The width is that of the terminal, else 80. */
void screen_open(struct screen *s, int fd, bool color);

/* Asks for the width again, after the window has changed. */
void screen_measure(struct screen *s);

/* Writes what is gathered. */
void screen_flush(struct screen *s);

/* A paragraph, wrapped, `indent` columns from the left; its own line ends are kept. */
void screen_line(struct screen *s, enum style style, size_t indent, struct str text);

/* The same with a mark ("1", "-") before it: later lines stand under the first word. */
void screen_item(struct screen *s, enum style style, size_t indent, struct str mark,
                 struct str text);

/* Two texts at the two ends of one line; on two lines where they do not fit. */
void screen_pair(struct screen *s, enum style style, size_t indent, struct str left,
                 struct str right);

/* A bold line with an empty one before it. */
void screen_heading(struct screen *s, struct str text);

/* An empty line, unless there is one already. */
void screen_gap(struct screen *s);

/* Text within a line: no wrapping, no line end. */
void screen_part(struct screen *s, enum style style, struct str text);
void screen_end_line(struct screen *s);

/* Something else (the echo of a terminal, a line editor) has written a line: what follows begins at
 * the left. */
void screen_elsewhere(struct screen *s);

/* A control sequence of our own: only a string literal satisfies it.  Nothing is sent where there
 * is no terminal. */
#define screen_control(s, literal) screen_control_(s, "" literal, sizeof(literal) - 1)
void screen_control_(struct screen *s, const char *sequence, size_t n);

#endif
