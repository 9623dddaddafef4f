/* Which answers stand behind the lines of a document: what the template shows, and what the lines
 * would be if one answer were another one. */
#include "practice/why.h"

#include "practice/state.h"
#include "workflow/value.h"

#include <stdlib.h>
#include <string.h>

/* How often a run may be held up by questions that nobody has answered, because they are asked only
 * where the changed answer leads; each time they are left out. */
enum { ROUNDS = 6 };

/* A document being looked into. */
struct search {
    struct journey *j;
    struct arena *a;
    const struct document_wish *wish;
    struct why_lines *lines;
    struct why_changes changes;
    size_t done;  /* changes that are dealt with */
    json_t *open; /* KEY -> true: open in the journey as it is */
    int round;
    json_t *now, *next; /* answers to run with in this round and the one after: one for each ... */
    size_t *of, *of_next; /* ... of these changes */
    json_t *past;         /* of the trace of the journey itself */
    bool bare;            /* lines are those of the template, before canvases are put in */
};

static bool is_failed(const json_t *outcome)
{
    return json_is_object(json_object_get(outcome, "error"));
}

/* Did the workflow refuse the changed answer (its own `check`), or ask for it no more? */
static bool is_refused(const json_t *outcome, const char *key)
{
    size_t i;
    json_t *entry;
    json_array_foreach (json_object_get(outcome, "path"), i, entry)
        if (str_is(json_member(entry, "key"), key))
            return !str_is(json_member(entry, "state"), "answered");
    return true;
}

/* Two entries of a path as far as documents can tell: what filled the wording of a question is seen
 * only where it was left out. */
static bool same_entry(const json_t *x, const json_t *y)
{
    static const char *const members[] = {"key", "state", "rows", "vars"};
    size_t n = str_is(json_member(x, "state"), "skipped") ? 4 : 3;
    for (size_t i = 0; i < n; i++) {
        const json_t *a = json_object_get(x, members[i]), *b = json_object_get(y, members[i]);
        if ((a || b) && !json_equal(a, b))
            return false;
    }
    return true;
}

static bool same_path(const json_t *x, const json_t *y)
{
    size_t n = json_array_size(x);
    if (n != json_array_size(y))
        return false;
    for (size_t i = 0; i < n; i++)
        if (!same_entry(json_array_get(x, i), json_array_get(y, i)))
            return false;
    return true;
}

/* Can documents of the two outcomes differ in more than the words of the changed answer? */
static bool is_other(const json_t *x, const json_t *y)
{
    static const char *const members[] = {"outputs", "canvas", "advice", "done", "phase"};
    for (size_t i = 0; i < sizeof members / sizeof members[0]; i++)
        if (!json_equal(json_object_get(x, members[i]), json_object_get(y, members[i])))
            return true;
    return !same_path(json_object_get(x, "path"), json_object_get(y, "path"));
}

/* The answer itself can make lines come and go, whatever the script does with it: it is on a
 * canvas, or there are fewer items. */
static bool shows_itself(const struct search *s, const struct why_change *c)
{
    const json_t *q = workflow_question(workflow_definition(s->j->w), json_member(c->entry, "id"));
    return (json_member(q, "canvas").n > 0 && !s->bare) ||
        json_array_size(c->value) < json_array_size(fold_value(&s->j->fold, c->key));
}

/* The document of a journey, seen by `trace`. */
static bool make(struct search *s, struct journey *j, struct arena *a, struct diags *d,
                 struct str *text, struct err *e)
{
    j->why->bare = s->bare;
    return journey_document(j, a, s->wish, d, text, e);
}

/* The document as it would be.  Nothing is written: the answer is changed in a copy of the handle.
 */
static bool make_changed(struct search *s, struct arena *a, const struct why_change *c,
                         json_t *outcome, struct str *text)
{
    struct journey other = *s->j;
    struct why_trace trace = {.a = a, .silent = true, .past = s->past, .supposed = true};
    struct diags d = {.a = a};
    struct err ignored; /* what cannot be made tells nothing */
    other.outcome = outcome;
    other.places = NULL;
    other.why = &trace;
    other.fold.values = json_copy(s->j->fold.values);
    json_object_set(other.fold.values, c->key, c->value);
    bool ok = make(s, &other, a, &d, text, &ignored);
    json_decref(other.places);
    json_decref(other.fold.values);
    return ok;
}

/* The answer as a whole adds nothing where a part of it is known. */
static bool is_known(const struct why_line *line, const struct why_change *c)
{
    for (const struct why_source *of = line->first; of && c->item.n == 0; of = of->next)
        if (str_is(str_of(of->key), c->key))
            return true;
    return false;
}

static bool is_empty(const struct why_line *line)
{
    return str_trim(line->text).n == 0;
}

/* The lines that are not in the other document any more come from what was changed. */
static void note_lines(struct search *s, struct arena *a, const struct why_change *c,
                       struct str text)
{
    struct why_lines other = why_split(a, text), *lines = s->lines;
    size_t *to = why_align(a, lines, &other);
    struct why_source source = {.key = c->key, .item = c->item, .how = WHY_SCRIPT};
    for (size_t i = 0; i < lines->n; i++)
        source.lines += to[i] == SIZE_MAX && !is_empty(&lines->list[i]);
    for (size_t i = 0; i < lines->n; i++)
        if (to[i] == SIZE_MAX && !is_empty(&lines->list[i]) && !is_known(&lines->list[i], c))
            why_add(s->a, &lines->list[i], &source);
}

static bool is_waiting(const json_t *entry)
{
    struct str state = json_member(entry, "state");
    return str_is(state, "open") || str_is(state, "invalid");
}

/* Is the run held up by questions that are not open in the journey as it is?  Then it goes into the
 * next round without them. */
static bool goes_on(struct search *s, size_t i, const json_t *outcome)
{
    json_t *skips = json_object(), *entry;
    size_t k;
    bool held_up = false;
    json_array_foreach (json_object_get(outcome, "path"), k, entry) {
        const char *key = json_member(entry, "key").p;
        if (!is_waiting(entry) || json_object_get(s->open, key))
            continue;
        held_up = held_up || json_flag(entry, "required", true);
        json_object_set_new(skips, key, json_pack("{s:s,s:s}", "skip", "-", "day", "2000-01-01"));
    }
    held_up = held_up && s->round < ROUNDS;
    if (held_up) {
        json_object_update_missing(skips, json_array_get(s->now, i));
        s->of_next[json_array_size(s->next)] = s->of[i];
        json_array_append(s->next, skips);
    }
    json_decref(skips);
    return held_up;
}

static void on_outcome(void *user, size_t i, json_t *outcome)
{
    struct search *s = user;
    const struct why_change *c = &s->changes.list[s->of[i]];
    struct str text;
    if (!is_failed(outcome) && !is_refused(outcome, c->key) && goes_on(s, i, outcome))
        return;
    struct arena *a = arena_new();
    if (!is_failed(outcome) && !is_refused(outcome, c->key) &&
        (is_other(s->j->outcome, outcome) || shows_itself(s, c)) &&
        make_changed(s, a, c, outcome, &text))
        note_lines(s, a, c, text);
    arena_free(a);
    s->done++;
    if (s->wish->progress && s->wish->progress->tick)
        s->wish->progress->tick(s->wish->progress->user, s->done, s->changes.n);
}

static json_t *change_of(struct search *s, const struct why_change *c)
{
    const struct store_event *event = fold_event(&s->j->fold, c->key);
    json_t *answer = json_pack("{s:O,s:o}", "v", c->value, "day", json_new_text(event->day));
    return json_pack("{s:o}", c->key, answer);
}

static void begin_rounds(struct search *s)
{
    json_t *entry;
    size_t i, room = (s->changes.n + 1) * sizeof *s->of;
    s->of = arena_alloc(s->a, room);
    s->of_next = arena_alloc(s->a, room);
    s->open = json_object();
    s->now = json_array();
    s->next = json_array();
    json_array_foreach (json_object_get(s->j->outcome, "path"), i, entry)
        if (is_waiting(entry))
            json_object_set_new(s->open, json_member(entry, "key").p, json_true());
    for (i = 0; i < s->changes.n; i++) {
        s->of[i] = i;
        json_array_append_new(s->now, change_of(s, &s->changes.list[i]));
    }
}

static void next_round(struct search *s)
{
    size_t *of = s->of;
    s->of = s->of_next;
    s->of_next = of;
    json_decref(s->now);
    s->now = s->next;
    s->next = json_array();
    s->round++;
}

static bool run_changes(struct search *s, struct err *e)
{
    struct journey *j = s->j;
    json_t *answers = NULL;
    bool ok = json_read(fold_request(s->a, &j->fold, j->reasked, NULL), &answers, e) &&
        script_load(j->p->host, j->record.bundle, workflow_program(j->w), e);
    json_t *request =
        json_pack("{s:o,s:o?}", "seed", json_new_text(j->record.seed), "answers", answers);
    begin_rounds(s);
    for (; ok && json_array_size(s->now) > 0; next_round(s)) {
        struct script_many many = {s->now, on_outcome, s};
        ok = script_run_many(j->p->host, request, &many, e);
    }
    json_decref(request);
    json_decref(s->open);
    json_decref(s->now);
    json_decref(s->next);
    return ok;
}

/* Sensitive answers are named where somebody asked for them only. */
static bool may_name(const struct search *s, const json_t *entry)
{
    const json_t *q = workflow_question(workflow_definition(s->j->w), json_member(entry, "id"));
    return s->wish->sensitive || !json_flag(q, "sensitive", false);
}

static bool look_through_script(struct search *s, struct err *e)
{
    size_t i;
    json_t *entry;
    s->changes.a = s->a;
    json_array_foreach (json_object_get(s->j->outcome, "path"), i, entry)
        if (str_is(json_member(entry, "state"), "answered") && may_name(s, entry))
            why_vary(s->j, entry, &s->changes);
    bool ok = run_changes(s, e);
    for (i = 0; i < s->changes.n; i++)
        json_decref(s->changes.list[i].value);
    free(s->changes.list);
    return ok;
}

/* What the template shows in its own lines, taken over to the lines of the document with its
 * canvases. */
static void take_fields(struct search *s, struct why_trace *trace)
{
    struct why_lines own = why_split(s->a, trace->text);
    why_fields(s->a, trace, &own);
    size_t *to = why_align(s->a, &own, s->lines);
    for (size_t i = 0; i < own.n; i++)
        if (to[i] != SIZE_MAX)
            s->lines->list[to[i]].first = own.list[i].first;
}

/* A book tells what was: it runs the journey as it stood at every sitting, and an answer given
 * differently today changes nothing of that. */
static bool looks_back(const struct document_wish *wish)
{
    return str_is(wish->name, "book");
}

bool why_find(struct journey *j, struct arena *a, const struct why_wish *wish, struct diags *d,
              struct why_lines *lines, struct err *e)
{
    struct why_trace trace = {.a = a, .past = json_object()};
    /* Nothing is given to anybody: there is no reason to be kept. */
    struct document_wish bare = *wish->document;
    bare.why = STR("");
    struct search s = {
        .j = j, .a = a, .wish = &bare, .lines = lines, .past = trace.past, .bare = wish->bare};
    struct str text;
    j->why = &trace;
    bool ok = make(&s, j, a, d, &text, e);
    j->why = NULL;
    if (ok) {
        *lines = why_split(a, text);
        take_fields(&s, &trace);
        ok = wish->fields_only || looks_back(&bare) || look_through_script(&s, e);
    }
    why_trace_end(&trace);
    return ok;
}
