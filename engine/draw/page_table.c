/* Tables: columns as wide as their words want (page_columns.c), the head again on every page. */
#include "draw/page_columns.h"
#include "draw/page_parts.h"

#include <string.h>

/* White between columns; above and below what stands in a row; letters are not made smaller than
 * `smallest` of their size; a column narrower than `narrowest` is none; a table that takes no more
 * than this part of a page stays together if it can. */
static const double between = 14, between_many = 5, above = 2.5, below = 3, smallest = 0.78,
                    narrowest = 26, together = 0.3;
enum { COLUMNS_MANY = 8 };

struct table {
    const json_t *block, *head, *rows;
    struct column *columns;
    struct row *list; /* the head first, if there is one */
    size_t columns_n, n;
    double gap;
    bool rtl;
};

static bool has_words(struct pages *p, const json_t *cells)
{
    for (size_t i = 0; i < json_array_size(cells); i++)
        if (text_flat(p->a, json_array_get(cells, i)).n > 0)
            return true;
    return false;
}

static size_t count_columns(const struct table *t)
{
    size_t n = json_array_size(t->head);
    for (size_t i = 0; i < json_array_size(t->rows); i++)
        n = MAX(n, json_array_size(json_array_get(t->rows, i)));
    return n;
}

static void set_cells(struct pages *p, struct table *t, struct row *row, const json_t *cells)
{
    row->n = t->columns_n;
    row->cells = arena_alloc(p->a, row->n * sizeof *row->cells);
    row->x = arena_alloc(p->a, row->n * sizeof *row->x);
    for (size_t i = 0; i < row->n; i++)
        row->cells[i] =
            text_inlines(p, json_array_get(cells, i), row->is_head ? LOOK_HEAD : LOOK_CELL);
}

static void set_rows(struct pages *p, struct table *t)
{
    bool has_head = has_words(p, t->head);
    t->n = json_array_size(t->rows) + has_head;
    t->list = arena_alloc(p->a, t->n * sizeof *t->list);
    for (size_t i = 0; i < t->n; i++) {
        t->list[i].is_head = has_head && i == 0;
        t->list[i].above = above;
        t->list[i].below = below;
        set_cells(p, t, &t->list[i],
                  i < has_head ? t->head : json_array_get(t->rows, i - has_head));
    }
}

/* The longest word of a cell matters only where not all cells fit as they are. */
static void measure_columns(struct table *t, double room)
{
    double most = 0;
    for (size_t c = 0; c < t->columns_n; c++) {
        for (size_t r = 0; r < t->n; r++)
            t->columns[c].most = MAX(t->columns[c].most, text_natural(t->list[r].cells[c]));
        most += t->columns[c].most;
    }
    for (size_t i = 0; most > room && i < t->n * t->columns_n; i++) {
        struct column *column = &t->columns[i % t->columns_n];
        struct text *cell = t->list[i / t->columns_n].cells[i % t->columns_n];
        column->least = MAX(column->least, text_minimum(cell));
    }
}

static void shrink(struct table *t, double scale)
{
    for (size_t r = 0; r < t->n; r++)
        for (size_t c = 0; c < t->columns_n; c++)
            text_scale(t->list[r].cells[c], scale);
    for (size_t c = 0; c < t->columns_n; c++) {
        t->columns[c].least *= scale;
        t->columns[c].most *= scale;
    }
}

/* False if the columns would be too narrow to be read. */
static bool share(struct table *t, double width)
{
    double room = width - t->gap * (double)(t->columns_n - 1);
    measure_columns(t, room);
    double least = columns_least(t->columns, t->columns_n);
    if (least > room)
        shrink(t, MAX(smallest, room / least));
    least = columns_least(t->columns, t->columns_n);
    columns_share(t->columns, t->columns_n, room);
    return least <= room || room / (double)t->columns_n >= narrowest;
}

static void wrap_row(struct pages *p, const struct table *t, struct row *row, struct place at)
{
    const json_t *sides = json_object_get(t->block, "sides");
    double x = at.x, used = -t->gap;
    for (size_t i = 0; i < row->n; i++)
        used += t->columns[i].width + t->gap;
    row->left = t->rtl ? at.x + at.width - used : at.x;
    row->right = row->left + used;
    for (size_t i = 0; i < row->n; i++) {
        double width = t->columns[i].width, high = 0;
        struct text *cell = row->cells[i];
        text_wrap_at(p, cell, width, json_text(json_array_get(sides, i)));
        row->x[i] = t->rtl ? at.x + at.width - (x - at.x) - width : x;
        x += width + t->gap;
        for (size_t k = 0; k < cell->n; k++)
            high += cell->lines[k].height;
        row->height = MAX(row->height, high);
        row->lines = MAX(row->lines, cell->n);
    }
}

static double slice_height(const struct row *row, size_t line)
{
    double high = 0;
    for (size_t i = 0; i < row->n; i++)
        if (line < row->cells[i]->n)
            high = MAX(high, row->cells[i]->lines[line].height);
    return high + (line == 0 ? above : 0) + (line + 1 == row->lines ? below : 0);
}

static void row_add(struct pages *p, struct row *row, struct place at)
{
    struct piece piece = {.kind = PIECE_ROW, .node = row->node, .frame = at.frame, .row = row};
    double high = row->height + above + below, again = 0;
    if (row->head && row->head->height < p->room.h / 4)
        again = row->head->height + above + below;
    else
        row->head = NULL;
    if (high <= p->room.h / 3) {
        galley_add(p, high, piece)->again = again;
        return;
    }
    size_t from = p->n;
    piece.kind = PIECE_SLICE;
    for (; piece.line < row->lines; piece.line++)
        galley_add(p, slice_height(row, piece.line), piece)->again =
            again + (piece.line > 0 ? above : 0);
    flow_keep_paragraph(p->lines, from, p->n, 0);
}

/* A table with more columns than a page has room for: each row as lines "head: cell". */
static void records_add(struct pages *p, const struct table *t, struct place at)
{
    for (size_t r = 0; r < json_array_size(t->rows); r++) {
        const json_t *cells = json_array_get(t->rows, r);
        galley_gap(p, style_of(LOOK_TEXT)->before);
        for (size_t c = 0; c < json_array_size(cells); c++) {
            if (text_flat(p->a, json_array_get(cells, c)).n == 0)
                continue;
            json_t *line = json_array();
            struct str head = text_flat(p->a, json_array_get(t->head, c));
            if (head.n > 0)
                json_array_append_new(line,
                                      json_pack("{s:s%, s:b}", "text",
                                                str_format(p->a, "%.*s: ", STR_ARG(head)).p,
                                                head.n + 2, "strong", 1));
            json_array_extend(line, json_array_get(cells, c));
            struct place in = at;
            in.tight = true;
            in.x += c > 0 && !t->rtl ? 12 : 0;
            in.width -= c > 0 ? 12 : 0;
            paragraph_add(p, line, in);
            json_decref(line);
        }
    }
    galley_gap(p, style_of(LOOK_TEXT)->after);
}

static void rows_add(struct pages *p, struct table *t, struct place at)
{
    struct row *head = t->list[0].is_head ? &t->list[0] : NULL;
    size_t from = p->n;
    double high = 0;
    at.node = node_new(p, at.node, "Table");
    galley_gap(p, style_of(LOOK_CELL)->before);
    for (size_t i = 0; i < t->n; i++) {
        struct row *row = &t->list[i];
        row->node = node_new(p, at.node, "TR");
        row->head = row == head ? NULL : head;
        wrap_row(p, t, row, at);
        row_add(p, row, at);
        if (row == head)
            p->bond = KEEP_FIRM;
        else if (i + 2 == t->n && t->n > 3)
            p->bond = KEEP_RATHER;
        high += row->height + above + below;
    }
    for (size_t i = from + 1; i < p->n && high <= p->room.h * together; i++)
        p->lines[i].keep = MAX(p->lines[i].keep, KEEP_RATHER);
    galley_gap(p, style_of(LOOK_CELL)->after);
}

void table_add(struct pages *p, const json_t *block, struct place at)
{
    struct table t = {.block = block,
                      .head = json_object_get(block, "head"),
                      .rows = json_object_get(block, "rows")};
    t.columns_n = count_columns(&t);
    if (t.columns_n == 0)
        return;
    t.columns = arena_alloc(p->a, t.columns_n * sizeof *t.columns);
    t.gap = t.columns_n > COLUMNS_MANY ? between_many : between;
    struct str words = text_flat(p->a, json_array_get(t.head, 0));
    t.rtl = text_runs_left(p, words);
    set_rows(p, &t);
    if (t.n == 0)
        return;
    if (share(&t, at.width))
        rows_add(p, &t, at);
    else
        records_add(p, &t, at);
}
