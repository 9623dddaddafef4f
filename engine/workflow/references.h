/* The last pass over a definition: names that point from one file to another. */
#ifndef ESPALIER_WORKFLOW_REFERENCES_H
#define ESPALIER_WORKFLOW_REFERENCES_H

#include "workflow/build.h"

/* Remembers a name that is checked when all files have been read, if it is the value of a key that
 * names something elsewhere. */
void references_expect(struct build *b, const struct schema_key *row, const struct node *node,
                       struct str name);

/* Checks what was put off, and that script, modules and templates are there. */
void references_check(struct build *b, const struct node *workflow, const json_t *def);

/* Messages file by file as the files came, in order of lines. */
void references_sort(struct diags *d);

#endif
