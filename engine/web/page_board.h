/* Shared by page_board*.c: the page of the board while it is made, also after a change that was
 * refused, when it keeps what was typed and says why. */
#ifndef ESPALIER_WEB_PAGE_BOARD_H
#define ESPALIER_WEB_PAGE_BOARD_H

#include "practice/board_edit.h"
#include "practice/documents.h"
#include "web/server.h"

struct wall {
    struct visit *v;
    struct journey *j;
    struct store_client client;
    struct str state, canvas;  /* which board; canvas is always a name of the definition */
    size_t at;                 /* as it stood after that sitting; 0: now */
    struct str note, list;     /* the note that is open for change, and its list; or empty */
    const struct err *problem; /* of the change that was refused, or NULL */
    const json_t *definition;
    json_t *lists; /* of board_lists, where notes can be changed; else NULL */
    int64_t revision;
};

/* Replies with the board; after a refused change with its status.  Fails as journey_board. */
MUST_USE bool wall_show(struct wall *w, struct err *e);

/* The visit's journey and client.  Fails as page_journey. */
MUST_USE bool wall_enter(struct visit *v, struct wall *w, struct err *e);

/* Which canvas and state the visit means; what is unknown is today's. */
void wall_choose(struct wall *w);

/* A field of the form that was sent, or else of the query. */
struct str wall_given(const struct wall *w, const char *name);

/* page_board_notes.c: puts the fields for changes into the tree of the board (board_tree.h), and
 * marks the notes of private lists. */
void wall_add_fields(struct wall *w, json_t *board);

/* page_board_time.c: {"at","last","today","label","sittings":[{"number","date","chosen","href"}]},
 * or null before the first sitting (a new reference). */
json_t *wall_sittings(struct wall *w);

/* page_board_sort.c: the second table: decisions about notes (a new reference); NULL if there is
 * nothing to decide. */
json_t *wall_decisions(struct wall *w);
bool wall_has_decisions(struct wall *w);

/* "/journeys/ID/board" with a query. */
struct str wall_path(const struct wall *w, const char *query);

/* A number of a form or query; `otherwise` if there is none. */
int64_t wall_number(struct str given, int64_t otherwise);

#endif
