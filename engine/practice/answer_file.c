/* Answer files: YAML whose scalars are texts; what type they mean follows from the question they
 * are for. */
#include "practice/journey.h"

#include "workflow/yaml.h"

static const struct str known[] = {
    {"answers", 7},        {"skip", 4},  {"workflow", 8},     {"language", 8},
    {"expect", 6},         {"then", 4},  {"expect_then", 11}, {"expect_document", 15},
    {"expect_canvas", 13}, {"title", 5},
};

enum { KNOWN = sizeof known / sizeof known[0] };

static bool is_known(struct str name)
{
    for (size_t i = 0; i < KNOWN; i++)
        if (str_eq(name, known[i]))
            return true;
    return false;
}

static void check_names(struct arena *a, const struct yaml_file *f, struct diags *d)
{
    for (const struct node *n = f->root->first; n; n = n->next) {
        if (is_known(n->key->text))
            continue;
        struct str near = text_nearest(n->key->text, known, KNOWN);
        struct str text = str_format(a, "unknown key \"%.*s\"", STR_ARG(n->key->text));
        struct str help = near.n ? str_format(a, "Did you mean \"%.*s\"?", STR_ARG(near))
                                 : STR("An answer file has answers: and skip: .");
        yaml_report(d, f, n->key, "E115", text, help);
    }
}

/* What stands below a name, and what stands in that: a file of another shape would say nothing. */
struct shape {
    const char *name;
    enum node_kind kind, inner; /* inner: NODE_TEXT where anything may stand */
    const char *what, *help;
};

static const char of_answers[] = "map of question ids",
                  below_answers[] = "Below it stands a line \"id: answer\" for each question.",
                  of_expected[] = "list of expectations",
                  below_expected[] = "Below it stand lines such as \"- says: some words\".",
                  of_parts[] = "map of lists of texts",
                  below_parts[] = "Below it stand lines such as \"plan: [some words, others]\".";

static const struct shape shapes[] = {
    {"answers", NODE_MAP, NODE_TEXT, of_answers, below_answers},
    {"skip", NODE_MAP, NODE_TEXT, of_answers, below_answers},
    {"then", NODE_MAP, NODE_TEXT, of_answers, below_answers},
    {"expect", NODE_LIST, NODE_MAP, of_expected, below_expected},
    {"expect_then", NODE_LIST, NODE_MAP, of_expected, below_expected},
    {"expect_document", NODE_MAP, NODE_LIST, of_parts, below_parts},
    {"expect_canvas", NODE_MAP, NODE_LIST, of_parts, below_parts},
};

static bool fits(const struct node *n, const struct shape *shape)
{
    bool ok = n->kind == shape->kind;
    for (const struct node *inner = n->first; ok && inner; inner = inner->next)
        ok = shape->inner == NODE_TEXT || inner->kind == shape->inner;
    return ok || (n->kind == NODE_TEXT && n->text.n == 0); /* empty: it says nothing */
}

static void check_shapes(struct arena *a, const struct yaml_file *f, struct diags *d)
{
    for (const struct node *n = f->root->first; n; n = n->next)
        for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++)
            if (str_is(n->key->text, shapes[i].name) && !fits(n, &shapes[i]))
                yaml_report(d, f, n, "E115", str_format(a, "this is not a %s", shapes[i].what),
                            str_of(shapes[i].help));
}

bool answer_file_read(struct arena *a, struct str name, struct str text, json_t **out,
                      struct diags *d)
{
    struct yaml_file f = {.name = name, .text = text};
    size_t errors = d->errors;
    if (!yaml_read(a, &f, d) || d->errors > errors)
        return false;
    if (f.root->kind != NODE_MAP) {
        yaml_report(d, &f, f.root, "E115", STR("this is not an answer file"),
                    STR("It begins with a line \"answers:\", below it a line \"id: answer\" for "
                        "each question."));
        return false;
    }
    check_names(a, &f, d);
    check_shapes(a, &f, d);
    *out = d->errors > errors ? NULL : node_json(f.root);
    return *out != NULL;
}
