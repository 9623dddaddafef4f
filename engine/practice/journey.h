/* One journey held open: its answers, the view of where it stands, and every way to change it.
 * After every change the workflow is run again from its first line; nothing of a run is kept but
 * the latest outcome.  A handle belongs to one conversation; other processes may write to the same
 * journey meanwhile: each operation reads what is new first, and a stale change is refused with
 * both values.
 *
 *     journey_open(p, id, language, &j, &e);
 *     view = journey_view(j); journey_answer(j, &change, &e); ... journey_close(j);
 */
#ifndef ESPALIER_PRACTICE_JOURNEY_H
#define ESPALIER_PRACTICE_JOURNEY_H

#include "practice/practice.h"

struct journey;

enum { JOURNEY_KEYS_MAX = 20000 }; /* questions of one journey that were ever answered or skipped */

/* Opens the journey `id` and runs it.  `language` is that of texts and sentences; empty: the
 * journey's own. Fails with ERR_NOT_FOUND, ERR_DATA (the pinned bundle is damaged).  A failing
 * script is no failure here: see "trouble" in the view. */
MUST_USE bool journey_open(struct practice *p, struct str id, struct str language,
                           struct journey **out, struct err *e);
/* Ends the session that was opened by a change and frees the handle.  NULL is allowed. */
void journey_close(struct journey *j);
/* The same, where the sitting was over at `at` already, long before anybody noticed. */
void journey_close_at(struct journey *j, int64_t at);

/* Identity and the pinned workflow; borrowed. */
const struct store_journey *journey_record(const struct journey *j);
struct workflow *journey_workflow(struct journey *j);

/* Reads what others wrote meanwhile; the number of the latest event, as in the view. */
MUST_USE bool journey_revision(struct journey *j, int64_t *revision, struct err *e);

/* The view of INTERFACES.md section 2 (a new reference):
 * {"type":"view","journey","revision","language","workflow":{"id","title"},
 *  "phase":{"id","title","purpose"},"step":{"id","title","intro"}|null,
 *  "open":[{"key","id","type","ask","help","examples","caution","compare","required","by",
 *           "private","state", options, columns, rows, scales, item, from, to, ends, min, max,
 * unit, currency, period, start, previous, why, wait:{"until"}, "phase","step"}],
 *  "said":[...],"said_before":[key of an open question|null],"advice":[...],
 *  "progress":{"phase","phases","answered","to_check","set_aside","open"},"done","can_undo",
 *  "can_redo","trouble":{...}|absent}
 * state is open, to_check or invalid.  A question to check is in "open" behind the truly open ones.
 * "advice" and "trouble" are for the coach only. */
json_t *journey_view(struct journey *j);

/* The question of a view that is due: the first that has to be answered; if there is none, NULL
 * when the journey is done, else the first that can be.  Borrowed from the view. */
const json_t *journey_due(const json_t *view);

/* The same with "answered":
 * [{"key","id","phase","phase_title","step","ask","type","value","shown","state","why",
 * "by","private","sensitive","day","skipped":reason|absent}] for the path so far, and "aside": the
 * set-aside answers: key, id, ask, type, private, sensitive, value, shown, day, skipped.  state is
 * live, to_check or invalid; set_aside. */
json_t *journey_review(struct journey *j);

/* One question of the path (open or answered) as in "open", with "value" and "shown" if it is
 * answered: what a front end shows to edit an earlier answer.  Fails with ERR_NOT_FOUND (did you
 * mean).  `key` may be shortened to any tail of the key that is unambiguous. */
MUST_USE bool journey_question(struct journey *j, struct str key, json_t **out, struct err *e);

/* Every revision of every answer (or of one key):
 * [{"seq","kind","key","value","shown","day","at","role","session","wording","why" of a skip,
 * "refers" of an undo or redo}], oldest first. */
MUST_USE bool journey_history(struct journey *j, struct str key, json_t **out, struct err *e);

struct change {
    struct str key;      /* whole key */
    const json_t *value; /* for answer */
    struct str why;      /* for skip */
    int64_t replaces;    /* the revision of the view it was made from; -1: whatever is there now */
    struct str role;     /* "client" or "coach"; empty: as the question says */
};

/* Records an answer.  It is stored and the view is new when true is returned.  The same answer
 * twice is stored once. Fails with ERR_INPUT (a sentence for the person), ERR_NOT_FOUND (not asked
 * now), ERR_CONFLICT (both values in the text and in journey_conflict), ERR_LIMIT, ERR_DISK,
 * ERR_LOCKED: then nothing has changed. */
MUST_USE bool journey_answer(struct journey *j, const struct change *c, struct err *e);

/* Records that a question is left out, with the reason. */
MUST_USE bool journey_skip(struct journey *j, const struct change *c, struct err *e);

/* Takes an answer (or skip) back, so that the question is open again with the old value to begin
 * with. */
MUST_USE bool journey_clear(struct journey *j, const struct change *c, struct err *e);

/* Takes the latest change back, or brings it back, with all that was changed in one action with it
 * (journey_action_begin).  `*key` (in `a`) is the question it concerned, of several the first.
 * Fails with ERR_REFUSED when there is nothing to undo or redo. */
MUST_USE bool journey_undo(struct journey *j, struct arena *a, struct str *key, struct err *e);
MUST_USE bool journey_redo(struct journey *j, struct arena *a, struct str *key, struct err *e);

/* Several changes as one: all of them are stored, or none.  Changes between begin and end see each
 * other; journey_batch_end(j, false) takes everything back to where it was. */
MUST_USE bool journey_batch_begin(struct journey *j, struct err *e);
MUST_USE bool journey_batch_end(struct journey *j, bool keep, struct err *e);

/* A batch whose changes are one action, as when a note moves from one list to another: undo takes
 * them back together, and redo brings them back together.  Ended by journey_batch_end. */
MUST_USE bool journey_action_begin(struct journey *j, struct err *e);

/* After ERR_CONFLICT: {"key","yours","theirs","revision"}; borrowed until the next change.  Else
 * NULL. */
const json_t *journey_conflict(const struct journey *j);

/* A note at a question (or at none).  visibility: private, shared or sensitive. */
MUST_USE bool journey_note(struct journey *j, struct str key, struct str text,
                           struct str visibility, struct err *e);
MUST_USE bool journey_notes(struct journey *j, json_t **out, struct err *e);

/* Reads an answer file (YAML, see INTERFACES.md section 3) into {"answers":{...},"skip":{...},
 * ...}; all scalars are texts, whose types the questions know.  Mistakes go to `d`.  `name` is for
 * messages. */
MUST_USE bool answer_file_read(struct arena *a, struct str name, struct str text, json_t **out,
                               struct diags *d);

/* Answers a whole file ({"answers":{...},"skip":{...}} of INTERFACES.md section 3) in the order of
 * the questions. Reports to `report`:
 * {"answered":n,"skipped":n,"unchanged":n,"problems":[{"entry","code","text"}]}, a new reference;
 * `code` is as in err_name: input, limit, not_found (never asked for), refused. */
MUST_USE bool journey_apply(struct journey *j, const json_t *file, json_t **report, struct err *e);

/* The whole key of the path that `name` (an id, or a tail of a key) means.  Fails with
 * ERR_NOT_FOUND, or ERR_INPUT if it could mean several. */
MUST_USE bool journey_resolve(struct journey *j, struct arena *a, struct str name, struct str *key,
                              struct err *e);

/* The latest outcome of the script; borrowed until the next change. */
const json_t *journey_outcome(const struct journey *j);

#endif
