/* The inside of espalier-draw: a surface that becomes a PDF, SVG or PNG file in memory, text set by
 * pango, and the drawings made with them.  Lengths are points, y runs down from the top of the
 * page.  All memory is of one arena and one process, which draws one file and ends.
 *
 *     struct surface *s = surface_new(a, FORMAT_PDF, 595, 842, &about);
 *     PangoLayout *l = text_layout(s, &(struct style){FACE_SERIF, 18, .ink = INK}, title, 483);
 *     surface_tag(s, "H1");
 *     text_draw(s, l, 56, 56);
 *     surface_untag(s);
 *     g_object_unref(l);
 *     surface_end(s, &bytes, &e)
 */
#ifndef ESPALIER_DRAW_DRAW_H
#define ESPALIER_DRAW_DRAW_H

#include "base/json.h"

#include <pango/pangocairo.h>

enum format { FORMAT_PDF, FORMAT_SVG, FORMAT_PNG };

/* The colours of all documents, 0xRRGGBB. */
enum {
    INK = 0x2b2a28,
    INK_SOFT = 0x6b665e,
    INK_GREEN = 0x2f5d50,
    INK_TERRACOTTA = 0xa4502f,
    INK_LINE = 0xd8d0c2,
    INK_WHITE = 0xffffff,
    TINT_GREEN = 0xe6eee9,
    TINT_SAND = 0xf5f0e6,
    TINT_TERRACOTTA = 0xf6e9e2
};

struct rect {
    double x, y, w, h;
};

/* What a file says about itself.  `date` ("2026-11-23") is its date of making, so that the same
 * tree gives the same bytes; `language` chooses forms of letters. */
struct about {
    struct str title, author, subject, date, language;
};

struct surface;

/* A surface with its first page begun.  Only a PDF can have further pages. */
struct surface *surface_new(struct arena *a, enum format format, double width, double height,
                            const struct about *about);

/* Ends the page and begins another one of this size. */
void surface_next(struct surface *s, double width, double height);

/* To draw lines and areas with; text goes through text_draw. */
cairo_t *surface_cairo(struct surface *s);
struct arena *surface_arena(struct surface *s);

/* Ends the file and the surface, also when it fails; `bytes` live in the arena.  ERR_DATA. */
MUST_USE bool surface_end(struct surface *s, struct str *bytes, struct err *e);

/* The structure of a tagged PDF: "Document", "Sect", "H1", "L", "LI", "P", "Table" ...; what is
 * drawn between the two calls belongs to it.  Nothing in other formats.  Tags that hold text begin
 * and end on one page. */
void surface_tag(struct surface *s, const char *name);
void surface_untag(struct surface *s);

/* A link (http, https, mailto) over what is drawn until surface_untag. */
void surface_link(struct surface *s, struct str address);

void surface_colour(struct surface *s, unsigned colour);
void surface_fill(struct surface *s, struct rect at, unsigned colour);
/* From x, y to x + w, y + h. */
void surface_line(struct surface *s, struct rect from_to, double width, unsigned colour);

enum face { FACE_SERIF, FACE_SANS, FACE_NARROW, FACE_MONO };

struct style {
    enum face face;
    double size; /* points */
    unsigned ink;
    bool bold, italic;
};

/* A text set in a style, wrapped at `width` (< 0: never), anywhere where a word is longer; control
 * characters and direction overrides are shown as "\x1b"; lines run as their own text does (Arabic
 * from the right); no ligatures and no hyphens, so that it can be searched.  The caller owns it
 * (g_object_unref). */
PangoLayout *text_layout(struct surface *s, const struct style *style, struct str text,
                         double width);

/* Does its first letter run from right to left? */
bool text_is_rtl(struct str text);

/* Is there a letter of Chinese, Japanese or Korean in it?  Those have no italics, and each further
 * cut of their fonts costs 40 milliseconds. */
bool text_is_wide(struct str text);

/* A text as it can be shown: control characters and direction overrides as "\x1b", no more than
 * five marks on a letter, and spaces for line feeds unless `lines`. */
struct str text_visible(struct arena *a, struct str text, bool lines);

/* What text_layout shows of a text; offsets of spans are bytes of this. */
struct str text_shown(struct surface *s, struct str text);

/* The bytes [from, to) of a layout in another style: face, weight, slant, size (0: unchanged) and
 * colour. */
void text_span(PangoLayout *layout, size_t from, size_t to, const struct style *style);

/* A line through the bytes [from, to). */
void text_strike(PangoLayout *layout, size_t from, size_t to);

double text_wide(PangoLayout *layout);
double text_high(PangoLayout *layout);
/* From the top of the layout to the base of its first line. */
double text_base(PangoLayout *layout);

/* Draws with the top left corner at x, y.  Text that says no colour has that of its style. */
void text_draw(struct surface *s, PangoLayout *layout, double x, double y);

/* Draws `n` lines from line `first` (from 0), the top of the first at y; returns their height. */
double text_draw_lines(struct surface *s, PangoLayout *layout, int first, int n, double x,
                       double y);

/* A canvas that fills `at`; the structure tags are its own, inside what is open. */
void board_draw(struct surface *s, const json_t *board, struct rect at);

#endif
