/* Shared by what_if*.c: a supposed journey beside the one there is. */
#ifndef ESPALIER_PRACTICE_WHAT_IF_STATE_H
#define ESPALIER_PRACTICE_WHAT_IF_STATE_H

#include "practice/state.h"
#include "practice/what_if.h"

/* A copy of the handle with events of its own; ended by suppose_end.  What `j` borrows it borrows
 * too, so it must not outlive `j`, and nothing may be stored through it. */
void suppose_begin(struct journey *j, struct journey *other);
void suppose_end(struct journey *other);

/* Adds an answer (`kind` EVENT_ANSWERED, a JSON text) or a skip (its reason), given today; the
 * texts live in `a`. */
void suppose_event(struct journey *other, struct arena *a, enum store_kind kind, struct str key,
                   struct str value);

/* what_if_seen.c: what is different in the plan (for whom it was made) and on the canvases (as the
 * coach sees them), as "plan" and "canvases" of journey_what_if. */
json_t *what_if_plan(struct journey *before, struct journey *after);
json_t *what_if_canvases(struct journey *before, struct journey *after);

#endif
