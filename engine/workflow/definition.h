/* The definition: all YAML files of a bundle as one checked JSON tree.  Its layout is told in
 * workflow.h. */
#ifndef ESPALIER_WORKFLOW_DEFINITION_H
#define ESPALIER_WORKFLOW_DEFINITION_H

#include "base/diag.h"
#include "base/json.h"
#include "workflow/bundle.h"

/* A new tree; NULL if there were mistakes.  Mistakes and warnings go to `d`, file by file, in order
 * of lines. */
json_t *definition_read(const struct bundle *b, struct diags *d);

/* The name of a file as it is shown: without "workflows/". */
struct str definition_shown_name(struct str path);

#endif
