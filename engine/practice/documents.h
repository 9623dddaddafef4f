/* What a journey gives out: the tree that templates see, documents, canvases, and where each line
 * comes from.  What an audience may see is decided here, by what is in the tree, never by a
 * template.
 *
 *     journey_page(j, a, &(struct document_wish){.name = STR("plan")}, &diags, &page, &e)
 */
#ifndef ESPALIER_PRACTICE_DOCUMENTS_H
#define ESPALIER_PRACTICE_DOCUMENTS_H

#include "practice/journey.h"

/* The tree that documents see for an audience ("client", "coach", "sponsor", "programme"; see
 * audience.h): private and sensitive answers and notes are not in it for anybody but the coach,
 * sensitive ones not even there unless `sensitive`; no answers at all for sponsor and programme.
 * Nobody is asked for consent here: see journey_agreed. */
json_t *journey_tree(struct journey *j, struct str audience, bool sensitive);

/* The tree that the document of that name sees: the same, and for "book" what past.h says. */
json_t *journey_document_tree(struct journey *j, struct str name, struct str audience,
                              bool sensitive);

/* Whether the tree itself may be given to the audience, as document_wish says; a `why` is kept. */
MUST_USE bool journey_agreed(struct journey *j, struct str audience, struct str why, struct err *e);

/* The documents there are for this journey (a new reference): those of its workflow in their order,
 * then the program's own, [{"name","title" (may be empty),"for"}].  What a sponsor or a programme
 * gets as "plan" is no document of its own here. */
json_t *journey_documents(struct journey *j);

/* May a document made for one reader be given to another?  Never one that is the coach's. */
bool document_may_reach(struct str made_for, struct str audience);

/* Called with how many of the runs are done that say where lines come from. */
struct why_progress {
    void (*tick)(void *user, size_t done, size_t of);
    void *user;
};

/* What is to be written: a document of the workflow, for whom (empty: for whom it was made).
 * "programme" and "sponsor" get what the workflow lets them see and the client has agreed to (its
 * `share`); ERR_REFUSED otherwise, unless `why` says why the coach gives it all the same: that is
 * kept as a private note and in the audit. */
struct document_wish {
    struct str name, audience;
    bool sensitive;            /* with sensitive answers: only for the coach */
    struct str template, file; /* another template instead of the one there is, and its name */
    struct str why;
    bool sources; /* a page for the coach: with the answers behind every block, which takes time */
    const struct why_progress *progress; /* of that; may be NULL */
};

/* The document as Markdown, living in `a`, its canvases as lists.  Fails with ERR_NOT_FOUND,
 * ERR_REFUSED (not for this audience), ERR_SCRIPT (the template has a mistake, see `d`; a private
 * answer named in a template for others is one: E511). */
MUST_USE bool journey_document(struct journey *j, struct arena *a, const struct document_wish *wish,
                               struct diags *d, struct str *markdown, struct err *e);

/* The same as the tree of blocks that HTML, DOCX, ODT and PDF are written from (document/page.h), a
 * new reference.  With `sources` and for the coach with the answers behind every line. */
MUST_USE bool journey_page(struct journey *j, struct arena *a, const struct document_wish *wish,
                           struct diags *d, json_t **page, struct err *e);

/* Which canvas: by its name in the workflow (empty: what `state` means), and its state: "current"
 * (the workflow's first canvas), "target" (the one that `follows` it), "diff" (both), "prototype"
 * (page `number`, from 1, of the one that has pages), "blank".  Empty: current. */
struct board_wish {
    struct str canvas, state, audience; /* audience empty: client */
    int number;
    struct str why; /* as in document_wish */
    bool agreed;    /* the consent was asked for already: it is part of a document */
    bool sensitive; /* with sensitive answers: only for the coach */
};

/* The canvas as the board that the document box draws (a new reference), with nothing on it that
 * the audience may not see.  Fails with ERR_NOT_FOUND (and says which there are). */
MUST_USE bool journey_board(struct journey *j, const struct board_wish *wish, json_t **board,
                            struct err *e);

/* The titles of the prototypes there are, in order (a new reference), for a wish with a number. */
json_t *journey_prototypes(struct journey *j, struct str audience);

/* Where lines of a document come from: an array with an entry for each line of journey_document
 * that is not empty, a new reference:
 *     {"line":N,"text","telling",
 *      "from":[{"key","ask","shown","how","day","lines","id"}]}
 * how: "field", the template shows this answer there, known exactly; "section", the line stands
 * there because this was answered, exactly too; "script", the line would be another one if this
 * answer were (it went through Lua: found by running the workflow with one answer changed at a
 * time, in memory only).  What is shown comes first, then what moves the fewest "lines"; the first
 * "telling" of them are worth showing, the others move a large part of the document.  "day" is that
 * of the answer, "id" the item of a list or the row that it is, absent for the answer as a whole.
 * The answers are for the coach, whoever the document is for: private ones are among them, and
 * sensitive ones where the wish says so.  Of the document "book", which tells what was, only what
 * the template shows of today's answers is known. */
MUST_USE bool journey_why(struct journey *j, struct arena *a, const struct document_wish *wish,
                          struct diags *d, json_t **lines, struct err *e);

#endif
