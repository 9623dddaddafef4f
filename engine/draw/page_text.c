/* Paragraphs: inlines as one pango layout each, which is broken into lines once. */
#include "draw/page_parts.h"

#include <string.h>

/* Height of the letters of DejaVu above the base line, and of all of a line, in parts of its
 * size: lines have one distance, whatever other fonts a word needs. */
static const double rises = 0.928, spans = 1.164;

struct build {
    struct pages *p;
    struct buf text;
    PangoAttrList *attributes;
    struct text *t;
    size_t space;
};

/* Bytes that pango sets at once: its time grows with the square of a word, and what is wider than
 * some 300 kB of letters is beyond its numbers. */
enum { PORTION = 4096 };

static struct text *text_new(struct pages *p, enum look look)
{
    struct text *t = arena_alloc(p->a, sizeof *t);
    *t = (struct text){.look = look, .scale = 1, .next = p->texts};
    p->texts = t;
    return t;
}

static void mark_from(struct build *b, size_t from, PangoAttribute *attribute)
{
    attribute->start_index = (guint)from;
    attribute->end_index = (guint)b->text.n;
    pango_attr_list_insert(b->attributes, attribute);
}

static PangoAttribute *colour(unsigned ink)
{
    return pango_attr_foreground_new((guint16)((ink >> 16 & 255) * 257),
                                     (guint16)((ink >> 8 & 255) * 257),
                                     (guint16)((ink & 255) * 257));
}

static bool is_address(struct str address)
{
    return str_starts(address, STR("https://")) || str_starts(address, STR("http://")) ||
        str_starts(address, STR("mailto:"));
}

static void add_link(struct build *b, size_t from, struct str address)
{
    if (b->t->links_n == b->space) {
        b->space = b->space ? b->space * 2 : 4;
        struct text_link *list = arena_alloc(b->p->a, b->space * sizeof *list);
        if (b->t->links_n > 0)
            memcpy(list, b->t->links, b->t->links_n * sizeof *list);
        b->t->links = list;
    }
    b->t->links[b->t->links_n++] = (struct text_link){from, b->text.n, address};
    mark_from(b, from, colour(INK_GREEN));
}

/* A line feed within a text is a space; only {"break"} breaks. */
static void add_words(struct build *b, struct str words)
{
    struct str shown = text_shown(b->p->s, words);
    for (size_t i = 0; i < shown.n; i++)
        buf_add_char(&b->text, (char)(shown.p[i] == '\n' ? ' ' : shown.p[i]));
}

static void add_inline(struct build *b, const json_t *inline_)
{
    size_t from = b->text.n;
    if (json_flag(inline_, "break", false)) {
        buf_add_char(&b->text, '\n');
        return;
    }
    add_words(b, json_member(inline_, "text"));
    if (b->text.n == from)
        return;
    bool serif = style_of(b->t->look)->style.face == FACE_SERIF;
    if (json_flag(inline_, "strong", false))
        mark_from(b, from, pango_attr_weight_new(PANGO_WEIGHT_BOLD));
    if (json_flag(inline_, "em", false))
        mark_from(b, from, pango_attr_style_new(PANGO_STYLE_ITALIC));
    if (json_flag(inline_, "code", false)) {
        mark_from(b, from, pango_attr_family_new("DejaVu Sans Mono"));
        mark_from(b, from, pango_attr_scale_new(serif ? 0.9 : 0.94));
    }
    struct str link = json_member(inline_, "link");
    if (is_address(link))
        add_link(b, from, link);
}

static void set_portion(const struct text *t, PangoLayout *layout, size_t from)
{
    struct str rest = str_part(t->words, from, t->words.n);
    PangoAttrList *attributes = pango_attr_list_copy(t->attributes);
    if (from > 0)
        pango_attr_list_update(attributes, 0, (int)from, 0);
    pango_layout_set_attributes(layout, attributes);
    pango_layout_set_text(layout, rest.p, (int)utf8_cut(rest, PORTION));
    pango_attr_list_unref(attributes);
}

struct text *text_inlines(struct pages *p, const json_t *inlines, enum look look)
{
    struct build b = {.p = p, .text = {.a = p->a}, .t = text_new(p, look)};
    PangoLayout *empty = text_layout(p->s, &style_of(look)->style, STR(""), -1);
    b.attributes = pango_attr_list_copy(pango_layout_get_attributes(empty));
    for (size_t i = 0; i < json_array_size(inlines); i++)
        add_inline(&b, json_array_get(inlines, i));
    b.t->layout = empty;
    b.t->words = buf_str(&b.text);
    b.t->attributes = b.attributes;
    set_portion(b.t, empty, 0);
    return b.t;
}

struct text *text_plain(struct pages *p, struct str text, enum look look)
{
    struct text *t = text_new(p, look);
    struct buf b = {.a = p->a};
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == '\t')
            buf_add(&b, STR("    "));
        else
            buf_add_char(&b, text.p[i]);
    }
    t->layout = text_layout(p->s, &style_of(look)->style, STR(""), -1);
    t->words = text_shown(p->s, buf_str(&b));
    t->attributes = pango_attr_list_copy(pango_layout_get_attributes(t->layout));
    set_portion(t, t->layout, 0);
    return t;
}

struct str text_flat(struct arena *a, const json_t *inlines)
{
    struct buf b = {.a = a};
    for (size_t i = 0; i < json_array_size(inlines); i++) {
        const json_t *one = json_array_get(inlines, i);
        if (json_flag(one, "break", false))
            buf_add_char(&b, ' ');
        buf_add(&b, json_member(one, "text"));
    }
    return str_trim(buf_str(&b));
}

void text_scale(struct text *t, double scale)
{
    PangoFontDescription *font =
        pango_font_description_copy(pango_layout_get_font_description(t->layout));
    double size = style_of(t->look)->style.size * scale;
    pango_font_description_set_size(font, (int)(size * PANGO_SCALE));
    pango_layout_set_font_description(t->layout, font);
    pango_font_description_free(font);
    t->scale = scale;
}

/* Letters that are higher than the line leaves room for (stacked marks) make it higher, within
 * reason. */
static struct text_line measure(const struct text *t, PangoLayoutIter *at)
{
    const struct style_row *row = style_of(t->look);
    double leading = row->leading * t->scale, size = row->style.size * t->scale;
    double base = (leading - spans * size) / 2 + rises * size;
    PangoRectangle ink, box;
    pango_layout_iter_get_line_extents(at, &ink, &box);
    int line_base = pango_layout_iter_get_baseline(at);
    double above = (double)(line_base - ink.y) / PANGO_SCALE - base;
    double below = (double)(ink.y + ink.height - line_base) / PANGO_SCALE - (leading - base);
    above = CLAMP(above, 0, leading);
    below = CLAMP(below, 0, leading);
    return (struct text_line){.line = pango_layout_iter_get_line_readonly(at),
                              .x = (double)box.x / PANGO_SCALE,
                              .base = base + above,
                              .height = leading + above + below};
}

/* Pango turns left and right around for lines that run from the right; a side that was asked for
 * is the side of the page. */
static PangoAlignment alignment(const struct text *t, struct str side)
{
    const PangoLayoutLine *first = pango_layout_get_line_readonly(t->layout, 0);
    bool turned = first->resolved_dir == PANGO_DIRECTION_RTL;
    if (str_is(side, "middle"))
        return PANGO_ALIGN_CENTER;
    bool right = str_is(side, "far") ? !t->rtl : t->rtl || str_is(side, "right");
    return right == turned ? PANGO_ALIGN_LEFT : PANGO_ALIGN_RIGHT;
}

static void add_line(struct pages *p, struct text *t, struct text_line line)
{
    if ((t->n & (t->n - 1)) == 0) {
        struct text_line *lines = arena_alloc(p->a, (t->n ? t->n * 2 : 1) * sizeof *lines);
        if (t->n > 0)
            memcpy(lines, t->lines, t->n * sizeof *lines);
        t->lines = lines;
    }
    t->lines[t->n++] = line;
}

/* Adds the lines of a portion; returns where the next one begins: with the last line of this one,
 * which may go on. */
static size_t add_portion(struct pages *p, struct text *t, PangoLayout *layout, size_t from)
{
    size_t end = from + strlen(pango_layout_get_text(layout));
    int count = pango_layout_get_line_count(layout);
    PangoLayoutIter *at = pango_layout_get_iter(layout);
    for (int i = 0; i < count; i++) {
        struct text_line line = measure(t, at);
        line.layout = layout;
        line.from = from;
        if (end < t->words.n && i > 0 && i + 1 == count)
            end = from + (size_t)line.line->start_index;
        else
            add_line(p, t, line);
        pango_layout_iter_next_line(at);
    }
    pango_layout_iter_free(at);
    return end;
}

void text_wrap_at(struct pages *p, struct text *t, double width, struct str side)
{
    t->rtl = text_runs_left(p, t->words);
    t->n = 0;
    pango_layout_set_width(t->layout, width < 0 ? -1 : (int)(width * PANGO_SCALE));
    pango_layout_set_alignment(t->layout, alignment(t, side));
    size_t from = add_portion(p, t, t->layout, 0);
    while (from < t->words.n) {
        struct text *portion = text_new(p, t->look); /* keeps the layout */
        portion->layout = pango_layout_copy(t->layout);
        set_portion(t, portion->layout, from);
        from = add_portion(p, t, portion->layout, from);
    }
}

void text_free(struct text *t)
{
    g_object_unref(t->layout);
    if (t->attributes)
        pango_attr_list_unref(t->attributes);
}

double text_natural(struct text *t)
{
    return text_wide(t->layout) + 0.1;
}

/* The iterator goes as one sees it, so an index may also be before the last one. */
double text_minimum(struct text *t)
{
    int count;
    const PangoLogAttr *breaks = pango_layout_get_log_attrs_readonly(t->layout, &count);
    PangoLayoutIter *at = pango_layout_get_iter(t->layout);
    const char *text = pango_layout_get_text(t->layout), *last = text;
    double most = 0, word = 0;
    glong i = 0;
    do {
        PangoRectangle where;
        const char *here = text + pango_layout_iter_get_index(at);
        i += g_utf8_pointer_to_offset(last, here);
        last = here;
        pango_layout_iter_get_char_extents(at, &where);
        if (i < count && breaks[i].is_line_break)
            word = 0;
        if (i < count && !breaks[i].is_white)
            word += (double)ABS(where.width) / PANGO_SCALE;
        most = MAX(most, word);
    } while (pango_layout_iter_next_char(at));
    pango_layout_iter_free(at);
    return most + 0.1;
}

bool text_runs_left(const struct pages *p, struct str text)
{
    int direction = text_first_direction(text);
    return direction == 0 ? p->rtl : direction < 0;
}
