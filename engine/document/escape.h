/* Values into documents: whatever a person wrote stays text.  One function for each kind of
 * document. */
#ifndef ESPALIER_DOCUMENT_ESCAPE_H
#define ESPALIER_DOCUMENT_ESCAPE_H

#include "base/text.h"

/* & < > " ' as entities; control characters, overrides of direction and what no HTML may hold made
 * visible, line feeds kept. */
void escape_html(struct buf *out, struct str value);

/* Appends `value` to the Markdown in `out` so that it shows as typed.  Looks at the line that `out`
 * ends with: at the start of a line the signs of headings, lists, quotes and rules are escaped as
 * well; a line feed becomes a hard line break that keeps the indentation of a list item, and a
 * space where a break would end a heading or table row. */
void escape_markdown(struct buf *out, struct str value);

/* Control characters and overrides of direction made visible, line feeds kept. */
void escape_text(struct buf *out, struct str value);

/* The same for XML: its signs as entities, and the two characters it has no place for visible. */
void escape_xml(struct buf *out, struct str value);

#endif
