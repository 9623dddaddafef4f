/* Shared by the files of the session room (page_session*.c): what is on its screen, as one tree.
 * page_session_place.c decides which questions, page_session_map.c draws the way, and
 * page_session_room.c puts everything together. */
#ifndef ESPALIER_WEB_PAGE_SESSION_H
#define ESPALIER_WEB_PAGE_SESSION_H

#include "web/pages.h"

/* A change that was not taken: said at its question, with all that was typed. */
struct fault {
    struct str key,
        sentence;        /* sentence empty: nothing is wrong, the form only changes its shape */
    const json_t *typed; /* form_typed, or NULL */
    struct str why;      /* typed into the form to leave the question out */
    size_t rows;         /* empty rows of a list */
    bool conflict;       /* ERR_CONFLICT: journey_conflict has both values */
};

struct room_wish {
    struct str at, after; /* a question: stay with its group, or go on behind it */
    struct str said;      /* what has just been done: "saved", "skipped", "undone", "redone" */
    const struct fault *fault;
};

/* The questions that are shown together: they were asked by the same step of the same part of the
 * journey. */
struct place {
    json_t *asked; /* keys, in the order of the path (a new reference) */
    json_t *told;  /* keys of the same group that were answered (a new reference) */
    struct str phase, step;
    bool due;      /* the question that is due is among them */
    bool may_pass; /* nothing of it has to be answered: one may go on, or see that it is the end */
};
void room_place(struct journey *j, struct arena *a, const json_t *view,
                const struct room_wish *wish, struct place *out);
void room_place_free(struct place *p);

/* The question of the definition that an entry of the path asks; NULL for a pause. */
const json_t *room_question(struct journey *j, const json_t *entry);

/* The step that an entry of the path belongs to. */
struct str room_step(struct journey *j, const json_t *entry);

/* [{"title","here","done","ahead","open","steps":[{"title","here","done","ahead","check","open",
 * "at"}]}], a new reference. */
json_t *session_map(struct journey *j, struct arena *a, const json_t *view, const struct place *p);

/* The canvas as it stands (a new reference, see board_tree.h), with the block of `question` marked;
 * null where the workflow has none. */
json_t *session_board(struct journey *j, struct arena *a, const json_t *question);

/* The whole tree of the page (a new reference). */
MUST_USE bool session_tree(struct visit *v, const struct room_wish *wish, json_t **out,
                           struct err *e);

/* A text as it stands in a query. */
struct str session_encode(struct arena *a, struct str text);

#endif
