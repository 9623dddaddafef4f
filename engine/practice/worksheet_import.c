/* Taking answers in that come back on a worksheet. */
#include "practice/state.h"
#include "practice/worksheet.h"

#include <string.h>

struct importing {
    struct journey *j;
    const json_t *back; /* the file */
    const struct worksheet_import *how;
    int64_t made_at; /* the revision the sheet was made from; 0 if it cannot be told */
    json_t *done;    /* KEY -> true */
    json_t *problems, *reworded;
    json_t *rest_answers, *rest_skips; /* what was not taken */
    long long answered, skipped, unchanged;
};

static const json_t *given_for(const struct importing *x, const char *map, const char *key)
{
    return json_object_get(json_object_get(x->back, map), key);
}

/* What the file says, as a person may read it. */
static struct str as_given(struct arena *a, const json_t *value)
{
    return json_is_string(value) ? json_text(value) : json_write(a, value);
}

/* The question as it is asked now, else as the sheet says it was. */
static struct str ask_of(struct importing *x, struct arena *a, const char *key)
{
    const json_t *entry = journey_entry(x->j, key);
    if (entry)
        return worksheet_ask(a, x->j, entry, x->j->language);
    return json_text(given_for(x, "questions", key));
}

/* Something that is not taken: told, and kept for the rest.  `here`: what stands in the journey. */
static void add_problem(struct importing *x, struct arena *a, const char *key,
                        const struct err *why, struct str given, struct str here)
{
    const json_t *answer = given_for(x, "answers", key), *skip = given_for(x, "skip", key);
    json_t *problem =
        json_pack("{s:s,s:o,s:s,s:s,s:o}", "key", key, "ask", json_new_text(ask_of(x, a, key)),
                  "code", err_name(why->code), "text", why->text, "given", json_new_text(given));
    if (why->code == ERR_CONFLICT)
        json_object_set_new(problem, "here", json_new_text(here));
    json_array_append_new(x->problems, problem);
    if (answer)
        json_object_set(x->rest_answers, key, (json_t *)(uintptr_t)answer);
    else
        json_object_set(x->rest_skips, key, (json_t *)(uintptr_t)skip);
}

static void refuse(struct importing *x, struct arena *a, const char *key, enum err_code code,
                   const char *sentence)
{
    struct err why;
    const json_t *answer = given_for(x, "answers", key);
    (void)err_set(&why, code, "%s", err_word(sentence));
    add_problem(x, a, key, &why, as_given(a, answer ? answer : given_for(x, "skip", key)), STR(""));
}

/* Both sides as people read them. */
static void refuse_conflict(struct importing *x, struct arena *a, const char *key)
{
    const json_t *yours = json_object_get(journey_conflict(x->j), "yours");
    struct str why_not, here, given = as_given(a, given_for(x, "skip", key));
    struct err why;
    if (json_is_object(yours) || json_is_array(yours) || (yours && !json_is_null(yours)))
        given = view_shown(a, x->j, key, yours);
    if (fold_skipped(&x->j->fold, key, &why_not))
        here = why_not.n ? why_not : str_of(err_word("(left out)"));
    else
        here = view_shown(a, x->j, key, fold_value(&x->j->fold, key));
    (void)err_set(&why, ERR_CONFLICT,
                  "Answered otherwise meanwhile, so it was left as it is. Here: %.300s. On the "
                  "sheet: %.300s.",
                  here.p, given.p);
    add_problem(x, a, key, &why, given, here);
}

/* From which revision this answer replaces: never something that is answered and in order, unless
 * it is wished. */
static int64_t replaces(const struct importing *x, const json_t *entry, const char *key)
{
    const char *state = view_state(x->j, entry);
    if (x->how->theirs || !fold_event(&x->j->fold, key))
        return -1;
    bool asked_again = strcmp(state, "to_check") == 0 || strcmp(state, "invalid") == 0;
    return asked_again ? x->made_at : 0;
}

/* Was the question worded as it is now, in one of the languages it is asked in? */
static bool is_worded_so(struct importing *x, struct arena *a, const json_t *entry,
                         struct str asked)
{
    static const char *const languages[] = {"en", "fr"};
    if (str_eq(asked, worksheet_ask(a, x->j, entry, x->j->language)) ||
        str_eq(asked, worksheet_ask(a, x->j, entry, x->j->record.language)))
        return true;
    for (size_t i = 0; i < sizeof languages / sizeof languages[0]; i++)
        if (str_eq(asked, worksheet_ask(a, x->j, entry, str_of(languages[i]))))
            return true;
    return false;
}

/* Before anything is taken in: an answer of this very file may change the words of another. */
static void note_wordings(struct importing *x)
{
    size_t i;
    json_t *entry;
    json_array_foreach (json_object_get(x->j->outcome, "path"), i, entry) {
        const char *key = json_string_value(json_object_get(entry, "key"));
        struct str asked = json_text(given_for(x, "questions", key));
        if (asked.n == 0 || (!given_for(x, "answers", key) && !given_for(x, "skip", key)))
            continue;
        struct arena *a = arena_new();
        if (!is_worded_so(x, a, entry, asked))
            json_array_append_new(x->reworded,
                                  json_pack("{s:s,s:o,s:o}", "key", key, "asked",
                                            json_new_text(asked), "asks",
                                            json_new_text(ask_of(x, a, key))));
        arena_free(a);
    }
}

/* A fault of the file is told; a fault of the disk ends the import. */
static bool is_problem(const struct err *e)
{
    return e->code == ERR_INPUT || e->code == ERR_LIMIT || e->code == ERR_NOT_FOUND ||
        e->code == ERR_REFUSED || e->code == ERR_CONFLICT;
}

static bool take(struct importing *x, struct arena *a, const json_t *entry, struct err *e)
{
    struct change c = {.key = str_copy(a, json_member(entry, "key")), .role = STR("client")};
    int64_t before = fold_revision(&x->j->fold);
    c.value = given_for(x, "answers", c.key.p);
    c.why = json_text(given_for(x, "skip", c.key.p));
    c.replaces = replaces(x, entry, c.key.p);
    bool ok = c.value ? journey_answer(x->j, &c, e) : journey_skip(x->j, &c, e);
    if (!ok && !is_problem(e))
        return false;
    if (!ok && e->code == ERR_CONFLICT)
        refuse_conflict(x, a, c.key.p);
    else if (!ok)
        refuse(x, a, c.key.p, e->code, e->text);
    else if (fold_revision(&x->j->fold) == before)
        x->unchanged++;
    else if (c.value)
        x->answered++;
    else
        x->skipped++;
    return true;
}

/* Deals with one question of the path, if the file says something of it. */
static bool deal_with(struct importing *x, const json_t *entry, struct err *e)
{
    const char *key = json_string_value(json_object_get(entry, "key"));
    if (json_object_get(x->done, key) ||
        (!given_for(x, "answers", key) && !given_for(x, "skip", key)))
        return true;
    struct arena *a = arena_new();
    const json_t *question =
        workflow_question(workflow_definition(x->j->w), json_member(entry, "id"));
    bool ok = true;
    json_object_set_new(x->done, key, json_true());
    if (!question || str_is(json_member(question, "by"), "coach"))
        refuse(x, a, key, ERR_REFUSED, "This question is for the coach; a sheet cannot answer it.");
    else
        ok = take(x, a, entry, e);
    arena_free(a);
    return ok;
}

/* Walks the path until nothing more is taken: it grows behind what is answered. */
static bool walk(struct importing *x, struct err *e)
{
    size_t before;
    do {
        before = json_object_size(x->done);
        for (size_t i = 0; i < json_array_size(json_object_get(x->j->outcome, "path")); i++) {
            json_t *entry = json_incref(json_array_get(json_object_get(x->j->outcome, "path"), i));
            bool ok = deal_with(x, entry, e);
            json_decref(entry);
            if (!ok)
                return false;
        }
    } while (json_object_size(x->done) > before);
    return true;
}

/* Nothing of the file is dropped silently. */
static void report_unasked(struct importing *x, const char *map)
{
    const json_t *definition = workflow_definition(x->j->w);
    const char *key;
    json_t *ignored;
    json_object_foreach (json_object_get(x->back, map), key, ignored) {
        struct arena *a = arena_new();
        bool known = workflow_question(definition, key_question(str_of(key)));
        if (!json_object_get(x->done, key))
            refuse(x, a, key, ERR_NOT_FOUND,
                   known ? "This question is not asked any more: the answers lead another way now."
                         : "The workflow has no such question.");
        arena_free(a);
    }
}

/* What was not taken, as a file that can come back once more. */
static json_t *rest_of(struct importing *x)
{
    json_t *rest, *questions;
    if (json_object_size(x->rest_answers) + json_object_size(x->rest_skips) == 0)
        return json_null();
    rest = json_copy((json_t *)(uintptr_t)x->back);
    questions = json_object();
    const char *key;
    json_t *asked;
    json_object_foreach (json_object_get(x->back, "questions"), key, asked)
        if (json_object_get(x->rest_answers, key) || json_object_get(x->rest_skips, key))
            json_object_set(questions, key, asked);
    json_object_set_new(rest, "questions", questions);
    json_object_set(rest, "answers", x->rest_answers);
    json_object_set(rest, "skip", x->rest_skips);
    return rest;
}

static json_t *report_of(struct importing *x)
{
    return json_pack("{s:o,s:I,s:I,s:I,s:b,s:O,s:O,s:o}", "journey", json_new_text(x->j->record.id),
                     "answered", x->answered, "skipped", x->skipped, "unchanged", x->unchanged,
                     "dry_run", x->how->dry_run, "problems", x->problems, "reworded", x->reworded,
                     "rest", rest_of(x));
}

static bool import_all(struct importing *x, struct err *e)
{
    if (!journey_batch_begin(x->j, e))
        return false;
    struct err ignored;
    long long made_at = json_whole(x->back, "revision", 0);
    x->made_at = made_at <= fold_revision(&x->j->fold) ? made_at : 0;
    note_wordings(x);
    if (!walk(x, e)) {
        IGNORED(journey_batch_end(x->j, false, &ignored));
        return false;
    }
    report_unasked(x, "answers");
    report_unasked(x, "skip");
    return journey_batch_end(x->j, !x->how->dry_run, e);
}

bool worksheet_import(struct journey *j, const json_t *back, const struct worksheet_import *how,
                      json_t **report, struct err *e)
{
    struct importing x = {.j = j, .back = back, .how = how};
    if (!str_eq(json_member(back, "journey"), j->record.id))
        return err_set(e, ERR_DATA, "These answers belong to another journey.");
    x.done = json_object();
    x.problems = json_array();
    x.reworded = json_array();
    x.rest_answers = json_object();
    x.rest_skips = json_object();
    j->apart = true;
    bool ok = import_all(&x, e);
    j->apart = false;
    if (ok)
        *report = report_of(&x);
    json_decref(x.done);
    json_decref(x.problems);
    json_decref(x.reworded);
    json_decref(x.rest_answers);
    json_decref(x.rest_skips);
    return ok;
}
