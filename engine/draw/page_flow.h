/* Where pages end: lines of known height one below the other, cut into pages.  Nothing is drawn
 * here, so that the rules can be tested with invented lines.
 *
 * A page ends before a line that may begin one (keep 0), as far down as there is room; where that
 * would leave much of the page empty, or is impossible, before one that had better not (keep 1),
 * then one that should not (keep 2), at last wherever the room ends: nothing is ever lost. */
#ifndef ESPALIER_DRAW_PAGE_FLOW_H
#define ESPALIER_DRAW_PAGE_FLOW_H

#include "base/mem.h"

#include <stdbool.h>

enum keep { KEEP_FREE, KEEP_RATHER, KEEP_FIRM, KEEP_ALWAYS };

struct flow_line {
    double gap;     /* white above it; falls away at the head of a page */
    double height;  /* more than a page has is allowed: it stands on one of its own then */
    double again;   /* at the head of a page: height of what is repeated above it */
    enum keep keep; /* how firmly it stays with the line before it */
    bool alone;     /* a page of its own */
};

struct flow_page {
    size_t from, to; /* lines [from, to) */
};

/* Cuts `n` lines into pages of `room`; the list lives in `a`.  No lines give no pages. */
size_t flow_pages(struct arena *a, const struct flow_line *lines, size_t n, double room,
                  struct flow_page **pages);

/* Keeps the lines [from, to) of one paragraph as a typographer does: two at least at the end of a
 * page and two at the head of the next; all together where there are at most `whole`. */
void flow_keep_paragraph(struct flow_line *lines, size_t from, size_t to, size_t whole);

#endif
