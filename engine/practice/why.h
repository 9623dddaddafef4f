/* Where the lines of a document come from: the rooms behind journey_why (documents.h).
 * While a journey is watched, the nodes of the tree that templates see know the answer they belong
 * to (why_own), and the template tells which of them it shows (why_render).  What goes through the
 * script is found by changing one answer at a time (why_change.c) and looking which lines are not
 * there any more (why_diff.c). */
#ifndef ESPALIER_PRACTICE_WHY_H
#define ESPALIER_PRACTICE_WHY_H

#include "document/document.h"
#include "practice/documents.h"

/* How an answer stands behind a line, surest first. */
enum why_how { WHY_FIELD, WHY_SECTION, WHY_SCRIPT };

struct why_source {
    struct why_source *next;
    const char *key;
    struct str item; /* id of the item of a list, or row; empty: the answer as a whole */
    enum why_how how;
    size_t lines; /* that this answer moves, or that stand there because of it */
};

struct why_line {
    struct str text;
    size_t at; /* where it begins */
    struct why_source *first;
};

struct why_lines {
    struct why_line *list;
    size_t n;
};

/* What is seen while a document is made: hung into `why` of a journey. */
struct why_trace {
    struct arena *a;
    struct why_node *nodes; /* whose is which node of the tree */
    size_t n_nodes, room_nodes;
    struct why_part *parts; /* what the template showed */
    size_t n_parts, room_parts;
    struct str text; /* what the template gave, before canvases are put in */
    bool silent;     /* only the text is wanted */
    bool bare;       /* and not what journey_document makes of it */
    json_t *past;    /* canvases as they stood at the end of sittings, by name */
    bool supposed;   /* the journey is a copy with another answer: it has no past of its own */
};

/* In the place of a shaped answer (whose reference it takes) a tree of its own that is known to
 * belong to the answer; the same tree while nobody watches. */
json_t *why_own(struct journey *j, const char *key, json_t *shaped);

/* mustache_render, seen by who watches the journey. */
MUST_USE bool why_render(struct journey *j, struct arena *a, struct template *t, const json_t *tree,
                         struct diags *d, struct str *out);

/* past_board; for a copy with another answer what it was for the journey itself. */
json_t *why_past_board(struct journey *j, struct str audience, struct str name);

/* Adds to the lines of `trace->text` the answers that the template shows there. */
void why_fields(struct arena *a, struct why_trace *trace, struct why_lines *lines);
void why_trace_end(struct why_trace *trace);

/* Adds a source to a line; the surest way and the fewest lines are kept. */
void why_add(struct arena *a, struct why_line *line, const struct why_source *source);

/* why.c: the lines of a document with all that stands behind them.  `bare`: the lines that the
 * template gave, as blocks of journey_page count them, and not those of journey_document.  Lives in
 * `a`. */
struct why_wish {
    const struct document_wish *document;
    bool bare, fields_only;
};
MUST_USE bool why_find(struct journey *j, struct arena *a, const struct why_wish *wish,
                       struct diags *d, struct why_lines *lines, struct err *e);

/* why_page.c: numbers of the sources at the blocks of a page for the coach, and their list. */
MUST_USE bool why_add_sources(struct journey *j, struct arena *a, const struct document_wish *wish,
                              struct diags *d, json_t *page, struct err *e);

/* why_tell.c: the sources of a line, those that say most first; and one as journey_why tells it (a
 * new reference); words of sensitive answers are in its question only if `sensitive`. */
const struct why_source **why_ranked(struct journey *j, struct arena *a,
                                     const struct why_line *line, size_t *n);
json_t *why_tell(struct journey *j, const struct why_source *source, bool sensitive);

/* How many of the ranked sources are worth showing: not many, and none that moves a large part of
 * the document where another says more. */
size_t why_telling(const struct why_lines *lines, const struct why_source **ranked, size_t n);

/* why_diff.c */
struct why_lines why_split(struct arena *a, struct str text);
/* to[i]: the line of `b` that line i of `a` is, or SIZE_MAX if it is not there any more. */
size_t *why_align(struct arena *arena, const struct why_lines *a, const struct why_lines *b);

/* One answer given differently. */
struct why_change {
    const json_t *entry; /* of the path */
    const char *key;
    struct str item;
    json_t *value; /* a new reference */
};

struct why_changes {
    struct arena *a;
    struct why_change *list;
    size_t n, room;
};

/* Adds what the answer of an entry of the path might as well have been: values that its question
 * takes and that differ as much as may be. */
void why_vary(struct journey *j, const json_t *entry, struct why_changes *out);

/* The text in other words: of the same length in letters, and with the same lines. */
struct str why_other_words(struct arena *a, struct str text);

#endif
