/* How small a canvas has to be printed: no script can look at the page, so its height is reckoned
 * from its texts. */
#include "document/html.h"

struct html_place html_place_of(const struct grid *g, struct str id)
{
    struct html_place p = {0};
    for (size_t y = 0; g && y < g->rows; y++) {
        for (size_t x = 0; x < g->columns; x++) {
            if (!str_eq(g->cells[y][x], id))
                continue;
            if (p.w == 0)
                p = (struct html_place){x + 1, y + 1, 1, 1};
            p.w = x + 2 - p.x;
            p.h = y + 2 - p.y;
        }
    }
    return p;
}

/* What page.css gives a canvas in print, in points: sizes from large to small. */
enum { PAGE_WIDTH = 760, PAGE_HEIGHT = 410, PADDING = 18, ROOMY_ROW = 113 };

static const struct size {
    const char *name;
    double text, least; /* its size, and the least height of a row */
} sizes[] = {{"roomy", 9, ROOMY_ROW},
             {"usual", 9, 0},
             {"small", 8, 0},
             {"smaller", 7.2, 0},
             {"smallest", 6.4, 0}};

enum { SIZES = sizeof sizes / sizeof sizes[0] };

static double lines_of(struct str text, double columns)
{
    double width = (double)text_width(text);
    return columns < 1 ? width : (double)(size_t)(width / columns) + 1;
}

static struct str text_of(const json_t *item)
{
    return json_is_string(item) ? json_text(item) : json_member(item, "text");
}

static double height_of(const json_t *block, double width, const struct size *size)
{
    double columns = (width - PADDING - size->text * 1.6) / (size->text * 0.48);
    double lines = lines_of(json_member(block, "label"), columns * 0.85) + 0.5;
    size_t i;
    json_t *item;
    json_array_foreach (json_object_get(block, "items"), i, item) {
        lines += lines_of(text_of(item), columns) + 0.15;
        lines += json_object_get(item, "was") ? lines_of(json_member(item, "was"), columns) : 0;
        lines += str_is(json_member(item, "change"), "new") ? 0.5 : 0; /* bold, with a tag */
    }
    return lines * size->text * 1.35 + PADDING;
}

/* Blocks that span rows need a share of each; a block without a place needs a row of its own. */
static bool fits(const json_t *board, const struct grid *g, const struct size *size)
{
    double rows[GRID_ROWS] = {0}, sum = 0;
    size_t i;
    json_t *block;
    for (size_t y = 0; y < g->rows; y++)
        rows[y] = size->least;
    json_array_foreach (json_object_get(board, "blocks"), i, block) {
        struct html_place p = html_place_of(g, json_member(block, "id"));
        double part = PAGE_WIDTH * (double)(p.w ? p.w : g->columns) / (double)g->columns;
        double need = height_of(block, part, size) / (double)(p.h ? p.h : 1);
        if (p.w == 0)
            sum += need;
        for (size_t y = p.y; p.w > 0 && y < p.y + p.h; y++)
            rows[y - 1] = need > rows[y - 1] ? need : rows[y - 1];
    }
    for (size_t y = 0; y < g->rows; y++)
        sum += rows[y] + 6;
    return sum <= PAGE_HEIGHT;
}

const char *html_board_size(const json_t *board, const struct grid *g)
{
    for (size_t i = 0; i < SIZES; i++)
        if (fits(board, g, &sizes[i]))
            return sizes[i].name;
    return "long";
}
