/* The template of a document, to copy and change. */
#include "cli/cli.h"

#include "practice/templates.h"

/* The workflow whose template is meant: of the library by its name, else that of a client's
 * journey. */
struct meant {
    struct journey *j;
    struct workflow *w; /* loaded here, or NULL */
    struct template_place place;
};

static bool is_workflow(struct cli *c, struct str name)
{
    struct str *names;
    struct err ignored;
    size_t n;
    if (!library_list(c->a, &c->library, &names, &n, &ignored))
        return false;
    for (size_t i = 0; i < n; i++)
        if (str_eq(names[i], name))
            return true;
    return false;
}

static bool load(struct cli *c, struct meant *m, struct err *e)
{
    struct bundle bundle;
    struct diags d = {.a = c->a};
    if (!bundle_collect(c->a, &c->library, cli_arg(c, 0), &bundle, e))
        return false;
    if (!workflow_load(&bundle, &m->w, &d)) {
        cli_refuse_diags(c, &d);
        return err_set(e, ERR_DATA, "The workflow %s has mistakes.", bundle.name.p);
    }
    m->place.w = m->w;
    m->place.language = cli_option(c, "lang") ? c->language : STR("");
    return true;
}

static bool open_meant(struct cli *c, struct meant *m, struct err *e)
{
    m->place.library = &c->library;
    if (is_workflow(c, cli_arg(c, 0)))
        return load(c, m, e);
    if (!cli_journey(c, &m->j, e))
        return false;
    m->place.w = journey_workflow(m->j);
    m->place.language = cli_option(c, "lang") ? c->language : journey_record(m->j)->language;
    return true;
}

/* Where a copy counts: in the library that is looked into first. */
static void say_where(struct cli *c, const struct template_found *found, struct str path)
{
    const char *folder = c->library.n ? c->library.folders[0] : NULL;
    const char *document =
        str_is(found->name, "plan") ? "" : str_format(c->a, " --document %s", found->name.p).p;
    cli_say(c, "This is the one of %s.\n", text_safe(c->a, found->origin, false).p);
    if (folder)
        cli_say(c, "To change it, keep a copy as %s/%s\n", text_safe(c->a, str_of(folder), false).p,
                path.p);
    cli_say(c, "Try a copy first: espalier plan CLIENT%s --template FILE\n", document);
}

static bool show(struct cli *c, const struct meant *m, struct err *e)
{
    struct template_found found;
    struct str name = c->n_args > 1 ? cli_arg(c, 1) : STR("plan");
    if (!template_find(c->a, &m->place, name, &found, e))
        return false;
    struct str path = template_path(c->a, &m->place, &found);
    if (c->json && !cli_option(c, "output")) {
        cli_print_json(c,
                       json_pack("{s:o,s:o,s:o,s:o,s:o}", "document", json_new_text(found.name),
                                 "for", json_new_text(found.made_for), "from",
                                 json_new_text(text_safe(c->a, found.origin, false)), "copy",
                                 json_new_text(path), "text", json_new_text(found.text)));
        return true;
    }
    if (!cli_deliver(c, found.text, e))
        return false;
    say_where(c, &found, path);
    return true;
}

bool command_template(struct cli *c, struct err *e)
{
    struct meant m = {0};
    bool ok = open_meant(c, &m, e) && show(c, &m, e);
    journey_close(m.j);
    workflow_free(m.w);
    return ok;
}
