#include "document/board.h"

#include <assert.h>

enum {
    NARROWEST = 16,  /* columns of text in a box of the grid as it was meant */
    COMFORT = 20,    /* and in one that was rearranged */
    PARTS_TRIED = 12 /* parts of which every grouping is tried */
};

struct area {
    size_t row, rows_end, column, columns_end;
};

struct piece *board_piece(struct arena *a, enum piece_kind kind)
{
    struct piece *p = arena_alloc(a, sizeof *p);
    p->kind = kind;
    p->weight = 1;
    return p;
}

void board_add(struct piece *whole, struct piece *part)
{
    struct piece **tail = &whole->first;
    while (*tail)
        tail = &(*tail)->next;
    *tail = part;
    whole->n++;
}

/* Does a border run between two cells?  Always beside an empty place, which has no border of its
 * own. */
static bool differ(struct str a, struct str b)
{
    return grid_is_empty(a) || !str_eq(a, b);
}

static bool cuts_before_row(const struct grid *g, const struct area *at, size_t row)
{
    for (size_t c = at->column; c < at->columns_end; c++)
        if (!differ(g->cells[row - 1][c], g->cells[row][c]))
            return false;
    return true;
}

static bool cuts_before_column(const struct grid *g, const struct area *at, size_t column)
{
    for (size_t r = at->row; r < at->rows_end; r++)
        if (!differ(g->cells[r][column - 1], g->cells[r][column]))
            return false;
    return true;
}

static struct piece *cut(struct arena *a, const struct grid *g, struct area at);

static bool add_cut(struct arena *a, const struct grid *g, struct piece *whole, struct area part)
{
    struct piece *p = cut(a, g, part);
    if (!p)
        return false;
    p->weight = part.columns_end - part.column;
    board_add(whole, p);
    return true;
}

static struct piece *cut_rows(struct arena *a, const struct grid *g, struct area at)
{
    struct piece *whole = board_piece(a, PIECE_DOWN);
    struct area part = at;
    for (size_t r = at.row + 1; r <= at.rows_end; r++) {
        if (r < at.rows_end && !cuts_before_row(g, &at, r))
            continue;
        part.rows_end = r;
        if (part.row == at.row && r == at.rows_end)
            return NULL;
        if (!add_cut(a, g, whole, part))
            return NULL;
        part.row = r;
    }
    return whole;
}

static struct piece *cut_columns(struct arena *a, const struct grid *g, struct area at)
{
    struct piece *whole = board_piece(a, PIECE_ACROSS);
    struct area part = at;
    for (size_t c = at.column + 1; c <= at.columns_end; c++) {
        if (c < at.columns_end && !cuts_before_column(g, &at, c))
            continue;
        part.columns_end = c;
        if (part.column == at.column && c == at.columns_end)
            return NULL;
        if (!add_cut(a, g, whole, part))
            return NULL;
        part.column = c;
    }
    return whole;
}

static struct piece *cut(struct arena *a, const struct grid *g, struct area at)
{
    struct str id = g->cells[at.row][at.column];
    bool single = at.rows_end - at.row == 1 && at.columns_end - at.column == 1;
    if (single || !differ(id, g->cells[at.rows_end - 1][at.columns_end - 1])) {
        struct piece *box = board_piece(a, grid_is_empty(id) ? PIECE_EMPTY : PIECE_BOX);
        box->id = id;
        box->height = 1;
        return box;
    }
    struct piece *rows = cut_rows(a, g, at);
    return rows ? rows : cut_columns(a, g, at);
}

struct piece *board_cut(struct arena *a, const struct grid *g)
{
    return cut(a, g, (struct area){0, g->rows, 0, g->columns});
}

size_t board_room(const struct piece *box)
{
    return box->x1 - box->x0 -
        3; /* two borders, of which one is shared, and a blank on each side */
}

static size_t weight_of(const struct piece *p)
{
    size_t weight = 0;
    for (const struct piece *part = p->first; part; part = part->next)
        weight += part->weight;
    return weight;
}

/* The border after `before` shares of the width, rounded. */
static size_t border_at(size_t x0, size_t x1, size_t before, size_t all)
{
    return x0 + ((x1 - x0) * before * 2 + all) / (all * 2);
}

/* Columns for text in the narrowest box. */
static size_t narrowest(const struct piece *p, size_t width)
{
    size_t least = p->kind == PIECE_BOX ? (width > 3 ? width - 3 : 0) : SIZE_MAX;
    size_t before = 0, all = weight_of(p);
    for (const struct piece *part = p->first; part; part = part->next) {
        size_t from = border_at(0, width, before, all);
        before += part->weight;
        size_t to = border_at(0, width, before, all);
        size_t inside = narrowest(part, p->kind == PIECE_ACROSS ? to - from : width);
        least = inside < least ? inside : least;
    }
    return least;
}

static size_t boxes_in(const struct piece *p)
{
    size_t n = p->kind == PIECE_BOX;
    for (const struct piece *part = p->first; part; part = part->next)
        n += boxes_in(part);
    return n;
}

/* How uneven groups are: bit i of `cuts` ends a group after part i.  Groups of like size win, then
 * symmetry. */
static size_t unevenness(const size_t *boxes, size_t n, unsigned cuts, size_t groups)
{
    size_t sizes[PARTS_TRIED] = {0}, g = 0, sum = 0, skew = 0;
    for (size_t i = 0; i < n; i++) {
        sizes[g] += boxes[i];
        g += (cuts >> i) & 1;
    }
    for (size_t i = 0; i < groups; i++) {
        size_t other = sizes[groups - 1 - i];
        sum += sizes[i] * sizes[i];
        skew += sizes[i] > other ? sizes[i] - other : other - sizes[i];
    }
    return sum * 1000 + skew;
}

static unsigned best_cuts(const struct piece *p, size_t groups)
{
    size_t boxes[PARTS_TRIED] = {0}, i = 0, best = SIZE_MAX;
    unsigned found = 0;
    for (const struct piece *part = p->first; part; part = part->next)
        boxes[i++] = boxes_in(part);
    for (unsigned cuts = 0; cuts < 1U << (p->n - 1); cuts++) {
        if ((size_t)__builtin_popcount(cuts) != groups - 1)
            continue;
        size_t uneven = unevenness(boxes, p->n, cuts, groups);
        if (uneven < best) {
            best = uneven;
            found = cuts;
        }
    }
    return found;
}

/* Adds a part to a group of boxes below each other; such a group itself is taken apart. */
static void add_to_group(struct piece *group, struct piece *part)
{
    struct piece *next = part->kind == PIECE_DOWN ? part->first : part;
    bool whole = next == part;
    while (next) {
        struct piece *one = next;
        next = whole ? NULL : one->next;
        one->next = NULL;
        board_add(group, one);
    }
}

/* Empty places are given up when the others are rearranged. */
static void drop_empty(struct piece *p)
{
    for (struct piece **at = &p->first; *at;) {
        if ((*at)->kind == PIECE_EMPTY) {
            *at = (*at)->next;
            p->n--;
        } else {
            at = &(*at)->next;
        }
    }
}

/* Rearranges parts beside each other into so many groups. */
static void regroup(struct arena *a, struct piece *p, size_t groups)
{
    unsigned cuts = p->n <= PARTS_TRIED ? best_cuts(p, groups) : 0;
    struct piece *part = p->first, *group = NULL;
    size_t n = p->n;
    p->first = NULL;
    p->n = 0;
    for (size_t i = 0; i < n; i++) {
        struct piece *next = part->next;
        if (!group) {
            group = board_piece(a, PIECE_DOWN);
            board_add(p, group);
        }
        add_to_group(group, part);
        bool even_end = (i + 1) * groups / n > i * groups / n;
        if (n <= PARTS_TRIED ? (cuts >> i) & 1 : even_end)
            group = NULL;
        part = next;
    }
}

/* The largest number of groups with room for their text. */
static size_t groups_for(const struct piece *p, size_t width)
{
    size_t groups = p->n;
    while (groups > 1 && width / groups < COMFORT + 3)
        groups--;
    return groups;
}

void board_place(struct arena *a, struct piece *p, size_t x0, size_t x1)
{
    assert(x1 > x0 + 3);
    p->x0 = x0;
    p->x1 = x1;
    if (p->kind == PIECE_ACROSS && p->n > 1 && narrowest(p, x1 - x0) < NARROWEST) {
        drop_empty(p);
        regroup(a, p, groups_for(p, x1 - x0));
    }
    size_t before = 0, all = weight_of(p);
    for (struct piece *part = p->first; part; part = part->next) {
        size_t from = border_at(x0, x1, before, all);
        before += part->weight;
        size_t to = border_at(x0, x1, before, all);
        bool across = p->kind == PIECE_ACROSS;
        board_place(a, part, across ? from : x0, across ? to : x1);
    }
}

size_t board_measure(struct piece *p)
{
    size_t sum = 0, most = 0;
    for (struct piece *part = p->first; part; part = part->next) {
        size_t inside = board_measure(part);
        sum += inside + (part->next != NULL);
        most = inside > most ? inside : most;
    }
    if (p->first)
        p->height = p->kind == PIECE_DOWN ? sum : most;
    return p->height;
}

/* Gives the lines that are left between the borders to the lowest box, one by one. */
static void share(struct piece *p, size_t height)
{
    assert(p->first);
    size_t used = p->n - 1;
    for (const struct piece *part = p->first; part; part = part->next)
        used += part->height;
    for (; used < height; used++) {
        struct piece *lowest = p->first;
        for (struct piece *part = p->first; part; part = part->next)
            if (part->height < lowest->height)
                lowest = part;
        lowest->height++;
    }
}

void board_stretch(struct piece *p, size_t y0, size_t y1)
{
    p->y0 = y0;
    p->y1 = y1;
    if (p->kind == PIECE_DOWN)
        share(p, y1 - y0 - 1);
    for (struct piece *part = p->first; part; part = part->next) {
        size_t end = p->kind == PIECE_DOWN ? y0 + part->height + 1 : y1;
        board_stretch(part, y0, end);
        y0 = p->kind == PIECE_DOWN ? end : y0;
    }
}
