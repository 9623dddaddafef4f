/* For the tests of the method's rules: a client who walks the bundled business-model, answering
 * what a test is about and passing over the rest, and questions about what came of it. */
#ifndef ESPALIER_TESTS_RULES_FIXTURE_H
#define ESPALIER_TESTS_RULES_FIXTURE_H

#include "practice_fixture.h"

enum { WALK_MAX = 300 };

FIXTURE struct journey *rules_begin(struct fixture *f)
{
    static int n;
    char name[32];
    (void)snprintf(name, sizeof name, "Client %d", ++n);
    return fixture_start(f, name, "business-model", "en");
}

/* Answers what is asked now or becomes asked by it; `answers` is a YAML map without its braces. */
FIXTURE void rules_apply(struct fixture *f, struct journey *j, const char *answers)
{
    struct diags d = {.a = f->a};
    json_t *file, *report, *problem;
    size_t i;
    struct str text = str_format(f->a, "answers: { %s }\n", answers);
    if (!answer_file_read(f->a, STR("test"), text, &file, &d))
        fail_msg("%s", d.n ? diag_print(f->a, &d.list[0]).p : "the answers cannot be read");
    assert_ok(journey_apply(j, file, &report, &fixture_error));
    json_array_foreach (json_object_get(report, "problems"), i, problem)
        if (!str_is(json_member(problem, "code"), "not_found"))
            fail_msg("%s: %s", json_member(problem, "entry").p, json_member(problem, "text").p);
    json_decref(report);
    json_decref(file);
}

/* The open question of that id, a new reference; NULL if it is not open. */
FIXTURE json_t *rules_open(struct journey *j, const char *id)
{
    json_t *view = journey_view(j), *open, *found = NULL;
    size_t i;
    json_array_foreach (json_object_get(view, "open"), i, open)
        if (!found && str_is(json_member(open, "id"), id))
            found = json_incref(open);
    json_decref(view);
    return found;
}

FIXTURE bool rules_asks(struct journey *j, const char *id)
{
    json_t *open = rules_open(j, id);
    json_decref(open);
    return open != NULL;
}

FIXTURE bool rules_done(struct journey *j)
{
    return json_is_true(json_object_get(journey_outcome(j), "done"));
}

/* Passes over everything that is open now. */
FIXTURE void rules_pass(struct journey *j)
{
    json_t *view = journey_view(j), *skip = json_object(), *open, *report;
    size_t i;
    json_array_foreach (json_object_get(view, "open"), i, open)
        json_object_set_new(skip, json_member(open, "key").p, json_string("not now"));
    json_t *file = json_pack("{s:o}", "skip", skip);
    assert_ok(journey_apply(j, file, &report, &fixture_error));
    json_decref(report);
    json_decref(file);
    json_decref(view);
}

/* Walks on until the question `stop` is open (NULL: to the end). */
FIXTURE void rules_walk(struct fixture *f, struct journey *j, const char *answers, const char *stop)
{
    for (int i = 0; i < WALK_MAX; i++) {
        rules_apply(f, j, answers);
        const json_t *trouble = json_object_get(journey_outcome(j), "error");
        if (json_is_object(trouble))
            fail_msg("the script failed: %s", json_member(trouble, "text").p);
        if (rules_done(j) || (stop && rules_asks(j, stop)))
            break;
        rules_pass(j);
    }
    if (stop ? !rules_asks(j, stop) : !rules_done(j))
        fail_msg("the walk did not get to %s; open: %s", stop ? stop : "its end",
                 fixture_open_keys(j));
}

/* A new client who walks to the question `stop` (NULL: to the end). */
FIXTURE struct journey *rules_new(struct fixture *f, const char *answers, const char *stop)
{
    struct journey *j = rules_begin(f);
    rules_walk(f, j, answers, stop);
    return j;
}

/* The bundled workflow as a coach's own copy, with one question more. */
FIXTURE void rules_copy_with_question(struct fixture *f)
{
    size_t n;
    const struct file *files = files_all(&n);
    for (size_t i = 0; i < n; i++) {
        struct str name = files[i].name, content = files[i].content;
        bool ours =
            str_starts(name, STR("workflows/business-model/")) || str_starts(name, STR("scripts/"));
        if (!ours)
            continue;
        if (str_is(name, "workflows/business-model/define.yaml")) {
            size_t at = str_find(content, STR("      - id: client_type"), 0);
            content =
                str_format(f->a, "%.*s      - { id: season, ask: Which season?, type: text }\n%s",
                           (int)at, content.p, str_copy(f->a, content).p + at);
        }
        fixture_write(f->libraries[0], str_copy(f->a, name).p, str_copy(f->a, content).p);
    }
}

#endif
