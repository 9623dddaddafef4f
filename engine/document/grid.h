/* The grid of a canvas, read from any of its forms: which block stands in which cell.  Cells with
 * the same id are one box and must form a rectangle. */
#ifndef ESPALIER_DOCUMENT_GRID_H
#define ESPALIER_DOCUMENT_GRID_H

#include "base/json.h"

enum { GRID_ROWS = 24, GRID_COLUMNS = 24 };

struct grid {
    size_t rows, columns;
    struct str cells[GRID_ROWS][GRID_COLUMNS]; /* ids; they live as long as what was read */
};

/* Reads the "grid" of a board: rows of ids, rows as texts ("kp kp vp"), or rows of
 * {"block","span","rows"}.  Fails with ERR_DATA. */
MUST_USE bool grid_read(const json_t *json, struct grid *g, struct err *e);

/* Does no block stand in this cell? */
bool grid_is_empty(struct str id);

#endif
