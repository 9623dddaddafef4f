/* What stands on a board: its items with their signs, joined with those of another canvas to show
 * what changes, and the legend for the signs that are used. */
#ifndef ESPALIER_PRACTICE_BOARDS_H
#define ESPALIER_PRACTICE_BOARDS_H

#include "practice/state.h"

struct board_blocks {
    struct journey *j;
    struct arena *a;
    const json_t *canvas; /* as shape_canvases gives it */
    const json_t *before; /* NULL, or the one it is compared with */
    struct str page;      /* only this page of a canvas with pages; empty: everything */
};

/* The blocks as board_to_text reads them (a new reference). */
json_t *boards_blocks(const struct board_blocks *wish);

/* Is there nothing on a canvas, or on a board? */
bool boards_empty(const json_t *canvas);

/* "Amara Diallo · 23 November 2026"; only the day where no name is known.  Lives in `a`. */
struct str boards_subtitle(struct arena *a, struct journey *j, struct str client, struct str day);

/* What the signs mean, for those that are used (a new reference). */
json_t *boards_legend(struct journey *j, const json_t *blocks);

#endif
