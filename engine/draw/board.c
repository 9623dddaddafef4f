/* One canvas on one page. */
#include "draw/board.h"

#include <math.h>

/* Lines to write on by hand. */
static void draw_ruling(const struct board *b, struct rect inside, double y)
{
    double step = 21 * b->scale, high = inside.y + inside.h - y;
    int lines = high > 0 ? (int)(high / step + 0.1) : 0;
    for (int i = 0; i < lines; i++)
        surface_line(b->s, (struct rect){inside.x, y + step * (i + 0.9), inside.w, 0}, 0.5,
                     0xcfc8bb);
}

static void draw_ground(const struct board *b, const struct box *box, struct rect at)
{
    cairo_t *cr = surface_cairo(b->s);
    surface_fill(b->s, at, b->blank ? INK_WHITE : box->tint);
    if (b->blank) {
        surface_colour(b->s, INK_LINE);
        cairo_set_line_width(cr, 0.75);
        cairo_rectangle(cr, at.x, at.y, at.w, at.h);
        cairo_stroke(cr);
    }
    surface_fill(b->s, (struct rect){at.x, at.y, at.w, 1.6}, INK_GREEN);
}

/* No room for a line: the label says how many there are. */
static bool is_slit(const struct board *b, const struct box *box, struct rect room)
{
    return box->n > 0 && room.h < b->size * 1.5;
}

static double draw_label(const struct board *b, const struct box *box, struct rect inside)
{
    PangoLayout *label = board_label(b, box->label, inside.w);
    struct rect below = {inside.x, 0, inside.w, inside.h - text_high(label) - board_gap(b) * 2};
    if (is_slit(b, box, below)) {
        struct arena *a = surface_arena(b->s);
        g_object_unref(label);
        label = board_label(b, str_format(a, "+%zu %.*s", box->n, STR_ARG(box->label)), inside.w);
        pango_layout_set_height(label, -1);
    }
    double high = text_high(label);
    surface_tag(b->s, "H2");
    text_draw(b->s, label, inside.x, inside.y);
    surface_untag(b->s);
    g_object_unref(label);
    return high;
}

static void draw_box(const struct board *b, struct box *box, struct rect at)
{
    cairo_t *cr = surface_cairo(b->s);
    double pad = board_pad(at.w);
    struct rect inside = {at.x + pad, at.y + pad, at.w - 2 * pad, at.h - 2 * pad};
    cairo_save(cr);
    cairo_rectangle(cr, at.x, at.y, at.w, at.h);
    cairo_clip(cr);
    draw_ground(b, box, at);
    surface_tag(b->s, "Sect");
    double y = inside.y + draw_label(b, box, inside) + board_gap(b) * 2;
    struct rect room = {inside.x, y, inside.w, inside.y + inside.h - y};
    if (box->n > 0 && !is_slit(b, box, room))
        board_lanes_draw(b, box, room, box->need <= at.h + 0.5);
    if (b->blank && box->n == 0)
        draw_ruling(b, inside, y);
    surface_untag(b->s);
    cairo_restore(cr);
}

void board_draw(struct surface *s, const json_t *json, struct rect at)
{
    struct board *b = arena_alloc(surface_arena(s), sizeof *b);
    b->s = s;
    b->scale = fmin(at.w / 788, at.h / 541);
    b->scale = fmin(fmax(b->scale, 0.6), 1.45);
    board_read(b, json);
    surface_tag(s, "Sect");
    board_place(b);
    struct rect area = board_head(b, at);
    if (b->n > 0)
        board_fit(b, area);
    for (size_t i = 0; i < b->n; i++)
        draw_box(b, &b->boxes[i], board_rect(&b->tracks, b->boxes[i].at, area));
    board_foot(b, at);
    surface_untag(s);
}
