/* A canvas for the template pages/canvas.html.mustache: what journey_board gives, with the names of
 * classes for places and tints, because a strict policy forbids style attributes.  The session
 * room, the client's screen and the board itself show the same one.
 *
 *     json_object_set_new(tree, "board", board_tree(a, board));    {{>canvas}} */
#ifndef ESPALIER_WEB_BOARD_TREE_H
#define ESPALIER_WEB_BOARD_TREE_H

#include "base/json.h"

/* The tree of a board (a new reference); `board` is copied from, not kept:
 *   name, state, state_label, title, purpose, attribution, diff (is it one), any (is a note on it),
 *   grid     the classes of the grid: "placed c10", or "stacked" where blocks have no places
 *   legend   [{sign, text}], has_legend
 *   blocks   [{id, label, place: "x1 y1 w2 h2", tint: "t3", count, empty, edit: null,
 *             notes: [{id, text, symbol, kind, label, like, dislike, hypothesis, private, change,
 *                      is_new, is_gone, is_changed, was, signs, edit: null, open: null}]}]
 * `signs`: has it any.  Whoever lets notes be changed fills in `edit` and `open`; see
 * page_board.c.  `compact`: for a board
 * beside something else. */
json_t *board_tree(struct arena *a, const json_t *board, bool compact);

/* Says anew whether a note has signs, after one of them was changed. */
void board_tree_signs(json_t *note);

#endif
