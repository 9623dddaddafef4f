/* What a journey handle holds, shared by the files of this folder only.
 * The facts are the events; everything else here follows from them and can be thrown away at any
 * time. */
#ifndef ESPALIER_PRACTICE_STATE_H
#define ESPALIER_PRACTICE_STATE_H

#include "practice/journey.h"

struct practice {
    struct store *store;
    struct library library;
    struct script_host *host;
    struct str language;
    json_t *about; /* memo of practice_library: "HASH/LANGUAGE" -> what is said of a workflow */
};

/* Events of a journey and what they come to.  See fold.c. */
struct fold {
    struct store_event *events;
    size_t n, room;
    json_t *latest;  /* KEY -> index in `events` of the effective answer or skip */
    json_t *values;  /* KEY -> value, for those that were asked for (fold_value) */
    json_t *given;   /* KEY -> latest value given, likewise (fold_given) */
    json_t *undone;  /* stack of seqs that redo would bring back */
    json_t *touched; /* KEY -> index of its last event of any kind that changed it */
};

struct journey {
    struct practice *p;
    struct arena *a; /* of the handle: record, events */
    struct store_journey record;
    struct workflow *w;
    struct str language;
    struct fold fold;
    struct fold before; /* of the cycle before, if there is one: what is offered to begin with */
    json_t *outcome;    /* of the latest run, never NULL once open */
    json_t *places;     /* KEY -> index in the path of the outcome; made when first asked for */
    json_t *states;     /* KEY -> "to_check" for answers whose question is worded differently now */
    json_t *reasked;    /* KEY -> true for answers put aside because the question says
                           if_question_changes: ask */
    json_t *wordings; /* memo: "LANGUAGE/ID" -> {"text","hash"} of questions without placeholders */
    json_t *conflict;
    struct why_trace *why; /* who watches documents being made (why.h), or NULL */
    bool batching;   /* between journey_batch_begin and journey_batch_end: a transaction is open */
    bool one_action; /* what comes in this batch is one action for undo and redo */
    size_t batch_events; /* events there were when it began */
    struct str
        session; /* id of the session this handle opened or found; empty before the first change */
    int64_t session_started;
    bool apart;       /* changes that are no sitting: answers that were given elsewhere */
    bool session_new; /* it was added in the transaction that is open */
};

/* fold.c */
void fold_cut(struct fold *f, size_t n); /* forgets all events but the first n */
void fold_begin(struct fold *f);
void fold_end(struct fold *f);
void fold_add(struct fold *f, const struct store_event *e);
int64_t fold_revision(const struct fold *f);
const struct store_event *fold_event(const struct fold *f,
                                     const char *key); /* effective, or NULL */
const struct store_event *fold_undo_target(const struct fold *f);
const struct store_event *fold_redo_target(const struct fold *f);

/* The effective answer as a tree; NULL if there is none or it is a skip.  Borrowed until the next
 * change of the fold. */
const json_t *fold_value(struct fold *f, const char *key);
/* The same, or the last one that was taken back. */
const json_t *fold_given(struct fold *f, const char *key);
bool fold_skipped(const struct fold *f, const char *key, struct str *why);

/* The effective answers as the worker reads them: {KEY:{"v"|"skip","day"}}; those in `without` left
 * out, and as if `with` had been added (either may be NULL).  Lives in `a`. */
struct str fold_request(struct arena *a, const struct fold *f, const json_t *without,
                        const struct store_event *with);

/* change.c: has this (terminated) key been changed since that revision? */
bool change_is_stale(const struct journey *j, struct str key, int64_t replaces);
/* A wait whose day has come. */
MUST_USE bool change_elapse(struct journey *j, struct str key, struct str until, struct err *e);

/* run.c */
MUST_USE bool journey_refresh(struct journey *j,
                              struct err *e); /* reads new events; runs if there were any */
/* Runs and installs the outcome; a run that cannot take place is an outcome with "error". */
void journey_run(struct journey *j);
/* `with`: as if this event were stored already; or NULL: without what is asked again. */
MUST_USE bool journey_run_start(struct journey *j, const struct store_event *with, struct err *e);
MUST_USE bool journey_run_finish(struct journey *j, json_t **outcome, struct err *e);
void journey_install(struct journey *j, json_t *outcome);        /* takes the reference */
const json_t *journey_entry(struct journey *j, const char *key); /* path entry, or NULL */
size_t journey_entry_index(struct journey *j, const char *key);  /* or SIZE_MAX */

/* wording.c */
struct str wording_fill(struct arena *a, struct journey *j, struct str text, const json_t *vars,
                        struct str language);
void wording_of(struct arena *a, struct journey *j, const json_t *entry, struct str language,
                struct str *text, char hash[65]);

/* tree.c */
/* The wording of a question for an audience (a new reference): the coach reads it as it was asked,
 * others without what may come from an answer that they do not see. */
json_t *wording_for(struct journey *j, const json_t *entry, const json_t *question,
                    struct str audience, bool sensitive);

/* Who it is about, as an audience may know it: {"name"} (a new reference). */
json_t *tree_client(struct journey *j, struct str audience);

/* answers.NAME of the tree for an audience, without what is sensitive, where it is a text; else
 * empty.  Lives in `a`. */
struct str tree_text(struct arena *a, struct journey *j, struct str name, struct str audience);

/* What the script has recorded, {KIND: [output]} for an audience (a new reference). */
json_t *tree_outputs(struct journey *j, struct str audience);

/* session.c */
MUST_USE bool session_ensure(struct journey *j, struct err *e); /* inside a transaction */
void session_forget(struct journey *j); /* after a rollback: a session added in it is not there */
void session_finish(struct journey *j, int64_t at); /* ends it as of that time */

/* status.c: where the journey stands, for lists. */
json_t *status_of(struct journey *j);

/* The question id inside a key: the last segment without label and count.  (review.c) */
struct str key_question(struct str key);

/* The answers that are set aside, as in journey_review (a new reference).  (review.c) */
json_t *review_aside(struct journey *j);

/* cycle.c */
MUST_USE bool cycle_open(struct journey *j, struct err *e);
const json_t *cycle_value(struct journey *j, const char *key); /* of the cycle before, or NULL */

/* view.c */
/* A value as a person reads it, with the rows of the asking if the question is on the path. */
struct str view_shown(struct arena *a, struct journey *j, const char *key, const json_t *value);
json_t *view_question(struct journey *j, const json_t *entry);
/* The question of an entry (or of a wait, which stands in no file) as the workflow words it, its
 * placeholders open: a new reference. */
json_t *view_unfilled(struct journey *j, const json_t *entry);
/* What a `check` said: the message of that id in the language of the handle, else the text itself.
 */
struct str view_sentence(struct journey *j, struct str said);
const char *view_state(const struct journey *j,
                       const json_t *entry); /* live, to_check, invalid, skipped, open */
struct value_context *view_context(struct arena *a, struct journey *j, const json_t *entry);

#endif
