/* A document as pages: the tree of document/page.h laid out and drawn as a PDF. */
#ifndef ESPALIER_DRAW_PAGE_H
#define ESPALIER_DRAW_PAGE_H

#include "draw/draw.h"

/* `width` and `height` are those of the upright paper; canvases lie on the same paper turned.  A
 * tree without blocks gives one page with its title.  The same tree gives the same bytes, which
 * live in `a`.  Fails with ERR_DATA. */
MUST_USE bool page_draw(struct arena *a, const json_t *tree, double width, double height,
                        struct str *bytes, struct err *e);

#endif
