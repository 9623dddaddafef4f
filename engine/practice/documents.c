/* Documents of a workflow, rendered for an audience. */
#include "practice/state.h"

#include "document/document.h"

struct partials {
    struct journey *j;
};

static bool find_partial(void *user, struct str name, struct str *text)
{
    struct partials *of = user;
    struct arena *a = arena_new();
    struct str file = str_format(a, "%.*s.md.mustache", STR_ARG(name));
    bool found = workflow_template(of->j->w, file, of->j->language, text);
    arena_free(a);
    return found;
}

static bool may_receive(struct str made_for, struct str audience)
{
    /* A coach may read everything; others only what was written for them. */
    return str_is(audience, "coach") || str_eq(made_for, audience) ||
        (str_is(made_for, "client") && str_is(audience, "sponsor"));
}

bool journey_document(struct journey *j, struct arena *a, struct str name, struct str audience,
                      struct diags *d, struct str *markdown, struct err *e)
{
    const json_t *documents = json_object_get(workflow_definition(j->w), "documents");
    const json_t *document = json_object_get(documents, str_copy(a, name).p);
    if (!document)
        return err_set(e, ERR_NOT_FOUND, "The workflow of this journey has no document \"%.*s\".",
                       STR_ARG(name));
    struct str made_for = json_member(document, "for"), file = json_member(document, "template"),
               text;
    struct str reader = audience.n ? audience : made_for;
    if (!may_receive(made_for, reader))
        return err_set(e, ERR_REFUSED,
                       "The document \"%.*s\" is written for the %.*s, not for the %.*s.",
                       STR_ARG(name), STR_ARG(made_for), STR_ARG(reader));
    if (!workflow_template(j->w, file, j->language, &text))
        return err_set(e, ERR_DATA, "The template %.*s is missing.", STR_ARG(file));
    struct partials of = {j};
    struct template t = {.name = file,
                         .text = text,
                         .escape = ESCAPE_MARKDOWN,
                         .strict = true,
                         .language = j->language,
                         .partial = find_partial,
                         .user = &of};
    json_t *tree = journey_tree(j, reader, false);
    bool ok = mustache_render(a, &t, tree, d, markdown);
    json_decref(tree);
    return ok ||
        err_set(e, ERR_SCRIPT, "The template %.*s has a mistake: %s", STR_ARG(file),
                d->n ? d->list[0].text.p : "unknown");
}
