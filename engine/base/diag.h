/* Messages for authors of workflows: a stable code, file, line, column, the line itself with a
 * caret, what is wrong in the author's words, one or two ways out.  One fault, one message; at most
 * DIAG_MAX of them in a run, errors before warnings. The codes and their long explanations stand in
 * codes.def, shared by program, manual and tests. */
#ifndef ESPALIER_BASE_DIAG_H
#define ESPALIER_BASE_DIAG_H

#include "base/json.h"
#include "base/text.h"

enum { DIAG_MAX = 50 };

struct diag {
    const char *code; /* "E214", "W301": one of codes.def */
    struct str file;  /* name inside the library, for example "first-talk/define.yaml" */
    int line, column,
        width; /* from 1; 0 where unknown; width of the underlined part in columns, at least 1 */
    struct str excerpt; /* the line itself, without its end */
    struct str text;    /* what is wrong: one sentence */
    struct str help;    /* the ways out; may have several lines */
};

/* A growing list; zero-initialise with the arena set. */
struct diags {
    struct arena *a;
    struct diag *list;
    size_t n, errors; /* errors: those whose code begins with E */
    bool full;        /* more than DIAG_MAX were found */
};

/* Where a fault is.  `source` is the whole text of the file, from which the excerpt is taken; may
 * be empty. */
struct diag_place {
    struct str file, source;
    int line, column, width;
};

/* Adds a message; `help` may be empty.  Asserts that `code` is in the table.  Texts are copied. */
void diag_add(struct diags *d, const char *code, struct diag_place where, struct str text,
              struct str help);

/* Adds a message that was made elsewhere (a worker), as it is. */
void diag_add_ready(struct diags *d, struct diag ready);

/* The message as printed: head line, excerpt with caret, text and help, as in AUTHORING.md
 * section 5. */
struct str diag_print(struct arena *a, const struct diag *m);

/* The same as a JSON object: code, file, line, column, text, help. */
json_t *diag_json(const struct diag *m);

/* Title and long explanation of a code; false if there is none. */
bool diag_explain(struct str code, struct str *title, struct str *explanation);

/* All codes in order, for the manual and for tests: calls `each` with code, title and explanation.
 */
void diag_codes(void (*each)(void *user, const char *code, const char *title, const char *text),
                void *user);

#endif
