/* One size of text for all boxes of a canvas, the largest at which everything is there; if there is
 * none, the least.  Only what could stand on the page is measured. */
#include "draw/board.h"

#define SIZE_MOST 10.5
#define SIZE_ROOMY 13.0 /* on a canvas that is not nearly full even so */
#define SIZE_LEAST 6.5
#define SIZE_STEP 0.5
#define NEVER 1e6 /* higher than any page */

/* Widths follow what is in the boxes only so far that the canvas is still recognised. */
#define WIDTH_LEAST 0.84
#define WIDTH_MOST 1.30

double board_pad(double width)
{
    double pad = width * 0.06;
    return pad < 2 ? 2 : pad > 8 ? 8 : pad;
}

static double width_of(const struct tracks *t, struct place at)
{
    double width = t->gap * (double)(at.columns - 1);
    for (size_t x = at.column; x < at.column + at.columns; x++)
        width += t->width[x];
    return width;
}

static double need_of(const struct board *b, struct box *box, double limit)
{
    double outer = width_of(&b->tracks, box->at), pad = board_pad(outer), width = outer - 2 * pad;
    PangoLayout *label = board_label(b, box->label, width);
    double need = 2 * pad + text_high(label) + board_gap(b) * 2;
    g_object_unref(label);
    if (box->n > 0 && need < limit)
        need += board_lanes_high(b, box, width, limit - need);
    return need > limit ? NEVER : need;
}

/* Is all of it there at this size? */
static bool fits(struct board *b, double size, double height)
{
    b->size = size;
    for (size_t i = 0; i < b->n; i++) {
        b->boxes[i].need = need_of(b, &b->boxes[i], height);
        if (b->boxes[i].need >= NEVER)
            return false;
    }
    return board_rows(b->boxes, b->n, &b->tracks, NEVER) <= height;
}

/* The largest size that fits with the widths as they are; 0: none. */
static double largest(struct board *b, double most, double height)
{
    int low = 0, high = (int)((most - SIZE_LEAST) / SIZE_STEP + 0.01);
    if (fits(b, SIZE_LEAST + SIZE_STEP * high, height))
        return b->size;
    if (!fits(b, SIZE_LEAST, height))
        return 0;
    while (high - low > 1) {
        int middle = (low + high) / 2;
        if (fits(b, SIZE_LEAST + SIZE_STEP * middle, height))
            low = middle;
        else
            high = middle;
    }
    return SIZE_LEAST + SIZE_STEP * low;
}

/* A few words on a large page are larger. */
static double larger(struct board *b, double size, double most, double height)
{
    while (size + SIZE_STEP <= most && fits(b, size + SIZE_STEP, height * 0.6))
        size += SIZE_STEP;
    return size;
}

static double text_in(const struct box *box)
{
    double letters = (double)box->label.n;
    for (size_t i = 0; i < box->n && letters < 20000; i++)
        letters += (double)(box->items[i].text.n + box->items[i].was.n) + 12;
    return letters;
}

/* Wider columns where there is more to read; a box that goes over half of the page says nothing
 * about its columns. */
static void uneven_widths(struct board *b, double width)
{
    struct tracks *t = &b->tracks;
    double wish[TRACKS_MOST] = {0}, mean = 0, all = 0;
    for (size_t i = 0; i < b->n; i++) {
        struct place at = b->boxes[i].at;
        for (size_t x = at.column; at.columns * 2 < t->columns && x < at.column + at.columns; x++)
            wish[x] += text_in(&b->boxes[i]) / (double)at.columns;
    }
    for (size_t x = 0; x < t->columns; x++)
        mean += wish[x] / (double)t->columns;
    for (size_t x = 0; x < t->columns; x++) {
        double share = mean > 0 ? wish[x] / mean : 1;
        wish[x] = share < WIDTH_LEAST ? WIDTH_LEAST : share > WIDTH_MOST ? WIDTH_MOST : share;
        all += wish[x];
    }
    board_even_widths(t, width);
    for (size_t x = 0; x < t->columns; x++)
        t->width[x] *= wish[x] * (double)t->columns / all;
}

void board_fit(struct board *b, struct rect area)
{
    double most = SIZE_MOST * b->scale, even, uneven;
    most = most < SIZE_LEAST ? SIZE_LEAST : most;
    b->tracks.gap = area.w / (double)b->tracks.columns < 24 ? 2 : 6 * b->scale;
    board_even_widths(&b->tracks, area.w);
    even = largest(b, most, area.h);
    if (even < most - SIZE_STEP) {
        uneven_widths(b, area.w);
        uneven = largest(b, most, area.h);
        if (uneven <= even && even > 0)
            board_even_widths(&b->tracks, area.w);
        even = uneven > even ? uneven : even;
    }
    if (even + SIZE_STEP > most && !b->blank)
        even = larger(b, even, SIZE_ROOMY * b->scale, area.h);
    b->size = even > 0 ? even : SIZE_LEAST;
    for (size_t i = 0; i < b->n; i++)
        b->boxes[i].need = need_of(b, &b->boxes[i], area.h);
    board_fill_rows(b->boxes, b->n, &b->tracks, area.h);
}
