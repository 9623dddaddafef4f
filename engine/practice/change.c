/* Every way to change a journey.  Each is one transaction: the events, their wording, the session.
 * An answer whose fitness depends on the script (a `check`, rows of the moment) is judged before it
 * is stored; for all others the worker runs while the disk works. */
#include "practice/state.h"

#include "db/store_live.h"
#include "workflow/value.h"

#include <assert.h>
#include <string.h>

enum { TRIES = 5 };

/* The work of one change: what is to be appended, and where it stands. */
struct work {
    struct arena *a;
    struct store_event event;
    struct str wording_text;
    bool judge; /* the outcome decides whether it is stored */
};

const json_t *journey_conflict(const struct journey *j)
{
    return j->conflict;
}

static bool answers_equal(struct arena *a, struct str stored, const json_t *value)
{
    return str_eq(stored, json_write(a, value));
}

/* A conflict is remembered until the next change. */
static void forget_conflict(struct journey *j)
{
    json_decref(j->conflict);
    j->conflict = NULL;
}

bool change_is_stale(const struct journey *j, struct str key, int64_t replaces)
{
    const json_t *i = json_object_get(j->fold.touched, key.p);
    return replaces >= 0 && i && j->fold.events[json_integer_value(i)].seq > replaces;
}

static bool refuse_stale(struct work *w, struct journey *j, const struct change *c,
                         const json_t *yours, struct err *e)
{
    const struct store_event *there = fold_event(&j->fold, c->key.p);
    json_t *theirs = NULL;
    struct err ignored;
    if (!there || there->kind == EVENT_SKIPPED || !json_read(there->value, &theirs, &ignored))
        theirs = json_null();
    struct str ours = c->why.n ? c->why : str_of(err_word("(left open)"));
    if (yours)
        ours = view_shown(w->a, j, c->key.p, yours);
    struct str saved = json_is_null(theirs) ? str_of(err_word("(left open)"))
                                            : view_shown(w->a, j, c->key.p, theirs);
    forget_conflict(j);
    j->conflict = json_pack("{s:o,s:O?,s:o,s:I}", "key", json_new_text(c->key), "yours", yours,
                            "theirs", theirs, "revision", (json_int_t)fold_revision(&j->fold));
    return err_set(e, ERR_CONFLICT,
                   "This question was answered elsewhere meanwhile. Saved there: %.300s. Yours, "
                   "not saved: %.300s. "
                   "Look at both, then answer again.",
                   saved.p, ours.p);
}

/* A batch is rolled back as a whole by who began it. */
static void give_up(struct journey *j)
{
    if (j->batching)
        return;
    store_rollback(j->p->store);
    session_forget(j);
}

/* Appends and commits; *again if somebody else was first. */
static bool store_work(struct journey *j, struct work *w, bool *again, struct err *e)
{
    struct store *s = j->p->store;
    bool conflict = false;
    w->event.session = j->session.n ? j->session : STR("");
    bool ok =
        store_event_append(s, j->record.id, fold_revision(&j->fold), &w->event, 1, &conflict, e);
    if (ok && !conflict && w->event.wording.n > 0)
        ok = store_wording_put(s, w->event.wording, w->wording_text, e);
    /* What is said is no draft any more. */
    if (ok && !conflict && w->event.key.n > 0)
        ok = store_draft_drop(s, j->record.id, w->event.key, e);
    if (ok && !conflict && !j->batching)
        ok = store_commit(s, e);
    if (!ok || conflict)
        give_up(j);
    else if (!j->batching)
        j->session_new = false;
    *again = ok && conflict;
    return ok && !conflict;
}

static void remember(struct journey *j, const struct store_event *e)
{
    struct store_event kept = *e;
    kept.key = str_copy(j->a, e->key);
    kept.value = str_copy(j->a, e->value);
    kept.wording = str_copy(j->a, e->wording);
    kept.language = j->language;
    kept.actor = str_copy(j->a, e->actor);
    kept.role = str_copy(j->a, e->role);
    kept.day = str_copy(j->a, e->day);
    fold_add(&j->fold, &kept);
}

/* The sentence with which the run finds this key unfit, or an empty text. */
static struct str complaint(const json_t *outcome, struct str key)
{
    size_t i;
    json_t *entry;
    json_array_foreach (json_object_get(outcome, "path"), i, entry)
        if (str_eq(json_member(entry, "key"), key) &&
            str_is(json_member(entry, "state"), "invalid"))
            return json_member(entry, "why");
    return STR("");
}

/* Does the outcome that counts this answer find it unfit?  Then the sentence is the error. */
static bool judged_fit(struct journey *j, struct work *w, json_t **outcome, struct err *e)
{
    struct err fault;
    if (!journey_run_finish(j, outcome, &fault))
        return true; /* the worker's trouble is never the price of an answer */
    struct str why = complaint(*outcome, w->event.key);
    if (why.n == 0)
        return true;
    (void)err_set(e, ERR_INPUT, "%.*s", STR_ARG(view_sentence(j, why)));
    json_decref(*outcome);
    *outcome = NULL;
    return false;
}

/* What the clock does is no sitting, nor is what was answered elsewhere. */
static bool begin(struct journey *j, enum store_kind kind, struct err *e)
{
    if (!j->batching && !store_begin(j->p->store, e))
        return false;
    if (kind == EVENT_ELAPSED || j->apart || session_ensure(j, e))
        return true;
    give_up(j);
    return false;
}

/* One attempt: run with the change while it is stored, install the outcome.  `*again`: somebody
 * else was first. */
static bool attempt(struct journey *j, struct work *w, bool *again, struct err *e)
{
    json_t *outcome = NULL;
    struct err fault;
    *again = false;
    if (!begin(j, w->event.kind, e))
        return false;
    char day[11];
    w->event.at = clock_now();
    clock_day(w->event.at, day);
    w->event.day = str_copy(w->a, str_of(day));
    if (j->one_action && j->fold.n > j->batch_events && w->event.refers == 0)
        w->event.refers = j->fold.events[j->batch_events].seq;
    bool running = w->event.key.n > 0 && journey_run_start(j, &w->event, &fault);
    if (running && w->judge) {
        running = false;
        if (!judged_fit(j, w, &outcome, e)) {
            give_up(j);
            return false;
        }
    }
    bool stored = store_work(j, w, again, e);
    if (running && !journey_run_finish(j, &outcome, &fault))
        outcome = NULL;
    if (!stored) {
        json_decref(outcome);
        return false;
    }
    remember(j, &w->event);
    if (outcome)
        journey_install(j, outcome);
    else
        journey_run(j);
    return true;
}

static bool too_busy(struct err *e)
{
    return err_set(e, ERR_LOCKED, "Others are writing to this journey just now. Try again.");
}

/* Tries until nobody was first; a change of the same key meanwhile is the caller's to notice. */
static bool carry_out(struct journey *j, struct work *w, bool *again, struct err *e)
{
    bool ok = attempt(j, w, again, e);
    if (*again)
        IGNORED(journey_refresh(j, e));
    return ok;
}

static struct work work_new(struct arena *a, struct journey *j, enum store_kind kind,
                            const struct change *c, const json_t *question)
{
    struct str by = json_member(question, "by");
    struct work w = {.a = a};
    w.event.kind = kind;
    w.event.key = c->key;
    w.event.actor = STR("coach");
    w.event.role = c->role.n ? c->role : by.n ? by : STR("client");
    w.event.language = j->language;
    return w;
}

static void add_wording(struct journey *j, struct work *w, const json_t *entry)
{
    char *hash = arena_alloc(w->a, 65);
    wording_of(w->a, j, entry, j->language, &w->wording_text, hash);
    w->event.wording = str_of(hash);
}

static bool has_room(const struct journey *j, struct str key, struct err *e)
{
    return json_object_size(j->fold.touched) < JOURNEY_KEYS_MAX ||
        json_object_get(j->fold.touched, key.p) ||
        err_set(
               e, ERR_LIMIT,
               "A journey may have answers to %d questions, and this one has. Nothing was changed; "
               "finish it and begin a new cycle.",
               JOURNEY_KEYS_MAX);
}

static bool find_entry(struct journey *j, struct str key, const json_t **entry,
                       const json_t **question, struct err *e)
{
    forget_conflict(j);
    if (!journey_refresh(j, e))
        return false;
    *entry = journey_entry(j, key.p);
    if (!*entry)
        return err_set(e, ERR_NOT_FOUND,
                       "\"%.200s\" is not asked now: it is not on the path that the answers so far "
                       "lead along.",
                       key.p);
    *question =
        workflow_question(workflow_in_language(j->w, j->language), json_member(*entry, "id"));
    return has_room(j, key, e);
}

/* Does the fitness of an answer depend on more than its question? */
static bool needs_judgement(const json_t *question, const json_t *entry)
{
    return json_object_get(question, "check") || json_object_get(entry, "rows");
}

static bool same_as_stored(struct work *w, struct journey *j, const json_t *entry, struct str value)
{
    const struct store_event *there = fold_event(&j->fold, w->event.key.p);
    const char *state = view_state(j, entry);
    return there && there->kind == w->event.kind && str_eq(there->value, value) &&
        strcmp(state, "to_check") != 0 && strcmp(state, "invalid") != 0;
}

static bool answer_once(struct journey *j, struct arena *a, const struct change *c, bool *again,
                        struct err *e)
{
    const json_t *entry, *question;
    json_t *value;
    *again = false;
    if (!find_entry(j, c->key, &entry, &question, e))
        return false;
    struct work w = work_new(a, j, EVENT_ANSWERED, c, question);
    if (!value_check(view_context(a, j, entry), c->value, &value, e))
        return false;
    w.event.value = json_write(a, value);
    const struct store_event *there = fold_event(&j->fold, c->key.p);
    bool done = same_as_stored(&w, j, entry, w.event.value), ok = true;
    if (!done && change_is_stale(j, c->key, c->replaces) &&
        !(there && there->kind == EVENT_ANSWERED && answers_equal(a, there->value, value)))
        ok = refuse_stale(&w, j, c, value, e);
    json_decref(value);
    if (!ok || done)
        return ok;
    w.judge = needs_judgement(question, entry);
    if (question)
        add_wording(j, &w, entry);
    return carry_out(j, &w, again, e);
}

bool journey_answer(struct journey *j, const struct change *c, struct err *e)
{
    bool again = true, ok = false;
    for (int i = 0; again && i < TRIES; i++) {
        struct arena *a = arena_new();
        ok = answer_once(j, a, c, &again, e);
        arena_free(a);
    }
    return !ok && again ? too_busy(e) : ok;
}

/* What need not be answered may be passed over without a word. */
static bool check_reason(const json_t *entry, const json_t *question, struct str why, struct err *e)
{
    bool required = json_flag(entry, "required", json_flag(question, "required", true));
    if (why.n > ANSWER_MAX)
        return err_set(e, ERR_LIMIT, "A reason may have %d bytes; this one has %zu.", ANSWER_MAX,
                       why.n);
    return str_trim(why).n > 0 || !required ||
        err_set(e, ERR_INPUT, "Please say why this question is left out.");
}

static bool plain_once(struct journey *j, struct arena *a, enum store_kind kind,
                       const struct change *c, bool *again, struct err *e)
{
    const json_t *entry, *question;
    *again = false;
    if (!find_entry(j, c->key, &entry, &question, e))
        return false;
    if (kind == EVENT_SKIPPED && !check_reason(entry, question, c->why, e))
        return false;
    struct work w = work_new(a, j, kind, c, question);
    w.event.value = kind == EVENT_SKIPPED ? c->why : STR("");
    if (kind == EVENT_SKIPPED && same_as_stored(&w, j, entry, c->why))
        return true;
    if (kind == EVENT_CLEARED && !fold_event(&j->fold, c->key.p))
        return err_set(e, ERR_REFUSED, "\"%.200s\" has no answer to take back: it is open.",
                       c->key.p);
    if (change_is_stale(j, c->key, c->replaces))
        return refuse_stale(&w, j, c, NULL, e);
    if (question && kind == EVENT_SKIPPED)
        add_wording(j, &w, entry);
    return carry_out(j, &w, again, e);
}

static bool plain_change(struct journey *j, enum store_kind kind, const struct change *c,
                         struct err *e)
{
    bool again = true, ok = false;
    for (int i = 0; again && i < TRIES; i++) {
        struct arena *a = arena_new();
        ok = plain_once(j, a, kind, c, &again, e);
        arena_free(a);
    }
    return !ok && again ? too_busy(e) : ok;
}

bool journey_skip(struct journey *j, const struct change *c, struct err *e)
{
    return plain_change(j, EVENT_SKIPPED, c, e);
}

bool journey_clear(struct journey *j, const struct change *c, struct err *e)
{
    return plain_change(j, EVENT_CLEARED, c, e);
}

static bool turn_one(struct journey *j, struct arena *a, enum store_kind kind,
                     const struct store_event *target, struct err *e)
{
    bool again;
    struct work w = {.a = a};
    w.event = (struct store_event){.kind = kind,
                                   .refers = target->seq,
                                   .actor = STR("coach"),
                                   .role = STR("coach"),
                                   .language = j->language};
    return carry_out(j, &w, &again, e) || (again && too_busy(e));
}

/* The first event of the action that an event belongs to. */
static int64_t action_of(const struct store_event *event)
{
    return event->refers ? event->refers : event->seq;
}

static const struct store_event *turn_target(const struct journey *j, enum store_kind kind)
{
    return kind == EVENT_UNDONE ? fold_undo_target(&j->fold) : fold_redo_target(&j->fold);
}

/* All that was changed in one action; in the transaction that is open. */
static bool turn_action(struct journey *j, struct arena *a, enum store_kind kind, struct str *key,
                        struct err *e)
{
    const struct store_event *target = turn_target(j, kind);
    if (!target)
        return err_set(e, ERR_REFUSED,
                       kind == EVENT_UNDONE ? "There is nothing to undo: no answer was given yet."
                                            : "There is nothing to redo: nothing was undone last.");
    int64_t action = action_of(target);
    for (; target && action_of(target) == action; target = turn_target(j, kind)) {
        if (target->seq == action)
            *key = str_copy(a, target->key);
        if (!turn_one(j, a, kind, target, e))
            return false;
    }
    return true;
}

static bool turn(struct journey *j, struct arena *a, enum store_kind kind, struct str *key,
                 struct err *e)
{
    struct err ignored;
    *key = STR("");
    forget_conflict(j);
    if (j->batching)
        return turn_action(j, a, kind, key, e);
    if (!journey_batch_begin(j, e))
        return false;
    if (turn_action(j, a, kind, key, e))
        return journey_batch_end(j, true, e);
    IGNORED(journey_batch_end(j, false, &ignored));
    return false;
}

bool journey_undo(struct journey *j, struct arena *a, struct str *key, struct err *e)
{
    return turn(j, a, EVENT_UNDONE, key, e);
}

bool journey_redo(struct journey *j, struct arena *a, struct str *key, struct err *e)
{
    return turn(j, a, EVENT_REDONE, key, e);
}

bool change_elapse(struct journey *j, struct str key, struct str until, struct err *e)
{
    struct arena *a = arena_new();
    bool again;
    struct work w = {.a = a};
    w.event = (struct store_event){.kind = EVENT_ELAPSED,
                                   .key = key,
                                   .actor = STR("clock"),
                                   .role = STR("clock"),
                                   .language = j->language};
    json_t *value = json_pack("{s:b,s:s,s:o}", "agreed", 1, "who", "", "on", json_new_text(until));
    w.event.value = json_write(a, value);
    json_decref(value);
    bool ok = carry_out(j, &w, &again, e);
    arena_free(a);
    return ok || again; /* somebody else was first: then it is done or to be done anew */
}

bool journey_batch_begin(struct journey *j, struct err *e)
{
    assert(!j->batching);
    forget_conflict(j);
    if (!journey_refresh(j, e) || !store_begin(j->p->store, e))
        return false;
    /* What came between the two; nothing more can come now. */
    if (journey_refresh(j, e)) {
        j->batching = true;
        j->batch_events = j->fold.n;
        return true;
    }
    store_rollback(j->p->store);
    return false;
}

bool journey_action_begin(struct journey *j, struct err *e)
{
    j->one_action = journey_batch_begin(j, e);
    return j->one_action;
}

bool journey_batch_end(struct journey *j, bool keep, struct err *e)
{
    assert(j->batching);
    j->batching = j->one_action = false;
    if (keep && store_commit(j->p->store, e)) {
        j->session_new = false;
        return true;
    }
    store_rollback(j->p->store);
    session_forget(j);
    fold_cut(&j->fold, j->batch_events);
    journey_run(j);
    return !keep;
}
