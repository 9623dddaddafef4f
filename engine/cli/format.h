/* What documents and canvases are written as: one table of formats; --format, the ending of -o
 * FILE, --paper; and the drawing of what has to be drawn, with its progress on a terminal.
 *
 *     format_choose(c, FORMAT_PAGE, "md", &format, e); ... format_page(c, format, page, e);
 */
#ifndef ESPALIER_CLI_FORMAT_H
#define ESPALIER_CLI_FORMAT_H

#include "cli/cli.h"
#include "practice/documents.h"

/* What can be written: a document, a canvas. */
enum { FORMAT_PAGE = 1, FORMAT_BOARD = 2 };

struct format {
    const char *name;
    unsigned of;  /* FORMAT_PAGE, FORMAT_BOARD */
    bool binary;  /* nothing for a terminal */
    bool is_text; /* written from Markdown or as lines, not from the tree of blocks */
};

/* --format, else the ending of the -o file (one that means no format is refused), else JSON with
 * --json, else `otherwise` (with -o: md).  What is printed with --json is JSON and nothing else;
 * binary formats do not go to a terminal.  Fails with ERR_USAGE, and with ERR_REFUSED where the -o
 * file may not be written. */
MUST_USE bool format_choose(struct cli *c, unsigned of, const char *otherwise,
                            const struct format **out, struct err *e);

/* Is it this format? */
bool format_is(const struct format *f, const char *name);

/* Writes a document of the journey in any format but json, and delivers it. */
MUST_USE bool format_document(struct cli *c, const struct format *f, struct journey *j,
                              const struct document_wish *wish, struct err *e);

/* Writes a page (document/page.h), which learns its paper, or boards one a page (a single one
 * unless it is pdf or html), and delivers the file as cli_deliver does. */
MUST_USE bool format_page(struct cli *c, const struct format *f, json_t *page, struct err *e);
MUST_USE bool format_boards(struct cli *c, const struct format *f, json_t *boards, struct err *e);

#endif
