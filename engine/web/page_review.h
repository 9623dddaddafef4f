/* Shared by the pages that look back (page_review*.c): the whole path, and one question of it. */
#ifndef ESPALIER_WEB_PAGE_REVIEW_H
#define ESPALIER_WEB_PAGE_REVIEW_H

#include "web/pages.h"

/* An answer set for reading (a new reference):
 *   {"lines":[text]}                                       one paragraph a line
 *   {"items":[{"text","more"}], "has_items"}               of a list or an order; "numbered"
 *   {"groups":[{"label","items":[{"text","more"}]}]}       of what was sorted
 *   {"table":{"heads":[label],"rows":[{"text","cells":[text]}]}}
 * All members are there, null for the other shapes.  `question` is as in journey_review. */
json_t *review_answer(struct arena *a, const json_t *question);

/* What every page of these has: {"journey","client","title","content_language","revision",
 * "can_undo","can_redo","here"}. */
json_t *review_tree(struct visit *v, struct journey *j, const struct store_client *client,
                    const json_t *view);

/* The revisions of one answer, latest first; empty if there are none. */
json_t *review_history(struct visit *v, struct journey *j, const json_t *question);

/* A name for the id of an element and for links to it. */
struct str review_anchor(struct arena *a, struct str key);

/* Ready to stand in a query. */
struct str review_encode(struct arena *a, struct str text);

/* A word of words/review.LANGUAGE.json. */
struct str review_word(const struct visit *v, const char *name);

#endif
