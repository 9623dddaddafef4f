/* For the tests of the method's rules: what came of a walk.  Messages and remarks by their id,
 * notes on the page, outputs, documents, questions as they are defined. */
#ifndef ESPALIER_TESTS_RULES_LOOK_H
#define ESPALIER_TESTS_RULES_LOOK_H

#include "practice/documents.h"
#include "rules_fixture.h"

/* One note in each part of the page. */
#define REST                                                                \
    "ka: [Cooking], cs: [Families], vp: [A warm evening], ch: [A poster], " \
    "cr: [At the table], kp: [The baker], rv: [Thanks], co: [Evenings], "
#define PAGE "kr: [Listening], " REST

/* The same for rules that look beyond the page: one part of it is enough. */
#define TASKS "blocks_now: [ka], ka: [Cooking], "

/* A belief that is tried out, and what came of it. */
#define BELIEF                                                            \
    "beliefs: [{ text: Families come, importance: 5 }], "                 \
    "test_card: { Families come: { what: Ask five of them, by: +9d } }, " \
    "out_there: { agreed: true }, observed: { Families come: Three came }, "

static const char *const blocks[] = {"kr", "ka", "cs", "vp", "ch", "cr", "kp", "rv", "co"};
enum { BLOCKS = sizeof blocks / sizeof blocks[0] };

/* Was the message (or remark: "advice") of that id given?  `text`, if any, stands in a value. */
FIXTURE bool rules_heard(struct journey *j, const char *where, const char *id, const char *text)
{
    size_t i;
    json_t *message;
    json_array_foreach (json_object_get(journey_outcome(j), where), i, message) {
        char *values = json_dumps(json_object_get(message, "vars"), JSON_ENCODE_ANY);
        bool named = !text || (values && strstr(values, text));
        free(values);
        if (named && str_is(json_member(message, "id"), id))
            return true;
    }
    return false;
}
#define said(j, id) rules_heard(j, "messages", id, NULL)
#define said_of(j, id, text) rules_heard(j, "messages", id, text)
#define advised(j, id) rules_heard(j, "advice", id, NULL)
#define advised_on(j, id, t) rules_heard(j, "advice", id, t)

/* Position in the path of the first question of that id; -1 if it was never reached. */
FIXTURE int rules_place(struct journey *j, const char *id)
{
    size_t i;
    json_t *entry;
    json_array_foreach (json_object_get(journey_outcome(j), "path"), i, entry)
        if (str_is(json_member(entry, "id"), id))
            return (int)i;
    return -1;
}

/* The mark of a note on a canvas ("" if it has none); NULL if it is not there.  Lives in f->a. */
FIXTURE const char *rules_note(struct fixture *f, struct journey *j, const char *canvas,
                               const char *block, const char *text)
{
    json_t *tree = journey_tree(j, STR("client"), false), *item;
    const json_t *of = json_object_get(json_object_get(tree, "canvas"), canvas);
    const json_t *in = json_object_get(json_object_get(of, "block"), block);
    const char *mark = NULL;
    size_t i;
    json_array_foreach (json_object_get(in, "items"), i, item)
        if (str_is(json_member(item, "text"), text))
            mark = str_copy(f->a, json_member(item, "mark")).p;
    json_decref(tree);
    return mark;
}

/* A document as its reader sees it. */
FIXTURE const char *rules_document(struct fixture *f, struct journey *j, const char *name)
{
    struct diags d = {.a = f->a};
    struct document_wish wish = {.name = str_of(name)};
    struct str text;
    assert_ok(journey_document(j, f->a, &wish, &d, &text, &fixture_error));
    return text.p;
}

/* The ids of a list of a question (options, columns, rows, scales), separated by spaces. */
FIXTURE const char *rules_ids(struct fixture *f, const json_t *question, const char *list)
{
    struct buf b = {.a = f->a};
    size_t i;
    json_t *one;
    json_array_foreach (json_object_get(question, list), i, one)
        buf_format(&b, "%s%s", i ? " " : "", json_member(one, "id").p);
    return b.n ? buf_str(&b).p : "";
}

/* The question as it is defined, whether it is asked or not. */
FIXTURE const json_t *rules_question(struct journey *j, const char *id)
{
    const json_t *definition = workflow_definition(journey_workflow(j));
    const json_t *question = workflow_question(definition, str_of(id));
    if (!question)
        fail_msg("there is no question %s", id);
    return question;
}

FIXTURE const json_t *rules_field(struct journey *j, const char *question, const char *field)
{
    return json_object_get(json_object_get(rules_question(j, question), "item"), field);
}

FIXTURE bool holds(struct str text, const char *part)
{
    return str_find(text, str_of(part), 0) < text.n;
}

/* The first output of that kind whose text (or any field) holds `part`; NULL if there is none. */
FIXTURE const json_t *rules_output(struct journey *j, const char *kind, const char *part)
{
    size_t i;
    json_t *output;
    json_array_foreach (json_object_get(journey_outcome(j), "outputs"), i, output) {
        char *fields = json_dumps(json_object_get(output, "fields"), 0);
        bool found = str_is(json_member(output, "kind"), kind) && strstr(fields, part);
        free(fields);
        if (found)
            return json_object_get(output, "fields");
    }
    return NULL;
}

FIXTURE int rules_count(struct journey *j, const char *id)
{
    int n = 0;
    size_t i;
    json_t *entry;
    json_array_foreach (json_object_get(journey_outcome(j), "path"), i, entry)
        n += str_is(json_member(entry, "id"), id);
    return n;
}

/* A text of an open question: its ask, its help. */
FIXTURE struct str rules_told(struct fixture *f, struct journey *j, const char *id,
                              const char *text)
{
    json_t *open = rules_open(j, id);
    struct str told = str_copy(f->a, json_member(open, text));
    json_decref(open);
    return told;
}

#define RULE(name) cmocka_unit_test_setup_teardown(name, fixture_open, fixture_close)

#endif
