/* Documents of a workflow, rendered for an audience. */
#include "practice/documents.h"
#include "practice/state.h"

#include "document/document.h"

static bool find_partial(void *user, struct str name, struct str *text)
{
    const struct journey *j = user;
    struct arena *a = arena_new();
    struct str file = str_format(a, "%.*s.md.mustache", STR_ARG(name));
    bool found = workflow_template(j->w, file, j->language, text);
    arena_free(a);
    return found;
}

static bool may_receive(struct str made_for, struct str audience)
{
    /* A coach may read everything; others only what was written for them. */
    return str_is(audience, "coach") || str_eq(made_for, audience) ||
        (str_is(made_for, "client") && str_is(audience, "sponsor"));
}

/* A label such as in where_now@after is known only once it was asked; until then it is empty. */
struct labels {
    json_t *answers;
    struct arena *a;
};

static void add_label(void *user, struct str path, int line, int column)
{
    struct labels *of = user;
    struct str name, label, head = str_split(path, '.', &name);
    struct str id = str_split(name, '@', &label);
    (void)line;
    (void)column;
    if (!str_is(head, "answers") || label.n == 0 || str_find(label, STR("."), 0) < label.n)
        return;
    if (json_object_getn(of->answers, id.p, id.n) && !json_object_getn(of->answers, name.p, name.n))
        json_object_setn_new(of->answers, name.p, name.n, json_null());
}

static bool find_document(struct journey *j, struct arena *a, const struct document_wish *wish,
                          struct str *file, struct str *reader, struct err *e)
{
    const json_t *documents = json_object_get(workflow_definition(j->w), "documents");
    const json_t *document = json_object_get(documents, str_copy(a, wish->name).p);
    struct str made_for = json_member(document, "for");
    if (!document)
        return err_set(e, ERR_NOT_FOUND, "The workflow of this journey has no document \"%.*s\".",
                       STR_ARG(wish->name));
    *reader = wish->audience.n ? wish->audience : made_for;
    *file = json_member(document, "template");
    if (!may_receive(made_for, *reader))
        return err_set(e, ERR_REFUSED,
                       "The document \"%.*s\" is written for the %.*s, not for the %.*s.",
                       STR_ARG(wish->name), STR_ARG(made_for), STR_ARG(*reader));
    if (wish->sensitive && !str_is(*reader, "coach"))
        return err_set(e, ERR_REFUSED, "Sensitive answers are shown to the coach only.");
    return true;
}

bool journey_document(struct journey *j, struct arena *a, const struct document_wish *wish,
                      struct diags *d, struct str *markdown, struct err *e)
{
    struct str file, reader, text;
    if (!find_document(j, a, wish, &file, &reader, e))
        return false;
    if (!workflow_template(j->w, file, j->language, &text))
        return err_set(e, ERR_DATA, "The template %.*s is missing.", STR_ARG(file));
    struct template t = {.name = file,
                         .text = text,
                         .escape = ESCAPE_MARKDOWN,
                         .strict = true,
                         .language = j->language,
                         .partial = find_partial,
                         .user = j};
    json_t *tree = journey_tree(j, reader, wish->sensitive);
    struct labels labels = {json_object_get(tree, "answers"), a};
    bool ok =
        mustache_names(a, &t, d, add_label, &labels) && mustache_render(a, &t, tree, d, markdown);
    json_decref(tree);
    return ok ||
        err_set(e, ERR_SCRIPT, "The template %.*s has a mistake: %s", STR_ARG(file),
                d->n ? d->list[0].text.p : "unknown");
}
