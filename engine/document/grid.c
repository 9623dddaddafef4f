#include "document/grid.h"

#include "document/document.h"

#include <ctype.h>

static bool is_id(struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool later = i > 0 && (isdigit((unsigned char)c) || c == '_' || c == '-');
        if (!((c >= 'a' && c <= 'z') || later))
            return false;
    }
    return s.n > 0;
}

bool grid_is_empty(struct str id)
{
    return str_is(id, ".");
}

static bool too_large(struct err *e)
{
    return err_set(e, ERR_DATA, "A grid has at most %d rows of %d blocks.", GRID_ROWS,
                   GRID_COLUMNS);
}

/* Puts a block into the first free cells of a row; one that spans rows takes cells of the next
 * ones, too. */
static bool put(struct grid *g, size_t row, struct str id, size_t span, size_t rows, struct err *e)
{
    size_t column = 0;
    if (id.n == 0)
        id = STR(".");
    if (!grid_is_empty(id) && !is_id(id))
        return err_set(e, ERR_DATA, "Row %zu of the grid: \"%.*s\" is not the id of a block.",
                       row + 1, STR_ARG(id));
    while (column < GRID_COLUMNS && g->cells[row][column].n > 0)
        column++;
    if (span < 1 || rows < 1 || span > GRID_COLUMNS - column || rows > GRID_ROWS - row)
        return too_large(e);
    for (size_t r = row; r < row + rows; r++) {
        for (size_t c = column; c < column + span; c++) {
            if (g->cells[r][c].n > 0)
                return err_set(
                    e, ERR_DATA,
                    "The blocks \"%.*s\" and \"%.*s\" of the grid stand in the same place.",
                    STR_ARG(g->cells[r][c]), STR_ARG(id));
            g->cells[r][c] = id;
        }
    }
    return true;
}

static bool read_words(struct grid *g, size_t row, struct str line, struct err *e)
{
    while ((line = str_trim(line)).n > 0) {
        size_t n = 0;
        while (n < line.n && line.p[n] != ' ' && line.p[n] != '\t')
            n++;
        if (!put(g, row, str_part(line, 0, n), 1, 1, e))
            return false;
        line = str_part(line, n, line.n);
    }
    return true;
}

static size_t whole(const json_t *cell, const char *name)
{
    long long n = json_whole(cell, name, 1);
    return n < 1 || n > GRID_COLUMNS ? 0 : (size_t)n;
}

static bool read_row(struct grid *g, size_t row, const json_t *json, struct err *e)
{
    size_t i;
    json_t *cell;
    if (json_is_string(json))
        return read_words(g, row, json_text(json), e);
    if (!json_is_array(json))
        return err_set(e, ERR_DATA, "Row %zu of the grid is not a list of blocks.", row + 1);
    json_array_foreach ((json_t *)(uintptr_t)json, i, cell) {
        bool spans = json_is_object(cell);
        struct str id = spans ? json_member(cell, "block") : json_text(cell);
        if (!json_is_string(spans ? json_object_get(cell, "block") : cell))
            return err_set(e, ERR_DATA, "Row %zu of the grid has a cell without a block.", row + 1);
        if (!put(g, row, id, spans ? whole(cell, "span") : 1, spans ? whole(cell, "rows") : 1, e))
            return false;
    }
    return true;
}

static size_t length_of(const struct grid *g, size_t row)
{
    size_t n = 0;
    while (n < GRID_COLUMNS && g->cells[row][n].n > 0)
        n++;
    return n;
}

static bool check_lengths(struct grid *g, struct err *e)
{
    g->columns = length_of(g, 0);
    for (size_t r = 0; r < GRID_ROWS; r++) {
        size_t n = length_of(g, r);
        if (r < g->rows ? n != g->columns : n > 0)
            return err_set(e, ERR_DATA,
                           "Row %zu of the grid has %zu blocks, the first row has %zu. Repeat an "
                           "id to make its box wider.",
                           r + 1, n, g->columns);
    }
    return g->columns > 0 || err_set(e, ERR_DATA, "The grid is empty.");
}

/* The cells of the block at (row, column) must fill the rectangle that they begin. */
static bool check_rectangle(const struct grid *g, size_t row, size_t column, struct err *e)
{
    struct str id = g->cells[row][column];
    size_t cells = 0, wide = 0, high = 0;
    for (size_t r = 0; r < g->rows; r++)
        for (size_t c = 0; c < g->columns; c++)
            cells += str_eq(g->cells[r][c], id);
    while (column + wide < g->columns && str_eq(g->cells[row][column + wide], id))
        wide++;
    while (row + high < g->rows && str_eq(g->cells[row + high][column], id))
        high++;
    size_t filled = 0;
    for (size_t r = row; r < row + high; r++)
        for (size_t c = column; c < column + wide; c++)
            filled += str_eq(g->cells[r][c], id);
    return (cells == wide * high && filled == cells) ||
        err_set(e, ERR_DATA,
                "The cells of the block \"%.*s\" do not form one rectangle in the grid.",
                STR_ARG(id));
}

/* Is this the first cell of a block, reading line by line? */
static bool is_first(const struct grid *g, size_t row, size_t column)
{
    if (grid_is_empty(g->cells[row][column]))
        return false;
    for (size_t r = 0; r <= row; r++)
        for (size_t c = 0; c < g->columns && (r < row || c < column); c++)
            if (str_eq(g->cells[r][c], g->cells[row][column]))
                return false;
    return true;
}

static bool check(struct grid *g, struct err *e)
{
    if (!check_lengths(g, e))
        return false;
    for (size_t r = 0; r < g->rows; r++)
        for (size_t c = 0; c < g->columns; c++)
            if (is_first(g, r, c) && !check_rectangle(g, r, c, e))
                return false;
    return true;
}

bool grid_read(const json_t *json, struct grid *g, struct err *e)
{
    *g = (struct grid){.rows = json_array_size(json)};
    if (g->rows == 0)
        return err_set(e, ERR_DATA, "A grid is a list of rows, each a list of blocks.");
    if (g->rows > GRID_ROWS)
        return too_large(e);
    for (size_t i = 0; i < g->rows; i++)
        if (!read_row(g, i, json_array_get(json, i), e))
            return false;
    return check(g, e);
}

bool grid_check(const json_t *json, struct err *e)
{
    struct grid g;
    return grid_read(json, &g, e);
}

static json_t *to_json(const struct grid *g)
{
    json_t *rows = json_array();
    for (size_t r = 0; r < g->rows; r++) {
        json_t *row = json_array();
        for (size_t c = 0; c < g->columns; c++)
            json_array_append_new(row, json_new_text(g->cells[r][c]));
        json_array_append_new(rows, row);
    }
    return rows;
}

bool grid_parse(struct str text, json_t **out, struct err *e)
{
    struct grid g = {0};
    *out = NULL;
    while (text.n > 0) {
        struct str line = str_split(text, '\n', &text), remark;
        line = str_trim(str_split(line, '#', &remark));
        if (line.n == 0)
            continue;
        if (g.rows == GRID_ROWS)
            return too_large(e);
        if (!read_words(&g, g.rows++, line, e))
            return false;
    }
    if (g.rows == 0)
        return err_set(e, ERR_DATA, "The grid is empty.");
    if (!check(&g, e))
        return false;
    *out = to_json(&g);
    return true;
}
