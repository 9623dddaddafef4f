/* Reads Lua source without running it: which names are used that are not local, which ids stand in
 * calls as plain texts, which questions are asked twice.  Reports to a `struct scan_report`. */
#ifndef ESPALIER_SCRIPT_SCAN_H
#define ESPALIER_SCRIPT_SCAN_H

#include "script/lex.h"

/* A question (or a whole step) asked by its literal id. */
struct scan_ask {
    struct token id;
    struct str phase;
    int function, block;
    bool step, named; /* named: has as = or item = */
};

/* What the scan calls; every token lives as long as the source. */
struct scan_report {
    void *user;
    void (*global)(void *user, const struct token *name, bool assigned);
    void (*member)(void *user, const struct token *of,
                   const struct token *name); /* answers.goal, string.rep */
    void (*literal)(void *user, const struct token *call, const struct token *id); /* ask "goal" */
};

struct scan {
    struct arena *a;
    const struct scan_report *report;
    struct lexer lexer;
    struct token now, next;
    struct str *locals;
    size_t locals_n, locals_room;
    int depth;               /* of expressions and blocks, against the stack */
    int functions, function; /* how many were seen; the present one */
    int *parents;            /* of blocks */
    int blocks, blocks_room, block;
    struct str phase;
    struct scan_ask *asks;
    size_t asks_n, asks_room;
    bool statement; /* the next name begins a statement: it may be assigned to */
    bool named;     /* the table just read has as = or item = */
};

/* Scans a source.  `parameters` are names known from the start (of an expression: value, item);
 * asks are left in s->asks. */
void scan_source(struct scan *s, struct str source, const char *const *parameters);

/* Can both be reached in one run, so far as blocks tell: same function and phase, not in different
 * branches? */
bool scan_together(const struct scan *s, const struct scan_ask *a, const struct scan_ask *b);

#endif
