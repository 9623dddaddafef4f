/* Documents of a workflow, rendered for an audience. */
#include "practice/documents.h"

#include "document/page.h"
#include "practice/audience.h"
#include "practice/past.h"
#include "practice/state.h"
#include "practice/templates.h"
#include "practice/why.h"

#include <string.h>

/* A document while it is made. */
struct making {
    struct journey *j;
    struct arena *a;
    const struct document_wish *wish;
    struct template_found found;
    struct template_place place;
    struct str reader, markdown;
    json_t *tree;
};

/* A label such as in where_now@after is known only once it was asked; until then it is empty. */
static void add_label(void *user, struct str path, const struct diag_place *where)
{
    json_t *answers = json_object_get(((struct making *)user)->tree, "answers");
    struct str name, label, head = str_split(path, '.', &name);
    struct str id = str_split(name, '@', &label);
    (void)where;
    if (!str_is(head, "answers") || label.n == 0 || str_find(label, STR("."), 0) < label.n)
        return;
    if (json_object_getn(answers, id.p, id.n) && !json_object_getn(answers, name.p, name.n))
        json_object_setn_new(answers, name.p, name.n, json_null());
}

/* The plan for a sponsor or a programme is the document of that name, where there is one: they see
 * so little of a plan that the client's own template would be full of holes. */
static bool find_template(struct making *m, struct err *e)
{
    struct str audience = m->wish->audience;
    struct err ignored;
    bool other = str_is(audience, "sponsor") || str_is(audience, "programme");
    m->place = (struct template_place){&m->j->p->library, m->j->w, m->j->language};
    if (other && str_is(m->wish->name, "plan") &&
        template_find(m->a, &m->place, audience, &m->found, &ignored))
        return true;
    return template_find(m->a, &m->place, m->wish->name, &m->found, e);
}

/* Finds the document and sees to it that its reader may have it. */
static bool find(struct making *m, struct err *e)
{
    const struct document_wish *wish = m->wish;
    if (!find_template(m, e))
        return false;
    m->reader = wish->audience.n ? wish->audience : m->found.made_for;
    if (wish->template.p) {
        m->found.text = wish->template;
        m->found.file = wish->file;
    }
    if (!audience_check(m->reader, e))
        return false;
    if (!audience_may_receive(m->found.made_for, m->reader))
        return err_set(e, ERR_REFUSED,
                       "The document \"%.*s\" is written for the %.*s, not for the %.*s.",
                       STR_ARG(wish->name), STR_ARG(m->found.made_for), STR_ARG(m->reader));
    if (wish->sensitive && !str_is(m->reader, "coach"))
        return err_set(e, ERR_REFUSED, "Sensitive answers are shown to the coach only.");
    return audience_agreed(m->j, m->reader, wish->name, wish->why, e);
}

json_t *journey_document_tree(struct journey *j, struct str name, struct str audience,
                              bool sensitive)
{
    json_t *tree = journey_tree(j, audience, sensitive);
    if (str_is(name, "book"))
        json_object_set_new(tree, "book", past_book(j, audience, tree));
    return tree;
}

static bool render(struct making *m, struct diags *d, struct err *e)
{
    struct template t;
    struct template_wish wish = {&m->place, m->found.file, m->found.text, m->reader, add_label, m};
    m->tree = journey_document_tree(m->j, m->wish->name, m->reader, m->wish->sensitive);
    if (template_prepare(m->a, &wish, d, &t) &&
        why_render(m->j, m->a, &t, m->tree, d, &m->markdown))
        return audience_record(m->j, m->reader, m->wish->name, m->wish->why, e);
    return err_set(e, ERR_SCRIPT, "The template %.*s has a mistake: %s", STR_ARG(m->found.file),
                   d->n ? d->list[0].text.p : "unknown");
}

/* ![caption](canvas:NAME): a state (current, target, diff, prototype, prototype2, blank) or the
 * name of a canvas; at-2 or at-2-NAME: as it was after the second sitting.  One that the reader may
 * not see, or that has nothing on it yet, is not there. */
static json_t *board_of(void *user, struct str name)
{
    static const char *const states[] = {"current", "target", "diff", "blank"};
    struct making *m = user;
    struct board_wish wish = {.audience = m->reader, .agreed = true};
    json_t *board;
    struct err ignored;
    const json_t *canvases = json_object_get(workflow_definition(m->j->w), "canvases");
    if (str_starts(name, STR("at-")))
        return why_past_board(m->j, m->reader, name);
    for (size_t i = 0; i < sizeof states / sizeof states[0]; i++)
        if (str_is(name, states[i]))
            wish.state = name;
    if (str_starts(name, STR("prototype")) && !json_object_getn(canvases, name.p, name.n)) {
        wish.state = STR("prototype");
        for (size_t i = wish.state.n; i < name.n; i++)
            wish.number =
                name.p[i] < '0' || name.p[i] > '9' || wish.number > 1000 || wish.number < 0
                ? -1
                : wish.number * 10 + name.p[i] - '0';
        wish.number = wish.number ? wish.number : 1;
    }
    if (wish.state.n == 0)
        wish.canvas = name;
    return journey_board(m->j, &wish, &board, &ignored) ? board : NULL;
}

bool journey_agreed(struct journey *j, struct str audience, struct str why, struct err *e)
{
    return audience_check(audience, e) && audience_agreed(j, audience, STR("plan"), why, e) &&
        audience_record(j, audience, STR("plan"), why, e);
}

bool journey_document(struct journey *j, struct arena *a, const struct document_wish *wish,
                      struct diags *d, struct str *markdown, struct err *e)
{
    struct making m = {.j = j, .a = a, .wish = wish};
    struct page_boards boards = {board_of, &m};
    bool ok = find(&m, e) && render(&m, d, e);
    if (ok)
        *markdown = j->why && j->why->bare ? m.markdown : page_markdown(a, m.markdown, &boards);
    json_decref(m.tree);
    return ok;
}

bool document_may_reach(struct str made_for, struct str audience)
{
    return audience_may_receive(made_for, audience);
}

json_t *journey_documents(struct journey *j)
{
    static const struct {
        const char *name, *made_for;
    } own[] = {{"book", "client"}, {"prep", "coach"}};
    const json_t *declared = json_object_get(workflow_definition(j->w), "documents"), *document;
    const json_t *shown = json_object_get(workflow_in_language(j->w, j->language), "documents");
    json_t *list = json_array();
    const char *name;
    json_object_foreach ((json_t *)(uintptr_t)declared, name, document) {
        if (strcmp(name, "sponsor") == 0 || strcmp(name, "programme") == 0)
            continue;
        json_array_append_new(
            list,
            json_pack("{s:s,s:o,s:o}", "name", name, "title",
                      json_new_text(json_member(json_object_get(shown, name), "title")), "for",
                      json_new_text(json_member(document, "for"))));
    }
    for (size_t i = 0; i < sizeof own / sizeof own[0]; i++)
        if (!json_object_get(declared, own[i].name))
            json_array_append_new(list,
                                  json_pack("{s:s,s:s,s:s}", "name", own[i].name, "title", "",
                                            "for", own[i].made_for));
    return list;
}

/* The first heading, as a reader sees it. */
static struct str first_heading(struct arena *a, struct str markdown)
{
    for (struct str rest = markdown; rest.n > 0;) {
        struct str line = str_split(rest, '\n', &rest);
        if (str_starts(line, STR("# "))) {
            struct str ignored,
                text = markdown_to_text(a, str_trim(str_part(line, 2, line.n)), 10000);
            return str_trim(str_split(text, '\n', &ignored));
        }
    }
    return STR("");
}

static struct page_head head_of(struct making *m)
{
    const json_t *definition = workflow_in_language(m->j->w, m->j->language);
    const json_t *documents = json_object_get(definition, "documents");
    struct page_head head = {.language = m->j->language,
                             .title =
                                 json_member(json_object_get(documents, m->found.name.p), "title"),
                             .subtitle = json_member(json_object_get(m->tree, "client"), "name"),
                             .date = json_member(m->tree, "date"),
                             .audience = m->reader};
    if (head.title.n == 0)
        head.title = first_heading(m->a, m->markdown);
    if (head.title.n == 0)
        head.title = json_member(definition, "title");
    return head;
}

bool journey_page(struct journey *j, struct arena *a, const struct document_wish *wish,
                  struct diags *d, json_t **page, struct err *e)
{
    struct making m = {.j = j, .a = a, .wish = wish};
    struct page_boards boards = {board_of, &m};
    bool ok = find(&m, e) && render(&m, d, e);
    if (ok) {
        struct page_head head = head_of(&m);
        *page = page_of_markdown(a, m.markdown, &head, &boards);
    }
    json_decref(m.tree);
    if (ok && wish->sources && str_is(m.reader, "coach") &&
        !why_add_sources(j, a, wish, d, *page, e)) {
        json_decref(*page);
        return false;
    }
    return ok;
}
