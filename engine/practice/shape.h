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

/* What can be counted, into the tree; the same for every audience:
 *   counts    {goals, actions, hypotheses, sessions, minutes, answered}
 *   progress  {phase, title, number, of} (number 0 and no title where no phase is counted)
 *   period    {from, to, until}: days; until is `to`, or null where it is the day of `from`
 *   sessions  [{date, minutes, kind}]
 *   version   of a plan, as a reader understands it: after the n-th sitting */
void shape_facts(struct journey *j, const json_t *view, json_t *tree);
json_int_t shape_version(struct journey *j); /* that one alone */

/* All canvases of the workflow as an audience sees them:
 * {ID:{"id","title","subtitle","grid","attribution","blocks":[{"id","label","colour","empty",
 *  "items":[{"id","text","mark","mark_label","symbol", ...}]}],"block":{ID: the same}}}.
 * shape_empty: the same without anything in them. */
json_t *shape_canvases(struct journey *j, struct str audience, bool sensitive);
json_t *shape_empty_canvases(struct journey *j);

/* The words for a mark: of the workflow's list `decisions`, else our own. */
void shape_mark(struct journey *j, struct str mark, struct str *label, struct str *symbol);

#endif
