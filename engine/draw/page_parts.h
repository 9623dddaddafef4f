/* The inside of page_*.c.  In two steps a tree becomes pages: the blocks are set once, as pieces
 * one below the other (the galley; page_block.c, page_list.c, page_table.c); flow_pages cuts it and
 * page_paint.c draws what stands on each page, in the order of the document, which is the order of
 * reading. */
#ifndef ESPALIER_DRAW_PAGE_PARTS_H
#define ESPALIER_DRAW_PAGE_PARTS_H

#include "draw/draw.h"
#include "draw/page_flow.h"
#include "draw/page_text.h"

/* An element of the structure that readers of a tagged PDF walk through. */
struct node {
    struct node *parent;
    const char *tag;
    int deep;
    bool whole;  /* holds text itself, so that nothing else may be drawn while it is open */
    bool parts;  /* drawn in parts, because it has links or goes over two pages */
    size_t page; /* on which it begins, from 1; 0: not yet known */
};

/* What surrounds several lines: the bar of a quote, the ground of code. */
struct frame {
    struct frame *parent;
    bool bar;
    double x, width;
    size_t page; /* where top and bottom were noted last */
    double top, bottom;
};

/* What stands before the first line of an item. */
struct mark {
    struct mark *next;
    struct node *node;
    struct text *text; /* also of a box: what is found when one searches */
    double x;
    bool box, done;
};

struct row {
    struct node *node;
    struct text **cells;
    double *x; /* of each cell */
    size_t n;
    double height;       /* of what stands in it */
    double above, below; /* white in it */
    size_t lines;        /* of its highest cell */
    struct row *head;    /* what is repeated above it; NULL: nothing */
    double left, right;
    bool is_head;
    size_t page; /* on which its lines were drawn last */
};

struct sheet { /* a canvas and the headings above it */
    const json_t *board, *headings[3];
    struct str caption;
    size_t n;
};

enum piece_kind { PIECE_TEXT, PIECE_ROW, PIECE_SLICE, PIECE_RULE, PIECE_SHEET };

struct piece {
    enum piece_kind kind;
    struct node *node;
    struct frame *frame;
    struct mark *marks;
    struct text *text;
    struct row *row;
    struct sheet *sheet;
    size_t line; /* of the text; of the cells of a row in slices */
    int outline; /* of a heading's first line: its level; 0: none */
    double x, width;
};

struct pages {
    struct arena *a;
    struct surface *s;
    const json_t *tree;
    double width, height; /* of the paper, upright */
    struct rect room;     /* for the text */
    bool rtl;             /* the language of the document is written from the right */
    struct str title, client;
    struct node *root;

    struct flow_line *lines; /* the galley: lines[i] is the space that pieces[i] takes */
    struct piece *pieces;
    size_t n, space;
    double gap;         /* white that the next piece has above it, at least */
    enum keep bond;     /* of the next piece with the last one */
    int owed;           /* lines that stay with the heading above them */
    struct mark *marks; /* for the next piece */

    size_t page, page_count; /* while it is drawn, from 1 */
    struct node *open;       /* the innermost element that has begun */
    bool part;               /* and a part of it */
    int outline[7];
    struct text *texts;
};

/* Where a block goes. */
struct place {
    double x, width;
    struct node *node;
    struct frame *frame;
    bool tight;
    int deep;
};

/* page_galley.c */
struct node *node_new(struct pages *p, struct node *parent, const char *tag);
void galley_gap(struct pages *p, double gap);
struct flow_line *galley_add(struct pages *p, double height, struct piece piece);
/* Adds all lines of a text that was wrapped; at most `whole` lines stay together. */
void galley_text(struct pages *p, struct text *t, struct place at, int outline, size_t whole);

/* page_block.c, page_list.c, page_table.c */
void blocks_add(struct pages *p, const json_t *blocks, struct place at);
void paragraph_add(struct pages *p, const json_t *inlines, struct place at);
void listing_add(struct pages *p, const json_t *list, struct place at);
void table_add(struct pages *p, const json_t *table, struct place at);

/* page_tags.c: begins and ends elements so that just `node` is the innermost one; NULL: all end.
 * text_paint draws a line of a text as (part of) its node. */
void tags_reach(struct pages *p, struct node *node);
void tags_pause(struct pages *p); /* what is drawn now belongs to nothing */
void text_paint(struct pages *p, const struct text *t, size_t line, struct node *node, double x,
                double y);

/* page_paint.c */
void pages_paint(struct pages *p, const struct flow_page *pages, size_t n);

#endif
