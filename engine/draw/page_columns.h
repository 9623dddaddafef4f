/* How wide the columns of a table are: arithmetic only. */
#ifndef ESPALIER_DRAW_PAGE_COLUMNS_H
#define ESPALIER_DRAW_PAGE_COLUMNS_H

#include <stdbool.h>
#include <stddef.h>

struct column {
    double least, most; /* of its longest word; of its longest cell without wrapping */
    double width;       /* what it gets */
};

/* Shares `room` among columns: each its most if that fits, and more where that nearly fills the
 * room; otherwise columns that need no more than their share get it, and the others something
 * between their least and their most.  Where even the least does not fit, long words give way.
 * The sum is at most `room`. */
void columns_share(struct column *columns, size_t n, double room);

double columns_least(const struct column *columns, size_t n);

#endif
