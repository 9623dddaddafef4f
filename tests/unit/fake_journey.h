/* A journey without a practice behind it, for tests of the rooms that hold conversations: prepared
 * questions, answered one after the other; every change is written down in fake.log.  Include it in
 * one test file only. */
#ifndef ESPALIER_TESTS_FAKE_JOURNEY_H
#define ESPALIER_TESTS_FAKE_JOURNEY_H

#include "practice/journey.h"
#include "workflow/value.h"

#include <stdio.h>
#include <string.h>

static struct {
    json_t *questions; /* as in "open" of a view, "key" set */
    json_t *answers;   /* by key; null: skipped */
    json_t *reasons;   /* of skips, by key */
    json_t *undone;    /* keys and values that redo brings back */
    json_t *order;     /* keys in the order of the changes */
    json_t *said, *advice, *notes, *trouble, *conflict;
    char log[65536]; /* one line for each change */
    int revision;
    enum err_code fail; /* the next changes fail so ... */
    int fail_times;     /* ... this often */
    const char *fail_text;
} fake;

struct journey {
    int unused;
};

static void fake_log(const char *what, struct str key, const json_t *value, struct str text)
{
    struct arena *a = arena_new();
    struct str shown = value ? json_write(a, value) : text;
    size_t n = strlen(fake.log);
    (void)snprintf(fake.log + n, sizeof fake.log - n, "%s %.*s %.*s\n", what, STR_ARG(key),
                   STR_ARG(shown));
    arena_free(a);
}

static void fake_reset(const char *questions)
{
    json_t **all[] = {&fake.questions, &fake.answers, &fake.reasons, &fake.undone,  &fake.order,
                      &fake.said,      &fake.advice,  &fake.notes,   &fake.trouble, &fake.conflict};
    json_error_t error;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        json_decref(*all[i]);
        *all[i] = NULL;
    }
    memset(&fake, 0, sizeof fake);
    fake.questions = json_loads(questions, 0, &error);
    if (!fake.questions)
        (void)fprintf(stderr, "questions: line %d: %s\n", error.line, error.text);
    fake.answers = json_object();
    fake.reasons = json_object();
    fake.order = json_array();
    fake.notes = json_array();
}

static json_t *fake_find(struct str key)
{
    json_t *q;
    size_t i;
    json_array_foreach (fake.questions, i, q)
        if (str_eq(json_member(q, "key"), key) || str_eq(json_member(q, "id"), key))
            return q;
    return NULL;
}

static bool fake_is_to_check(const json_t *q)
{
    return str_is(json_member(q, "state"), "to_check");
}

/* No workflow stands behind it: what it would tell is in the view. */
struct workflow *journey_workflow(struct journey *j)
{
    (void)j;
    return NULL;
}

/* Open questions up to the first required one. */
static json_t *fake_open(void)
{
    json_t *open = json_array(), *q;
    size_t i;
    json_array_foreach (fake.questions, i, q) {
        if (json_object_get(fake.answers, json_member(q, "key").p))
            continue;
        json_array_append_new(open, json_deep_copy(q));
        if (json_flag(q, "required", true) && !json_flag(q, "lane", false) && !fake_is_to_check(q))
            break;
    }
    return open;
}

json_t *journey_view(struct journey *j)
{
    (void)j;
    json_t *open = fake_open(), *first = json_array_get(open, 0);
    bool later = first && str_is(json_member(first, "phase"), "rework");
    json_t *view = json_pack(
        "{s:s,s:i,s:{s:s,s:s},s:{s:s,s:s,s:s,s:i},s:{s:s,s:s,s:s},s:o,s:{s:i,s:i,s:i,s:i}}", "type",
        "view", "revision", fake.revision, "workflow", "id", "first-talk", "title",
        "First coaching session", "phase", "id", later ? "rework" : "define", "title",
        later ? "Rework" : "Define", "purpose",
        later ? "Find one step that is small enough to be taken"
              : "Agree what we are working on and why it matters",
        "minutes", 20, "step", "id", later ? "move" : "aim", "title",
        later ? "One step" : "What you want", "intro",
        later ? ""
              : "Take your time. There is no right answer, and everything can be changed later.",
        "open", open, "progress", "phase", later ? 3 : 1, "phases", 4, "answered",
        (int)json_object_size(fake.answers), "to_check", 0);
    json_object_set_new(view, "done", json_boolean(json_array_size(open) == 0));
    json_object_set_new(view, "said", fake.said ? json_incref(fake.said) : json_array());
    json_object_set_new(view, "advice", fake.advice ? json_incref(fake.advice) : json_array());
    if (fake.trouble)
        json_object_set(view, "trouble", fake.trouble);
    return view;
}

static void fake_add_answer(json_t *entry)
{
    const char *key = json_member(entry, "key").p;
    json_t *value = json_object_get(fake.answers, key);
    struct arena *a = arena_new();
    if (json_is_null(value)) {
        json_object_set(entry, "skipped", json_object_get(fake.reasons, key));
    } else if (value) {
        json_object_set(entry, "value", value);
        json_object_set_new(entry, "shown", json_new_text(value_show(a, entry, value, STR("en"))));
    }
    json_object_set_new(entry, "state", json_string("live"));
    arena_free(a);
}

json_t *journey_review(struct journey *j)
{
    json_t *review = journey_view(j), *answered = json_array(), *q;
    size_t i;
    json_array_foreach (fake.questions, i, q) {
        if (!json_object_get(fake.answers, json_member(q, "key").p))
            continue;
        json_t *entry = json_deep_copy(q);
        fake_add_answer(entry);
        json_object_set_new(entry, "phase_title", json_string("Define"));
        json_array_append_new(answered, entry);
    }
    json_object_set_new(review, "answered", answered);
    json_object_set_new(review, "aside", json_array());
    return review;
}

bool journey_question(struct journey *j, struct str key, json_t **out, struct err *e)
{
    (void)j;
    json_t *q = fake_find(key);
    if (!q)
        return err_set(e, ERR_NOT_FOUND, "There is no question \"%.*s\" here.", STR_ARG(key));
    *out = json_deep_copy(q);
    fake_add_answer(*out);
    return true;
}

bool journey_resolve(struct journey *j, struct arena *a, struct str name, struct str *key,
                     struct err *e)
{
    (void)j;
    json_t *q = fake_find(name);
    if (!q)
        return err_set(e, ERR_NOT_FOUND, "There is no question \"%.*s\" here.", STR_ARG(name));
    *key = str_copy(a, json_member(q, "key"));
    return true;
}

static bool fake_fails(struct err *e)
{
    if (fake.fail_times == 0)
        return false;
    fake.fail_times--;
    (void)err_set(e, fake.fail, "%s", fake.fail_text);
    return true;
}

static void fake_set(struct str key, json_t *value)
{
    json_object_set_new(fake.answers, key.p, value);
    json_array_append_new(fake.order, json_new_text(key));
    json_decref(fake.undone);
    fake.undone = NULL;
    fake.revision++;
}

bool journey_answer(struct journey *j, const struct change *c, struct err *e)
{
    (void)j;
    if (fake_fails(e))
        return false;
    if (fake.conflict && c->replaces != json_whole(fake.conflict, "revision", 0))
        return err_set(e, ERR_CONFLICT, "answered elsewhere");
    fake_log("answer", c->key, c->value, STR(""));
    fake_set(c->key, json_deep_copy(c->value));
    return true;
}

bool journey_skip(struct journey *j, const struct change *c, struct err *e)
{
    (void)j;
    if (fake_fails(e))
        return false;
    fake_log("skip", c->key, NULL, c->why);
    json_object_set_new(fake.reasons, c->key.p, json_new_text(c->why));
    fake_set(c->key, json_null());
    return true;
}

bool journey_clear(struct journey *j, const struct change *c, struct err *e)
{
    (void)j;
    if (!json_object_get(fake.answers, c->key.p))
        return err_set(e, ERR_REFUSED, "There is no answer to take back.");
    fake_log("clear", c->key, NULL, STR(""));
    json_object_del(fake.answers, c->key.p);
    return true;
}

bool journey_undo(struct journey *j, struct arena *a, struct str *key, struct err *e)
{
    (void)j;
    size_t n = json_array_size(fake.order);
    if (n == 0)
        return err_set(e, ERR_REFUSED, "There is nothing to undo.");
    *key = str_copy(a, json_text(json_array_get(fake.order, n - 1)));
    fake_log("undo", *key, NULL, STR(""));
    json_decref(fake.undone);
    fake.undone =
        json_pack("{s:s,s:O}", "key", key->p, "value", json_object_get(fake.answers, key->p));
    json_object_del(fake.answers, key->p);
    json_array_remove(fake.order, n - 1);
    return true;
}

bool journey_redo(struct journey *j, struct arena *a, struct str *key, struct err *e)
{
    (void)j;
    if (!fake.undone)
        return err_set(e, ERR_REFUSED, "There is nothing to redo.");
    *key = str_copy(a, json_member(fake.undone, "key"));
    fake_log("redo", *key, NULL, STR(""));
    fake_set(*key, json_incref(json_object_get(fake.undone, "value")));
    return true;
}

const json_t *journey_conflict(const struct journey *j)
{
    (void)j;
    return fake.conflict;
}

bool journey_note(struct journey *j, struct str key, struct str text, struct str visibility,
                  struct err *e)
{
    (void)j;
    if (fake_fails(e))
        return false;
    fake_log(visibility.p, key, NULL, text);
    json_array_append_new(fake.notes,
                          json_pack("{s:s,s:o,s:o}", "day", "2026-11-23", "text",
                                    json_new_text(text), "visibility", json_new_text(visibility)));
    return true;
}

bool journey_notes(struct journey *j, json_t **out, struct err *e)
{
    (void)j;
    (void)e;
    *out = json_incref(fake.notes);
    return true;
}

#endif
