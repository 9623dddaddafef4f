/* The inside of Markdown as text: blocks with what their lines begin with, inline content as plain
 * text. Used by markdown*.c only. */
#ifndef ESPALIER_DOCUMENT_MARKDOWN_H
#define ESPALIER_DOCUMENT_MARKDOWN_H

#include "document/table.h"

#include <cmark.h>

/* Where lines go. */
struct lines {
    struct arena *a;
    struct buf out;
    size_t width;
    struct str first, later; /* what the next line begins with, and those after it */
    struct str last;         /* what the last line begins with: for underlines */
    size_t widest;           /* columns of text in the widest line since it was set to 0 */
};

/* Adds one line behind its beginning, without blanks at its end. */
void lines_add(struct lines *l, struct str text);

/* Adds a text wrapped to what is left of the width. */
void lines_wrap(struct lines *l, struct str text);

/* Columns left for text; at least 16, however deep lists stand inside each other. */
size_t lines_room(const struct lines *l);

/* The plain text of all that is in a node: a link as "text (address)", hard breaks as line feeds.
 */
struct str markdown_inline(struct arena *a, cmark_node *node);

/* The plain text of a table's cell. */
struct str markdown_cell(struct arena *a, struct str cell);

/* A table in aligned columns; where they would be too narrow, each row as lines "head: cell". */
void markdown_table(struct lines *l, const struct table *t);

#endif
