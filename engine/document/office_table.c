/* Tables of text: columns as wide as their text asks for, rows that stay together. */
#include "document/office.h"

enum {
    CELL_LEAST = 6, /* columns of text that count at least and at most for a column's width */
    CELL_MOST = 48,
    WORD_MOST = 18, /* longer words may be broken */
    LONG_ROW = 1200 /* bytes of text; a longer row may go on on the next page */
};

static struct str cell_text(struct arena *a, const json_t *cell)
{
    struct buf b = {.a = a};
    for (size_t i = 0; i < json_array_size(cell); i++) {
        const json_t *one = json_array_get(cell, i);
        buf_add(&b, json_flag(one, "break", false) ? STR("\n") : json_member(one, "text"));
    }
    return buf_str(&b);
}

static size_t longest_word(struct str text)
{
    size_t most = 0;
    while (text.n > 0) {
        size_t n = 0;
        while (n < text.n && text.p[n] != ' ' && text.p[n] != '\n')
            n++;
        size_t width = n > 4 * WORD_MOST ? WORD_MOST : text_width(str_part(text, 0, n));
        most = width > most ? width : most;
        text = str_part(text, n + 1, text.n);
    }
    return most < WORD_MOST ? most : WORD_MOST;
}

struct wishes {
    size_t whole[OFFICE_COLUMNS], least[OFFICE_COLUMNS];
};

static void wish(struct arena *a, struct wishes *w, const json_t *row)
{
    for (size_t i = 0; i < json_array_size(row) && i < OFFICE_COLUMNS; i++) {
        struct str text = cell_text(a, json_array_get(row, i));
        size_t word = longest_word(text);
        size_t whole = text.n > 4 * CELL_MOST ? CELL_MOST : text_width(text);
        whole = whole > CELL_MOST ? CELL_MOST : whole;
        w->whole[i] = whole > w->whole[i] ? whole : w->whole[i];
        w->least[i] = word > w->least[i] ? word : w->least[i];
    }
}

/* Every column gets what its longest word needs, and the rest goes where there is more text. */
static void share(const struct office *o, const struct wishes *w, struct office_table *t)
{
    long room = office_room(o), used = 0, all = 0, least = 0;
    for (size_t i = 0; i < t->columns; i++) {
        least += (long)(w->least[i] < CELL_LEAST ? CELL_LEAST : w->least[i]) + 2;
        all += (long)(w->whole[i] < CELL_LEAST ? CELL_LEAST : w->whole[i]) + 2;
    }
    long sign = 110, need = least * sign < room ? least * sign : room;
    for (size_t i = 0; i < t->columns; i++) {
        long word = (long)(w->least[i] < CELL_LEAST ? CELL_LEAST : w->least[i]) + 2;
        long whole = (long)(w->whole[i] < CELL_LEAST ? CELL_LEAST : w->whole[i]) + 2;
        t->widths[i] = need * word / least + (room - need) * whole / all;
        used += t->widths[i];
    }
    t->widths[t->columns - 1] += room - used;
}

static enum office_side side_of(const json_t *sides, size_t i)
{
    struct str side = json_text(json_array_get(sides, i));
    return str_is(side, "right") ? OFFICE_END
        : str_is(side, "middle") ? OFFICE_MIDDLE
                                 : OFFICE_START;
}

static void write_cell(struct office *o, const json_t *text, const json_t *sides, size_t column,
                       bool head)
{
    struct office_paragraph p = {.style = head ? OFFICE_TABLE_HEAD : OFFICE_TABLE_TEXT,
                                 .rtl = office_is_rtl(o, text),
                                 .side = side_of(sides, column)};
    if (!office_count(o, 0))
        return;
    o->form->paragraph(o, &p);
    office_inlines(o, text, 0);
    o->form->paragraph_end(o);
}

/* A row, with empty cells where it has fewer than the table; what is more than word processors
 * open stands in the last cell. */
static void write_row(struct office *o, const struct office_table *t, const json_t *cells,
                      const json_t *sides, bool head)
{
    size_t bytes = 0;
    for (size_t i = 0; i < json_array_size(cells); i++)
        bytes += cell_text(o->a, json_array_get(cells, i)).n;
    struct office_row row = {.head = head && bytes < LONG_ROW, .whole = bytes < LONG_ROW};
    if (!office_count(o, 0))
        return;
    o->form->row(o, &row);
    for (size_t i = 0; i < t->columns; i++) {
        struct office_cell cell = {.column = i, .span = 1, .rows = 1, .head = head};
        o->form->cell(o, &cell);
        write_cell(o, json_array_get(cells, i), sides, i, head);
        for (size_t k = i + 1; i + 1 == t->columns && k < json_array_size(cells); k++)
            write_cell(o, json_array_get(cells, k), sides, k, head);
        o->form->cell_end(o, &cell);
    }
    o->form->row_end(o, &row);
}

void office_table(struct office *o, const json_t *block)
{
    const json_t *head = json_object_get(block, "head"), *rows = json_object_get(block, "rows");
    const json_t *sides = json_object_get(block, "sides");
    struct wishes *w = arena_alloc(o->a, sizeof *w);
    struct office_table t = {.columns = json_array_size(head), .rtl = o->rtl};
    for (size_t i = 0; i < json_array_size(rows); i++) {
        size_t n = json_array_size(json_array_get(rows, i));
        t.columns = n > t.columns ? n : t.columns;
        wish(o->a, w, json_array_get(rows, i));
    }
    t.columns = t.columns > OFFICE_COLUMNS ? OFFICE_COLUMNS : t.columns;
    if (t.columns == 0 || !office_count(o, 0))
        return;
    wish(o->a, w, head);
    if (json_array_size(head) > 0)
        t.rtl = office_is_rtl(o, json_array_get(head, 0));
    share(o, w, &t);
    o->form->table(o, &t);
    if (json_array_size(head) > 0)
        write_row(o, &t, head, sides, true);
    for (size_t i = 0; i < json_array_size(rows) && !o->failed; i++)
        write_row(o, &t, json_array_get(rows, i), sides, false);
    o->form->table_end(o);
}
