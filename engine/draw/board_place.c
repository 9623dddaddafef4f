/* Where boxes stand, in numbers only.  The grid comes in three forms (document.h): rows of ids,
 * rows as texts, rows of {"block","span","rows"} as in a table of HTML. */
#include "draw/board.h"

#include <string.h>

enum { REST_MOST = 48 };

struct cells {
    size_t rows, columns;
    struct str at[GRID_MOST][GRID_MOST];
};

/* Puts an id into the first free cells of a row. */
static bool put(struct cells *c, size_t row, struct str id, size_t span, size_t rows)
{
    size_t column = 0;
    while (column < GRID_MOST && c->at[row][column].n > 0)
        column++;
    if (id.n == 0 || span == 0 || rows == 0 || column + span > GRID_MOST || row + rows > c->rows)
        return false;
    for (size_t y = row; y < row + rows; y++)
        for (size_t x = column; x < column + span; x++) {
            if (c->at[y][x].n > 0)
                return false;
            c->at[y][x] = id;
        }
    return true;
}

static size_t span_of(const json_t *cell, const char *name)
{
    long long n = json_whole(cell, name, 1);
    return n < 1 || n > GRID_MOST ? 0 : (size_t)n;
}

static bool read_words(struct cells *c, size_t row, struct str line)
{
    while ((line = str_trim(line)).n > 0) {
        struct str rest, word = str_split(line, ' ', &rest);
        if (!put(c, row, word, 1, 1))
            return false;
        line = rest;
    }
    return true;
}

static bool read_row(struct cells *c, size_t row, const json_t *json)
{
    size_t i;
    json_t *cell;
    if (json_is_string(json))
        return read_words(c, row, json_text(json));
    json_array_foreach ((json_t *)(uintptr_t)json, i, cell) {
        bool spans = json_is_object(cell);
        if (!put(c, row, spans ? json_member(cell, "block") : json_text(cell),
                 spans ? span_of(cell, "span") : 1, spans ? span_of(cell, "rows") : 1))
            return false;
    }
    return json_is_array(json);
}

static bool read_cells(struct cells *c, const json_t *grid)
{
    c->rows = json_array_size(grid);
    if (c->rows == 0 || c->rows > GRID_MOST)
        return false;
    for (size_t i = 0; i < c->rows; i++)
        if (!read_row(c, i, json_array_get(grid, i)))
            return false;
    while (c->columns < GRID_MOST && c->at[0][c->columns].n > 0)
        c->columns++;
    for (size_t y = 0; y < c->rows; y++)
        for (size_t x = 0; x < GRID_MOST; x++)
            if ((c->at[y][x].n > 0) != (x < c->columns))
                return false;
    return c->columns > 0;
}

/* The rectangle of an id; false if its cells are none, or do not fill it. */
static bool find_place(const struct cells *c, struct str id, struct place *at)
{
    size_t top = GRID_MOST, left = GRID_MOST, bottom = 0, right = 0, n = 0;
    for (size_t y = 0; y < c->rows; y++)
        for (size_t x = 0; x < c->columns; x++) {
            if (!str_eq(c->at[y][x], id))
                continue;
            n++;
            top = y < top ? y : top;
            left = x < left ? x : left;
            bottom = y + 1 > bottom ? y + 1 : bottom;
            right = x + 1 > right ? x + 1 : right;
        }
    if (n == 0 || n != (bottom - top) * (right - left))
        return false;
    *at = (struct place){top, bottom - top, left, right - left};
    return true;
}

/* One box that is no rectangle makes all of the grid wrong; a point is an empty place. */
static bool is_sound(const struct cells *c)
{
    struct place ignored;
    for (size_t y = 0; y < c->rows; y++)
        for (size_t x = 0; x < c->columns; x++) {
            struct str id = c->at[y][x];
            bool seen =
                (x > 0 && str_eq(c->at[y][x - 1], id)) || (y > 0 && str_eq(c->at[y - 1][x], id));
            if (!str_is(id, ".") && !seen && !find_place(c, id, &ignored))
                return false;
        }
    return true;
}

/* A second block of the same id would stand on the first. */
static bool is_taken(const struct board *b, struct place at)
{
    for (size_t i = 0; i < b->n; i++)
        if (b->boxes[i].placed && b->boxes[i].at.row == at.row &&
            b->boxes[i].at.column == at.column)
            return true;
    return false;
}

static size_t place_by_grid(struct board *b, const struct cells *c)
{
    size_t placed = 0;
    for (size_t i = 0; i < b->n; i++) {
        struct place at;
        if (b->boxes[i].id.n == 0 || str_is(b->boxes[i].id, ".") ||
            !find_place(c, b->boxes[i].id, &at) || is_taken(b, at))
            continue;
        b->boxes[i].at = at;
        b->boxes[i].placed = true;
        placed++;
    }
    b->tracks.rows = c->rows;
    b->tracks.columns = c->columns;
    return placed;
}

/* Rows of like many boxes below what is placed; columns are divided until the boxes of all rows
 * have a whole number of them. */
static void place_rest(struct board *b, size_t rest, size_t beside)
{
    struct tracks *t = &b->tracks;
    size_t across = t->columns ? t->columns : 1;
    size_t rows = (rest + beside - 1) / beside, last = rest - (rows - 1) * beside, k = 0;
    size_t finer = rows > 1 && beside != last ? beside * last : beside;
    while (across * finer > TRACKS_MOST && finer > 1)
        finer--;
    for (size_t i = 0; i < b->n && t->columns; i++) {
        b->boxes[i].at.column *= finer;
        b->boxes[i].at.columns *= finer;
    }
    t->columns = across * finer;
    for (size_t i = 0; i < b->n; i++) {
        if (b->boxes[i].placed || k == rest)
            continue;
        size_t row = k / beside, n = row + 1 == rows ? last : beside, column = k % beside;
        size_t from = t->columns * column / n, to = t->columns * (column + 1) / n;
        b->boxes[i].at = (struct place){t->rows + row, 1, from, to - from};
        b->boxes[i].placed = true;
        k++;
    }
    t->rows += rows;
}

/* How many boxes stand beside each other where nobody said: wide enough for words, and about as
 * wide as high. */
static size_t beside_of(size_t n)
{
    size_t beside = 1;
    while (beside < 8 && beside * beside * 2 < n * 3)
        beside++;
    return beside;
}

void board_place(struct board *b)
{
    struct cells *c = arena_alloc(surface_arena(b->s), sizeof *c);
    size_t placed = 0;
    if (read_cells(c, json_object_get(b->json, "grid")) && is_sound(c))
        placed = place_by_grid(b, c);
    if (placed == 0)
        b->tracks.rows = b->tracks.columns = 0;
    size_t rest = b->n - placed > REST_MOST ? REST_MOST : b->n - placed;
    if (rest > 0)
        place_rest(b, rest, placed > 0 && rest < 6 ? rest : beside_of(rest));
    size_t kept = 0;
    for (size_t i = 0; i < b->n; i++)
        if (b->boxes[i].placed)
            b->boxes[kept++] = b->boxes[i];
    b->left_out += b->n - kept;
    b->n = kept;
}

static double sum(const double *list, size_t from, size_t n, double gap)
{
    double all = n > 0 ? gap * (double)(n - 1) : 0;
    for (size_t i = from; i < from + n; i++)
        all += list[i];
    return all;
}

struct rect board_rect(const struct tracks *t, struct place at, struct rect area)
{
    double x = sum(t->width, 0, at.column, t->gap) + (at.column ? t->gap : 0);
    double y = sum(t->height, 0, at.row, t->gap) + (at.row ? t->gap : 0);
    return (struct rect){area.x + x, area.y + y, sum(t->width, at.column, at.columns, t->gap),
                         sum(t->height, at.row, at.rows, t->gap)};
}

void board_even_widths(struct tracks *t, double width)
{
    double all = width - t->gap * (double)(t->columns - 1);
    for (size_t i = 0; i < t->columns; i++)
        t->width[i] = all / (double)t->columns;
}

double board_rows(const struct box *boxes, size_t n, struct tracks *t, double cap)
{
    memset(t->height, 0, sizeof t->height);
    for (size_t span = 1; span <= t->rows; span++)
        for (size_t i = 0; i < n; i++) {
            const struct place *at = &boxes[i].at;
            if (at->rows != span)
                continue;
            double need = boxes[i].need < cap ? boxes[i].need : cap;
            double missing = need - sum(t->height, at->row, span, t->gap);
            for (size_t y = at->row; y < at->row + span && missing > 0; y++)
                t->height[y] += missing / (double)span;
        }
    return sum(t->height, 0, t->rows, t->gap);
}

void board_fill_rows(const struct box *boxes, size_t n, struct tracks *t, double height)
{
    double low = 0, high = height, used = board_rows(boxes, n, t, height);
    if (used > height) {
        for (int i = 0; i < 40; i++) {
            double middle = (low + high) / 2;
            if (board_rows(boxes, n, t, middle) > height)
                high = middle;
            else
                low = middle;
        }
        used = board_rows(boxes, n, t, low);
    }
    /* Full rows get more of what is left, but empty ones are no slits. */
    double left = height - used, rows = (double)t->rows;
    double filled = used - t->gap * (rows - 1);
    for (size_t y = 0; y < t->rows; y++)
        t->height[y] += left * (filled > 0 ? 0.6 * t->height[y] / filled + 0.4 / rows : 1.0 / rows);
}
