/* A document as a tree of blocks: Markdown is read once (cmark and table.h), and every writer walks
 * the same tree: HTML, DOCX, ODT here, PDF in espalier-draw.
 *
 *     {"language":"en","title","subtitle","author","date":"2026-11-23","audience","words":{...},
 *      "paper":"A4" (unless it says "A3" or "Letter"; of DOCX and ODT),
 *      "blocks":[...],"sources":[{"n":1,"key","ask","shown"}]}
 *
 * Blocks; "line" is the line of the Markdown it begins on (a row of a table: line + 2 + its index)
 * and "last" the one it ends on (not for lists and quotes, whose blocks have it), "why" (where the
 * coach may know) the numbers of the sources behind it; a table may have "row_why":[[1,2],...]:
 *     {"is":"heading","level":1..6,"text":[inline]}        {"is":"paragraph","text":[inline]}
 *     {"is":"list","ordered","start","tight","items":[{"task":"open"|"done"|absent,"blocks":[]}]}
 *     {"is":"quote","blocks":[]}      {"is":"code","text":"..."}      {"is":"rule"}
 *     {"is":"table","sides":["left"|"right"|"middle"],"head":[[inline]],"rows":[[[inline]]]}
 *     {"is":"board","caption":[inline],"board":{see board_to_text}}
 * Inline: {"text":"...","strong":true,"em":true,"code":true,"link":"https://..."} (marks that are
 * absent are false; links are valid addresses: http, https or mailto), or {"break":true}.  All
 * texts are safe to show: control characters and overrides of direction are made visible.
 *
 * "words" are the few words a writer needs of its own, in the language of the document:
 * {"page":"Page {n} of {m}","more":"{n} more, see the plan","continued":"continued",
 *  "sources":"The answers behind it", ...: page_words.c has them all}. */
#ifndef ESPALIER_DOCUMENT_PAGE_H
#define ESPALIER_DOCUMENT_PAGE_H

#include "base/json.h"

/* What stands around the text.  Empty texts are left out. */
struct page_head {
    struct str language, title, subtitle, author, date, audience;
};

/* Where a paragraph, not in a list or quote, is nothing but ![caption](canvas:NAME) the canvas is
 * shown: `board` gives it (a new reference) or NULL for none, and then the caption stands there as
 * text. */
struct page_boards {
    json_t *(*board)(void *user, struct str name);
    void *user;
};

/* The tree of a Markdown text (a new reference).  Raw HTML is text, but <br> is a break and a
 * remark vanishes; images other than canvases are their caption; depth is limited: what lies
 * deeper than 16 levels is a paragraph.  Blocks without content are left out.  "[ ] " or "[x] " at
 * the start of an item, as the author wrote it (not in a value, which is escaped), makes it a
 * task. */
json_t *page_of_markdown(struct arena *a, struct str markdown, const struct page_head *head,
                         const struct page_boards *boards);

/* The Markdown with its canvases as headings (below the one they stand under) and lists, for
 * reading as Markdown or plain text. */
struct str page_markdown(struct arena *a, struct str markdown, const struct page_boards *boards);

/* The words of `language` that a writer needs (a new reference): for pages and boards.  English for
 * languages other than French. */
json_t *page_words(struct str language);

/* A self-contained HTML document: style inside, no script, nothing fetched; light and dark; prints
 * well; a Content-Security-Policy of its own.  With "sources" every block with "why" has links to
 * the list of answers at the end. */
struct str page_to_html(struct arena *a, const json_t *page);

/* The inside of the body only, without sources, for a page of the web app. */
void page_blocks_to_html(struct buf *out, const json_t *page);

/* The same with its header, its title a heading of level 1, and with its sources: a sheet for a
 * page of the web app.  A source with an "address" (a path) leads there. */
void page_sheet_to_html(struct buf *out, const json_t *page);

/* A canvas as accessible HTML: a grid of sections with lists, in reading order; below 48rem one
 * below the other.  Without its style, which page_style has. */
void board_to_html(struct buf *out, const json_t *board);

/* The style sheet that both need; of program lifetime. */
struct str page_style(void);

/* Word processors' files: real headings, lists, tables and styles; canvases as tables on a
 * landscape page.  The same tree gives the same bytes.  Fails with ERR_LIMIT. */
MUST_USE bool page_to_docx(struct arena *a, const json_t *page, struct str *bytes, struct err *e);
MUST_USE bool page_to_odt(struct arena *a, const json_t *page, struct str *bytes, struct err *e);

#endif
