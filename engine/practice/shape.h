/* Answers in the shapes that documents read: labels instead of ids, items with what was said of
 * them, canvases. */
#ifndef ESPALIER_PRACTICE_SHAPE_H
#define ESPALIER_PRACTICE_SHAPE_H

#include "practice/state.h"

/* An answer for a template (a new reference): text for simple types; lists, sort, grid and rank as
 * arrays of objects with "text"; commitment and confirm as objects.  `rows` are those of the
 * asking. */
json_t *shape_value(struct arena *a, const json_t *question, const json_t *value,
                    const json_t *rows, struct str language);

/* All canvases of the workflow as an audience sees them:
 * {ID:{"id","title","grid","attribution","blocks":[{"id","label","empty",
 *  "items":[{"id","text","mark","mark_label","symbol", ...}]}],"block":{ID: the same}}}. */
json_t *shape_canvases(struct journey *j, struct str audience, bool sensitive);

#endif
