/* A canvas as a table on a landscape page, its boxes in their places. */
#include "document/grid.h"
#include "document/language.h"
#include "document/office.h"

#include <ctype.h>

enum {
    BOARD_HEIGHT = 7000, /* of the table, if its text is short */
    BOARD_MOST = 7700,   /* that the page has room for */
    SIGN_WIDTH = 100,    /* of a letter of ten points, on average */
    LINE_HEIGHT = 27,    /* of one point */
    BOX_ACROSS = 400,    /* beside and above the text of a box */
    BOX_DOWN = 170
};

struct canvas {
    struct office *o;
    const json_t *board;
    struct grid grid;
    struct office_table table;
    enum office_style item;
    long size; /* of its letters, in points */
};

/* From large to small: the first with which the boxes fit on the page. */
static const struct {
    enum office_style style;
    long size;
} sizes[] = {{OFFICE_BOARD_ITEM, 9}, {OFFICE_BOARD_ITEM_SMALL, 8}, {OFFICE_BOARD_ITEM_TINY, 7}};

static bool has_place(const struct grid *g, struct str id)
{
    for (size_t r = 0; r < g->rows; r++)
        for (size_t c = 0; c < g->columns; c++)
            if (str_eq(g->cells[r][c], id))
                return true;
    return false;
}

static struct str item_text(const json_t *item)
{
    return str_trim(json_is_string(item) ? json_text(item) : json_member(item, "text"));
}

/* The sign before an item: its mark, or in a canvas that shows changes what became of it. */
static struct str mark_of(const json_t *item)
{
    static const struct {
        const char *change;
        struct str sign;
    } signs[] = {{"new", {"+", 1}}, {"gone", {"×", 2}}, {"changed", {"~", 1}}};
    struct str mark = str_trim(json_member(item, "mark")), change = json_member(item, "change");
    for (size_t i = 0; i < sizeof signs / sizeof signs[0] && mark.n == 0; i++)
        if (str_is(change, signs[i].change))
            mark = signs[i].sign;
    return mark.n > 0 ? mark : STR("·");
}

/* Lines that an item takes in a box of `signs` letters. */
static long lines_of(const json_t *item, long signs)
{
    struct str text = item_text(item), was = json_member(item, "was");
    size_t n = text.n + was.n, flags = 2 * json_array_size(json_object_get(item, "flags"));
    size_t width = n > 4000 ? n : text_width(text) + text_width(was) + flags;
    return 1 + (long)width / (signs < 6 ? 6 : signs);
}

static long height_of(const json_t *block, long width, long size)
{
    const json_t *items = json_object_get(block, "items");
    long signs = (width - BOX_ACROSS) * 10 / (SIGN_WIDTH * size);
    long lines = 1 + (long)text_width(json_member(block, "label")) / (signs < 6 ? 6 : signs);
    for (size_t i = 0; i < json_array_size(items); i++)
        lines += lines_of(json_array_get(items, i), signs);
    return lines * LINE_HEIGHT * size + BOX_DOWN;
}

static long width_at(const struct canvas *v, size_t row, size_t column, size_t *span)
{
    long width = v->table.widths[column];
    struct str id = v->grid.cells[row][column];
    *span = 1;
    while (!grid_is_empty(id) && column + *span < v->grid.columns &&
           str_eq(v->grid.cells[row][column + *span], id))
        width += v->table.widths[column + (*span)++];
    return width;
}

static size_t rows_at(const struct grid *g, size_t row, size_t column)
{
    size_t n = 1;
    while (!grid_is_empty(g->cells[row][column]) && row + n < g->rows &&
           str_eq(g->cells[row + n][column], g->cells[row][column]))
        n++;
    return n;
}

/* Would the boxes be higher than the page?  A box of several rows may use the height of all. */
static bool is_full(const struct canvas *v)
{
    const struct grid *g = &v->grid;
    long most[GRID_ROWS] = {0}, sum = 0;
    for (size_t r = 0; r < g->rows; r++) {
        for (size_t c = 0, span; c < g->columns; c += span) {
            long width = width_at(v, r, c, &span);
            long rows = (long)rows_at(g, r, c);
            if (r > 0 && str_eq(g->cells[r - 1][c], g->cells[r][c]))
                continue;
            long height =
                height_of(json_find(json_object_get(v->board, "blocks"), "id", g->cells[r][c]),
                          width, v->size) /
                rows;
            for (size_t k = r; k < r + (size_t)rows; k++)
                most[k] = height > most[k] ? height : most[k];
        }
        long least = BOARD_HEIGHT / (long)g->rows;
        sum += most[r] > least ? most[r] : least;
    }
    return sum > BOARD_MOST;
}

static void write_flags(struct office *o, const json_t *flags)
{
    if (json_is_string(flags) && json_string_length(flags) > 0)
        office_plain(o, str_format(o->a, "\u00A0%s", json_string_value(flags)), OFFICE_STRONG);
    for (size_t i = 0; i < json_array_size(flags); i++)
        write_flags(o, json_array_get(flags, i));
}

static void write_item(const struct canvas *v, const json_t *item)
{
    struct office *o = v->o;
    struct str change = json_member(item, "change"), was = str_trim(json_member(item, "was"));
    const json_t *text = json_is_string(item) ? item : json_object_get(item, "text");
    unsigned marks = str_is(change, "new") ? OFFICE_STRONG
        : str_is(change, "gone")           ? OFFICE_GONE
                                           : 0;
    if (!office_count(o, 0))
        return;
    o->form->paragraph(o,
                       &(struct office_paragraph){.style = v->item, .rtl = office_is_rtl(o, text)});
    office_plain(o, mark_of(item), OFFICE_STRONG);
    o->form->sign(o, OFFICE_TAB);
    office_plain(o, item_text(item), marks);
    write_flags(o, json_object_get(item, "flags"));
    if (was.n > 0) {
        office_plain(o, STR(" "), 0);
        office_plain(o, was, OFFICE_GONE);
    }
    o->form->paragraph_end(o);
}

static void write_box(const struct canvas *v, const json_t *block, struct str id)
{
    struct office *o = v->o;
    const json_t *items = json_object_get(block, "items"), *label = json_object_get(block, "label");
    json_t *name =
        json_text(label).n > 0 ? json_incref((json_t *)(uintptr_t)label) : json_new_text(id);
    office_line(o, OFFICE_BOARD_LABEL, name);
    json_decref(name);
    for (size_t i = 0; i < json_array_size(items) && !o->failed; i++)
        write_item(v, json_array_get(items, i));
}

static struct str fill_of(const json_t *block)
{
    struct str colour = json_member(block, "colour");
    bool fine = colour.n == 7 && colour.p[0] == '#';
    for (size_t i = 1; i < colour.n && fine; i++)
        fine = isxdigit((unsigned char)colour.p[i]);
    return fine ? colour : STR("");
}

static void write_cell(const struct canvas *v, struct office_cell *cell, struct str id)
{
    struct office *o = v->o;
    const json_t *block = json_find(json_object_get(v->board, "blocks"), "id", id);
    cell->box = true;
    cell->empty = grid_is_empty(id);
    cell->fill = fill_of(block);
    if (!office_count(o, 0))
        return;
    o->form->cell(o, cell);
    if (!cell->covered && !cell->empty && (block || id.n > 0))
        write_box(v, block, id);
    if (cell->covered || cell->empty) {
        o->form->paragraph(o, &(struct office_paragraph){.style = v->item});
        o->form->paragraph_end(o);
    }
    o->form->cell_end(o, cell);
}

static void write_row(const struct canvas *v, size_t r)
{
    const struct grid *g = &v->grid;
    struct office_row row = {.height = BOARD_HEIGHT / (long)g->rows};
    if (!office_count(v->o, 0))
        return;
    v->o->form->row(v->o, &row);
    for (size_t c = 0, span; c < g->columns && !v->o->failed; c += span) {
        (void)width_at(v, r, c, &span);
        struct str id = g->cells[r][c];
        struct office_cell cell = {.column = c,
                                   .span = span,
                                   .rows = rows_at(g, r, c),
                                   .covered = !grid_is_empty(id) && r > 0 &&
                                       str_eq(g->cells[r - 1][c], id)};
        write_cell(v, &cell, id);
    }
    v->o->form->row_end(v->o, &row);
}

/* What has no place in the grid stands below it, so that nothing is lost. */
static void write_rest(const struct canvas *v)
{
    const json_t *blocks = json_object_get(v->board, "blocks");
    for (size_t i = 0; i < json_array_size(blocks) && !v->o->failed; i++) {
        struct str id = json_member(json_array_get(blocks, i), "id");
        struct office_cell cell = {.span = v->table.columns, .rows = 1};
        struct office_row row = {0};
        if (has_place(&v->grid, id) || !office_count(v->o, 0))
            continue;
        v->o->form->row(v->o, &row);
        write_cell(v, &cell, id);
        v->o->form->row_end(v->o, &row);
    }
}

static void write_table(struct canvas *v)
{
    struct err e;
    if (!grid_read(json_object_get(v->board, "grid"), &v->grid, &e))
        v->grid.rows = v->grid.columns = 0;
    v->table.board = true;
    v->table.rtl = v->o->rtl;
    v->table.columns = v->grid.columns > 0 ? v->grid.columns : 1;
    long room = office_room(v->o), columns = (long)v->table.columns;
    for (long i = 0; i < columns; i++)
        v->table.widths[i] = room * (i + 1) / columns - room * i / columns;
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0] && (i == 0 || is_full(v)); i++) {
        v->item = sizes[i].style;
        v->size = sizes[i].size;
    }
    if (json_array_size(json_object_get(v->board, "blocks")) == 0 && v->grid.rows == 0)
        return;
    v->o->form->table(v->o, &v->table);
    for (size_t r = 0; r < v->grid.rows && !v->o->failed; r++)
        write_row(v, r);
    write_rest(v);
    v->o->form->table_end(v->o);
}

static void write_legend(struct office *o, const json_t *legend)
{
    struct buf b = {.a = o->a};
    for (size_t i = 0; i < json_array_size(legend); i++) {
        buf_add(&b, i ? STR("   ") : STR(""));
        buf_add(&b, json_text(json_array_get(legend, i)));
    }
    json_t *line = json_new_text(buf_str(&b));
    office_line(o, OFFICE_BOARD_NOTE, line);
    json_decref(line);
}

/* "What changes · Amara · 23 November 2026": the state, and the subtitle or what it is made of. */
static void write_subtitle(struct office *o, const json_t *board)
{
    struct str given = json_member(board, "subtitle"), state = json_member(board, "state_label"),
               none = {0};
    struct str date =
        language_date(o->a, json_member(board, "language"), json_member(board, "date"));
    struct str parts[] = {str_find(given, state, 0) < given.n ? none : state,
                          given.n > 0 ? given : json_member(board, "client"),
                          given.n > 0 ? none : json_member(board, "version"),
                          given.n > 0 ? none : date};
    struct buf b = {.a = o->a};
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        if (parts[i].n > 0)
            buf_format(&b, "%s%.*s", b.n ? " · " : "", STR_ARG(parts[i]));
    json_t *line = json_new_text(buf_str(&b));
    office_line(o, OFFICE_BOARD_NOTE, line);
    json_decref(line);
}

void office_board(struct office *o, const json_t *block)
{
    struct canvas *v = arena_alloc(o->a, sizeof *v);
    const json_t *board = json_object_get(block, "board"),
                 *caption = json_object_get(block, "caption");
    struct str title = json_member(board, "title");
    v->o = o;
    v->board = board;
    if (title.n > 0)
        office_line(o, OFFICE_CAPTION, caption);
    office_line(o, OFFICE_BOARD_TITLE, title.n > 0 ? json_object_get(board, "title") : caption);
    write_subtitle(o, board);
    office_line(o, OFFICE_BOARD_PURPOSE, json_object_get(board, "purpose"));
    write_table(v);
    write_legend(o, json_object_get(board, "legend"));
    office_line(o, OFFICE_BOARD_NOTE, json_object_get(board, "attribution"));
}
