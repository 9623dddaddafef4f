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

/* Answers and skips are maps; an empty one says nothing. */
static void check_maps(const struct yaml_file *f, struct diags *d)
{
    for (const struct node *n = f->root->first; n; n = n->next) {
        bool is_map = str_is(n->key->text, "answers") || str_is(n->key->text, "skip") ||
            str_is(n->key->text, "then");
        bool empty = n->kind == NODE_TEXT && n->text.n == 0;
        if (is_map && n->kind != NODE_MAP && !empty)
            yaml_report(d, f, n, "E115", STR("this is not a map of question ids"),
                        STR("Below it stands a line \"id: answer\" for each question."));
    }
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
    check_maps(&f, d);
    *out = d->errors > errors ? NULL : node_json(f.root);
    return *out != NULL;
}
