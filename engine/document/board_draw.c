/* Lines that join: every border adds the directions it runs in to the characters it passes, and the
 * sum of the directions is the character that is drawn. */
#include "document/board.h"

enum { UP = 1, RIGHT = 2, DOWN = 4, LEFT = 8 };

static const char *const signs[16] = {" ", "╵", "╶", "└", "╷", "│", "┌", "├",
                                      "╴", "┘", "─", "┴", "┐", "┤", "┬", "┼"};

struct run { /* a text in a row */
    struct run *next;
    size_t x;
    struct str text;
};

struct drawing {
    struct arena *a;
    size_t columns, rows;
    unsigned char *lines; /* directions, row by row */
    struct run **runs;    /* texts of each row, from left to right */
};

static void add_line(struct drawing *d, size_t x, size_t y, unsigned directions)
{
    d->lines[y * d->columns + x] |= (unsigned char)directions;
}

static void add_border(struct drawing *d, const struct piece *box)
{
    for (size_t x = box->x0; x < box->x1; x++) {
        add_line(d, x, box->y0, RIGHT);
        add_line(d, x + 1, box->y0, LEFT);
        add_line(d, x, box->y1, RIGHT);
        add_line(d, x + 1, box->y1, LEFT);
    }
    for (size_t y = box->y0; y < box->y1; y++) {
        add_line(d, box->x0, y, DOWN);
        add_line(d, box->x0, y + 1, UP);
        add_line(d, box->x1, y, DOWN);
        add_line(d, box->x1, y + 1, UP);
    }
}

static void add_run(struct drawing *d, size_t x, size_t y, struct str text)
{
    struct run **at = &d->runs[y], *run = arena_alloc(d->a, sizeof *run);
    while (*at && (*at)->x < x)
        at = &(*at)->next;
    *run = (struct run){*at, x, text};
    *at = run;
}

static void add_boxes(struct drawing *d, const struct piece *p)
{
    size_t y = p->y0 + 1;
    if (p->kind == PIECE_BOX) {
        add_border(d, p);
        for (const struct box_line *line = p->lines; line; line = line->next)
            add_run(d, p->x0 + 2, y++, line->text);
    }
    for (const struct piece *part = p->first; part; part = part->next)
        add_boxes(d, part);
}

static const char *sign_for(unsigned directions, bool ascii)
{
    if (!ascii)
        return signs[directions];
    if (directions == (UP | DOWN))
        return "|";
    return directions == (LEFT | RIGHT) ? "-" : directions ? "+" : " ";
}

static void draw_row(struct buf *out, const struct drawing *d, size_t y, bool ascii)
{
    const struct run *run = d->runs[y];
    for (size_t x = 0; x < d->columns; x++) {
        if (run && run->x == x) {
            size_t width = text_width(run->text);
            buf_add(out, run->text);
            x += width > 0 ? width : 1;
            if (width == 0)
                buf_add_char(out, ' ');
            run = run->next;
        }
        buf_add(out, str_of(sign_for(d->lines[y * d->columns + x], ascii)));
    }
    /* An empty place at the right edge. */
    while (out->n > 0 && out->p[out->n - 1] == ' ')
        out->n--;
    buf_add_char(out, '\n');
}

void board_draw(struct buf *out, const struct piece *p, bool ascii)
{
    struct drawing d = {.a = out->a, .columns = p->x1 + 1, .rows = p->y1 + 1};
    d.lines = arena_alloc(d.a, d.columns * d.rows);
    d.runs = arena_alloc(d.a, d.rows * sizeof *d.runs);
    add_boxes(&d, p);
    for (size_t y = 0; y < d.rows; y++)
        draw_row(out, &d, y, ascii);
}
