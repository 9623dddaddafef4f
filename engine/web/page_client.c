/* A client: who it is, the journeys, and what can be begun. */
#include "web/pages.h"

#include "web/form.h"
#include "web/page_rows.h"
#include "web/reply.h"

#include <stdlib.h>

enum { LINE_BYTES = 200 }; /* of a name, as practice_client_add takes it */

/* The client that the route names. */
static bool client_of(struct visit *v, struct store_client *out, struct err *e)
{
    return practice_client_find(v->web->o.practice, v->a, v->parts[0], out, e);
}

static bool is_line(struct str text)
{
    for (size_t i = 0; i < text.n;) {
        uint32_t c = utf8_next(text, &i);
        if (c == '\n' || c == '\t' || text_is_control(c))
            return false;
    }
    return text.n <= LINE_BYTES;
}

/* Which field is wrong, by the name the page has for it. */
static const char *fault_of(const struct store_client *c, const struct err *e)
{
    if (c->name.n == 0)
        return "name_missing";
    if (!is_line(c->pseudonym))
        return "pseudonym_line";
    if (!is_line(c->email))
        return "email_line";
    return e->code == ERR_REFUSED ? "name_taken" : "name_line";
}

bool page_client_add(struct visit *v, struct err *e)
{
    struct store_client c = {.name = str_trim(form_get(v->form, "name")),
                             .pseudonym = str_trim(form_get(v->form, "pseudonym")),
                             .email = str_trim(form_get(v->form, "email")),
                             .language = form_get(v->form, "client_language")};
    if (!str_is(c.language, "en") && !str_is(c.language, "fr"))
        c.language = v->language;
    if (!practice_client_add(v->web->o.practice, &c, e))
        return (e->code == ERR_INPUT || e->code == ERR_REFUSED) &&
            desk_show(v, reply_status_of(e->code), &c, fault_of(&c, e), e);
    reply_go(v, str_format(v->a, "/clients/%.*s", STR_ARG(c.id)));
    return true;
}

/* What the journey itself knows: which cycle it is, when it was begun. */
static void add_record(json_t *row, const struct store_journey *list, size_t n)
{
    char day[11] = "";
    int cycle = 1;
    for (size_t i = 0; i < n; i++)
        if (str_eq(json_member(row, "journey"), list[i].id)) {
            clock_day(list[i].started, day);
            cycle = list[i].cycle;
        }
    json_object_set_new(row, "since", json_string(day));
    json_object_set_new(row, "cycle", cycle > 1 ? json_integer(cycle) : json_null());
}

/* The rows of the client, the open ones and the finished ones. */
static bool journeys(struct visit *v, const struct store_client *c, json_t *tree, struct err *e)
{
    json_t *all, *row, *going = json_array(), *finished = json_array();
    struct store_journey *list;
    size_t i, n;
    json_object_set_new(tree, "going", going);
    json_object_set_new(tree, "finished", finished);
    if (!practice_status(v->web->o.practice, c, &all, e))
        return false;
    bool ok = practice_journeys(v->web->o.practice, v->a, c, &list, &n, e);
    json_array_foreach (all, i, row) {
        if (!ok || json_member(row, "journey").n == 0)
            continue;
        row_complete(row);
        add_record(row, list, n);
        json_array_append(json_flag(row, "done", false) ? finished : going, row);
    }
    json_decref(all);
    rows_sort_by_need(v->a, going);
    json_object_set_new(tree, "fresh",
                        json_boolean(json_array_size(going) + json_array_size(finished) == 0));
    return ok;
}

/* How long it takes, as one would say it: in minutes, or in hours from two on. */
static void set_length(json_t *offer, long long minutes)
{
    bool long_one = minutes >= 120;
    json_object_set_new(offer, "minutes",
                        minutes > 0 && !long_one ? json_integer(minutes) : json_null());
    json_object_set_new(offer, "hours", long_one ? json_integer((minutes + 30) / 60) : json_null());
}

/* What is offered: the workflow that was meant, or the usual one, is chosen already. */
static bool offers(struct visit *v, const struct store_client *c, json_t *tree, struct err *e)
{
    struct str meant = form_get(v->form, "workflow");
    json_t *list, *one, *sound = json_array(), *broken = json_array();
    size_t i;
    json_object_set_new(tree, "workflows", sound);
    json_object_set_new(tree, "broken", broken);
    if (!practice_library(v->web->o.practice, v->language, &list, e))
        return false;
    json_array_foreach (list, i, one) {
        json_t *copy = json_copy(one);
        struct str name = json_member(one, "name");
        bool chosen = meant.n > 0 ? str_eq(name, meant) : str_is(name, "business-model");
        json_object_set_new(copy, "chosen", json_boolean(chosen));
        set_length(copy, json_whole(one, "minutes", 0));
        json_array_append_new(json_array_size(json_object_get(one, "mistakes")) ? broken : sound,
                              copy);
    }
    json_decref(list);
    struct str language = form_get(v->form, "journey_language");
    json_object_set_new(tree, "journey_languages",
                        rows_languages(language.n ? language : c->language));
    return true;
}

static json_t *client_tree(const struct store_client *c)
{
    return json_pack("{s:o,s:o,s:o,s:o,s:b}", "id", json_new_text(c->id), "name",
                     json_new_text(c->name), "pseudonym", json_new_text(c->pseudonym), "email",
                     json_new_text(c->email), "french", str_is(c->language, "fr"));
}

/* Why a journey was not begun: it is under way already, its workflow has mistakes (as its author
 * reads them, taken), or else in words. */
struct refusal {
    bool begun;
    struct str words;
    json_t *mistakes;
};

static bool show(struct visit *v, int status, const struct store_client *c,
                 const struct refusal *why, struct err *e)
{
    json_t *tree =
        json_pack("{s:o,s:o,s:b,s:o,s:b,s:o}", "title", json_new_text(c->name), "client",
                  client_tree(c), "begun_already", why->begun, "wrong", json_new_text(why->words),
                  "faulty", json_array_size(why->mistakes) > 0, "mistakes", why->mistakes);
    if (!journeys(v, c, tree, e) || !offers(v, c, tree, e)) {
        json_decref(tree);
        return false;
    }
    reply_page(v, status, "client", tree);
    return true;
}

bool page_client(struct visit *v, struct err *e)
{
    struct store_client c;
    return client_of(v, &c, e) &&
        show(v, 200, &c, &(struct refusal){.words = STR(""), .mistakes = json_array()}, e);
}

static json_t *printed(struct arena *a, const struct diags *d)
{
    json_t *list = json_array();
    for (size_t i = 0; i < d->n; i++)
        if (d->list[i].code[0] == 'E')
            json_array_append_new(list, json_new_text(diag_print(a, &d->list[i])));
    return list;
}

/* What a form of ours offers, or nothing: then it is the client's. */
static bool is_offered(struct str language, struct err *e)
{
    return language.n == 0 || str_is(language, "en") || str_is(language, "fr") ||
        err_set(e, ERR_INPUT, "A journey is held in English (en) or French (fr).");
}

bool page_start(struct visit *v, struct err *e)
{
    struct store_client c;
    struct store_journey j = {.workflow = form_get(v->form, "workflow"),
                              .language = form_get(v->form, "journey_language")};
    struct diags d = {.a = v->a};
    struct err why;
    if (!client_of(v, &c, e))
        return false;
    if (is_offered(j.language, &why) &&
        practice_start(v->web->o.practice, v->a, &c, &j, &d, &why)) {
        reply_go(v, str_format(v->a, "/journeys/%.*s", STR_ARG(j.id)));
        return true;
    }
    struct refusal refusal = {
        .words = STR(""), .begun = why.code == ERR_REFUSED, .mistakes = printed(v->a, &d)};
    if (!refusal.begun && json_array_size(refusal.mistakes) == 0)
        refusal.words = str_of(why.text);
    return show(v, reply_status_of(why.code), &c, &refusal, e);
}
