/* Changing what stands on a canvas.  A block shows the answers to one or several list questions; a
 * note that is added, worded anew, put elsewhere or taken away is an answer to them, and one that
 * moves from one list to another changes both in one transaction. */
#ifndef ESPALIER_PRACTICE_BOARD_EDIT_H
#define ESPALIER_PRACTICE_BOARD_EDIT_H

#include "practice/journey.h"

/* Where the notes of each block come from (a new reference):
 * {BLOCK: {"lists":[{"key","id","ask","step","private","most","items":[the answer]}],
 *          "later":[{"ask","step","phase"}], "others":[{"key","ask"}]}}
 * lists: on the path now, in its order, so that they take notes; most: how many (0: any).  later:
 * questions for this block that have not been asked yet.  others: questions of other types, whose
 * answers stand there too. */
json_t *board_lists(struct journey *j, struct str canvas);

/* The questions on the path that put items of canvases into columns (a new reference):
 * [{"key","id","ask","step","columns":[{"id","label", ...}],"rows":[{"id","text"}],
 *   "value":{ROW:{"to","why"}},"sensitive","add":the list of the same step whose id ends with
 *   "_add", as above, or null}] */
json_t *board_sorts(struct journey *j);

enum board_place { BOARD_STAYS, BOARD_FIRST, BOARD_UP, BOARD_DOWN, BOARD_BEFORE, BOARD_LAST };

struct board_change {
    struct str key, item;   /* the list and the id of the note; without an id a new note */
    struct str to;          /* the list it goes to; empty: the same */
    struct str text;        /* its new text; empty: as it is */
    enum board_place place; /* in a list it moves to, BOARD_STAYS is the end */
    struct str before;      /* the note it is put before, for BOARD_BEFORE */
    bool remove;
    int64_t replaces; /* as in struct change */
};

/* Makes the change; `*changed` is false if everything was like that already.
 * Fails as journey_answer does, and with ERR_NOT_FOUND when the note is there no more. */
MUST_USE bool board_change(struct journey *j, const struct board_change *c, bool *changed,
                           struct err *e);

/* Takes the latest change back, provided that nothing came after `revision`.  Fails with
 * ERR_CONFLICT otherwise. */
MUST_USE bool board_undo(struct journey *j, int64_t revision, struct err *e);

/* The sittings so far, [{"number","date"}] (a new reference); and the canvas of that name as it
 * stood at the end of one, as journey_board gives it, or NULL if nothing was on it. */
MUST_USE bool board_sittings(struct journey *j, json_t **out, struct err *e);
json_t *board_then(struct journey *j, struct str audience, struct str canvas, size_t number);

#endif
