/* Running a journey: answers in, outcome out, and what the outcome says of each answer.
 * The worker computes while the caller commits (journey_run_start ... journey_run_finish). */
#include "practice/state.h"

#include <assert.h>
#include <string.h>

enum { ASK_AGAIN_ROUNDS = 8 };

static void find_places(struct journey *j)
{
    size_t i;
    json_t *entry;
    j->places = json_object();
    json_array_foreach (json_object_get(j->outcome, "path"), i, entry)
        json_object_set_new(j->places, json_member(entry, "key").p, json_integer((json_int_t)i));
}

size_t journey_entry_index(struct journey *j, const char *key)
{
    if (!j->places)
        find_places(j);
    const json_t *i = json_object_get(j->places, key);
    return i ? (size_t)json_integer_value(i) : SIZE_MAX;
}

/* The outcome of a new run takes the place of the old one. */
static void replace_outcome(struct journey *j, json_t *outcome)
{
    json_decref(j->outcome);
    json_decref(j->places);
    j->outcome = outcome;
    j->places = NULL;
}

const json_t *journey_entry(struct journey *j, const char *key)
{
    size_t i = journey_entry_index(j, key);
    return i == SIZE_MAX ? NULL : json_array_get(json_object_get(j->outcome, "path"), i);
}

bool journey_run_start(struct journey *j, const struct store_event *with, struct err *e)
{
    struct arena *a = arena_new();
    /* Another answer may make a question what it was: what is asked again is found anew. */
    struct str answers = fold_request(a, &j->fold, with ? NULL : j->reasked, with);
    struct buf b = {.a = a};
    buf_format(&b, "{\"seed\":\"%.*s\",\"answers\":", STR_ARG(j->record.seed));
    buf_add(&b, answers);
    buf_add_char(&b, '}');
    bool ok = script_load(j->p->host, j->record.bundle, workflow_program(j->w), e) &&
        script_start_text(j->p->host, buf_str(&b), e);
    arena_free(a);
    return ok;
}

/* An outcome for a run that could not take place: nothing is known but the trouble. */
static json_t *no_outcome(const struct err *e)
{
    json_t *outcome = json_pack("{s:[],s:[],s:[],s:[],s:[],s:[],s:b,s:{s:s,s:s,s:s}}", "path",
                                "messages", "canvas", "outputs", "advice", "phases_entered", "done",
                                0, "error", "code", "E399", "text", e->text, "help", "");
    assert(outcome);
    return outcome;
}

bool journey_run_finish(struct journey *j, json_t **outcome, struct err *e)
{
    return script_finish(j->p->host, outcome, e);
}

/* Is the question of this answered entry worded differently from when it was answered? */
static bool worded_differently(struct arena *a, struct journey *j, const json_t *entry)
{
    struct str id = json_member(entry, "id");
    if (!workflow_question(workflow_definition(j->w), id))
        return false; /* a wait has no question of its own */
    const struct store_event *event = fold_event(&j->fold, json_member(entry, "key").p);
    if (!event || event->kind != EVENT_ANSWERED || event->wording.n == 0)
        return false;
    struct str text;
    char hash[65];
    wording_of(a, j, entry, event->language, &text, hash);
    return !str_is(event->wording, hash);
}

/* Computes the states of all answers; true if an answer has newly to be asked again. */
static bool judge_answers(struct journey *j)
{
    struct arena *a = arena_new();
    const json_t *definition = workflow_definition(j->w);
    bool again = false;
    size_t i;
    json_t *entry;
    json_object_clear(j->states);
    json_array_foreach (json_object_get(j->outcome, "path"), i, entry) {
        if (!str_is(json_member(entry, "state"), "answered") || !worded_differently(a, j, entry))
            continue;
        const json_t *q = workflow_question(definition, json_member(entry, "id"));
        struct str rule = json_member(q, "if_question_changes");
        const char *key = json_member(entry, "key").p;
        if (str_is(rule, "keep"))
            continue;
        if (str_is(rule, "ask")) {
            json_object_set_new(j->reasked, key, json_true());
            again = true;
        } else {
            json_object_set_new(j->states, key, json_string("to_check"));
        }
    }
    arena_free(a);
    return again;
}

/* A run without what is asked again (a new reference). */
static json_t *run_once(struct journey *j)
{
    json_t *outcome;
    struct err fault;
    bool ok = journey_run_start(j, NULL, &fault) && journey_run_finish(j, &outcome, &fault);
    return ok ? outcome : no_outcome(&fault);
}

void journey_install(struct journey *j, json_t *outcome)
{
    replace_outcome(j, outcome);
    json_object_clear(j->reasked);
    for (int round = 0; judge_answers(j) && round < ASK_AGAIN_ROUNDS; round++)
        replace_outcome(j, run_once(j));
}

void journey_run(struct journey *j)
{
    json_object_clear(j->reasked);
    journey_install(j, run_once(j));
}

static struct store_event keep(struct arena *a, const struct store_event *e)
{
    struct store_event kept = *e;
    kept.key = str_copy(a, e->key);
    kept.value = str_copy(a, e->value);
    kept.wording = str_copy(a, e->wording);
    kept.language = str_copy(a, e->language);
    kept.session = str_copy(a, e->session);
    kept.actor = str_copy(a, e->actor);
    kept.role = str_copy(a, e->role);
    kept.day = str_copy(a, e->day);
    return kept;
}

bool journey_revision(struct journey *j, int64_t *revision, struct err *e)
{
    bool ok = journey_refresh(j, e);
    *revision = fold_revision(&j->fold);
    return ok;
}

bool journey_refresh(struct journey *j, struct err *e)
{
    struct store_event *events;
    size_t n;
    struct arena *a = arena_new();
    bool ok =
        store_event_list(j->p->store, a, j->record.id, fold_revision(&j->fold), &events, &n, e);
    for (size_t i = 0; ok && i < n; i++) {
        struct store_event kept = keep(j->a, &events[i]);
        fold_add(&j->fold, &kept);
    }
    arena_free(a);
    if (ok && n > 0 && j->outcome)
        journey_run(j);
    return ok;
}
