/* The inside of HTML: what the parts of a page share.  Markup is written as literals, texts are
 * escaped; nothing else reaches the output.  Used by html*.c, and by
 * the pages of the web app for the places and tints of a canvas. */
#ifndef ESPALIER_DOCUMENT_HTML_H
#define ESPALIER_DOCUMENT_HTML_H

#include "document/grid.h"
#include "document/page.h"

struct html {
    struct buf *out;
    const json_t *words, *sources; /* no sources: no links to them */
    size_t depth;                  /* of lists and quotes that are open */
    int level;                     /* of the last heading */
    bool in_section;
    size_t n_sections, n_tables;
    json_t *cited; /* the numbers of sources that have a link already, as names */
};

/* Constant markup. */
#define HTML(h, literal) buf_add((h)->out, STR(literal))

/* A text, its line feeds as breaks. */
void html_text(struct html *h, struct str text);

/* A word of the page, escaped. */
void html_word(struct html *h, const char *name);

/* A heading's tags, of level 1 to 6. */
void html_heading_begin(struct html *h, int level, const char *attributes);
void html_heading_end(struct html *h, int level);

void html_inlines(struct html *h, const json_t *runs);

/* The words of inlines alone, breaks as blanks; for an attribute or to compare. */
struct str html_plain(struct arena *a, const json_t *runs);

void html_blocks(struct html *h, const json_t *blocks);

/* Ends the section that a heading of level 2 began. */
void html_end_section(struct html *h);

/* The links to the sources of that numbers, if there are sources. */
void html_why(struct html *h, const json_t *why);

/* A table of the page. */
void html_table(struct html *h, const json_t *table);

/* Where a block stands in a grid: column and row from 1, how many of both; w is 0 if nowhere. */
struct html_place {
    size_t x, y, w, h;
};
struct html_place html_place_of(const struct grid *g, struct str id);

/* The number, from 1, of the tint of the style sheets that is nearest to a colour ("#f5f0e6"). */
size_t html_tint(struct str colour);

/* The name of the size in which the blocks of a board fit on a landscape page of A4. */
const char *html_board_size(const json_t *board, const struct grid *g);

/* A canvas whose title is a heading of that level, its blocks one below. */
void html_board(struct html *h, const json_t *board, int level);

#endif
