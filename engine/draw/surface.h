/* The inside of a surface, for surface.c and text.c only. */
#ifndef ESPALIER_DRAW_SURFACE_H
#define ESPALIER_DRAW_SURFACE_H

#include "draw/draw.h"

enum { TAGS_DEEP = 64 };

struct surface {
    struct arena *a;
    enum format format;
    struct about about;
    struct buf bytes;
    cairo_surface_t *target;
    cairo_t *cr;
    PangoFontMap *fonts;
    PangoContext *context;
    const char *tags[TAGS_DEEP];
    size_t depth;
    bool bare; /* nothing was drawn on this page yet */
};

#endif
