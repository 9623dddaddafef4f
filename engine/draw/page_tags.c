/* The structure of the PDF.  Cairo ties text to the innermost element only, and each such element
 * to one page: a paragraph that has links, or goes over two pages, is therefore made of parts. */
#include "draw/page_parts.h"

static void part_end(struct pages *p)
{
    if (p->part)
        surface_untag(p->s);
    p->part = false;
}

static bool is_above(const struct node *upper, const struct node *lower)
{
    while (lower && lower != upper)
        lower = lower->parent;
    return lower == upper;
}

static void begin_down_to(struct pages *p, struct node *node)
{
    if (node == p->open)
        return;
    begin_down_to(p, node->parent);
    surface_tag(p->s, node->tag);
    p->open = node;
}

void tags_reach(struct pages *p, struct node *node)
{
    if (p->open == node)
        return;
    part_end(p);
    while (p->open && !is_above(p->open, node)) {
        surface_untag(p->s);
        p->open = p->open->parent;
    }
    if (node)
        begin_down_to(p, node);
}

void tags_pause(struct pages *p)
{
    part_end(p);
    if (p->open && p->open->whole)
        tags_reach(p, p->open->parent);
}

static void draw_whole(struct pages *p, const struct text *t, size_t line, double x, double y)
{
    const struct text_line *l = &t->lines[line];
    surface_colour(p->s, style_of(t->look)->style.ink);
    cairo_move_to(surface_cairo(p->s), x + l->x, y + l->base);
    pango_cairo_show_layout_line(surface_cairo(p->s), l->line);
}

static const struct text_link *link_at(const struct text *t, size_t byte)
{
    for (size_t i = 0; i < t->links_n; i++)
        if (byte >= t->links[i].from && byte < t->links[i].to)
            return &t->links[i];
    return NULL;
}

/* Runs as one sees them, from the left: those of a link together, those between links together. */
static void draw_runs(struct pages *p, const struct text *t, size_t line, double x, double y)
{
    const struct text_line *l = &t->lines[line];
    const char *text = pango_layout_get_text(l->layout);
    const struct text_link *now = NULL;
    cairo_t *cr = surface_cairo(p->s);
    part_end(p);
    x += l->x;
    for (const GSList *at = l->line->runs; at; at = at->next) {
        PangoGlyphItem *run = at->data;
        const struct text_link *link = link_at(t, l->from + (size_t)run->item->offset);
        if (p->part && link != now)
            part_end(p);
        if (!p->part && link)
            surface_link(p->s, link->address);
        else if (!p->part)
            surface_tag(p->s, "Span");
        p->part = true;
        now = link;
        surface_colour(p->s, link ? INK_GREEN : style_of(t->look)->style.ink);
        cairo_move_to(cr, x, y + l->base);
        pango_cairo_show_glyph_item(cr, text, run);
        x += (double)pango_glyph_string_get_width(run->glyphs) / PANGO_SCALE;
    }
    part_end(p);
}

void text_paint(struct pages *p, const struct text *t, size_t line, struct node *node, double x,
                double y)
{
    if (!node) {
        draw_whole(p, t, line, x, y);
        return;
    }
    tags_reach(p, node);
    if (t->links_n > 0) {
        draw_runs(p, t, line, x, y);
        return;
    }
    node->whole = !node->parts;
    if (node->parts && !p->part) {
        surface_tag(p->s, "Span");
        p->part = true;
    }
    draw_whole(p, t, line, x, y);
}
