#include "document/markdown.h"

enum { GAP = 2, NARROWEST = 12 }; /* blanks between columns; columns of a cell that is wrapped */

struct drawn {
    struct arena *a;
    const struct table *t;
    size_t n_rows;
    struct str *cells; /* row by row, as plain text */
    size_t widths[TABLE_COLUMNS];
};

static struct str cell_at(const struct drawn *d, size_t row, size_t column)
{
    return d->cells[row * d->t->columns + column];
}

static size_t widest_line(struct str text)
{
    size_t widest = 0;
    while (text.n > 0) {
        size_t width = text_width(str_split(text, '\n', &text));
        widest = width > widest ? width : widest;
    }
    return widest;
}

static struct drawn read_cells(struct arena *a, const struct table *t)
{
    struct drawn d = {.a = a, .t = t};
    for (const struct table_row *row = t->rows; row; row = row->next)
        d.n_rows++;
    d.cells = arena_alloc(a, d.n_rows * t->columns * sizeof *d.cells);
    size_t at = 0;
    for (const struct table_row *row = t->rows; row; row = row->next) {
        for (size_t i = 0; i < t->columns; i++) {
            struct str text = markdown_cell(a, row->cells[i]);
            size_t width = widest_line(text);
            d.cells[at++] = text;
            d.widths[i] = width > d.widths[i] ? width : d.widths[i];
        }
    }
    return d;
}

static size_t total(const struct drawn *d)
{
    size_t sum = GAP * (d->t->columns - 1);
    for (size_t i = 0; i < d->t->columns; i++)
        sum += d->widths[i];
    return sum;
}

/* Takes columns from the widest until the table fits; false if one would become too narrow. */
static bool fit(struct drawn *d, size_t room)
{
    size_t columns = d->t->columns;
    for (size_t sum = total(d); sum > room; sum--) {
        size_t widest = 0;
        for (size_t i = 1; i < columns; i++)
            if (d->widths[i] > d->widths[widest])
                widest = i;
        if (d->widths[widest] <= NARROWEST)
            return false;
        d->widths[widest]--;
    }
    return true;
}

struct part {
    struct part *next;
    struct str text;
};

struct parts {
    struct arena *a;
    struct part **tail;
};

static void add_part(void *user, struct str text)
{
    struct parts *p = user;
    struct part *part = arena_alloc(p->a, sizeof *part);
    part->text = text;
    *p->tail = part;
    p->tail = &part->next;
}

static void add_blanks(struct buf *b, size_t n)
{
    while (n-- > 0)
        buf_add_char(b, ' ');
}

static void add_cell(struct buf *line, struct str text, size_t width, enum table_side side)
{
    size_t used = text_width(text), spare = used < width ? width - used : 0;
    size_t before = side == TABLE_RIGHT ? spare : side == TABLE_MIDDLE ? spare / 2 : 0;
    add_blanks(line, before);
    buf_add(line, text);
    add_blanks(line, spare - before);
}

/* A row takes as many lines as its longest cell. */
static void draw_row(struct lines *l, const struct drawn *d, size_t row)
{
    struct part *left[TABLE_COLUMNS] = {NULL};
    size_t columns = d->t->columns;
    for (size_t i = 0; i < columns; i++) {
        struct parts p = {d->a, &left[i]};
        text_wrap(cell_at(d, row, i), d->widths[i], add_part, &p);
    }
    for (bool more = true; more;) {
        struct buf line = {.a = d->a};
        more = false;
        for (size_t i = 0; i < columns; i++) {
            add_cell(&line, left[i] ? left[i]->text : STR(""), d->widths[i], d->t->sides[i]);
            add_blanks(&line, i + 1 < columns ? GAP : 0);
            left[i] = left[i] ? left[i]->next : NULL;
            more = more || left[i];
        }
        lines_add(l, buf_str(&line));
    }
}

static void draw_rule(struct lines *l, const struct drawn *d)
{
    struct buf line = {.a = d->a};
    for (size_t i = 0; i < d->t->columns; i++) {
        for (size_t n = 0; n < d->widths[i]; n++)
            buf_add_char(&line, '-');
        add_blanks(&line, GAP);
    }
    lines_add(l, buf_str(&line));
}

/* One row below the other: "head: cell".  Empty cells say nothing. */
static void stack_row(struct lines *l, const struct drawn *d, size_t row)
{
    struct str first = l->first, later = l->later;
    for (size_t i = 0; i < d->t->columns; i++) {
        struct str head = cell_at(d, 0, i), cell = cell_at(d, row, i);
        if (cell.n == 0)
            continue;
        l->first = first;
        l->later = str_format(d->a, "%.*s  ", STR_ARG(later));
        lines_wrap(
            l, head.n > 0 ? str_format(d->a, "%.*s: %.*s", STR_ARG(head), STR_ARG(cell)) : cell);
        first = later;
    }
    l->first = first;
    l->later = later;
}

void markdown_table(struct lines *l, const struct table *t)
{
    struct drawn d = read_cells(l->a, t);
    bool aligned = fit(&d, lines_room(l));
    for (size_t row = 0; row < d.n_rows; row++) {
        if (aligned)
            draw_row(l, &d, row);
        else if (row > 0 || d.n_rows == 1)
            stack_row(l, &d, row);
        if (aligned && row == 0)
            draw_rule(l, &d);
        if (!aligned && row > 0 && row + 1 < d.n_rows)
            lines_add(l, STR(""));
    }
}
