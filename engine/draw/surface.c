/* The file while it is drawn: cairo's surfaces, written into memory. */
#include "draw/surface.h"

#include <assert.h>
#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <math.h>
#include <string.h>

enum { PNG_SCALE = 2 }; /* 144 dots per inch */

static cairo_status_t keep(void *user, const unsigned char *bytes, unsigned n)
{
    buf_add(user, (struct str){(const char *)bytes, n});
    return CAIRO_STATUS_SUCCESS;
}

static void set_fact(struct surface *s, cairo_pdf_metadata_t which, struct str text)
{
    struct str safe = text_safe(s->a, text, false);
    if (safe.n > 0)
        cairo_pdf_surface_set_metadata(s->target, which, safe.p);
}

static cairo_surface_t *open_pdf(struct surface *s, double width, double height)
{
    s->target = cairo_pdf_surface_create_for_stream(keep, &s->bytes, width, height);
    cairo_pdf_surface_restrict_to_version(s->target, CAIRO_PDF_VERSION_1_5);
    struct str day = s->about.date.n > 0 ? s->about.date : STR("2000-01-01");
    struct str time = str_format(s->a, "%.*sT00:00:00Z", STR_ARG(str_part(day, 0, 10)));
    set_fact(s, CAIRO_PDF_METADATA_TITLE, s->about.title);
    set_fact(s, CAIRO_PDF_METADATA_AUTHOR, s->about.author);
    set_fact(s, CAIRO_PDF_METADATA_SUBJECT, s->about.subject);
    set_fact(s, CAIRO_PDF_METADATA_CREATOR, STR("espalier"));
    set_fact(s, CAIRO_PDF_METADATA_CREATE_DATE, time);
    set_fact(s, CAIRO_PDF_METADATA_MOD_DATE, time);
    return s->target;
}

static cairo_surface_t *open_svg(struct surface *s, double width, double height)
{
    s->target = cairo_svg_surface_create_for_stream(keep, &s->bytes, width, height);
    cairo_svg_surface_set_document_unit(s->target, CAIRO_SVG_UNIT_PT);
    return s->target;
}

static cairo_surface_t *open_png(struct surface *s, double width, double height)
{
    s->target = cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)lround(width * PNG_SCALE),
                                           (int)lround(height * PNG_SCALE));
    return s->target;
}

static PangoContext *make_context(struct surface *s)
{
    PangoContext *context = pango_font_map_create_context(s->fonts);
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    pango_cairo_context_set_font_options(context, options);
    cairo_font_options_destroy(options);
    pango_cairo_context_set_resolution(context, 72);
    pango_context_set_round_glyph_positions(context, FALSE);
    struct str language = s->about.language.n > 0 ? s->about.language : STR("en");
    pango_context_set_language(context, pango_language_from_string(str_copy(s->a, language).p));
    return context;
}

struct surface *surface_new(struct arena *a, enum format format, double width, double height,
                            const struct about *about)
{
    static cairo_surface_t *(*const open[])(struct surface *, double, double) = {
        [FORMAT_PDF] = open_pdf, [FORMAT_SVG] = open_svg, [FORMAT_PNG] = open_png};
    struct surface *s = arena_alloc(a, sizeof *s);
    *s = (struct surface){.a = a, .format = format, .about = *about, .bytes = {.a = a}};
    s->cr = cairo_create(open[format](s, width, height));
    if (format == FORMAT_PNG)
        cairo_scale(s->cr, PNG_SCALE, PNG_SCALE);
    s->fonts = pango_cairo_font_map_new();
    s->context = make_context(s);
    if (format != FORMAT_PDF)
        surface_fill(s, (struct rect){0, 0, width, height}, INK_WHITE);
    s->bare = format == FORMAT_PDF;
    return s;
}

void surface_next(struct surface *s, double width, double height)
{
    cairo_show_page(s->cr);
    if (s->format == FORMAT_PDF)
        cairo_pdf_surface_set_size(s->target, width, height);
    s->bare = s->format == FORMAT_PDF;
}

cairo_t *surface_cairo(struct surface *s)
{
    return s->cr;
}

struct arena *surface_arena(struct surface *s)
{
    return s->a;
}

/* Cairo gives an SVG no words about itself; what reads pages aloud needs them. */
static struct str with_title(struct surface *s, struct str svg)
{
    size_t at = str_find(svg, STR("<svg "), 0), end = str_find(svg, STR(">"), at);
    struct str title = text_safe(s->a, s->about.title, false);
    if (end == svg.n || title.n == 0)
        return svg;
    struct buf b = {.a = s->a};
    buf_add(&b, str_part(svg, 0, at));
    buf_add(&b, STR("<svg role=\"img\" "));
    buf_add(&b, str_part(svg, at + 5, end + 1));
    buf_add(&b, STR("\n<title>"));
    for (size_t i = 0, from = 0; i < title.n; from = i) {
        uint32_t c = utf8_next(title, &i);
        if (c == '&' || c == '<' || c == '>')
            buf_format(&b, "&#%u;", (unsigned)c);
        else if (c == 0xFFFE || c == 0xFFFF) /* not allowed in XML, not even as a number */
            buf_add(&b, STR("\uFFFD"));
        else
            buf_add(&b, str_part(title, from, i));
    }
    buf_add(&b, STR("</title>"));
    buf_add(&b, str_part(svg, end + 1, svg.n));
    return buf_str(&b);
}

/* Cairo names an image as often as a page shows it (a smile on every note), which readers take for
 * a mistake: spaces instead, so that nothing moves. */
static void name_once(char *names, size_t n)
{
    struct str list = {names, n};
    for (size_t at = str_find(list, STR("/x"), 0); at < n;) {
        size_t next = str_find(list, STR("/x"), at + 2);
        struct str name = str_part(list, at, next);
        if (str_ends(name, STR(" ")) && str_find(list, name, 0) < at)
            memset(names + at, ' ', name.n);
        at = next;
    }
}

static void name_images_once(struct buf *pdf)
{
    struct str all = buf_str(pdf), mark = STR("/XObject <<");
    for (size_t at = str_find(all, mark, 0); at < all.n; at = str_find(all, mark, at)) {
        at += mark.n;
        name_once(pdf->p + at, str_find(all, STR(">>"), at) - at);
    }
}

bool surface_end(struct surface *s, struct str *bytes, struct err *e)
{
    cairo_status_t status = cairo_status(s->cr);
    cairo_destroy(s->cr);
    if (s->format == FORMAT_PNG && status == CAIRO_STATUS_SUCCESS)
        status = cairo_surface_write_to_png_stream(s->target, keep, &s->bytes);
    cairo_surface_finish(s->target);
    if (status == CAIRO_STATUS_SUCCESS)
        status = cairo_surface_status(s->target);
    cairo_surface_destroy(s->target);
    g_object_unref(s->context);
    g_object_unref(s->fonts);
    if (status != CAIRO_STATUS_SUCCESS)
        return err_set(e, ERR_DATA, "The page could not be drawn: %s.",
                       cairo_status_to_string(status));
    if (s->format == FORMAT_PDF)
        name_images_once(&s->bytes);
    *bytes = buf_str(&s->bytes);
    if (s->format == FORMAT_SVG)
        *bytes = with_title(s, *bytes);
    return true;
}

/* Cairo fails where the first thing on a page is a picture (an emoji is one) and has a tag: a speck
 * of white comes first. */
static void begin_page(struct surface *s)
{
    if (s->bare)
        surface_fill(s, (struct rect){0, 0, 1, 1}, INK_WHITE);
    s->bare = false;
}

void surface_tag(struct surface *s, const char *name)
{
    assert(s->depth < TAGS_DEEP);
    begin_page(s);
    s->tags[s->depth++] = name;
    if (s->format == FORMAT_PDF)
        cairo_tag_begin(s->cr, name, NULL);
}

void surface_untag(struct surface *s)
{
    assert(s->depth > 0);
    const char *name = s->tags[--s->depth];
    if (s->format == FORMAT_PDF)
        cairo_tag_end(s->cr, name);
}

/* Cairo reads its attributes as text of its own kind, with ' and \ to be escaped, and writes an
 * address between brackets without a look at those within. */
void surface_link(struct surface *s, struct str address)
{
    struct buf b = {.a = s->a};
    assert(s->depth < TAGS_DEEP);
    begin_page(s);
    s->tags[s->depth++] = CAIRO_TAG_LINK;
    buf_add(&b, STR("uri='"));
    for (size_t i = 0; i < address.n; i++) {
        unsigned char c = (unsigned char)address.p[i];
        if (c <= ' ' || c > '~' || strchr("'\\()<>", c))
            buf_format(&b, "%%%02X", c);
        else
            buf_add_char(&b, (char)c);
    }
    buf_add_char(&b, '\'');
    if (s->format == FORMAT_PDF)
        cairo_tag_begin(s->cr, CAIRO_TAG_LINK, buf_str(&b).p);
}

void surface_colour(struct surface *s, unsigned colour)
{
    cairo_set_source_rgb(s->cr, (colour >> 16 & 255) / 255.0, (colour >> 8 & 255) / 255.0,
                         (colour & 255) / 255.0);
}

void surface_fill(struct surface *s, struct rect at, unsigned colour)
{
    surface_colour(s, colour);
    cairo_rectangle(s->cr, at.x, at.y, at.w, at.h);
    cairo_fill(s->cr);
}

void surface_line(struct surface *s, struct rect from_to, double width, unsigned colour)
{
    surface_colour(s, colour);
    cairo_set_line_width(s->cr, width);
    cairo_move_to(s->cr, from_to.x, from_to.y);
    cairo_rel_line_to(s->cr, from_to.w, from_to.h);
    cairo_stroke(s->cr);
}
