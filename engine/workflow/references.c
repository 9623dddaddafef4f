#include "workflow/references.h"

#include "workflow/definition.h"
#include "workflow/modules.h"
#include "workflow/names.h"

void references_expect(struct build *b, const struct schema_key *row, const struct node *node,
                       struct str text)
{
    static const struct {
        const char *key;
        enum pending_kind kind;
    } names[] = {
        {"done_when", PENDING_QUESTION}, {"purpose", PENDING_QUESTION},
        {"question", PENDING_QUESTION},  {"renamed_from", PENDING_RENAMED},
        {"follows", PENDING_CANVAS},
    };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (str_is(row->key, names[i].key))
            build_later(b, names[i].kind, node, text);
}

static void check_question(struct build *b, const struct pending *p, const json_t *def)
{
    const json_t *questions = json_object_get(def, "questions");
    struct str *known;
    if (json_object_get(questions, p->name.p) || b->incomplete)
        return;
    size_t n = build_keys(b, questions, &known);
    build_fault(b, p->at, "E214",
                build_nearest(b, p->name, known, n, "Write the id of a question of a phase file."),
                "unknown question \"%.*s\"", STR_ARG(p->name));
}

static void check_canvas(struct build *b, const struct pending *p, const json_t *def)
{
    struct str block_name, *known, canvas_name = str_split(p->name, '.', &block_name);
    const json_t *canvases = json_object_get(def, "canvases");
    const json_t *canvas = json_object_get(canvases, str_copy(b->a, canvas_name).p);
    if (!canvas) {
        size_t n = build_keys(b, canvases, &known);
        build_fault(
            b, p->at, "E209",
            build_nearest(b, canvas_name, known, n, "Add it to \"canvases\" in workflow.yaml."),
            "unknown canvas \"%.*s\"", STR_ARG(canvas_name));
        return;
    }
    if (block_name.n == 0)
        return;
    const json_t *blocks = json_object_get(canvas, "blocks");
    size_t i, n = 0;
    json_t *block;
    known = arena_alloc(b->a, json_array_size(blocks) * sizeof *known);
    json_array_foreach ((json_t *)blocks, i, block) {
        known[n++] = json_member(block, "id");
        if (str_eq(known[n - 1], block_name))
            return;
    }
    build_fault(b, p->at, "E210",
                build_nearest(b, block_name, known, n, "Add it to the blocks of the canvas."),
                "the canvas \"%.*s\" has no block \"%.*s\"", STR_ARG(canvas_name),
                STR_ARG(block_name));
}

static json_t *names_given(const struct bundle *bundle)
{
    json_t *names = json_object();
    for (size_t i = 0; i < bundle->n; i++) {
        struct str name;
        size_t at = 0;
        if (!str_starts(bundle->files[i].name, STR("scripts/")))
            continue;
        while (module_next_value(bundle->files[i].content, &at, &name))
            json_object_setn_new_nocheck(names, name.p, name.n, json_true());
    }
    return names;
}

/* A value that the script gives by itself: ask("x", { name = ... }).  The scripts are read once. */
static bool script_gives(struct build *b, struct str name)
{
    if (!b->given)
        b->given = names_given(b->bundle);
    return json_object_getn(b->given, name.p, name.n) != NULL;
}

static void check_placeholder(struct build *b, const struct pending *p, const json_t *def)
{
    struct str rest, *known, name = str_copy(b->a, str_split(p->name, '.', &rest));
    const json_t *questions = json_object_get(def, "questions");
    if (str_eq(name, STR("item")) || str_eq(name, STR("about")) ||
        json_object_get(questions, name.p) || b->incomplete || script_gives(b, name))
        return;
    size_t n = build_keys(b, questions, &known);
    build_fault(b, p->at, "W103",
                build_nearest(b, name, known, n,
                              "Write the id of a question, or a name that the script gives."),
                "{%.*s} is no question, and the script gives no such value", STR_ARG(p->name));
}

static void check_renamed(struct build *b, const struct pending *p, const json_t *def)
{
    if (json_object_get(json_object_get(def, "questions"), p->name.p))
        build_fault(b, p->at, "E220", "Name only ids that are no longer used.",
                    "there is still a question \"%.*s\"", STR_ARG(p->name));
}

static void check_pending(struct build *b, const json_t *def)
{
    static void (*const checks[])(struct build *, const struct pending *, const json_t *) = {
        [PENDING_QUESTION] = check_question,
        [PENDING_CANVAS] = check_canvas,
        [PENDING_PLACEHOLDER] = check_placeholder,
        [PENDING_RENAMED] = check_renamed,
    };
    for (const struct pending *p = b->first; p; p = p->next) {
        b->file = p->file;
        checks[p->kind](b, p, def);
    }
}

static const struct node *node_or(const struct node *node, const struct node *otherwise)
{
    return node ? node : otherwise;
}

static void check_script(struct build *b, const struct node *root, const json_t *def)
{
    struct str ignored, script = json_member(def, "script");
    if (script.n == 0 ||
        bundle_find(b->bundle, str_format(b->a, "scripts/%.*s", STR_ARG(script)), &ignored))
        return;
    struct str known[16];
    size_t n = 0;
    for (size_t i = 0; i < b->bundle->n && n < 16; i++)
        if (str_starts(b->bundle->files[i].name, STR("scripts/")))
            known[n++] = str_part(b->bundle->files[i].name, 8, b->bundle->files[i].name.n);
    const char *help =
        "Write the conversation into this file, in the folder scripts/ of the library.";
    build_fault(b, node_or(node_get(root, STR("script")), root), "E213",
                build_nearest(b, script, known, n, help), "there is no script \"%.*s\"",
                STR_ARG(script));
}

static void check_modules_of(struct build *b, const struct file *script)
{
    struct yaml_file place = {.name = script->name, .text = script->content};
    struct str ignored;
    size_t at = 0;
    if (!utf8_valid(script->content)) {
        yaml_report(b->d, &place, NULL, "E103", STR("the script is not UTF-8"),
                    STR("Save it as UTF-8 in your editor."));
        return;
    }
    for (struct module_use use; module_next_use(script->content, &at, &use);) {
        struct node node = {.line = use.line, .column = use.column, .width = use.width};
        if (module_is_valid(use.name) &&
            bundle_find(b->bundle, str_format(b->a, "scripts/%.*s.lua", STR_ARG(use.name)),
                        &ignored))
            continue;
        bool valid = module_is_valid(use.name);
        yaml_report(b->d, &place, &node, "E215",
                    str_format(b->a,
                               valid ? "there is no module \"%s\"" : "\"%s\" cannot be a module",
                               build_quote(b, use.name).p),
                    valid ? str_format(b->a, "Write it into scripts/%.*s.lua of the library.",
                                       STR_ARG(use.name))
                          : STR("Modules are named \"lib/name\" and lie in scripts/lib/."));
    }
}

static void check_modules(struct build *b)
{
    for (size_t i = 0; i < b->bundle->n; i++)
        if (str_starts(b->bundle->files[i].name, STR("scripts/")))
            check_modules_of(b, &b->bundle->files[i]);
}

static void check_templates(struct build *b, const struct node *root)
{
    const struct node *documents = node_get(root, STR("documents"));
    for (const struct node *v = documents && documents->kind == NODE_MAP ? documents->first : NULL;
         v; v = v->next) {
        const struct node *template = node_get(v, STR("template"));
        struct str ignored,
            name = template && template->kind == NODE_TEXT ? str_trim(template->text) : STR("");
        if (!file_name_is_valid(name))
            continue;
        struct str path = str_format(b->a, "workflows/%.*s/documents/%.*s",
                                     STR_ARG(b->bundle->name), STR_ARG(name));
        if (!bundle_find(b->bundle, path, &ignored))
            build_fault(b, template, "E212",
                        "Put the template into the folder documents/ of the workflow.",
                        "there is no template \"%.*s\"", STR_ARG(name));
    }
}

/* A phase file that nobody reads is most often a forgotten line in workflow.yaml. */
static void check_unused(struct build *b, const json_t *def)
{
    struct str prefix = str_format(b->a, "workflows/%.*s/", STR_ARG(b->bundle->name));
    for (size_t i = 0; i < b->bundle->n; i++) {
        struct str path = b->bundle->files[i].name, name = str_part(path, prefix.n, path.n);
        if (!str_starts(path, prefix) || !str_ends(name, STR(".yaml")) ||
            str_find(name, STR("/"), 0) < name.n)
            continue;
        struct str id = str_part(name, 0, name.n - 5);
        bool used = str_eq(id, STR("workflow"));
        size_t k;
        json_t *phase;
        json_array_foreach (json_object_get(def, "phases"), k, phase)
            used = used || str_eq(json_member(phase, "id"), id);
        if (used || b->incomplete)
            continue;
        struct yaml_file file = {.name = definition_shown_name(path)};
        yaml_report(b->d, &file, NULL, "W105", STR("this file is not used"),
                    str_format(b->a, "Add %.*s to the phases in workflow.yaml, or delete the file.",
                               STR_ARG(id)));
    }
}

void references_check(struct build *b, const struct node *workflow, const json_t *def)
{
    const struct yaml_file *file = b->file;
    check_script(b, workflow, def);
    check_templates(b, workflow);
    check_modules(b);
    check_unused(b, def);
    check_pending(b, def);
    b->file = file;
}

/* At most DIAG_MAX messages: insertion is quick enough, and keeps what is equal in order. */
void references_sort(struct diags *d)
{
    size_t rank[DIAG_MAX] = {0};
    for (size_t i = 1; i < d->n; i++) {
        rank[i] = i;
        for (size_t k = 0; k < i; k++)
            if (str_eq(d->list[k].file, d->list[i].file) && rank[k] < rank[i])
                rank[i] = rank[k];
    }
    for (size_t i = 1; i < d->n; i++) {
        struct diag m = d->list[i];
        size_t order = rank[i], k = i;
        for (; k > 0; k--) {
            const struct diag *before = &d->list[k - 1];
            bool later = rank[k - 1] != order ? rank[k - 1] > order
                : before->line != m.line      ? before->line > m.line
                                              : before->column > m.column;
            if (!later)
                break;
            d->list[k] = *before;
            rank[k] = rank[k - 1];
        }
        d->list[k] = m;
        rank[k] = order;
    }
}
