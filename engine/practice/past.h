/* The journey as it was: canvases at the end of each sitting, and what a book of the journey tells.
 * Nothing is written; what is gone from the journey since (undone, put aside) is shown as it stood
 * then, to whom it may be shown. */
#ifndef ESPALIER_PRACTICE_PAST_H
#define ESPALIER_PRACTICE_PAST_H

#include "practice/state.h"

/* The canvas of that name ("at-2", or "at-2-CANVAS") as it stood at the end of the second sitting,
 * dated then (a new reference); NULL if there is no such name, no such sitting, or nothing on it
 * that the audience may see. */
json_t *past_board(struct journey *j, struct str audience, struct str name);

/* What the document "book" sees beyond the tree (a new reference):
 *   sittings   [{number, date, minutes, changed, themes:[{text}],
 *              boards:[{board:"at-1-CANVAS", title}]}]: the phases that were talked about, the
 *              canvases that changed
 *   versions   [{ask, texts:[{text, date, number}]}]: what was said differently in later sittings,
 *              and what the workflow records as kind NAME_version
 *   successes  [{text, date}]: outputs of the kind "success", fields and answers of that name
 *   heading    [{text}]: where it is going: the purpose of the first canvas, outputs of the kind
 *              "destination"
 *   goals      [{text, due, because, measure}]       actions  [{text, due, who, know, help}]
 * and `has`, which of these lists have something in them. */
json_t *past_book(struct journey *j, struct str audience, const json_t *tree);

/* The goals or actions of a tree with these fields, absent ones null, so that a template for every
 * workflow may name them. */
json_t *past_plain(const json_t *list, const char *const *fields);

#endif
