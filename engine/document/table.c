#include "document/table.h"

#include <string.h>

struct reader {
    struct arena *a;
    struct buf out;
    struct str rest;
    struct table **tail;
    size_t line, out_line; /* lines read and written so far */
    char fence;            /* '`' or '~' inside of fenced code, else 0 */
    size_t fence_length;
};

static size_t indent_of(struct str line)
{
    size_t n = 0;
    while (n < line.n && line.p[n] == ' ')
        n++;
    return n;
}

static bool is_row(struct str line)
{
    size_t indent = indent_of(line);
    return indent < 4 && indent < line.n && line.p[indent] == '|';
}

/* Follows code fences, in which nothing is a table. */
static void follow_fence(struct reader *r, struct str line)
{
    line = str_trim(line);
    size_t n = 0;
    while (n < line.n && line.p[n] == line.p[0])
        n++;
    if (n < 3 || (line.p[0] != '`' && line.p[0] != '~'))
        return;
    if (!r->fence) {
        r->fence = line.p[0];
        r->fence_length = n;
    } else if (r->fence == line.p[0] && n >= r->fence_length && n == line.n) {
        r->fence = 0;
    }
}

/* Cuts the next cell off a row; a bar after a backslash belongs to the cell. */
static struct str next_cell(struct str *row)
{
    size_t i = 0;
    while (i < row->n && row->p[i] != '|')
        i += row->p[i] == '\\' && i + 1 < row->n ? 2 : 1;
    struct str cell = str_trim(str_part(*row, 0, i));
    *row = str_part(*row, i + 1, row->n);
    return cell;
}

/* What stands between the outer bars. */
static struct str inside_of(struct str line)
{
    line = str_trim(line);
    line = str_part(line, 1, line.n);
    size_t backslashes = 0;
    while (line.n > backslashes + 1 && line.p[line.n - 2 - backslashes] == '\\')
        backslashes++;
    if (line.n > 0 && line.p[line.n - 1] == '|' && backslashes % 2 == 0)
        line.n--;
    return line;
}

/* Reads the second line of a table: only bars, dashes, colons and blanks. */
static bool read_sides(struct str line, struct table *t)
{
    struct str row = inside_of(line);
    if (!is_row(line))
        return false;
    do {
        struct str cell = next_cell(&row);
        bool left = str_starts(cell, STR(":")), right = cell.n > 1 && str_ends(cell, STR(":"));
        struct str dashes = str_part(cell, left, cell.n - right);
        for (size_t i = 0; i < dashes.n; i++)
            if (dashes.p[i] != '-')
                return false;
        if (dashes.n == 0 || t->columns == TABLE_COLUMNS)
            return false;
        t->sides[t->columns++] = right ? left ? TABLE_MIDDLE : TABLE_RIGHT : TABLE_LEFT;
    } while (row.n > 0);
    return true;
}

/* More cells than the head has go into the last column, so that none is lost. */
static struct table_row *read_row(struct arena *a, const struct table *t, struct str line)
{
    struct table_row *row = arena_alloc(a, sizeof *row);
    struct str rest = inside_of(line);
    for (size_t i = 0; i < t->columns; i++) {
        if (i + 1 == t->columns && rest.n > 0 && str_find(rest, STR("|"), 0) < rest.n)
            row->cells[i] = str_trim(rest);
        else
            row->cells[i] = next_cell(&rest);
    }
    return row;
}

/* A table that begins at `r->rest`, or false and nothing is read. */
static bool take_table(struct reader *r)
{
    struct str rest, head = str_split(r->rest, '\n', &rest);
    struct str sides = str_split(rest, '\n', &rest);
    struct table *t = arena_alloc(r->a, sizeof *t);
    if (!is_row(head) || !read_sides(sides, t))
        return false;
    t->rows = read_row(r->a, t, head);
    struct table_row **tail = &t->rows->next;
    t->lines = 2;
    for (r->rest = rest; is_row(r->rest); t->lines++) {
        *tail = read_row(r->a, t, str_split(r->rest, '\n', &r->rest));
        tail = &(*tail)->next;
    }
    t->line = r->line + 1;
    t->mark = r->out_line + 2;
    r->line += t->lines;
    r->out_line += 3;
    *r->tail = t;
    r->tail = &t->next;
    struct str indent = str_part(head, 0, indent_of(head));
    buf_format(&r->out, "\n%.*s" TABLE_MARK "\n\n", STR_ARG(indent));
    return true;
}

/* The text without signs that could be taken for the mark: they become U+FFFD. */
static struct str without_marks(struct arena *a, struct str s)
{
    struct buf b = {.a = a};
    for (size_t at = 0; at < s.n;) {
        size_t end = str_find(s, STR(TABLE_MARK), at);
        buf_add(&b, str_part(s, at, end));
        if (end < s.n)
            buf_add(&b, STR("\uFFFD"));
        at = end + sizeof TABLE_MARK - 1;
    }
    return buf_str(&b);
}

struct str table_take(struct arena *a, struct str markdown, struct table **tables)
{
    struct reader r = {.a = a, .out = {.a = a}, .rest = without_marks(a, markdown), .tail = tables};
    *tables = NULL;
    while (r.rest.n > 0) {
        if (!r.fence && take_table(&r))
            continue;
        struct str line = str_split(r.rest, '\n', &r.rest);
        follow_fence(&r, line);
        r.line++;
        r.out_line++;
        buf_add(&r.out, line);
        buf_add_char(&r.out, '\n');
    }
    return buf_str(&r.out);
}

bool table_is_mark(const char *literal)
{
    return literal && strcmp(literal, TABLE_MARK) == 0;
}
