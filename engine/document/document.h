/* What is written: templates and pages.  This box sees one JSON tree and nothing else.
 *     mustache_render(a, &(struct template){...}, tree, &diags, &text) */
#ifndef ESPALIER_DOCUMENT_DOCUMENT_H
#define ESPALIER_DOCUMENT_DOCUMENT_H

#include "base/diag.h"
#include "base/json.h"

/* How values are escaped: by the kind of document, never by the author. */
enum escape { ESCAPE_HTML, ESCAPE_MARKDOWN, ESCAPE_TEXT };

struct template {
    struct str name, text;       /* name for messages */
    enum escape escape;
    bool strict;                 /* an unknown name is an error with "did you mean" (E5xx) */
    struct str language;         /* for filters: {{due|date}} */
    bool (*partial)(void *user, struct str name, struct str *text); /* {{>name}}; NULL: none */
    void *user;
};

/* Renders a Mustache template (all of the public specification's core: comments, delimiters, interpolation, inverted,
 * partials, sections) over a JSON tree.  Mistakes of the template go to `d` with line and column; false then.
 * In Markdown and text {{{x}}} and {{&x}} escape like {{x}}: there is no raw output of a value but in ESCAPE_HTML
 * where the specification asks for it, which no document of ours uses. */
MUST_USE bool mustache_render(struct arena *a, const struct template *t, const json_t *tree, struct diags *d,
                              struct str *out);

/* Names a template uses at its top level and below, as dotted paths: for `check` (privacy, unknown names). */
MUST_USE bool mustache_names(struct arena *a, struct str name, struct str text, struct diags *d,
                             void (*each)(void *user, struct str path, int line, int column), void *user);

/* Markdown as plain text of `width` columns: headings underlined, lists, tables aligned, paragraphs wrapped. */
struct str markdown_to_text(struct arena *a, struct str markdown, size_t width);

/* A canvas as text, drawn with lines in `width` columns (60 at least):
 * {"title","subtitle","grid":[[{"block":"kp","span":2,"rows":2},...],...],
 *  "blocks":[{"id","label","items":[{"text","mark","flags"}]}],"legend":[..],"attribution"}.
 * All items are shown: boxes grow.  Below the narrowest useful width the boxes stand one below the other. */
struct str board_to_text(struct arena *a, const json_t *board, size_t width);

/* The same as Markdown: a heading and a list per block. */
struct str board_to_markdown(struct arena *a, const json_t *board);

#endif
