/* The desk: where everybody is, and what can be begun.  The entrance for whoever is not let in
 * yet. */
#include "web/pages.h"

#include "web/form.h"
#include "web/reply.h"
#include "web/rooms.h"

#include <stdlib.h>
#include <string.h>

/* The client that the route names. */
static bool client_of(struct visit *v, struct store_client *out, struct err *e)
{
    return practice_client_find(v->web->o.practice, v->a, v->parts[0], out, e);
}

/* The languages a client can be spoken to in, with the one that is chosen. */
static json_t *languages(struct str chosen)
{
    return json_pack("[{s:s,s:s,s:b},{s:s,s:s,s:b}]", "id", "en", "label", "English", "chosen",
                     str_is(chosen, "en"), "id", "fr", "label", "Français", "chosen",
                     str_is(chosen, "fr"));
}

/* Who has waited longest stands first; what is finished, last. */
static int by_need(const void *x, const void *y)
{
    const json_t *a = *(const json_t *const *)x, *b = *(const json_t *const *)y;
    bool done_a = json_flag(a, "done", false), done_b = json_flag(b, "done", false);
    long long idle_a = json_whole(a, "idle_days", 0), idle_b = json_whole(b, "idle_days", 0);
    if (done_a != done_b)
        return done_a ? 1 : -1;
    return idle_a != idle_b ? (idle_a > idle_b ? -1 : 1)
                            : str_order(json_member(a, "client"), json_member(b, "client"));
}

static json_t *sorted(struct arena *a, json_t *list)
{
    size_t n = json_array_size(list);
    json_t **all = arena_alloc(a, (n + 1) * sizeof *all), *out = json_array();
    for (size_t i = 0; i < n; i++)
        all[i] = json_array_get(list, i);
    qsort(all, n, sizeof *all, by_need);
    for (size_t i = 0; i < n; i++)
        json_array_append(out, all[i]);
    json_decref(list);
    return out;
}

/* Every row has all that its template asks for. */
static void complete_row(json_t *row)
{
    static const char *const names[] = {"phase",     "step",     "next",    "last",
                                        "idle_days", "answered", "to_check"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (!json_object_get(row, names[i]))
            json_object_set_new(row, names[i], json_null());
    long long idle = json_whole(row, "idle_days", 0);
    bool begun = json_is_string(json_object_get(row, "journey"));
    json_object_set_new(row, "begun", json_boolean(begun));
    json_object_set_new(row, "trouble", json_boolean(json_flag(row, "trouble", false)));
    json_object_set_new(row, "today", json_boolean(begun && idle == 0));
    json_object_set_new(row, "one_day", json_boolean(begun && idle == 1));
    json_object_set_new(row, "stuck",
                        json_boolean(begun && idle >= 14 && !json_flag(row, "done", false)));
}

bool page_desk(struct visit *v, struct err *e)
{
    json_t *list, *row;
    size_t i;
    if (!v->login) {
        reply_page(v, 200, "entrance", json_pack("{s:b}", "wrong", 0));
        return true;
    }
    if (!practice_status(v->web->o.practice, NULL, &list, e))
        return false;
    list = sorted(v->a, list);
    json_array_foreach (list, i, row)
        complete_row(row);
    reply_page(v, 200, "desk",
               json_pack("{s:o,s:b,s:o}", "rows", list, "empty", json_array_size(list) == 0,
                         "client_languages", languages(v->language)));
    return true;
}

bool page_client_add(struct visit *v, struct err *e)
{
    struct store_client c = {.name = str_trim(form_get(v->form, "name")),
                             .pseudonym = str_trim(form_get(v->form, "pseudonym")),
                             .email = str_trim(form_get(v->form, "email")),
                             .language = form_get(v->form, "client_language")};
    if (!practice_client_add(v->web->o.practice, &c, e))
        return false;
    reply_go(v, str_format(v->a, "/clients/%.*s", STR_ARG(c.id)));
    return true;
}

/* The workflows of the library, with their titles where they can be read. */
static json_t *workflows(struct visit *v)
{
    json_t *list = json_array();
    struct str *names;
    struct err ignored;
    size_t n;
    if (!practice_workflows(v->web->o.practice, v->a, &names, &n, &ignored))
        n = 0;
    for (size_t i = 0; i < n; i++)
        json_array_append_new(list,
                              json_pack("{s:o,s:b}", "name", json_new_text(names[i]), "chosen",
                                        str_is(names[i], "business-model")));
    return list;
}

bool page_client(struct visit *v, struct err *e)
{
    struct store_client c;
    json_t *list, *row;
    size_t i;
    if (!client_of(v, &c, e) || !practice_status(v->web->o.practice, &c, &list, e))
        return false;
    json_array_foreach (list, i, row)
        complete_row(row);
    reply_page(v, 200, "client",
               json_pack("{s:{s:o,s:o,s:o,s:o},s:o,s:o,s:o}", "client", "id", json_new_text(c.id),
                         "name", json_new_text(c.name), "pseudonym", json_new_text(c.pseudonym),
                         "email", json_new_text(c.email), "journeys", list, "workflows",
                         workflows(v), "client_languages", languages(c.language)));
    return true;
}

bool page_start(struct visit *v, struct err *e)
{
    struct store_client c;
    struct store_journey j = {.workflow = form_get(v->form, "workflow"),
                              .language = form_get(v->form, "journey_language")};
    struct diags d = {.a = v->a};
    if (!client_of(v, &c, e) || !practice_start(v->web->o.practice, v->a, &c, &j, &d, e))
        return false;
    reply_go(v, str_format(v->a, "/journeys/%.*s", STR_ARG(j.id)));
    return true;
}
