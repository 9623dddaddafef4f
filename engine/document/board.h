/* The inside of the boards: a canvas is cut into pieces (boxes beside each other, boxes below each
 * other), the pieces get their place in columns and rows of characters, and are drawn.  Used by
 * board*.c only. */
#ifndef ESPALIER_DOCUMENT_BOARD_H
#define ESPALIER_DOCUMENT_BOARD_H

#include "document/grid.h"

enum piece_kind { PIECE_BOX, PIECE_EMPTY, PIECE_ACROSS, PIECE_DOWN };

struct box_line {
    struct box_line *next;
    struct str text;
};

struct piece {
    enum piece_kind kind;
    size_t weight; /* share of the width among its neighbours */
    size_t n;      /* parts */
    struct piece *first, *next;
    size_t x0, x1, y0, y1; /* where its border runs, in characters from 0 */
    size_t height;         /* lines it needs inside its border */
    struct str id;         /* of a box */
    struct box_line *lines;
};

/* Cuts a grid into pieces; NULL if no straight cut divides it (a pinwheel). */
struct piece *board_cut(struct arena *a, const struct grid *g);

struct piece *board_piece(struct arena *a, enum piece_kind kind);
void board_add(struct piece *whole, struct piece *part);

/* Gives every piece its columns between the borders x0 and x1.  Where boxes would be too narrow,
 * some that stood beside each other stand below each other. */
void board_place(struct arena *a, struct piece *p, size_t x0, size_t x1);

/* Columns for text in a box that has been placed. */
size_t board_room(const struct piece *box);

/* Lines a piece needs inside its border; boxes have theirs set. */
size_t board_measure(struct piece *p);

/* Gives every piece its rows between the borders y0 and y1; boxes below each other grow as evenly
 * as they can. */
void board_stretch(struct piece *p, size_t y0, size_t y1);

/* Draws the placed boxes, with lines that join where they meet; in plain ASCII if asked. */
void board_draw(struct buf *out, const struct piece *p, bool ascii);

#endif
