/* The inside of the templates: a template becomes a small tree in the arena, once; rendering and
 * the list of names walk that tree.  Used by mustache*.c only; the door for others is document.h.
 * Offsets count bytes of `source.text`; a partial that stands alone on an indented line is parsed
 * from a copy with its lines moved to the right, and `indent` is taken off again when a place is
 * reported. */
#ifndef ESPALIER_DOCUMENT_MUSTACHE_H
#define ESPALIER_DOCUMENT_MUSTACHE_H

#include "document/document.h"
#include "document/filter.h"

enum {
    MUSTACHE_DEPTH = 64,       /* sections and partials inside each other */
    MUSTACHE_OUTPUT = 4 << 20, /* bytes of a rendered document */
    MUSTACHE_STEPS = 4 << 20,  /* parts rendered: a list inside itself many times ends here */
    MUSTACHE_FILTERS = 4       /* filters of one value */
};

enum node_kind { NODE_TEXT, NODE_VALUE, NODE_RAW, NODE_SECTION, NODE_INVERTED, NODE_PARTIAL };

struct node {
    enum node_kind kind;
    struct str text;   /* the literal text, or the name: "answers.goal", "." */
    size_t at;         /* where the name stands */
    struct str indent; /* of a partial that stands alone on its line */
    const struct filter *filters[MUSTACHE_FILTERS];
    size_t n_filters;
    struct node *first, *next; /* inside of a section; what follows */
};

struct mustache_source {
    struct str name, original; /* as the author wrote it */
    struct str text;           /* as it was parsed: moved to the right by `indent` */
    size_t indent;
};

/* Parses into nodes; all mistakes are reported.  False if there was one; `*first` then holds what
 * was understood. */
MUST_USE bool mustache_parse(struct arena *a, const struct mustache_source *source, struct diags *d,
                             struct node **first);

/* Line, column and width of `width` bytes at an offset of the source. */
struct diag_place mustache_place(const struct mustache_source *source, size_t at, size_t width);

/* The same for many places one after the other: `line`, zeroed at first, is the line of the one
 * before, where the count goes on. */
struct mustache_line {
    size_t start, seen;
    int number;
};
struct diag_place mustache_place_after(const struct mustache_source *source,
                                       struct mustache_line *line, size_t at, size_t width);

/* Reports a mistake at a place of the source. */
struct mustache_mark {
    const struct mustache_source *source;
    size_t at, width;
};
void mustache_report(struct diags *d, const char *code, const struct mustache_mark *mark,
                     struct str text, struct str help);

/* The source of a partial standing on a line that begins with `indent`. */
struct mustache_source mustache_partial(struct arena *a, struct str name, struct str text,
                                        struct str indent);

#endif
