/* The tree that documents see.  What an audience may not see (audience.h) is not in the tree: no
 * template can show it.  What the script records or puts on a canvas may come from any answer: its
 * author answers for it, and `espalier test` looks for private words in it. */
#include "practice/documents.h"
#include "practice/state.h"

#include "practice/audience.h"
#include "practice/next.h"
#include "practice/shape.h"
#include "practice/why.h"
#include "workflow/value.h"

#include <string.h>

/* Remembers the items of a list, so that answers given for an item can be set into it. */
static void index_items(json_t *items, json_t *shaped)
{
    size_t i;
    json_t *item;
    json_array_foreach (shaped, i, item)
        if (json_is_object(item) && json_member(item, "id").n > 0)
            json_object_set(items, json_member(item, "id").p, item);
}

/* "where_now@after": the id with the label of the key, as documents name it. */
static struct str name_of(struct arena *a, const json_t *entry)
{
    struct str key = json_member(entry, "key"), rest;
    size_t at = str_find(key, STR("@"), 0);
    struct str id = json_member(entry, "id");
    if (at == key.n)
        return id;
    struct str label = str_split(str_part(key, at + 1, key.n), '#', &rest);
    return str_format(a, "%.*s@%.*s", STR_ARG(id), STR_ARG(label));
}

static void add_answer(struct journey *j, json_t *answers, json_t *items, const json_t *entry)
{
    struct arena *a = arena_new();
    const json_t *question =
        workflow_question(workflow_in_language(j->w, j->language), json_member(entry, "id"));
    const char *key = json_string_value(json_object_get(entry, "key"));
    const json_t *value = fold_value(&j->fold, key);
    json_t *shaped = shape_value(a, question, value, json_object_get(entry, "rows"), j->language);
    shaped = why_own(j, key, shaped);
    struct str name = name_of(a, entry), item = json_member(entry, "item");
    json_t *of_item = item.n ? json_object_get(items, item.p) : NULL;
    if (of_item)
        json_object_set(of_item, name.p, shaped);
    json_object_set(answers, name.p, shaped);
    if (str_is(json_member(question, "type"), "list"))
        index_items(items, shaped);
    json_decref(shaped);
    arena_free(a);
}

json_t *wording_for(struct journey *j, const json_t *entry, const json_t *question,
                    struct str audience, bool sensitive)
{
    const json_t *definition = workflow_in_language(j->w, j->language);
    json_t *seen = json_object(), *var;
    struct arena *a = arena_new();
    const char *name;
    json_object_foreach (json_object_get(entry, "vars"), name, var) {
        const json_t *source = workflow_question(definition, json_member(var, "q"));
        if (source ? audience_sees_answer(source, audience, sensitive) : str_is(audience, "coach"))
            json_object_set(seen, name, var);
    }
    json_t *text =
        json_new_text(wording_fill(a, j, json_member(question, "ask"), seen, j->language));
    json_decref(seen);
    arena_free(a);
    return text;
}

/* `ask` is taken. */
static void add_skipped(struct journey *j, json_t *skipped, const json_t *entry, json_t *ask)
{
    struct str why = STR("");
    (void)fold_skipped(&j->fold, json_member(entry, "key").p, &why);
    json_array_append_new(skipped, json_pack("{s:o,s:o}", "ask", ask, "why", json_new_text(why)));
}

/* Answers by name; a question of the workflow that has none is null, so that strict templates may
 * name it. */
static json_t *answers_for(struct journey *j, struct str audience, bool sensitive, json_t *skipped)
{
    const json_t *definition = workflow_in_language(j->w, j->language);
    json_t *answers = json_object(), *items = json_object(), *entry, *question;
    const char *id;
    size_t i;
    json_object_foreach (json_object_get(definition, "questions"), id, question)
        if (audience_may_name(question, audience))
            json_object_set_new(answers, id, json_null());
    json_array_foreach (json_object_get(j->outcome, "path"), i, entry) {
        question =
            json_object_get(json_object_get(definition, "questions"), json_member(entry, "id").p);
        if (!question || !audience_sees_answer(question, audience, sensitive))
            continue;
        if (str_is(json_member(entry, "state"), "answered"))
            add_answer(j, answers, items, entry);
        else if (str_is(json_member(entry, "state"), "skipped"))
            add_skipped(j, skipped, entry, wording_for(j, entry, question, audience, sensitive));
    }
    json_decref(items);
    return answers;
}

struct str tree_text(struct arena *a, struct journey *j, struct str name, struct str audience)
{
    const json_t *definition = workflow_in_language(j->w, j->language);
    const json_t *path = json_object_get(j->outcome, "path");
    for (size_t i = json_array_size(path); i > 0; i--) {
        const json_t *entry = json_array_get(path, i - 1);
        const json_t *question = workflow_question(definition, json_member(entry, "id"));
        if (!question || !str_is(json_member(entry, "state"), "answered") ||
            !str_eq(name_of(a, entry), name) || !audience_sees_answer(question, audience, false))
            continue;
        json_t *shaped = shape_value(a, question, fold_value(&j->fold, json_member(entry, "key").p),
                                     json_object_get(entry, "rows"), j->language);
        struct str text = str_copy(a, json_text(shaped));
        json_decref(shaped);
        return text;
    }
    return STR("");
}

/* What the script recorded, with the labels of choices; every field is there, empty where the
 * audience may not see it. */
static json_t *shape_output(struct journey *j, const json_t *declared, const json_t *output,
                            struct str audience)
{
    struct arena *a = arena_new();
    json_t *shaped = json_object(), *field;
    struct str kind = json_member(output, "kind");
    const json_t *fields = json_object_get(declared, "fields");
    const char *name;
    json_object_foreach ((json_t *)(uintptr_t)fields, name, field)
        json_object_set_new(shaped, name, json_null());
    json_object_foreach (json_object_get(output, "fields"), name, field) {
        const json_t *definition = json_object_get(fields, name);
        if (!audience_sees_field(declared, kind, audience, name)) {
            json_object_set_new(shaped, name, json_null());
        } else if (str_is(json_member(definition, "type"), "choice") && json_is_string(field)) {
            json_object_set(shaped, str_format(a, "%s_id", name).p, field);
            json_object_set_new(shaped, name,
                                json_new_text(value_show(a, definition, field, j->language)));
        } else {
            json_object_set(shaped, name, field);
        }
    }
    arena_free(a);
    return shaped;
}

/* Outputs by kind; every kind the workflow can record is there, if only as an empty list. */
json_t *tree_outputs(struct journey *j, struct str audience)
{
    static const char *const built_in[] = {"action", "goal", "reminder"};
    const json_t *declared = json_object_get(workflow_in_language(j->w, j->language), "outputs");
    json_t *kinds = json_object(), *output, *ignored;
    const char *kind;
    size_t i;
    for (i = 0; i < sizeof built_in / sizeof built_in[0]; i++)
        json_object_set_new(kinds, built_in[i], json_array());
    json_object_foreach ((json_t *)(uintptr_t)declared, kind, ignored)
        json_object_set_new(kinds, kind, json_array());
    json_array_foreach (json_object_get(j->outcome, "outputs"), i, output) {
        kind = json_member(output, "kind").p;
        const json_t *of = json_object_get(declared, kind);
        json_t *list = json_object_get(kinds, kind);
        if (list && audience_sees_output(of, str_of(kind), audience))
            json_array_append_new(list, shape_output(j, of, output, audience));
    }
    return kinds;
}

static json_t *phases_for(struct journey *j)
{
    json_t *list = json_array(), *phase;
    size_t i;
    json_array_foreach (json_object_get(workflow_in_language(j->w, j->language), "phases"), i,
                        phase)
        json_array_append_new(list,
                              json_pack("{s:O?,s:O?,s:O?}", "id", json_object_get(phase, "id"),
                                        "title", json_object_get(phase, "title"), "purpose",
                                        json_object_get(phase, "purpose")));
    return list;
}

static json_t *notes_for(struct journey *j, struct str audience, bool sensitive)
{
    json_t *seen = json_array(), *all = NULL, *note;
    struct err ignored;
    size_t i;
    if (!journey_notes(j, &all, &ignored))
        return seen;
    json_array_foreach (all, i, note) {
        struct str visibility = json_member(note, "visibility");
        bool shared = str_is(visibility, "shared") && str_is(audience, "client");
        bool withheld = str_is(visibility, "sensitive") && !sensitive;
        if (shared || (str_is(audience, "coach") && !withheld))
            json_array_append(seen, note);
    }
    json_decref(all);
    return seen;
}

/* A programme reads of nobody by name. */
json_t *tree_client(struct journey *j, struct str audience)
{
    struct arena *a = arena_new();
    struct store_client client = {0};
    struct err ignored;
    bool found = store_client_get(j->p->store, a, j->record.client, &client, &ignored);
    bool nameless = str_is(audience, "programme") || !found;
    struct str shown = client.pseudonym.n ? client.pseudonym : nameless ? STR("") : client.name;
    json_t *view = json_pack("{s:o}", "name", json_new_text(shown));
    arena_free(a);
    return view;
}

static void add_head(struct journey *j, json_t *tree, const json_t *view, struct str audience)
{
    const json_t *definition = workflow_in_language(j->w, j->language);
    char today[11];
    clock_day(clock_now(), today);
    json_object_set(tree, "title", json_object_get(definition, "title"));
    json_object_set_new(tree, "workflow",
                        json_pack("{s:O,s:O}", "id", json_object_get(definition, "workflow"),
                                  "title", json_object_get(definition, "title")));
    json_object_set_new(tree, "client", tree_client(j, audience));
    json_object_set_new(tree, "date", json_string(today));
    json_object_set_new(tree, "language", json_new_text(j->language));
    json_object_set_new(tree, "audience", json_new_text(audience));
    json_object_set_new(tree, "cycle", json_integer(j->record.cycle));
    json_object_set_new(tree, "status",
                        json_string(json_flag(view, "done", false) ? "done" : "draft"));
    json_object_set_new(tree, "done", json_boolean(json_flag(view, "done", false)));
    json_t *advice = json_array(), *text;
    size_t i;
    json_array_foreach (json_object_get(view, "advice"), i, text)
        if (str_is(audience, "coach"))
            json_array_append_new(advice, json_pack("{s:O}", "text", text));
    json_object_set_new(tree, "advice", advice);
    shape_facts(j, view, tree);
}

static void add_has(json_t *has, const json_t *lists)
{
    const char *name;
    json_t *list;
    json_object_foreach ((json_t *)(uintptr_t)lists, name, list)
        if (json_is_array(list) || json_is_null(list))
            json_object_set_new(has, name, json_boolean(json_array_size(list) > 0));
}

/* {{#has.goal}}: which lists have something in them, so that a heading can stand above them once.
 */
static json_t *has_of(const json_t *tree)
{
    json_t *has = json_object();
    add_has(has, json_object_get(tree, "answers"));
    add_has(has, json_object_get(tree, "outputs"));
    add_has(has, tree);
    return has;
}

json_t *journey_tree(struct journey *j, struct str audience, bool sensitive)
{
    const json_t *definition = workflow_in_language(j->w, j->language);
    const json_t *data = json_object_get(definition, "data");
    json_t *tree = json_object(), *skipped = json_array(), *view = journey_view(j);
    add_head(j, tree, view, audience);
    json_object_set_new(tree, "answers", answers_for(j, audience, sensitive, skipped));
    json_object_set_new(tree, "skipped", skipped);
    json_t *kinds = tree_outputs(j, audience);
    json_object_set(tree, "actions", json_object_get(kinds, "action"));
    json_object_set(tree, "goals", json_object_get(kinds, "goal"));
    json_object_set(tree, "reminders", json_object_get(kinds, "reminder"));
    json_object_set_new(tree, "outputs", kinds);
    json_object_set_new(tree, "canvas", shape_canvases(j, audience, sensitive));
    json_object_set_new(tree, "phases", phases_for(j));
    json_object_set_new(tree, "notes", notes_for(j, audience, sensitive));
    json_object_set_new(tree, "data",
                        data ? json_incref((json_t *)(uintptr_t)data) : json_object());
    json_t *labels = json_object_get(data, "labels");
    json_object_set_new(tree, "labels", labels ? json_incref(labels) : json_object());
    json_object_set_new(tree, "has", has_of(tree));
    if (str_is(audience, "coach"))
        json_object_set_new(tree, "prep", next_session(j, tree, view, sensitive));
    json_decref(view);
    return tree;
}
