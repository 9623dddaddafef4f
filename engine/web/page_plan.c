/* The plan and the other documents as they stand, in the page; for the coach with the answers
 * behind each line. */
#include "web/page_plan.h"

#include "document/page.h"
#include "web/assets.h"
#include "web/drawing.h"

#include <event2/http.h>
#include <stdlib.h>
#include <string.h>

static const char *const audiences[] = {"client", "coach", "sponsor", "programme"};
enum { AUDIENCES = sizeof audiences / sizeof audiences[0], NAME_BYTES = 100 };

struct str plan_word(const struct visit *v, const char *name)
{
    json_t *words = assets_words(v->language);
    struct str word = json_member(json_object_get(words, "plan"), name);
    json_decref(words); /* the program keeps them */
    return word;
}

struct str plan_label(struct visit *v, const char *prefix, struct str name)
{
    struct str word = plan_word(v, str_format(v->a, "%s_%.*s", prefix, STR_ARG(name)).p);
    return word.n ? word : name;
}

struct str plan_title(struct visit *v, const json_t *document)
{
    struct str name = json_member(document, "name"), title = json_member(document, "title"),
               word = plan_word(v, str_format(v->a, "document_%.*s", STR_ARG(name)).p);
    return word.n ? word : title.n ? title : name;
}

/* Signs that file systems do not take in names. */
static void add_name(struct buf *b, struct str text)
{
    text = str_part(text, 0, utf8_cut(text, NAME_BYTES));
    for (size_t i = 0; i < text.n; i++)
        buf_add_char(b, strchr("/\\:*?\"<>|", text.p[i]) ? '_' : text.p[i]);
}

struct str plan_file_name(struct visit *v, const struct store_client *client, struct str audience,
                          struct str what, const char *ending)
{
    struct buf b = {.a = v->a};
    char day[11];
    clock_day(clock_now(), day);
    struct str name = str_is(audience, "programme") ? client->pseudonym : client->name;
    add_name(&b, text_safe(v->a, name, false));
    buf_format(&b, "%s", name.n ? " - " : "");
    add_name(&b, text_safe(v->a, what, false));
    buf_format(&b, " - %s.%s", day, ending);
    return buf_str(&b);
}

json_t *plan_tree(struct visit *v, struct journey *j, const struct store_client *client)
{
    int64_t revision = -1;
    struct err ignored;
    if (!journey_revision(j, &revision, &ignored))
        revision = -1;
    return json_pack("{s:o,s:I,s:{s:o,s:o}}", "journey", json_new_text(v->parts[0]), "revision",
                     (json_int_t)revision, "client", "id", json_new_text(client->id), "name",
                     json_new_text(client->name));
}

bool plan_number(struct visit *v, struct journey *j, const struct store_client *client,
                 size_t *number, struct err *e)
{
    struct store_journey *list;
    size_t n;
    if (!practice_journeys(v->web->o.practice, v->a, client, &list, &n, e))
        return false;
    for (*number = 1; *number <= n; (*number)++)
        if (str_eq(list[*number - 1].id, journey_record(j)->id))
            return true;
    return err_set(e, ERR_NOT_FOUND, "There is no such journey.");
}

static const char *known_audience(struct str name)
{
    for (size_t i = 0; i < AUDIENCES; i++)
        if (str_is(name, audiences[i]))
            return audiences[i];
    return NULL;
}

bool handout_read(struct visit *v, const struct form *f, struct handout *out, struct err *e)
{
    struct str name = form_get(f, "document"), audience = form_get(f, "for");
    *out = (struct handout){0};
    if (!page_journey(v, &out->j, &out->client, e))
        return false;
    json_t *documents = journey_documents(out->j);
    const json_t *document = json_find(documents, "name", name.n ? name : STR("plan"));
    if (document) {
        out->wish.name = str_copy(v->a, json_member(document, "name"));
        out->made_for = str_copy(v->a, json_member(document, "for"));
        out->label = str_copy(v->a, plan_title(v, document));
        out->wish.audience = audience.n ? audience : out->made_for;
    }
    json_decref(documents);
    return document && known_audience(out->wish.audience)
        ? true
        : err_set(e, ERR_NOT_FOUND, "%.*s", STR_ARG(plan_word(v, "no_document")));
}

struct str plan_address(struct visit *v, struct str document, struct str audience)
{
    return str_format(v->a, "/journeys/%.*s/plan?document=%.*s&for=%.*s", STR_ARG(v->parts[0]),
                      STR_ARG(document), STR_ARG(audience));
}

static json_t *tab(struct str label, struct str href, bool current)
{
    return json_pack("{s:o,s:o,s:b}", "label", json_new_text(label), "href", json_new_text(href),
                     "current", current);
}

/* Another document is shown to the same reader, if that one may have it. */
static json_t *document_tabs(struct visit *v, const struct handout *h)
{
    json_t *documents = journey_documents(h->j), *tabs = json_array(), *one;
    size_t i;
    json_array_foreach (documents, i, one) {
        struct str name = json_member(one, "name"), made_for = json_member(one, "for");
        bool same = document_may_reach(made_for, h->wish.audience);
        json_array_append_new(tabs,
                              tab(plan_title(v, one),
                                  plan_address(v, name, same ? h->wish.audience : made_for),
                                  str_eq(name, h->wish.name)));
    }
    json_decref(documents);
    return tabs;
}

static json_t *audience_tabs(struct visit *v, const struct handout *h)
{
    json_t *tabs = json_array();
    for (size_t i = 0; i < AUDIENCES; i++) {
        struct str one = str_of(audiences[i]);
        if (document_may_reach(h->made_for, one))
            json_array_append_new(tabs,
                                  tab(plan_label(v, "for", one), plan_address(v, h->wish.name, one),
                                      str_eq(one, h->wish.audience)));
    }
    return tabs;
}

const char *plan_format_name(struct str format)
{
    static const struct {
        const char *format, *name;
    } names[] = {{"pdf", "PDF"},   {"docx", "Word"},   {"odt", "ODT"},
                 {"html", "HTML"}, {"md", "Markdown"}, {"txt", "TXT"},
                 {"json", "JSON"}, {"svg", "SVG"},     {"png", "PNG"}};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (str_is(format, names[i].format))
            return names[i].name;
    return "";
}

/* Every format as a link that gives the file. */
static json_t *downloads(struct visit *v, const struct handout *h)
{
    static const char *const formats[] = {"pdf", "docx", "odt", "html", "md", "txt", "json"};
    json_t *list = json_array();
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++) {
        struct str name = str_of(formats[i]);
        json_array_append_new(
            list,
            json_pack(
                "{s:o,s:s,s:o,s:o}", "name", json_new_text(name), "short", plan_format_name(name),
                "label", json_new_text(plan_label(v, "format", name)), "href",
                json_new_text(str_format(v->a, "/journeys/%.*s/plan.%s?document=%.*s&for=%.*s",
                                         STR_ARG(v->parts[0]), formats[i], STR_ARG(h->wish.name),
                                         STR_ARG(h->wish.audience)))));
    }
    return list;
}

/* Why there is nothing to see, and whether the coach may give it all the same. */
static json_t *refusal(struct visit *v, const struct handout *h)
{
    bool reach = document_may_reach(h->made_for, h->wish.audience);
    struct str key =
        str_format(v->a, "%s_%.*s", reach ? "refused" : "not_for", STR_ARG(h->wish.audience));
    struct str text = plan_word(v, key.p);
    return json_pack("{s:o,s:b}", "sentence",
                     json_new_text(text.n ? text : plan_word(v, "refused")), "may_give", reach);
}

/* The page around a document, around the reason why there is none, or around what went wrong. */
struct shown {
    const json_t *page; /* NULL: none */
    bool sources;
    const struct err *e;
};

static void show(struct visit *v, const struct handout *h, const struct shown *s)
{
    bool refused = !s->page && s->e->code == ERR_REFUSED;
    struct buf html = {.a = v->a};
    json_t *tree = plan_tree(v, h->j, &h->client);
    if (s->page)
        page_sheet_to_html(&html, s->page);
    json_object_set_new(
        tree, "title",
        json_new_text(str_format(v->a, "%.*s · %.*s", STR_ARG(h->label), STR_ARG(h->client.name))));
    json_object_set_new(tree, "label", json_new_text(h->label));
    json_object_set_new(tree, "document", json_new_text(h->wish.name));
    json_object_set_new(tree, "reader", json_new_text(h->wish.audience));
    json_object_set_new(tree, "documents", document_tabs(v, h));
    json_object_set_new(tree, "audiences", audience_tabs(v, h));
    json_object_set_new(tree, "downloads", downloads(v, h));
    json_object_set_new(tree, "sheet",
                        s->page ? slot_add(v->a, &v->slots, buf_str(&html)) : json_null());
    json_object_set_new(tree, "refused", refused ? refusal(v, h) : json_null());
    json_object_set_new(tree, "wrong", s->page || refused ? json_null() : json_string(s->e->text));
    json_object_set_new(tree, "with_sources", json_boolean(s->sources));
    json_object_set_new(tree, "may_ask",
                        json_boolean(s->page && !s->sources && str_is(h->wish.audience, "coach")));
    json_object_set_new(tree, "self",
                        json_new_text(plan_address(v, h->wish.name, h->wish.audience)));
    reply_page(v, s->page || refused ? 200 : reply_status_of(s->e->code), "plan", tree);
}

/* The answer that stands behind a line is where it can be given anew. */
static void lead_to_answers(struct visit *v, const json_t *page)
{
    size_t i;
    json_t *source;
    json_array_foreach (json_object_get(page, "sources"), i, source) {
        const char *key = json_member(source, "key").p;
        char *encoded = evhttp_uriencode(key ? key : "", -1, 0);
        json_object_set_new(
            source, "address",
            json_new_text(str_format(v->a, "/journeys/%.*s/question?key=%s", STR_ARG(v->parts[0]),
                                     encoded ? encoded : "")));
        free(encoded);
    }
}

/* What the other espalier has found. */
static bool show_sources(struct visit *v, struct str bytes, struct err *e)
{
    struct handout h;
    json_t *page;
    if (!handout_read(v, v->query, &h, e) || !json_read(bytes, &page, e))
        return false;
    lead_to_answers(v, page);
    show(v, &h, &(struct shown){.page = page, .sources = true});
    json_decref(page);
    return true;
}

static bool ask_sources(struct visit *v, const struct handout *h, struct err *e)
{
    const char **words = arena_alloc(v->a, 9 * sizeof *words);
    size_t number;
    if (!plan_number(v, h->j, &h->client, &number, e))
        return false;
    words[0] = "why";
    words[1] = str_copy(v->a, h->client.id).p;
    words[2] = "--journey";
    words[3] = str_format(v->a, "%zu", number).p;
    words[4] = "--document";
    words[5] = h->wish.name.p;
    words[6] = "--page";
    words[7] = "--json";
    return drawing_ask(v, words, show_sources, e);
}

bool page_plan(struct visit *v, struct err *e)
{
    struct diags d = {.a = v->a};
    struct handout h;
    json_t *page = NULL;
    if (!handout_read(v, v->query, &h, e))
        return false;
    if (str_is(form_get(v->query, "sources"), "1") && str_is(h.wish.audience, "coach"))
        return ask_sources(v, &h, e);
    if (!journey_page(h.j, v->a, &h.wish, &d, &page, e))
        page = NULL;
    show(v, &h, &(struct shown){.page = page, .e = e});
    json_decref(page);
    return true;
}
