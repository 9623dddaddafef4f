/* Markdown as a tree of blocks. */
#include "document/page.h"

#include "document/document.h"
#include "document/escape.h"
#include "document/inlines.h"
#include "document/table.h"

#include <string.h>

enum { DEPTH = 16 };

struct reader {
    struct arena *a;
    const struct page_boards *boards;
    struct str text;            /* what cmark reads: tables are one sign */
    size_t *starts, n_lines;    /* where its lines begin */
    const struct table *tables; /* not shown yet */
    const struct table *ahead;  /* first one below the line asked for last */
    long shift;                 /* lines that tables above it took less in the text than before */
    size_t depth;
};

static json_t *read_blocks(struct reader *r, cmark_node *parent);

static void find_lines(struct reader *r)
{
    size_t n = 1;
    for (size_t i = 0; i < r->text.n; i++)
        n += r->text.p[i] == '\n';
    r->starts = arena_alloc(r->a, n * sizeof *r->starts);
    r->n_lines = 1;
    for (size_t i = 0; i < r->text.n; i++)
        if (r->text.p[i] == '\n')
            r->starts[r->n_lines++] = i + 1;
}

static void begin(struct reader *r, struct arena *a, struct str markdown)
{
    struct table *tables;
    *r = (struct reader){.a = a, .text = table_take(a, markdown, &tables)};
    r->tables = r->ahead = tables;
    find_lines(r);
}

/* The line of the Markdown for one of the text; asked for from top to bottom. */
static long line_of(struct reader *r, cmark_node *node)
{
    long line = cmark_node_get_start_line(node);
    for (; r->ahead && line > (long)r->ahead->mark + 1; r->ahead = r->ahead->next)
        r->shift += (long)r->ahead->lines - 3;
    if (r->ahead && line >= (long)r->ahead->mark - 1)
        return (long)r->ahead->line;
    return line + r->shift;
}

/* What stands at the start of a node as the author typed it, before escapes are read. */
static struct str typed(const struct reader *r, cmark_node *node)
{
    size_t line = (size_t)cmark_node_get_start_line(node),
           column = (size_t)cmark_node_get_start_column(node);
    if (line < 1 || line > r->n_lines || column < 1)
        return STR("");
    return str_part(r->text, r->starts[line - 1] + column - 1, r->text.n);
}

static json_t *read_cells(struct arena *a, const struct table *t, const struct table_row *row)
{
    json_t *cells = json_array();
    for (size_t i = 0; i < t->columns; i++)
        json_array_append_new(cells, inlines_of_cell(a, row->cells[i]));
    return cells;
}

static json_t *read_table(struct arena *a, const struct table *t)
{
    static const char *const names[] = {"left", "right", "middle"};
    json_t *sides = json_array(), *rows = json_array();
    for (size_t i = 0; i < t->columns; i++)
        json_array_append_new(sides, json_string(names[t->sides[i]]));
    for (const struct table_row *row = t->rows->next; row; row = row->next)
        json_array_append_new(rows, read_cells(a, t, row));
    return json_pack("{s:s,s:o,s:o,s:o,s:I,s:I}", "is", "table", "sides", sides, "head",
                     read_cells(a, t, t->rows), "rows", rows, "line", (json_int_t)t->line, "last",
                     (json_int_t)(t->line + t->lines - 1));
}

/* The tables up to that line of the text: usually one.  One whose sign got lost in raw HTML comes
 * with the next rather than not at all. */
static void add_tables(struct reader *r, json_t *blocks, size_t line)
{
    for (; r->tables && r->tables->mark <= line; r->tables = r->tables->next)
        json_array_append_new(blocks, read_table(r->a, r->tables));
}

static bool is_table(const struct reader *r, cmark_node *node)
{
    cmark_node *only = cmark_node_first_child(node);
    if (!only || only != cmark_node_last_child(node) ||
        !table_is_mark(cmark_node_get_literal(only)))
        return false;
    const struct table *t = r->tables;
    while (t && t->mark < (size_t)cmark_node_get_start_line(node))
        t = t->next;
    return t && t->mark == (size_t)cmark_node_get_start_line(node);
}

/* The name of the canvas if the paragraph is nothing but its image. */
static struct str canvas_of(const struct reader *r, cmark_node *node)
{
    cmark_node *only = cmark_node_first_child(node);
    if (r->depth > 1 || !only || only != cmark_node_last_child(node) ||
        cmark_node_get_type(only) != CMARK_NODE_IMAGE)
        return STR("");
    struct str url = str_of(cmark_node_get_url(only));
    return str_starts(url, STR("canvas:")) ? str_part(url, 7, url.n) : STR("");
}

static json_t *board_of(const struct reader *r, struct str name)
{
    return name.n > 0 && r->boards && r->boards->board ? r->boards->board(r->boards->user, name)
                                                       : NULL;
}

static json_t *text_block(struct reader *r, cmark_node *node, const char *is)
{
    json_t *text = inlines_of(r->a, node);
    if (json_array_size(text) > 0)
        return json_pack("{s:s,s:o}", "is", is, "text", text);
    json_decref(text);
    return NULL;
}

static json_t *read_heading(struct reader *r, cmark_node *node)
{
    json_t *block = text_block(r, node, "heading");
    if (block)
        json_object_set_new(block, "level", json_integer(cmark_node_get_heading_level(node)));
    return block;
}

static json_t *read_paragraph(struct reader *r, cmark_node *node)
{
    json_t *board = board_of(r, canvas_of(r, node));
    if (board)
        return json_pack("{s:s,s:o,s:o}", "is", "board", "caption", inlines_of(r->a, node), "board",
                         board);
    return text_block(r, node, "paragraph");
}

static json_t *read_code(struct reader *r, cmark_node *node)
{
    struct str code = text_safe(r->a, str_of(cmark_node_get_literal(node)), true);
    return json_pack("{s:s,s:o}", "is", "code", "text", json_new_text(code));
}

/* "open" or "done" if the item begins with a box, which is taken off its text; else NULL. */
static const char *take_task(const struct reader *r, cmark_node *item, json_t *blocks)
{
    cmark_node *first = cmark_node_first_child(item);
    json_t *run = json_array_get(json_object_get(json_array_get(blocks, 0), "text"), 0);
    struct str text = json_member(run, "text");
    bool paragraph = first && cmark_node_get_type(first) == CMARK_NODE_PARAGRAPH;
    struct str box = paragraph ? str_part(typed(r, first), 0, 4) : STR("");
    bool open = str_is(box, "[ ] "), done = str_is(box, "[x] ") || str_is(box, "[X] ");
    if ((!open && !done) || text.n < 4 || !str_eq(str_part(text, 0, 4), box))
        return NULL;
    struct str rest = str_copy(r->a, str_part(text, 4, text.n));
    if (rest.n > 0)
        json_object_set_new(run, "text", json_new_text(rest));
    else
        json_array_remove(json_object_get(json_array_get(blocks, 0), "text"), 0);
    return open ? "open" : "done";
}

static json_t *read_list(struct reader *r, cmark_node *list)
{
    json_t *items = json_array();
    for (cmark_node *node = cmark_node_first_child(list); node; node = cmark_node_next(node)) {
        json_t *blocks = read_blocks(r, node), *item = json_pack("{s:o}", "blocks", blocks);
        const char *task = take_task(r, node, blocks);
        if (task)
            json_object_set_new(item, "task", json_string(task));
        json_array_append_new(items, item);
    }
    bool ordered = cmark_node_get_list_type(list) == CMARK_ORDERED_LIST;
    return json_pack("{s:s,s:b,s:i,s:b,s:o}", "is", "list", "ordered", ordered, "start",
                     ordered ? cmark_node_get_list_start(list) : 1, "tight",
                     cmark_node_get_list_tight(list), "items", items);
}

static json_t *read_container(struct reader *r, cmark_node *node)
{
    bool list = cmark_node_get_type(node) == CMARK_NODE_LIST;
    if (r->depth > DEPTH)
        return text_block(r, node, "paragraph");
    return list ? read_list(r, node)
                : json_pack("{s:s,s:o}", "is", "quote", "blocks", read_blocks(r, node));
}

static json_t *read_block(struct reader *r, cmark_node *node)
{
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_HEADING:
        return read_heading(r, node);
    case CMARK_NODE_LIST:
    case CMARK_NODE_BLOCK_QUOTE:
        return read_container(r, node);
    case CMARK_NODE_CODE_BLOCK:
        return read_code(r, node);
    case CMARK_NODE_THEMATIC_BREAK:
        return json_pack("{s:s}", "is", "rule");
    default:
        return read_paragraph(r, node);
    }
}

static void add_block(struct reader *r, json_t *blocks, cmark_node *node)
{
    long line = line_of(r, node),
         height = cmark_node_get_end_line(node) - cmark_node_get_start_line(node);
    if (is_table(r, node)) {
        add_tables(r, blocks, (size_t)cmark_node_get_start_line(node));
        return;
    }
    json_t *block = read_block(r, node);
    if (!block)
        return;
    json_object_set_new(block, "line", json_integer(line));
    if (!json_object_get(block, "items") && !json_object_get(block, "blocks"))
        json_object_set_new(block, "last", json_integer(line + (height > 0 ? height : 0)));
    json_array_append_new(blocks, block);
}

static json_t *read_blocks(struct reader *r, cmark_node *parent)
{
    json_t *blocks = json_array();
    r->depth++;
    for (cmark_node *node = cmark_node_first_child(parent); node; node = cmark_node_next(node))
        add_block(r, blocks, node);
    r->depth--;
    return blocks;
}

static void set_text(struct arena *a, json_t *page, const char *name, struct str text)
{
    if (text.n > 0)
        json_object_set_new(page, name, json_new_text(text_safe(a, text, false)));
}

json_t *page_of_markdown(struct arena *a, struct str markdown, const struct page_head *head,
                         const struct page_boards *boards)
{
    struct reader r;
    json_t *page = json_object();
    begin(&r, a, markdown);
    r.boards = boards;
    set_text(a, page, "language", head->language);
    set_text(a, page, "title", head->title);
    set_text(a, page, "subtitle", head->subtitle);
    set_text(a, page, "author", head->author);
    set_text(a, page, "date", head->date);
    set_text(a, page, "audience", head->audience);
    json_object_set_new(page, "words", page_words(head->language));
    cmark_node *root = cmark_parse_document(r.text.p, r.text.n, CMARK_OPT_DEFAULT);
    json_t *blocks = read_blocks(&r, root);
    add_tables(&r, blocks, SIZE_MAX);
    json_object_set_new(page, "blocks", blocks);
    cmark_node_free(root);
    return page;
}

/* Lines of a text as they are. */
static void copy_lines(struct buf *out, struct str *rest, size_t n)
{
    for (; n > 0 && rest->n > 0; n--) {
        buf_add(out, str_split(*rest, '\n', rest));
        buf_add_char(out, '\n');
    }
}

/* The canvas below a heading of that level.  In what board_to_markdown writes only headings begin
 * with #. */
static void add_board(struct buf *out, const json_t *board, int level)
{
    struct str rest = board_to_markdown(out->a, board);
    buf_add_char(out, '\n');
    while (rest.n > 0) {
        struct str line = str_split(rest, '\n', &rest);
        for (int i = 0; i < level && i < 4 && str_starts(line, STR("#")); i++)
            buf_add_char(out, '#');
        buf_add(out, line);
        buf_add_char(out, '\n');
    }
    buf_add_char(out, '\n');
}

static struct str plain_text(struct arena *a, cmark_node *node)
{
    struct buf b = {.a = a};
    json_t *runs = inlines_of(a, node), *run;
    size_t i;
    json_array_foreach (runs, i, run)
        buf_add(&b, json_member(run, "text"));
    json_decref(runs);
    return buf_str(&b);
}

static void add_canvas(struct buf *out, const struct reader *r, cmark_node *node, int level)
{
    json_t *board = board_of(r, canvas_of(r, node));
    if (board)
        add_board(out, board, level);
    else
        escape_markdown(out, plain_text(r->a, node));
    buf_add_char(out, '\n');
    json_decref(board);
}

struct str page_markdown(struct arena *a, struct str markdown, const struct page_boards *boards)
{
    struct reader r;
    struct buf out = {.a = a};
    long line = 1;
    int level = 0;
    begin(&r, a, markdown);
    r.boards = boards;
    cmark_node *root = cmark_parse_document(r.text.p, r.text.n, CMARK_OPT_DEFAULT);
    for (cmark_node *node = cmark_node_first_child(root); node; node = cmark_node_next(node)) {
        long from = line_of(&r, node);
        if (cmark_node_get_type(node) == CMARK_NODE_HEADING)
            level = cmark_node_get_heading_level(node);
        if (canvas_of(&r, node).n == 0)
            continue;
        copy_lines(&out, &markdown, (size_t)(from - line));
        add_canvas(&out, &r, node, level);
        line = from + cmark_node_get_end_line(node) - cmark_node_get_start_line(node) + 1;
        struct buf skipped = {.a = a};
        copy_lines(&skipped, &markdown, (size_t)(line - from));
    }
    cmark_node_free(root);
    copy_lines(&out, &markdown, SIZE_MAX);
    return buf_str(&out);
}
