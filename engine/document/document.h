/* What is written: templates and pages.  This box sees one JSON tree and nothing else.
 *     mustache_render(a, &(struct template){...}, tree, &diags, &text) */
#ifndef ESPALIER_DOCUMENT_DOCUMENT_H
#define ESPALIER_DOCUMENT_DOCUMENT_H

#include "base/diag.h"
#include "base/json.h"

/* How values are escaped: by the kind of document, never by the author. */
enum escape { ESCAPE_HTML, ESCAPE_MARKDOWN, ESCAPE_TEXT };

/* Where a part of a rendered text comes from: its bytes [from, to) are `value`, or stand there
 * because of it (a section; of a list once for each of its items).  `value` is as the tree has it,
 * before any filter. */
struct template_part {
    size_t from, to;
    const json_t *value;
    bool section;
};

struct template
{
    struct str name, text; /* name for messages */
    enum escape escape;
    bool strict;         /* an unknown name is an error with "did you mean" (E502) */
    struct str language; /* for filters: {{due|date}} */
    bool (*partial)(void *user, struct str name, struct str *text); /* {{>name}}; NULL: none */
    /* Told of every value that is shown and every section entered with one, inner parts first;
     * NULL: nobody asks. */
    void (*shown)(void *shown_user, const struct template_part *part);
    void *user, *shown_user;
};

/* Renders a Mustache template (all of the public specification's core: comments, delimiters,
 * interpolation, inverted, partials, sections) over a JSON tree.  Mistakes of the template go to
 * `d` with line and column; false then, and `out` holds what could be rendered. Beyond the
 * specification: filters ({{due|date}}, filter.h); an empty text is empty like an empty list;
 * yes/no, money objects, {"text"} and {"label"} objects and lists of these have a text. Strict: a
 * name that is in no context is E502; one that is null or empty is fine, so a tree gives null for
 * what has not been answered.  In Markdown and text {{{x}}} and {{&x}} escape like {{x}}: there is
 * no raw output of a value but in ESCAPE_HTML, where the specification asks for it and which no
 * document of ours uses.  Values must not stand in code or HTML of a Markdown template. */
MUST_USE bool mustache_render(struct arena *a, const struct template *t, const json_t *tree,
                              struct diags *d, struct str *out);

/* A name in a template, as a dotted path, and where it stands: in the template or a partial. */
typedef void mustache_name(void *user, struct str path, const struct diag_place *where);

/* Names a template and its partials use, for `check` (privacy, unknown names).  Inside {{#a}} the
 * name b may be a.b or b: `each` is called for every reading, innermost first, with the same place.
 * False if the template has mistakes, or sections too deep to be read (E507). */
MUST_USE bool mustache_names(struct arena *a, const struct template *t, struct diags *d,
                             mustache_name *each, void *user);

/* Markdown as plain text of `width` columns: headings underlined, lists with hanging indents,
 * paragraphs wrapped, links as "text (address)".  Pipe tables (table.h) stand in aligned columns;
 * where cells would be narrower than 12 columns, each row is shown as lines "head: cell". */
struct str markdown_to_text(struct arena *a, struct str markdown, size_t width);

/* A canvas as text, drawn with lines in `width` columns (60 to 200):
 * {"title","subtitle","purpose","grid":[["kp","kp","ka",...],...],"legend":["= keep",...],
 *  "blocks":[{"id","label","colour":"#e7efe4","items":[{"id","text","mark":"+","kind":"add",
 *             "flags":["?"],"feeling":"like"|"dislike","hypothesis":true,
 *             "change":"same"|"new"|"gone"|"changed","was"}]}],"attribution",
 *  "state":"current"|"target"|"diff"|"prototype"|"blank","state_label","client","version","date",
 *  "language","words":{see page.h},
 *  "ascii":true for lines of - | +, "room":lines that an empty box has at least}.
 * All but "blocks" may be missing; "flags" are signs that stand behind an item ("?", a smile), and
 * say what "feeling" and "hypothesis" say.  "change" and "was" (the text before; text and Markdown
 * show "was → text") are there in a diff.  All texts are shown as a whole: boxes grow.  Where the
 * boxes of the grid would be narrower than 16 characters (the canvas of nine: below 96 columns),
 * some that stand beside each other stand below each other instead.  Blocks without a place in the
 * grid, or all if it is absent or wrong, stand below at full width. */
struct str board_to_text(struct arena *a, const json_t *board, size_t width);

/* The same as Markdown: a heading and a list for each block, in their order. */
struct str board_to_markdown(struct arena *a, const json_t *board);

/* The text form of a grid (documents/NAME.grid) as the JSON form above: each line a row of block
 * ids, # begins a remark.
 *     kp kp ka ka vp vp cr cr cs cs
 *     kp kp kr kr vp vp ch ch cs cs
 *     co co co co co rv rv rv rv rv
 * All rows have the same number of ids, at most 24 rows of 24.  The cells of an id are one box and
 * must form one rectangle; a point is an empty place.  Fails with ERR_DATA and a sentence that
 * names row or block. */
MUST_USE bool grid_parse(struct str text, json_t **grid, struct err *e);

/* The same rules for a grid that is JSON already: rows of ids; rows may also be texts ("kp kp ka")
 * or lists of {"block","span","rows"}, as in a table of HTML. */
MUST_USE bool grid_check(const json_t *grid, struct err *e);

#endif
