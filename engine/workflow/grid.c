/* Where the blocks of a canvas stand.  The author draws it in words, one line for each row, a block
 * as wide as it is repeated and as high as the rows it stands in: goal  goal today obstacles or
 * writes rows as lists of ids, or as maps { id: width }.  The definition gets the rows of a table:
 * [[{"block":"goal","span":2,"rows":1}], [{"block":"today","span":1,"rows":1}, ...]]. */
#include "workflow/build.h"

#include <stdlib.h>
#include <string.h>

enum { SIDE = 24, EMPTY = -1 };

struct board {
    struct build *b;
    const struct node *at; /* where messages point */
    const json_t *blocks;
    int cells[SIDE][SIDE];
    size_t width, height, row_width;
    bool failed;
};

static int block_index(const json_t *blocks, struct str id)
{
    size_t i;
    json_t *one;
    json_array_foreach ((json_t *)blocks, i, one)
        if (str_eq(json_member(one, "id"), id))
            return (int)i;
    return EMPTY;
}

static void fail(struct board *g, const struct node *at, const char *help, struct str text)
{
    g->failed = true;
    build_fault(g->b, at, "E219", help, "%.*s", STR_ARG(text));
}

static void add_cell(struct board *g, const struct node *at, struct str id, size_t width)
{
    int block = block_index(g->blocks, id);
    if (block == EMPTY && !str_eq(id, STR("."))) {
        struct str known[40];
        size_t n = 0, i;
        json_t *one;
        json_array_foreach ((json_t *)g->blocks, i, one)
            if (n < 40)
                known[n++] = json_member(one, "id");
        fail(g, at,
             build_nearest(g->b, id, known, n,
                           "Add it to \"blocks\", or write . for an empty place."),
             str_format(g->b->a, "the grid names \"%s\", which is no block of this canvas",
                        build_quote(g->b, id).p));
        return;
    }
    if (width == 0 || g->row_width + width > SIDE || g->height >= SIDE) {
        fail(g, at, "Use fewer, wider cells.", STR("a grid has at most 24 rows and 24 columns"));
        return;
    }
    while (width-- > 0)
        g->cells[g->height][g->row_width++] = block;
}

static void end_row(struct board *g)
{
    if (g->row_width == 0)
        return;
    if (g->height == 0)
        g->width = g->row_width;
    if (g->row_width != g->width)
        fail(g, g->at, "Repeat a block to make it wider; all rows must be equally wide.",
             str_format(g->b->a, "row %zu of the grid is %zu wide, the first %zu", g->height + 1,
                        g->row_width, g->width));
    g->height++;
    g->row_width = 0;
}

static void read_line(struct board *g, const struct node *at, struct str line)
{
    for (size_t i = 0; i < line.n && !g->failed;) {
        size_t from = i;
        while (i < line.n && !strchr(" \t\r", line.p[i]))
            i++;
        if (i > from)
            add_cell(g, at, str_part(line, from, i), 1);
        while (i < line.n && strchr(" \t\r", line.p[i]))
            i++;
    }
    end_row(g);
}

static void read_lines(struct board *g, const struct node *at, struct str text)
{
    while (text.n > 0 && !g->failed) {
        struct str line = str_split(text, '\n', &text);
        if (!str_starts(str_trim(line), STR("#")))
            read_line(g, at, line);
    }
}

static size_t width_of(struct str text)
{
    return text.n == 1 && text.p[0] >= '1' && text.p[0] <= '9' ? (size_t)(text.p[0] - '0') : 0;
}

static void read_row(struct board *g, const struct node *row)
{
    if (row->kind == NODE_TEXT) {
        read_line(g, row, row->text);
        return;
    }
    for (const struct node *v = row->first; v && !g->failed; v = v->next) {
        if (v->kind != NODE_TEXT)
            fail(g, v, "Write rows as texts: \"goal goal today\".",
                 STR("a row of a grid has ids of blocks"));
        else if (row->kind == NODE_LIST)
            add_cell(g, v, str_trim(v->text), 1);
        else if (width_of(v->text))
            add_cell(g, v, v->key->text, width_of(v->text));
        else
            fail(g, v, "Write a number from 1 to 9.", STR("the width of a block is not a number"));
    }
    end_row(g);
}

static void read_grid(struct board *g, const struct node *grid)
{
    if (grid->kind == NODE_LIST) {
        for (const struct node *v = grid->first; v && !g->failed; v = v->next)
            read_row(g, v);
        return;
    }
    struct str text, name = str_trim(grid->text);
    if (!build_expect(g->b, grid, NODE_TEXT, NULL)) {
        g->failed = true;
        return;
    }
    if (!str_ends(name, STR(".grid"))) {
        read_lines(g, grid, grid->text);
        return;
    }
    struct str folder = str_format(g->b->a, "workflows/%.*s", STR_ARG(g->b->bundle->name));
    if (bundle_find(g->b->bundle, str_format(g->b->a, "%s/documents/%s", folder.p, name.p),
                    &text) ||
        bundle_find(g->b->bundle, str_format(g->b->a, "%s/%s", folder.p, name.p), &text)) {
        read_lines(g, grid, text);
        return;
    }
    g->failed = true;
    build_fault(g->b, grid, "E218", "Put the file into documents/ or beside workflow.yaml.",
                "there is no file \"%s\"", build_quote(g->b, name).p);
}

/* Is the rectangle from (y, x) the block, and all of it? */
static bool is_whole(const struct board *g, size_t y, size_t x, size_t rows, size_t span)
{
    size_t inside = 0, all = 0;
    for (size_t i = 0; i < g->height; i++)
        for (size_t k = 0; k < g->width; k++) {
            bool same = g->cells[i][k] == g->cells[y][x];
            all += same;
            inside += same && i >= y && i < y + rows && k >= x && k < x + span;
        }
    return inside == rows * span && all == inside;
}

static void fail_shape(struct board *g, int block)
{
    struct str id = json_member(json_array_get(g->blocks, (size_t)block), "id");
    fail(g, g->at, "Draw each block once, as one rectangle.",
         str_format(g->b->a, "the block \"%s\" is not one rectangle in the grid", id.p));
}

static void add_block(struct board *g, json_t *row, size_t y, size_t x, bool *placed)
{
    int block = g->cells[y][x];
    size_t span = 1, rows = 1;
    while (x + span < g->width && g->cells[y][x + span] == block)
        span++;
    while (y + rows < g->height && g->cells[y + rows][x] == block)
        rows++;
    if (block == EMPTY) {
        json_array_append_new(row, json_pack("{s:s,s:i,s:i}", "block", "", "span", 1, "rows", 1));
        return;
    }
    if (placed[block] || !is_whole(g, y, x, rows, span)) {
        fail_shape(g, block);
        return;
    }
    placed[block] = true;
    struct str id = json_member(json_array_get(g->blocks, (size_t)block), "id");
    json_array_append_new(row,
                          json_pack("{s:s,s:I,s:I}", "block", id.p, "span", (json_int_t)span,
                                    "rows", (json_int_t)rows));
}

static bool starts_here(const struct board *g, size_t y, size_t x)
{
    int block = g->cells[y][x];
    return block == EMPTY ||
        ((y == 0 || g->cells[y - 1][x] != block) && (x == 0 || g->cells[y][x - 1] != block));
}

static json_t *table(struct board *g)
{
    json_t *rows = json_array();
    size_t blocks = json_array_size(g->blocks);
    bool *placed = arena_alloc(g->b->a, blocks * sizeof *placed);
    for (size_t y = 0; y < g->height; y++) {
        json_t *row = json_array();
        for (size_t x = 0; x < g->width && !g->failed; x++)
            if (starts_here(g, y, x))
                add_block(g, row, y, x, placed);
        json_array_append_new(rows, row);
    }
    for (size_t i = 0; i < blocks && !g->failed; i++)
        if (!placed[i])
            fail(
                g, g->at, "Add it to the grid, or delete it from \"blocks\".",
                str_format(g->b->a, "the block \"%s\" is not in the grid",
                           json_string_value(json_object_get(json_array_get(g->blocks, i), "id"))));
    return rows;
}

json_t *build_grid(struct build *b, const struct node *grid, const json_t *blocks)
{
    struct board g = {.b = b, .at = grid, .blocks = blocks};
    if (!blocks)
        return NULL;
    if (grid) {
        read_grid(&g, grid);
        if (!g.failed && g.height == 0)
            fail(&g, grid, "Write one line for each row.", STR("the grid is empty"));
    } else {
        size_t i;
        json_t *one;
        json_array_foreach ((json_t *)blocks, i, one) {
            add_cell(&g, NULL, json_member(one, "id"), 1);
            end_row(&g);
        }
    }
    if (g.failed)
        return NULL;
    json_t *rows = table(&g);
    if (!g.failed)
        return rows;
    json_decref(rows);
    return NULL;
}
