/* One note on a canvas: its sign in a chip, its words with a hanging indent, its flags. */
#include "draw/board.h"

#include <math.h>

#define NARROWEST 0.22 /* width of the narrowest letters, in sizes */
#define LINE 1.17      /* height of a line */

double board_indent(const struct board *b)
{
    return b->size * (b->marked ? 1.75 : 0.95);
}

double board_gap(const struct board *b)
{
    return b->size * 0.36;
}

/* A text that fills the space with its narrowest letters need not be set to know that it is too
 * long. */
bool board_too_long(struct str text, double size, double width, double height)
{
    double letters = (width / (NARROWEST * size) + 1) * (height / (LINE * size) + 2);
    return (double)text.n > 4 * letters || (double)utf8_count(text) > letters;
}

PangoLayout *board_label(const struct board *b, struct str label, double width)
{
    double size = fmin(fmax(b->size, 7.5), 11.5 * b->scale);
    struct style style = {FACE_SERIF, size, .ink = INK_GREEN, .bold = true};
    PangoLayout *layout =
        text_layout(b->s, &style, str_part(label, 0, utf8_cut(label, 400)), width);
    pango_layout_set_height(layout, (int)(4.5 * LINE * size * PANGO_SCALE));
    pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
    return layout;
}

static struct style words_style(const struct board *b, const struct item *item)
{
    bool quiet = item->change == CHANGE_GONE || item->change == CHANGE_SAME ||
        (item->change == CHANGE_NONE && item->kind == KIND_DELETE);
    return (struct style){FACE_NARROW, b->size, .ink = quiet ? INK_SOFT : INK,
                          .bold = item->change == CHANGE_NEW || item->change == CHANGE_CHANGED};
}

/* Feelings are quiet, a doubt is not. */
struct style board_flag_style(struct str sign, double size)
{
    bool doubt = str_is(sign, "?");
    return (struct style){FACE_SANS, size, .ink = doubt ? INK_TERRACOTTA : INK_SOFT, .bold = doubt};
}

static PangoLayout *words(const struct board *b, const struct item *item, double width)
{
    struct arena *a = surface_arena(b->s);
    struct style style = words_style(b, item), flag = board_flag_style(STR(""), b->size);
    struct str text = item->flags.n == 0
        ? item->text
        : str_format(a, "%.*s%.*s", STR_ARG(item->text), STR_ARG(item->flags));
    PangoLayout *layout = text_layout(b->s, &style, text, width);
    size_t doubt = str_find(text, STR("?"), item->text.n);
    if (item->flags.n > 0)
        text_span(layout, item->text.n, text.n, &flag);
    if (doubt < text.n) {
        flag = board_flag_style(STR("?"), b->size);
        text_span(layout, doubt, doubt + 1, &flag);
    }
    if (item->change == CHANGE_GONE)
        text_strike(layout, 0, item->text.n);
    return layout;
}

/* The words that were there before. */
static PangoLayout *words_before(const struct board *b, const struct item *item, double width)
{
    struct style style = {FACE_NARROW, b->size * 0.86, .ink = INK_SOFT};
    PangoLayout *layout = text_layout(b->s, &style, item->was, width);
    text_strike(layout, 0, item->was.n);
    return layout;
}

static bool has_before(const struct item *item)
{
    return item->change == CHANGE_CHANGED && item->was.n > 0;
}

/* What is new stands on a ground of its own. */
static double ground(const struct board *b, const struct item *item)
{
    return item->change == CHANGE_NEW ? b->size * 0.22 : 0;
}

double board_item_high(const struct board *b, const struct item *item, double width, double limit)
{
    double room = width - board_indent(b);
    if (board_too_long(item->text, b->size, room, limit) ||
        board_too_long(item->was, b->size * 0.86, room, limit))
        return limit + b->size;
    PangoLayout *layout = words(b, item, room);
    double high = text_high(layout) + 2 * ground(b, item);
    g_object_unref(layout);
    if (has_before(item)) {
        layout = words_before(b, item, room);
        high += text_high(layout);
        g_object_unref(layout);
    }
    return high;
}

static void outline(cairo_t *cr, struct rect at, double radius)
{
    cairo_new_sub_path(cr);
    cairo_arc(cr, at.x + at.w - radius, at.y + radius, radius, -G_PI / 2, 0);
    cairo_arc(cr, at.x + at.w - radius, at.y + at.h - radius, radius, 0, G_PI / 2);
    cairo_arc(cr, at.x + radius, at.y + at.h - radius, radius, G_PI / 2, G_PI);
    cairo_arc(cr, at.x + radius, at.y + radius, radius, G_PI, G_PI * 1.5);
    cairo_close_path(cr);
}

void board_round(const struct board *b, struct rect at, double radius, unsigned colour)
{
    outline(surface_cairo(b->s), at, radius);
    surface_colour(b->s, colour);
    cairo_fill(surface_cairo(b->s));
}

/* Filled, bold, thin: each kind is another shape without its colour too. */
static const struct {
    unsigned border, fill, ink;
    bool bold;
} chips[] = {
    [KIND_NONE] = {INK_SOFT, INK_WHITE, INK, false},
    [KIND_MAINTAIN] = {INK_LINE, INK_WHITE, INK_SOFT, false},
    [KIND_STRENGTHEN] = {INK_GREEN, INK_WHITE, INK_GREEN, true},
    [KIND_ADD] = {INK_GREEN, INK_GREEN, INK_WHITE, true},
    [KIND_REDUCE] = {INK_TERRACOTTA, INK_WHITE, INK_TERRACOTTA, false},
    [KIND_DELETE] = {INK_SOFT, INK_LINE, INK, true},
};

double board_chip(const struct board *b, enum kind kind, struct str sign, struct rect at)
{
    cairo_t *cr = surface_cairo(b->s);
    double size = at.h, high = size * 1.16, wide = high;
    struct style style = {FACE_SANS, size * 0.88, .ink = chips[kind].ink, .bold = chips[kind].bold};
    PangoLayout *layout = text_layout(b->s, &style, sign, -1);
    if (text_wide(layout) > wide * 0.8)
        wide = text_wide(layout) + size * 0.5;
    if (wide > at.w) {
        pango_layout_set_width(layout, (int)((at.w - size * 0.4) * PANGO_SCALE));
        pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
        wide = at.w;
    }
    /* The middle of capitals, over the base at at.y. */
    struct rect chip = {at.x, at.y - size * 0.365 - high / 2, wide, high};
    outline(cr, chip, size * 0.24);
    surface_colour(b->s, chips[kind].fill);
    cairo_fill_preserve(cr);
    surface_colour(b->s, chips[kind].border);
    cairo_set_line_width(cr, size * (chips[kind].bold ? 0.09 : 0.06));
    cairo_stroke(cr);
    double left = chip.x + (wide - text_wide(layout)) / 2;
    text_draw(b->s, layout, left, at.y - size * 0.04 - text_base(layout));
    g_object_unref(layout);
    return wide;
}

static void draw_sign(const struct board *b, const struct item *item, struct rect at, double base)
{
    enum kind kind = board_sign_kind(item);
    struct str sign = board_sign(item);
    double size = b->size, wide = size * 1.16;
    surface_tag(b->s, "Lbl");
    if (sign.n > 0) {
        double x = item->rtl ? at.x + at.w - wide : at.x;
        (void)board_chip(b, kind, sign, (struct rect){x, base, size * 1.5, size * 0.94});
    } else {
        double middle = b->marked ? size * 0.58 : size * 0.3;
        cairo_new_path(surface_cairo(b->s));
        cairo_arc(surface_cairo(b->s), item->rtl ? at.x + at.w - middle : at.x + middle,
                  base - size * 0.3, size * 0.13, 0, 2 * G_PI);
        surface_colour(b->s, INK_SOFT);
        cairo_fill(surface_cairo(b->s));
    }
    surface_untag(b->s);
}

/* Draws as many lines as there is room for; the last one then ends with "…". */
static double draw_within(const struct board *b, PangoLayout *layout, double x, double y,
                          double room)
{
    if (text_high(layout) > room) {
        pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
        pango_layout_set_height(layout, (int)(room * PANGO_SCALE));
    }
    text_draw(b->s, layout, x, y);
    return text_high(layout);
}

static struct item shortened(const struct board *b, const struct item *item, double width,
                             double limit)
{
    struct item some = *item;
    if (board_too_long(some.text, b->size, width, limit)) {
        double letters = (width / (NARROWEST * b->size) + 1) * (limit / (LINE * b->size) + 2);
        some.text = str_part(some.text, 0, utf8_cut(some.text, (size_t)letters * 2));
        some.text = str_format(surface_arena(b->s), "%.*s…", STR_ARG(some.text));
    }
    return some;
}

double board_item_draw(const struct board *b, const struct item *item, struct rect at, bool whole)
{
    double indent = board_indent(b), room = at.w - indent, pad = ground(b, item);
    double limit = whole ? item->high + b->size : at.h;
    struct item some = shortened(b, item, room, limit);
    PangoLayout *layout = words(b, &some, room);
    double x = item->rtl ? at.x : at.x + indent, base = at.y + pad + text_base(layout);
    if (pad > 0)
        board_round(b, (struct rect){at.x - pad * 1.4, at.y, at.w + pad * 2.8, at.h}, pad,
                    0xcfe0d7);
    surface_tag(b->s, "LI");
    draw_sign(b, item, at, base);
    surface_tag(b->s, "LBody");
    double high = draw_within(b, layout, x, at.y + pad, limit - 2 * pad) + 2 * pad;
    g_object_unref(layout);
    if (has_before(item) && high + b->size < limit) {
        layout = words_before(b, item, room);
        high += draw_within(b, layout, x, at.y + high, limit - high);
        g_object_unref(layout);
    }
    surface_untag(b->s);
    surface_untag(b->s);
    return high;
}

/* The kind that items of this sign have. */
enum kind board_kind_of(const struct board *b, struct str sign)
{
    for (size_t i = 0; i < b->n; i++)
        for (size_t k = 0; k < b->boxes[i].n; k++)
            if (str_eq(b->boxes[i].items[k].mark, sign))
                return b->boxes[i].items[k].kind;
    return KIND_NONE;
}
