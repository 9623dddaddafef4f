/* YAML read into a tree of texts, lists and maps with the place of every piece.  No types: what a
 * text means follows from the schema, never from its look.  Refused with a message each: all that
 * AUTHORING.md section 2 names (anchors, tags, duplicate keys, tabs as indentation, control
 * characters ...); what can be continued after is continued after. struct yaml_file f = {.name =
 * ..., .text = ...}; if (yaml_read(a, &f, &diags)) ... f.root ... */
#ifndef ESPALIER_WORKFLOW_YAML_H
#define ESPALIER_WORKFLOW_YAML_H

#include "base/diag.h"

enum { YAML_DEPTH_MAX = 16, YAML_SCALAR_MAX = 64 << 10, YAML_EVENTS_MAX = 20000 };

enum node_kind {
    NODE_TEXT,
    NODE_LIST,
    NODE_MAP,
    NODE_REFUSED /* stood here but was refused (an alias); a message was given */
};

struct node {
    enum node_kind kind;
    bool quoted;               /* a text in quotes or a block text: never empty by oversight */
    int line, column, width;   /* from 1; in characters */
    struct str text;           /* of a text */
    const struct node *key;    /* in a map: the key of this value */
    struct node *first, *next; /* children of a list or map, in the order of the file */
    size_t n;                  /* number of children */
};

struct yaml_file {
    struct str name; /* as it is shown: "first-talk/define.yaml" */
    struct str text; /* UTF-8; a byte order mark is skipped */
    struct node *root;
};

/* Reads one document into `f->root`, living in `a`; texts may point into `f->text`'s copy in `a`.
 * False if there is no whole tree (syntax, limits); messages are then in `d`.  True may have given
 * messages, too. */
MUST_USE bool yaml_read(struct arena *a, struct yaml_file *f, struct diags *d);

/* The value of a key of a map; NULL if there is none or `map` is NULL or no map. */
const struct node *node_get(const struct node *map, struct str key);

/* Adds a message at a node; after DIAG_MAX it only notes that there were more. */
void yaml_report(struct diags *d, const struct yaml_file *f, const struct node *at,
                 const char *code, struct str text, struct str help);

/* The tree as JSON: maps, lists, and every text as a string; for files whose types the reader knows
 * later. */
json_t *node_json(const struct node *node);

#endif
