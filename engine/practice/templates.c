#include "practice/templates.h"

#include "practice/audience.h"
#include "workflow/names.h"

#include <unistd.h>

/* What the program has of its own, whatever the workflow. */
static const struct {
    const char *name, *made_for;
} own_documents[] = {
    {"book", "client"}, {"prep", "coach"}, {"sponsor", "sponsor"}, {"programme", "programme"}};

/* What is looked for: `file` in places that belong to the workflow, `name` in those for all. */
struct search {
    struct arena *a;
    const struct template_place *place;
    struct str workflow, file, name;
    struct template_found *out;
    struct err *e;
};

bool template_read(struct arena *a, const char *path, struct str *text, struct err *e)
{
    if (!files_read(a, path, TEMPLATE_MAX, text, e))
        return false;
    return utf8_valid(*text) ||
        err_set(e, ERR_DATA, "The template %s is not valid UTF-8 text.", path);
}

/* A file of a library folder.  True also if there is none; false if it cannot be read. */
static bool look(struct search *s, const char *root, struct str folders, struct str file)
{
    struct err found;
    struct str name = str_format(s->a, "%s/%s", folders.p, file.p), text;
    struct str path = str_format(s->a, "%s/%s", root, name.p);
    if (!files_read_below(s->a, root, name, TEMPLATE_MAX, &text, &found)) {
        if (found.code == ERR_NOT_FOUND)
            return true;
        return err_set(s->e, found.code, "The template %s cannot be used. %s", path.p, found.text);
    }
    if (!utf8_valid(text))
        return err_set(s->e, ERR_DATA, "The template %s is not valid UTF-8 text.", path.p);
    s->out->text = text;
    s->out->origin = path;
    s->out->is_coachs = true;
    return true;
}

/* The language's own folder first. */
static bool look_in_language(struct search *s, const char *root, struct str folders,
                             struct str file)
{
    struct str language = s->place->language;
    struct str inner = str_format(s->a, "%s/%.*s", folders.p, STR_ARG(language));
    if (language_is_valid(language) && !look(s, root, inner, file))
        return false;
    return s->out->text.p || look(s, root, folders, file);
}

/* Is the whole workflow in this library?  Then its documents are part of what is pinned. */
static bool has_workflow(struct search *s, const char *root)
{
    struct str file = str_format(s->a, "%s/workflows/%s/workflow.yaml", root, s->workflow.p);
    return access(file.p, F_OK) == 0;
}

static bool look_in_libraries(struct search *s)
{
    const struct library *l = s->place->library;
    struct str special = str_format(s->a, "documents/%s", s->workflow.p),
               beside = str_format(s->a, "workflows/%s/documents", s->workflow.p);
    bool ok = true;
    for (size_t i = 0; ok && l && i < l->n && !s->out->text.p; i++) {
        const char *root = l->folders[i];
        ok = look_in_language(s, root, special, s->file);
        if (ok && !s->out->text.p && !has_workflow(s, root))
            ok = look_in_language(s, root, beside, s->file);
        if (ok && !s->out->text.p)
            ok = look_in_language(s, root, STR("documents"), s->name);
    }
    return ok;
}

static void look_inside(struct search *s)
{
    struct str language = s->place->language;
    if (workflow_template(s->place->w, s->file, language, &s->out->text)) {
        s->out->origin = STR("the workflow");
        return;
    }
    for (size_t i = 0; i < 2 && !s->out->text.p; i++) {
        struct str path = i == 0
            ? str_format(s->a, "engine/document/templates/%.*s/%s", STR_ARG(language), s->name.p)
            : str_format(s->a, "engine/document/templates/%s", s->name.p);
        if (files_find(path, &s->out->text))
            s->out->origin = STR("the program");
    }
}

static bool search(struct search *s)
{
    s->workflow = str_copy(s->a, json_member(workflow_definition(s->place->w), "workflow"));
    s->out->text = (struct str){NULL, 0};
    if (!look_in_libraries(s))
        return false;
    if (!s->out->text.p)
        look_inside(s);
    return true;
}

static bool unknown_document(struct search *s, struct str name)
{
    struct str known[64];
    size_t n = 0;
    const char *one;
    json_t *documents = json_object_get(workflow_definition(s->place->w), "documents"), *ignored;
    struct buf all = {.a = s->a};
    json_object_foreach (documents, one, ignored)
        if (n < 32)
            known[n++] = str_of(one);
    for (size_t i = 0; i < sizeof own_documents / sizeof own_documents[0]; i++)
        if (!json_object_get(documents, own_documents[i].name))
            known[n++] = str_of(own_documents[i].name);
    struct str near = text_nearest(name, known, n);
    if (near.n)
        return err_set(s->e, ERR_NOT_FOUND,
                       "This workflow has no document \"%.*s\". Did you mean "
                       "\"%.*s\"?",
                       STR_ARG(text_safe(s->a, name, false)), STR_ARG(near));
    for (size_t i = 0; i < n; i++)
        buf_format(&all, "%s%.*s", i ? ", " : "", STR_ARG(known[i]));
    return err_set(s->e, ERR_NOT_FOUND, "This workflow has no document \"%.*s\". There are: %s.",
                   STR_ARG(text_safe(s->a, name, false)), buf_str(&all).p);
}

/* A template is a document of the program's if it is in the table; others are parts of those, and
 * so are templates of a workflow that it does not declare.  A coach's own need no declaration. */
static bool is_own(struct str name)
{
    for (size_t i = 0; i < sizeof own_documents / sizeof own_documents[0]; i++)
        if (str_is(name, own_documents[i].name))
            return true;
    return false;
}

/* Whom a document is made for that the workflow does not declare. */
static struct str usual_reader(struct str name)
{
    for (size_t i = 0; i < sizeof own_documents / sizeof own_documents[0]; i++)
        if (str_is(name, own_documents[i].name))
            return str_of(own_documents[i].made_for);
    return STR("client");
}

bool template_find(struct arena *a, const struct template_place *place, struct str name,
                   struct template_found *out, struct err *e)
{
    struct search s = {.a = a, .place = place, .out = out, .e = e};
    const json_t *documents = json_object_get(workflow_definition(place->w), "documents");
    const json_t *document = json_object_get(documents, str_copy(a, name).p);
    *out = (struct template_found){.name = str_copy(a, name)};
    if (!file_name_is_valid(name))
        return unknown_document(&s, name);
    s.name = str_format(a, "%.*s.md.mustache", STR_ARG(name));
    s.file = document ? str_copy(a, json_member(document, "template")) : s.name;
    out->file = s.file;
    out->made_for = document ? json_member(document, "for") : usual_reader(name);
    if (!search(&s))
        return false;
    if (out->text.p && (document || out->is_coachs || is_own(name)))
        return true;
    return document ? err_set(e, ERR_DATA, "The template %s is missing.", s.file.p)
                    : unknown_document(&s, name);
}

struct str template_path(struct arena *a, const struct template_place *place,
                         const struct template_found *found)
{
    const json_t *definition = workflow_definition(place->w);
    struct str own = json_member(definition, "language"),
               workflow = json_member(definition, "workflow");
    bool translated = language_is_valid(place->language) && !str_eq(own, place->language);
    return str_format(a, "documents/%.*s/%.*s%s%.*s", STR_ARG(workflow),
                      STR_ARG(translated ? place->language : STR("")), translated ? "/" : "",
                      STR_ARG(found->file));
}

/* What a template is checked and rendered with. */
struct use {
    struct arena *a;
    struct template_wish wish;
    struct diags *d;
};

static bool find_partial(void *user, struct str name, struct str *text)
{
    struct use *u = user;
    struct template_found found = {0};
    struct err ignored; /* a partial that cannot be read is a missing one, which is reported */
    if (!file_name_is_valid(name))
        return false;
    struct str file = str_format(u->a, "%.*s.md.mustache", STR_ARG(name));
    struct search s = {u->a, u->wish.place, STR(""), file, file, &found, &ignored};
    if (!search(&s) || !found.text.p)
        return false;
    *text = found.text;
    return true;
}

/* A template for others than the coach must not name a private or sensitive answer. */
static void check_name(void *user, struct str path, const struct diag_place *where)
{
    struct use *u = user;
    const struct template_wish *wish = &u->wish;
    struct str rest, head = str_split(path, '.', &rest);
    if (wish->each)
        wish->each(wish->user, path, where);
    if (!str_is(head, "answers"))
        return;
    struct str id = str_split(str_split(rest, '.', &rest), '@', &rest);
    const json_t *q = workflow_question(workflow_definition(wish->place->w), str_copy(u->a, id));
    if (audience_may_name(q, wish->audience))
        return;
    diag_add(u->d, "E511", *where,
             str_format(u->a, "this document for the %.*s names the private answer \"%.*s\"",
                        STR_ARG(wish->audience), STR_ARG(id)),
             STR("Take it out, or declare the document with for: coach."));
}

bool template_prepare(struct arena *a, const struct template_wish *wish, struct diags *d,
                      struct template *out)
{
    struct use *u = arena_alloc(a, sizeof *u);
    size_t before = d->errors;
    *u = (struct use){a, *wish, d};
    *out = (struct template){.name = wish->file,
                             .text = wish->text,
                             .escape = ESCAPE_MARKDOWN,
                             .strict = true,
                             .language = wish->place->language,
                             .partial = find_partial,
                             .user = u};
    return mustache_names(a, out, d, check_name, u) && d->errors == before;
}
