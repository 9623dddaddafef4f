/* The inside of a canvas while it is drawn: read (board_read.c), placed (board_place.c, numbers
 * only), fitted (board_fit.c: one size of text for all boxes, heights and widths that follow what
 * is in them), drawn (board.c, board_head.c, board_item.c).
 *
 * Whatever is on it, it stays inside its area and boxes never overlap: text shrinks in steps to
 * SIZE_LEAST, then a box shows what fits and says how many more there are. */
#ifndef ESPALIER_DRAW_BOARD_H
#define ESPALIER_DRAW_BOARD_H

#include "draw/draw.h"

enum { TRACKS_MOST = 144, GRID_MOST = 24, BOXES_MOST = 600 };

enum kind { KIND_NONE, KIND_MAINTAIN, KIND_STRENGTHEN, KIND_ADD, KIND_REDUCE, KIND_DELETE };
enum change { CHANGE_NONE, CHANGE_SAME, CHANGE_NEW, CHANGE_GONE, CHANGE_CHANGED };

/* What stands on a canvas beside the words of its people, in its language. */
struct board_words {
    const char *language, *name, *date, *version, *more;
    const char *like, *dislike, *hypothesis;
    const char *fresh, *gone, *changed; /* of a diff */
};

struct item {
    struct str text, was, mark, flags;
    enum kind kind;
    enum change change;
    bool rtl;
    double high; /* at the size that is tried */
};

/* Which tracks of the grid a box covers. */
struct place {
    size_t row, rows, column, columns;
};

struct box {
    struct str id, label;
    unsigned tint;
    struct item *items;
    size_t n;
    bool placed;
    struct place at;
    double need; /* height at the size that is tried */
};

/* Rows and columns: how many, and how high and wide. */
struct tracks {
    size_t rows, columns;
    double gap, width[TRACKS_MOST], height[TRACKS_MOST];
};

struct board {
    struct surface *s;
    const json_t *json;
    const struct board_words *words;
    struct box *boxes;
    size_t n, left_out; /* boxes, and those for which there is no place */
    struct tracks tracks;
    struct str fresh, gone, changed; /* what the signs of a diff mean */
    struct str more;                 /* "{n} more, see the plan" */
    double scale;                    /* of the area, against A4 */
    double size;                     /* of the text */
    bool blank, diff, marked, rtl;
};

/* board_read.c */
void board_read(struct board *b, const json_t *json);
struct str board_sign(const struct item *item); /* what stands in its chip, or empty */
enum kind board_sign_kind(const struct item *item);

/* board_place.c: gives every box its place; those that the grid does not name stand below it, and
 * all stand in columns of their own if there is no grid or a wrong one.  Those for which there is
 * no room (more than 48 without a place) are left out. */
void board_place(struct board *b);
struct rect board_rect(const struct tracks *t, struct place at, struct rect area);
void board_even_widths(struct tracks *t, double width);
/* The height that rows need for the boxes' needs, none of which counts for more than `cap`. */
double board_rows(const struct box *boxes, size_t n, struct tracks *t, double cap);
/* Rows that fill `height` exactly: what is left goes to all, what is missing is taken from the
 * highest boxes. */
void board_fill_rows(const struct box *boxes, size_t n, struct tracks *t, double height);

/* board_fit.c: chooses the size of the text, widths and heights for an area. */
void board_fit(struct board *b, struct rect area);
double board_pad(double width);

/* board_item.c: `width` is that of a box between its paddings. */
double board_indent(const struct board *b);
double board_gap(const struct board *b); /* between items */
PangoLayout *board_label(const struct board *b, struct str label, double width);
/* The height of an item, or more than `limit`. */
double board_item_high(const struct board *b, const struct item *item, double width, double limit);
/* Draws an item, cut at a line to at.h if it is not `whole`; returns its height. */
double board_item_draw(const struct board *b, const struct item *item, struct rect at, bool whole);
/* A sign in its chip, the middle of `size` high text with its base at y; returns the width. */
double board_chip(const struct board *b, enum kind kind, struct str sign, struct rect at);
struct style board_flag_style(struct str sign, double size);
enum kind board_kind_of(const struct board *b, struct str sign);
bool board_too_long(struct str text, double size, double width, double height);

/* board_lanes.c: the items of a box.  The height that they need, or more than `limit`; and draws
 * them, or what fits and how many more there are. */
double board_lanes_high(const struct board *b, struct box *box, double width, double limit);
void board_lanes_draw(const struct board *b, struct box *box, struct rect inside, bool all);

/* board_head.c: what stands above and below; the area that is left for the boxes. */
struct rect board_head(struct board *b, struct rect at);
void board_foot(struct board *b, struct rect at);
/* "n more, see the plan" */
struct str board_more(const struct board *b, size_t n);
/* An area with round corners. */
void board_round(const struct board *b, struct rect at, double radius, unsigned colour);

#endif
