/* What stands on the pages, drawn in the order of reading. */
#include "draw/page_parts.h"

#include <cairo-pdf.h>
#include <string.h>

enum { ONE_LINE = 400 }; /* bytes of what stands in one line, which is cut where the line ends */

static const double head_line = 0.8, row_line = 0.5, code_pad = 8;

/* A page while it is drawn. */
struct leaf {
    size_t from, to;
    double *y; /* of the top of each line */
    double width, height;
};

static double paint_lines(struct pages *p, const struct text *t, struct node *node, double x,
                          double y)
{
    for (size_t i = 0; i < t->n; i++) {
        text_paint(p, t, i, node, x, y);
        y += t->lines[i].height;
    }
    return y;
}

static void paint_box(struct pages *p, double x, double y, bool done)
{
    cairo_t *cr = surface_cairo(p->s);
    const double size = 7.6, round = 1.4;
    surface_colour(p->s, INK_WHITE);
    cairo_rectangle(cr, x - 1, y - 2, size + 4, size + 4);
    cairo_fill(cr);
    surface_colour(p->s, done ? INK_GREEN : INK_SOFT);
    cairo_set_line_width(cr, 0.8);
    cairo_new_sub_path(cr);
    cairo_arc(cr, x + size - round, y + round, round, -G_PI / 2, 0);
    cairo_arc(cr, x + size - round, y + size - round, round, 0, G_PI / 2);
    cairo_arc(cr, x + round, y + size - round, round, G_PI / 2, G_PI);
    cairo_arc(cr, x + round, y + round, round, G_PI, G_PI * 1.5);
    cairo_close_path(cr);
    cairo_stroke(cr);
    if (!done)
        return;
    cairo_set_line_width(cr, 1.3);
    cairo_set_line_cap(cr, CAIRO_LINE_CAP_ROUND);
    cairo_move_to(cr, x + 1.8, y + 4);
    cairo_line_to(cr, x + 3.3, y + 5.6);
    cairo_line_to(cr, x + 6, y + 2);
    cairo_stroke(cr);
    cairo_set_line_cap(cr, CAIRO_LINE_CAP_BUTT);
}

/* `first` is what the marks stand before: their base lines are one. */
static void paint_marks(struct pages *p, const struct piece *piece, double y)
{
    double base = style_of(LOOK_TEXT)->leading;
    if (piece->text)
        base = piece->text->lines[piece->line].base;
    for (const struct mark *m = piece->marks; m; m = m->next) {
        double top = y + base - m->text->lines[0].base;
        if (!piece->text)
            top = y + (piece->row ? piece->row->above : 0);
        text_paint(p, m->text, 0, m->node, m->x, top);
        if (m->box)
            paint_box(p, m->x, top + m->text->lines[0].base - 7.2, m->done);
    }
}

/* Each heading's first line is noted where it stands; its parent is the last one of a higher
 * level. */
static void note_outline(struct pages *p, int level, struct str words, double y)
{
    int parent = CAIRO_PDF_OUTLINE_ROOT;
    for (int i = 1; i < level; i++)
        parent = p->outline[i] ? p->outline[i] : parent;
    struct str where = str_format(p->a, "page=%zu pos=[0 %d]", p->page, (int)MAX(y - 12, 0));
    struct str name = text_visible(p->a, str_part(words, 0, utf8_cut(words, ONE_LINE)), false);
    if (name.n == 0)
        return;
    p->outline[level] = cairo_pdf_surface_add_outline(cairo_get_target(surface_cairo(p->s)), parent,
                                                      name.p, where.p, CAIRO_PDF_OUTLINE_FLAG_OPEN);
    for (int i = level + 1; i < 7; i++)
        p->outline[i] = 0;
}

static void paint_text(struct pages *p, const struct leaf *leaf, size_t i)
{
    const struct piece *piece = &p->pieces[i];
    double y = leaf->y[i - leaf->from];
    if (piece->outline > 0)
        note_outline(p, piece->outline, piece->text->words, y);
    text_paint(p, piece->text, piece->line, piece->node, piece->x, y);
}

static void paint_row_line(struct pages *p, const struct row *row, double y)
{
    surface_line(p->s, (struct rect){row->left, y, row->right - row->left, 0},
                 row->is_head ? head_line : row_line, row->is_head ? INK_GREEN : INK_LINE);
}

/* `tagged`: not where the head is repeated. */
static void paint_cells(struct pages *p, const struct row *row, double y, bool tagged)
{
    for (size_t i = 0; i < row->n; i++) {
        struct node *node = tagged ? node_new(p, row->node, row->is_head ? "TH" : "TD") : NULL;
        if (node)
            node->parts = row->cells[i]->links_n > 0;
        paint_lines(p, row->cells[i], node, row->x[i], y + row->above);
    }
}

static void paint_row(struct pages *p, const struct leaf *leaf, size_t i)
{
    const struct row *row = p->pieces[i].row;
    double y = leaf->y[i - leaf->from];
    paint_cells(p, row, y, true);
    tags_pause(p);
    paint_row_line(p, row, y + p->lines[i].height);
}

/* All that stands of a row on this page, cell by cell. */
static void paint_slices(struct pages *p, const struct leaf *leaf, size_t i)
{
    struct row *row = p->pieces[i].row;
    if (row->page == p->page)
        return;
    bool further = row->page > 0;
    size_t to = i;
    row->page = p->page;
    while (to < leaf->to && p->pieces[to].row == row)
        to++;
    struct node *node = further ? node_new(p, row->node->parent, row->node->tag) : row->node;
    for (size_t c = 0; c < row->n; c++) {
        struct node *cell = node_new(p, node, row->is_head ? "TH" : "TD");
        cell->parts = row->cells[c]->links_n > 0;
        tags_reach(p, cell);
        for (size_t k = i; k < to; k++) {
            size_t line = p->pieces[k].line;
            if (line < row->cells[c]->n)
                text_paint(p, row->cells[c], line, cell, row->x[c],
                           leaf->y[k - leaf->from] + (line == 0 ? row->above : 0));
        }
    }
    tags_pause(p);
    paint_row_line(p, row, leaf->y[to - 1 - leaf->from] + p->lines[to - 1].height);
}

static void paint_rule(struct pages *p, const struct leaf *leaf, size_t i)
{
    const struct piece *piece = &p->pieces[i];
    tags_pause(p);
    surface_line(p->s, (struct rect){piece->x, leaf->y[i - leaf->from] + 0.5, piece->width, 0},
                 piece->outline ? 0.9 : 0.6, piece->outline ? INK_GREEN : INK_LINE);
}

static double paint_sheet_heading(struct pages *p, struct node *above, const json_t *heading,
                                  struct rect at)
{
    static const char *const tags[] = {"H1", "H2", "H3", "H4", "H5", "H6"};
    int level = (int)CLAMP(json_whole(heading, "level", 2), 1, 6);
    struct text *t = text_inlines(p, json_object_get(heading, "text"),
                                  level > 2 ? LOOK_HEADING_3 : LOOK_HEADING_2);
    struct node *node = node_new(p, above, tags[level - 1]);
    node->parts = t->links_n > 0;
    text_wrap_at(p, t, at.w, STR("left"));
    note_outline(p, level, text_flat(p->a, json_object_get(heading, "text")), at.y);
    return paint_lines(p, t, node, at.x, at.y) + 4;
}

static void paint_sheet(struct pages *p, const struct leaf *leaf, size_t i)
{
    const struct piece *piece = &p->pieces[i];
    const struct sheet *sheet = piece->sheet;
    struct rect at = {42, 40, leaf->width - 84, leaf->height - 84};
    double y = at.y;
    for (size_t k = 0; k < sheet->n; k++) {
        y = paint_sheet_heading(p, piece->node, sheet->headings[k], at);
        at.y = y;
    }
    if (sheet->n == 0)
        note_outline(p, 2, sheet->caption, y);
    at.h = leaf->height - 44 - y;
    tags_reach(p, piece->node);
    board_draw(p->s, sheet->board, at);
    tags_reach(p, piece->node->parent);
}

static void paint_piece(struct pages *p, const struct leaf *leaf, size_t i)
{
    static void (*const paint[])(struct pages *, const struct leaf *,
                                 size_t) = {[PIECE_TEXT] = paint_text,
                                            [PIECE_ROW] = paint_row,
                                            [PIECE_SLICE] = paint_slices,
                                            [PIECE_RULE] = paint_rule,
                                            [PIECE_SHEET] = paint_sheet};
    paint_marks(p, &p->pieces[i], leaf->y[i - leaf->from]);
    paint[p->pieces[i].kind](p, leaf, i);
}

static void place_lines(struct pages *p, struct leaf *leaf)
{
    leaf->y = arena_alloc(p->a, (leaf->to - leaf->from) * sizeof *leaf->y);
    double y = p->room.y;
    for (size_t i = leaf->from; i < leaf->to; i++) {
        y += i == leaf->from ? p->lines[i].again : p->lines[i].gap;
        leaf->y[i - leaf->from] = y;
        y += p->lines[i].height;
    }
}

static void paint_frame(struct pages *p, const struct frame *f)
{
    double high = f->bottom - f->top;
    if (f->bar)
        surface_fill(p->s, (struct rect){f->x, f->top + 2, 2, high - 3}, INK_GREEN);
    else
        surface_fill(p->s, (struct rect){f->x, f->top - code_pad / 2, f->width, high + code_pad},
                     TINT_SAND);
}

/* Grounds and bars, before the text. */
static void paint_frames(struct pages *p, const struct leaf *leaf)
{
    for (size_t i = leaf->from; i < leaf->to; i++)
        for (struct frame *f = p->pieces[i].frame; f; f = f->parent) {
            double y = leaf->y[i - leaf->from];
            f->top = f->page == p->page ? f->top : y;
            f->bottom = y + p->lines[i].height;
            f->page = p->page;
        }
    for (size_t i = leaf->from; i < leaf->to; i++)
        for (struct frame *f = p->pieces[i].frame; f; f = f->parent) {
            if (f->page == p->page && f->bottom > f->top)
                paint_frame(p, f);
            f->bottom = f->top; /* drawn */
        }
}

static void paint_edge(struct pages *p, struct str words, struct rect at, const char *side)
{
    struct str line = text_visible(p->a, str_part(words, 0, utf8_cut(words, ONE_LINE)), false);
    struct text *t = text_plain(p, line, LOOK_AROUND);
    pango_layout_set_ellipsize(t->layout, PANGO_ELLIPSIZE_END);
    text_wrap_at(p, t, at.w, str_of(side));
    text_paint(p, t, 0, NULL, at.x, at.y);
}

static struct str number_words(struct pages *p)
{
    struct str words = json_member(json_object_get(p->tree, "words"), "page");
    struct buf b = {.a = p->a};
    words = words.n > 0 ? words : STR("{n} / {m}");
    for (size_t i = 0; i < words.n; i++) {
        struct str here = str_part(words, i, i + 3);
        if (str_is(here, "{n}") || str_is(here, "{m}")) {
            buf_format(&b, "%zu", here.p[1] == 'n' ? p->page : p->page_count);
            i += 2;
        } else {
            buf_add_char(&b, words.p[i]);
        }
    }
    return buf_str(&b);
}

static void paint_around(struct pages *p, const struct leaf *leaf, bool turned)
{
    double x = turned ? 42 : p->room.x, w = leaf->width - 2 * x;
    struct buf running = {.a = p->a};
    buf_add(&running, p->title);
    if (p->client.n > 0 && p->title.n > 0)
        buf_add(&running, STR(" · "));
    buf_add(&running, p->client);
    tags_pause(p);
    if (p->page > 1 && !turned)
        paint_edge(p, buf_str(&running), (struct rect){x, 30, w, 0}, "left");
    paint_edge(p, number_words(p), (struct rect){x, leaf->height - (turned ? 30 : 40), w, 0},
               "far");
}

static void page_begin(struct pages *p, const struct leaf *leaf)
{
    if (p->page == 1)
        cairo_pdf_surface_set_size(cairo_get_target(surface_cairo(p->s)), leaf->width,
                                   leaf->height);
    else
        surface_next(p->s, leaf->width, leaf->height);
}

static void page_paint(struct pages *p, struct flow_page cut)
{
    bool turned = cut.to > cut.from && p->lines[cut.from].alone;
    struct leaf leaf = {.from = cut.from,
                        .to = cut.to,
                        .width = turned ? p->height : p->width,
                        .height = turned ? p->width : p->height};
    page_begin(p, &leaf);
    place_lines(p, &leaf);
    paint_frames(p, &leaf);
    const struct row *head =
        cut.to > cut.from && p->lines[cut.from].again > 0 ? p->pieces[cut.from].row->head : NULL;
    if (head) {
        paint_cells(p, head, p->room.y, false);
        paint_row_line(p, head, p->room.y + head->height + head->above + head->below);
    }
    for (size_t i = cut.from; i < cut.to; i++)
        paint_piece(p, &leaf, i);
    paint_around(p, &leaf, turned);
}

/* An element that goes over two pages is drawn in parts. */
static void note_parts(struct pages *p, const struct flow_page *pages, size_t n)
{
    for (size_t k = 0; k < n; k++)
        for (size_t i = pages[k].from; i < pages[k].to; i++) {
            struct node *node = p->pieces[i].node;
            if (!node || p->pieces[i].kind != PIECE_TEXT)
                continue;
            node->parts = node->parts || (node->page > 0 && node->page != k + 1);
            node->page = k + 1;
        }
}

void pages_paint(struct pages *p, const struct flow_page *pages, size_t n)
{
    note_parts(p, pages, n);
    p->page_count = n;
    for (size_t k = 0; k < n; k++) {
        p->page = k + 1;
        page_paint(p, pages[k]);
    }
    tags_reach(p, NULL);
}
