#include "workflow/definition.h"

#include "workflow/build.h"
#include "workflow/names.h"
#include "workflow/references.h"

#include <string.h>

struct str definition_shown_name(struct str path)
{
    return str_starts(path, STR("workflows/")) ? str_part(path, 10, path.n) : path;
}

/* Reads a YAML file of the workflow; NULL after a message, or if there is no such file (`*found`).
 */
static struct yaml_file *read_file(struct build *b, struct str name, bool *found)
{
    struct str path =
        str_format(b->a, "workflows/%.*s/%.*s", STR_ARG(b->bundle->name), STR_ARG(name));
    struct yaml_file *f = arena_alloc(b->a, sizeof *f);
    *found = bundle_find(b->bundle, path, &f->text);
    if (!*found)
        return NULL;
    f->name = definition_shown_name(path);
    if (yaml_read(b->a, f, b->d)) {
        b->file = f;
        return f;
    }
    b->incomplete = true;
    return NULL;
}

/* Ids of the questions of a step go into its list, the questions themselves into `questions`. */
static void move_questions(json_t *step, struct str phase, json_t *questions)
{
    json_t *list = json_object_get(step, "questions"), *ids = json_array(), *question;
    size_t i;
    json_array_foreach (list, i, question) {
        struct str id = json_member(question, "id");
        if (id.n == 0 || json_object_get(questions, id.p))
            continue;
        json_object_set_new(question, "phase", json_new_text(phase));
        json_object_set(question, "step", json_object_get(step, "id"));
        json_object_set(questions, id.p, question);
        json_array_append_new(ids, json_new_text(id));
    }
    json_object_set_new(step, "questions", ids);
}

static void check_steps(struct build *b, const struct node *root)
{
    const struct node *steps = node_get(root, STR("steps"));
    json_t *seen = json_object();
    for (const struct node *v = steps && steps->kind == NODE_LIST ? steps->first : NULL; v;
         v = v->next) {
        const struct node *id = node_get(v, STR("id"));
        if (!id || id->kind != NODE_TEXT || id->text.n == 0)
            continue;
        long long line = json_whole(seen, id->text.p, 0);
        if (line)
            build_fault(b, id, "E206", "Give one of the two another id.",
                        "the step \"%.*s\" stands twice in this phase: here and on line %lld",
                        STR_ARG(build_quote(b, id->text)), line);
        json_object_set_new(seen, id->text.p, json_integer(id->line));
    }
    json_decref(seen);
}

static void missing_phase(struct build *b, const struct yaml_file *workflow, const struct node *at,
                          struct str id)
{
    struct str known[64];
    size_t n = 0;
    struct str prefix = str_format(b->a, "workflows/%.*s/", STR_ARG(b->bundle->name));
    for (size_t i = 0; i < b->bundle->n && n < 64; i++) {
        struct str name = b->bundle->files[i].name;
        if (!str_starts(name, prefix) || !str_ends(name, STR(".yaml")))
            continue;
        name = str_part(name, prefix.n, name.n - 5);
        if (str_find(name, STR("/"), 0) == name.n && !str_eq(name, STR("workflow")))
            known[n++] = name;
    }
    b->file = workflow;
    b->incomplete = true;
    const char *help =
        str_format(b->a, "Write the file %.*s.yaml beside workflow.yaml.", STR_ARG(id)).p;
    build_fault(b, at, "E203", build_nearest(b, id, known, n, help),
                "there is no file %.*s.yaml for this phase", STR_ARG(id));
}

static json_t *read_phase(struct build *b, struct str id, const struct node *at, json_t *questions)
{
    bool found;
    const struct yaml_file *workflow = b->file;
    struct yaml_file *f = read_file(b, str_format(b->a, "%.*s.yaml", STR_ARG(id)), &found);
    if (!found)
        missing_phase(b, workflow, at, id);
    json_t *phase = f ? build_object(b, IN_PHASE, f->root) : NULL;
    if (!phase) {
        b->incomplete = true;
        b->file = workflow;
        return NULL;
    }
    struct str own = json_member(phase, "phase");
    if (own.n > 0 && !str_eq(own, id))
        build_fault(b, node_get(f->root, STR("phase")), "E204",
                    "The file is named as its phase: rename one of the two.",
                    "the phase is called \"%.*s\", its file %.*s.yaml", STR_ARG(own), STR_ARG(id));
    check_steps(b, f->root);
    json_t *out = json_pack("{s:o}", "id", json_new_text(id));
    json_object_del(phase, "phase");
    json_object_update_missing(out, phase);
    json_decref(phase);
    if (!json_object_get(out, "steps"))
        json_object_set_new(out, "steps", json_array());
    size_t i;
    json_t *step;
    json_array_foreach (json_object_get(out, "steps"), i, step)
        move_questions(step, id, questions);
    b->file = workflow;
    return out;
}

static void read_phases(struct build *b, const struct node *list, json_t *def)
{
    json_t *phases = json_array(), *questions = json_object(),
           *names = json_object_get(def, "phases"), *name;
    size_t i;
    json_array_foreach (names, i, name) {
        struct str id = json_text(name);
        const struct node *at = list;
        for (const struct node *v = list->first; v; v = v->next)
            if (v->kind == NODE_TEXT && str_eq(str_trim(v->text), id))
                at = v;
        if (str_eq(id, STR("workflow"))) {
            build_fault(b, at, "E226", "Choose another id.",
                        "a phase cannot be called \"workflow\"");
            continue;
        }
        json_t *phase = read_phase(b, id, at, questions);
        if (phase)
            json_array_append_new(phases, phase);
    }
    json_object_set_new(def, "phases", phases);
    json_object_set_new(def, "questions", questions);
}

/* Shared lists first: what stands above them in the file may use them. */
static void read_lists(struct build *b, const struct node *root)
{
    const struct schema_key *row = schema_find(IN_WORKFLOW, STR("lists"), TYPE_COUNT);
    const struct node *node = node_get(root, row->key);
    json_t *lists = node ? build_value(b, row, node, NULL) : NULL;
    b->lists = lists ? lists : json_object();
}

static void set_default(json_t *def, const char *key, json_t *value)
{
    if (json_object_get(def, key))
        json_decref(value);
    else
        json_object_set_new(def, key, value);
}

static void check_head(struct build *b, const struct node *root, const json_t *def)
{
    struct str name = json_member(def, "workflow"), language = json_member(def, "language");
    if (name.n > 0 && !str_eq(name, b->bundle->name))
        build_fault(b, node_get(root, STR("workflow")), "E202",
                    "A workflow is named as its folder: rename one of the two.",
                    "the workflow is called \"%.*s\", its folder \"%.*s\"", STR_ARG(name),
                    STR_ARG(b->bundle->name));
    const struct node *translations = node_get(root, STR("translations"));
    if (!translations)
        return;
    for (const struct node *v = translations->first; v; v = v->next)
        if (v->kind == NODE_TEXT && language.n > 0 && str_eq(str_trim(v->text), language))
            build_fault(b, v, "E222", "Delete it from the translations.",
                        "\"%.*s\" is the language of the files themselves", STR_ARG(language));
}

static json_t *read_workflow(struct build *b)
{
    bool found;
    struct yaml_file *f = read_file(b, STR("workflow.yaml"), &found);
    if (!found) {
        struct yaml_file missing = {
            .name = str_format(b->a, "%.*s/workflow.yaml", STR_ARG(b->bundle->name))};
        yaml_report(b->d, &missing, NULL, "E100", STR("the file is missing"),
                    STR("Every workflow has one."));
    }
    if (!f)
        return NULL;
    if (f->root->kind != NODE_MAP) {
        (void)build_expect(b, f->root, NODE_MAP, NULL);
        return NULL;
    }
    read_lists(b, f->root);
    json_t *def = build_object(b, IN_WORKFLOW, f->root);
    check_head(b, f->root, def);
    struct str script = str_format(b->a, "%.*s.lua", STR_ARG(b->bundle->name));
    set_default(def, "translations", json_array());
    set_default(def, "script", json_new_text(script));
    set_default(def, "lists", json_object());
    set_default(def, "canvases", json_object());
    set_default(def, "outputs", json_object());
    set_default(def, "documents", json_object());
    set_default(def, "data", json_object());
    const struct node *phases = node_get(f->root, STR("phases"));
    read_phases(b, phases ? phases : f->root, def);
    json_object_set(def, "messages", b->messages);
    b->file = f;
    references_check(b, f->root, def);
    return def;
}

json_t *definition_read(const struct bundle *bundle, struct diags *d)
{
    struct arena *a = arena_new();
    struct diags own = {.a = d->a};
    struct build b = {
        .a = a, .d = &own, .bundle = bundle, .seen = json_object(), .messages = json_object()};
    json_t *def = read_workflow(&b);
    bool failed = own.errors > 0;
    references_sort(&own);
    for (size_t i = 0; i < own.n; i++)
        diag_add_ready(d, own.list[i]);
    d->full = d->full || own.full;
    json_decref(b.given);
    json_decref(b.seen);
    json_decref(b.messages);
    json_decref(b.lists);
    arena_free(a);
    if (def && failed) {
        json_decref(def);
        def = NULL;
    }
    return def;
}
