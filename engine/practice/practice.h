/* The coach's data and every operation on it: clients, journeys, sessions, notes.  One change = one
 * transaction.  Only this box knows workflow, script, document and db together.  No text on a
 * screen, no SQL.
 *
 *     practice_open(&options, &p, &e);
 *     practice_client_find(p, a, STR("ada"), &client, &e); ... practice_close(p);
 */
#ifndef ESPALIER_PRACTICE_PRACTICE_H
#define ESPALIER_PRACTICE_PRACTICE_H

#include "base/clock.h"
#include "base/json.h"
#include "db/store.h"
#include "script/script.h"
#include "workflow/workflow.h"

struct practice;

struct practice_options {
    const char *path;         /* of the practice file */
    bool create;              /* make it if it is not there */
    struct library library;   /* where workflows are found */
    struct script_host *host; /* borrowed; opened before the practice */
    struct str language;      /* of sentences and new clients: "en" or "fr" */
};

/* Opens the practice.  Fails as store_open does. */
MUST_USE bool practice_open(const struct practice_options *o, struct practice **out, struct err *e);
void practice_close(struct practice *p);

/* The store behind it, for doctor; borrowed. */
struct store *practice_store(struct practice *p);

/* Adds a client; `c->id` is made here and lives until the next client is added.  Fails with
 * ERR_INPUT (empty or too long a name), ERR_REFUSED (name taken). */
MUST_USE bool practice_client_add(struct practice *p, struct store_client *c, struct err *e);

/* The client of that name (any case), unique prefix of a name (any case, with or without accents),
 * or id.  Fails with ERR_NOT_FOUND (did you mean; which ones begin so).  Texts live in `a`. */
MUST_USE bool practice_client_find(struct practice *p, struct arena *a, struct str who,
                                   struct store_client *out, struct err *e);

MUST_USE bool practice_client_list(struct practice *p, struct arena *a, struct store_client **out,
                                   size_t *n, struct err *e);

/* The names of the workflows that can be begun, sorted. */
MUST_USE bool practice_workflows(struct practice *p, struct arena *a, struct str **out, size_t *n,
                                 struct err *e);

/* What can be begun, in a language where it is spoken (a new reference): an array of {name, title,
 * purpose (or null), phases: [{title, purpose}], minutes (null if no phase says), english, french
 * (whether it speaks them), mistakes: [text as an author reads it]}; one with mistakes has its name
 * as its title. */
MUST_USE bool practice_library(struct practice *p, struct str language, json_t **out,
                               struct err *e);

/* Begins a journey of the client with the workflow `j->workflow` of the library, in `j->language`
 * (empty: the client's).  The workflow is checked, packed and pinned; mistakes in its files go to
 * `d`. Refused while the client has an open journey of the same workflow; a finished one makes room
 * for the next cycle.  Fills in `j`; its texts live in `a`. */
MUST_USE bool practice_start(struct practice *p, struct arena *a, const struct store_client *c,
                             struct store_journey *j, struct diags *d, struct err *e);

/* The client's journeys, oldest first. */
MUST_USE bool practice_journeys(struct practice *p, struct arena *a, const struct store_client *c,
                                struct store_journey **out, size_t *n, struct err *e);

/* Where everybody (or one client, if given) is: an array of {client, client_id, journey, workflow,
 * language, title (of the workflow), phase, phase_number, phases (how many count), step, next (the
 * next question), next_key, answered, to_check, done, trouble (true if the script failed, else
 * absent), last (day of the last contact), idle_days, due (what was promised for a day:
 * [{kind: "action", "goal" or "reminder", text, due, yours}])}; of a client who has not begun:
 * {client, client_id, journey: null, done: false}. */
MUST_USE bool practice_status(struct practice *p, const struct store_client *only, json_t **out,
                              struct err *e);

#endif
