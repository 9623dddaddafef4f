/* Paragraphs, cells and labels of a page: what a text looks like (a row of page_style.c) and how it
 * is set. */
#ifndef ESPALIER_DRAW_PAGE_TEXT_H
#define ESPALIER_DRAW_PAGE_TEXT_H

#include "draw/draw.h"

struct pages;

/* How things look: one row of a table in page_style.c each. */
enum look {
    LOOK_TITLE,
    LOOK_CLIENT,
    LOOK_HEADING_1,
    LOOK_HEADING_2,
    LOOK_HEADING_3,
    LOOK_HEADING_4,
    LOOK_TEXT,
    LOOK_PURPOSE,
    LOOK_QUOTE,
    LOOK_CODE,
    LOOK_HEAD,
    LOOK_CELL,
    LOOK_AROUND
};

struct style_row {
    struct style style;
    double leading;       /* from base line to base line */
    double before, after; /* white around the block; the larger of two neighbours counts */
};
const struct style_row *style_of(enum look look);

struct text_link {
    size_t from, to; /* bytes of the text */
    struct str address;
};

/* A line as it is set. */
struct text_line {
    PangoLayoutLine *line;
    PangoLayout *layout;    /* to which it belongs, */
    size_t from;            /* and where in the text that begins */
    double x, base, height; /* of the letters' beginning; from the top of the line */
};

/* A paragraph, a cell, a label. */
struct text {
    PangoLayout *layout; /* of its beginning: long texts are set in portions */
    struct str words;
    PangoAttrList *attributes; /* of all words; NULL: of a portion but the first */
    enum look look;
    double scale; /* of its size: 1 or less */
    struct text_line *lines;
    size_t n, links_n;
    struct text_link *links;
    bool rtl; /* begins at the right */
    struct text *next;
};

/* Inlines, or a text of our own (lines kept if it is code), set in a look.  The
 * pages own it. */
struct text *text_inlines(struct pages *p, const json_t *inlines, enum look look);
struct text *text_plain(struct pages *p, struct str text, enum look look);
/* Wraps at `width`, or not (-1); only then there are lines.  Side: "left" (the right one where a
 * text runs from there), "middle", "right", or "far", where its lines end. */
void text_wrap_at(struct pages *p, struct text *t, double width, struct str side);
void text_scale(struct text *t, double scale);
void text_free(struct text *t);
/* Width without wrapping, and of the longest word. */
double text_natural(struct text *t);
double text_minimum(struct text *t);
/* The text of inlines as they are written. */
struct str text_flat(struct arena *a, const json_t *inlines);

/* Does a text run from the right?  So says its first letter; without letters, the document. */
bool text_runs_left(const struct pages *p, struct str text);

#endif
