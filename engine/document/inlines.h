/* The inside of page_of_markdown: inline content of Markdown as texts with their marks (page.h).
 * Every text is safe to show: control characters and overrides of direction are visible. */
#ifndef ESPALIER_DOCUMENT_INLINES_H
#define ESPALIER_DOCUMENT_INLINES_H

#include "base/json.h"

#include <cmark.h>

/* All that is in a node (a new reference), blocks inside it divided by breaks.  A <br> is a break,
 * a remark of HTML nothing, any other HTML text. */
json_t *inlines_of(struct arena *a, cmark_node *node);

/* A table's cell; what would begin a block there ("- ", "# ") is text. */
json_t *inlines_of_cell(struct arena *a, struct str cell);

/* The address as a valid URL, or an empty text if it is not http, https or mailto. */
struct str inlines_link(struct arena *a, struct str url);

#endif
