/* Text, all of it set by pango. */
#include "draw/surface.h"

#include <utf8proc.h>

enum { MARKS_MAX = 5 }; /* above each other on one letter; no language has more */

static PangoFontDescription *describe(const struct style *style)
{
    static const char *const families[] = {[FACE_SERIF] = "DejaVu Serif",
                                           [FACE_SANS] = "DejaVu Sans",
                                           [FACE_NARROW] = "DejaVu Sans",
                                           [FACE_MONO] = "DejaVu Sans Mono"};
    PangoFontDescription *font = pango_font_description_new();
    pango_font_description_set_family_static(font, families[style->face]);
    /* Where the narrow cut is not installed, the normal one is taken. */
    if (style->face == FACE_NARROW)
        pango_font_description_set_stretch(font, PANGO_STRETCH_CONDENSED);
    if (style->size > 0)
        pango_font_description_set_size(font, (int)(style->size * PANGO_SCALE));
    pango_font_description_set_weight(font, style->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_font_description_set_style(font, style->italic ? PANGO_STYLE_ITALIC : PANGO_STYLE_NORMAL);
    return font;
}

static void add(PangoAttrList *list, PangoAttribute *attribute, size_t from, size_t to)
{
    attribute->start_index = (guint)from;
    attribute->end_index = (guint)to;
    pango_attr_list_insert(list, attribute);
}

static guint16 channel(unsigned colour, int shift)
{
    return (guint16)((colour >> shift & 255) * 257);
}

static void add_colour(PangoAttrList *list, unsigned ink, size_t from, size_t to)
{
    PangoAttribute *colour =
        pango_attr_foreground_new(channel(ink, 16), channel(ink, 8), channel(ink, 0));
    add(list, colour, from, to);
}

static bool is_mark(uint32_t c)
{
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)c);
    return category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_ME;
}

/* A pile of marks would grow into what stands above: the rest of it has a letter of its own, ◌. */
struct str text_visible(struct arena *a, struct str text, bool lines)
{
    struct str safe = text_safe(a, text, lines);
    struct buf b = {.a = a};
    int marks = 0;
    for (size_t i = 0; i < safe.n;) {
        size_t from = i;
        marks = is_mark(utf8_next(safe, &i)) ? marks + 1 : 0;
        if (marks > MARKS_MAX) {
            buf_add(&b, STR("◌"));
            marks = 1;
        }
        buf_add(&b, str_part(safe, from, i));
    }
    return buf_str(&b);
}

struct str text_shown(struct surface *s, struct str text)
{
    return text_visible(s->a, text, true);
}

/* The first letter with a direction decides, as in pango. */
bool text_is_rtl(struct str text)
{
    return text_first_direction(text) < 0;
}

bool text_is_wide(struct str text)
{
    for (size_t i = 0; i < text.n;) {
        uint32_t c = utf8_next(text, &i);
        if (c >= 0x2e80 && c <= 0xd7ff)
            return true;
    }
    return false;
}

PangoLayout *text_layout(struct surface *s, const struct style *style, struct str text,
                         double width)
{
    PangoLayout *layout = pango_layout_new(s->context);
    PangoFontDescription *font = describe(style);
    PangoAttrList *list = pango_attr_list_new();
    struct str shown = text_shown(s, text);
    add(list, pango_attr_font_features_new("liga 0, clig 0, dlig 0"), 0, G_MAXUINT);
    add(list, pango_attr_insert_hyphens_new(FALSE), 0, G_MAXUINT);
    add_colour(list, style->ink, 0, G_MAXUINT);
    pango_layout_set_font_description(layout, font);
    pango_layout_set_attributes(layout, list);
    pango_layout_set_text(layout, shown.p, (int)shown.n);
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_auto_dir(layout, TRUE);
    if (width >= 0)
        pango_layout_set_width(layout, (int)(width * PANGO_SCALE));
    pango_attr_list_unref(list);
    pango_font_description_free(font);
    return layout;
}

void text_span(PangoLayout *layout, size_t from, size_t to, const struct style *style)
{
    PangoAttrList *list = pango_attr_list_copy(pango_layout_get_attributes(layout));
    PangoFontDescription *font = describe(style);
    add(list, pango_attr_font_desc_new(font), from, to);
    add_colour(list, style->ink, from, to);
    pango_layout_set_attributes(layout, list);
    pango_attr_list_unref(list);
    pango_font_description_free(font);
}

void text_strike(PangoLayout *layout, size_t from, size_t to)
{
    PangoAttrList *list = pango_attr_list_copy(pango_layout_get_attributes(layout));
    add(list, pango_attr_strikethrough_new(TRUE), from, to);
    pango_layout_set_attributes(layout, list);
    pango_attr_list_unref(list);
}

double text_wide(PangoLayout *layout)
{
    int width;
    pango_layout_get_size(layout, &width, NULL);
    return (double)width / PANGO_SCALE;
}

double text_high(PangoLayout *layout)
{
    int height;
    pango_layout_get_size(layout, NULL, &height);
    return (double)height / PANGO_SCALE;
}

double text_base(PangoLayout *layout)
{
    return (double)pango_layout_get_baseline(layout) / PANGO_SCALE;
}

void text_draw(struct surface *s, PangoLayout *layout, double x, double y)
{
    cairo_move_to(s->cr, x, y);
    pango_cairo_show_layout(s->cr, layout);
}

double text_draw_lines(struct surface *s, PangoLayout *layout, int first, int n, double x, double y)
{
    PangoLayoutIter *at = pango_layout_get_iter(layout);
    int line = 0, top = 0, bottom = 0;
    do {
        PangoRectangle where;
        if (line < first || line >= first + n)
            continue;
        pango_layout_iter_get_line_extents(at, NULL, &where);
        if (line == first)
            top = where.y;
        bottom = where.y + where.height;
        double base = (double)(pango_layout_iter_get_baseline(at) - top) / PANGO_SCALE;
        cairo_move_to(s->cr, x + (double)where.x / PANGO_SCALE, y + base);
        pango_cairo_show_layout_line(s->cr, pango_layout_iter_get_line_readonly(at));
    } while (line++, pango_layout_iter_next_line(at));
    pango_layout_iter_free(at);
    return (double)(bottom - top) / PANGO_SCALE;
}
