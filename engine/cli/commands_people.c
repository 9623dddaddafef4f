/* Clients and where they are. */
#include "cli/cli.h"

#include <stdio.h>

bool command_client_add(struct cli *c, struct err *e)
{
    struct store_client client = {.name = cli_arg(c, 0),
                                  .language = c->language,
                                  .pseudonym = str_of(cli_option(c, "pseudonym")),
                                  .email = str_of(cli_option(c, "email"))};
    if (!cli_practice(c, true, e) || !practice_client_add(c->practice, &client, e))
        return false;
    if (c->json)
        cli_print_json(c,
                       json_pack("{s:o,s:o}", "id", json_new_text(client.id), "name",
                                 json_new_text(client.name)));
    else
        cli_say(c, "Added: %.*s\nNext: espalier start \"%.*s\"\n", STR_ARG(client.name),
                STR_ARG(client.name));
    return true;
}

static json_t *client_json(const struct store_client *client)
{
    char day[11];
    clock_day(client->created, day);
    return json_pack("{s:o,s:o,s:o,s:o,s:o,s:s}", "id", json_new_text(client->id), "name",
                     json_new_text(client->name), "pseudonym", json_new_text(client->pseudonym),
                     "email", json_new_text(client->email), "language",
                     json_new_text(client->language), "since", day);
}

bool command_client_list(struct cli *c, struct err *e)
{
    struct store_client *clients;
    size_t n;
    if (!cli_practice(c, true, e) || !practice_client_list(c->practice, c->a, &clients, &n, e))
        return false;
    json_t *list = json_array();
    for (size_t i = 0; i < n; i++) {
        json_array_append_new(list, client_json(&clients[i]));
        if (!c->json)
            (void)printf("%s\n", text_safe(c->a, clients[i].name, false).p);
    }
    if (c->json)
        cli_print_json(c, json_incref(list));
    else if (n == 0)
        cli_say(c, "No clients yet. Add one: espalier client add NAME\n");
    json_decref(list);
    return true;
}

bool command_client_show(struct cli *c, struct err *e)
{
    struct store_client client;
    struct store_journey *journeys;
    size_t n;
    if (!cli_client(c, &client, e) ||
        !practice_journeys(c->practice, c->a, &client, &journeys, &n, e))
        return false;
    json_t *show = client_json(&client), *list = json_array();
    for (size_t i = 0; i < n; i++) {
        char day[11];
        clock_day(journeys[i].started, day);
        json_array_append_new(list,
                              json_pack("{s:I,s:o,s:o,s:i,s:s,s:b}", "number", (json_int_t)i + 1,
                                        "id", json_new_text(journeys[i].id), "workflow",
                                        json_new_text(journeys[i].workflow), "cycle",
                                        journeys[i].cycle, "started", day, "closed",
                                        journeys[i].closed != 0));
        if (!c->json)
            (void)printf("%s%zu. %s, cycle %d, begun %s%s\n", i ? "" : "Journeys\n", i + 1,
                         journeys[i].workflow.p, journeys[i].cycle, day,
                         journeys[i].closed ? ", closed" : "");
    }
    json_object_set_new(show, "journeys", list);
    if (!c->json && n == 0)
        cli_say(c, "No journey yet. Begin one: espalier start \"%s\"\n", client.name.p);
    if (c->json)
        cli_print_json(c, json_incref(show));
    json_decref(show);
    return true;
}

bool command_start(struct cli *c, struct err *e)
{
    struct store_client client;
    struct diags d = {.a = c->a};
    struct store_journey journey = {.workflow =
                                        c->n_args > 1 ? cli_arg(c, 1) : STR("business-model"),
                                    .language = cli_option(c, "lang") ? c->language : STR("")};
    if (!cli_client(c, &client, e))
        return false;
    if (!practice_start(c->practice, c->a, &client, &journey, &d, e)) {
        cli_refuse_diags(c, &d);
        return false;
    }
    if (c->json)
        cli_print_json(c,
                       json_pack("{s:o,s:o}", "journey", json_new_text(journey.id), "workflow",
                                 json_new_text(journey.workflow)));
    else
        cli_say(c, "Begun: %s with %s\nNext: espalier run \"%s\"\n", client.name.p,
                journey.workflow.p, client.name.p);
    return true;
}

static void print_status(struct cli *c, const json_t *s)
{
    struct arena *a = c->a;
    struct str client = text_safe(a, json_member(s, "client"), false),
               step = text_safe(a, json_member(s, "step"), false);
    long long answered = json_whole(s, "answered", 0), days = json_whole(s, "idle_days", 0);
    if (json_member(s, "journey").n == 0) {
        (void)printf("%s\n    no journey yet: espalier start \"%s\"\n", client.p, client.p);
        return;
    }
    (void)printf("%s  (%s)\n", client.p, json_member(s, "workflow").p);
    if (json_object_get(s, "trouble"))
        (void)printf("    the script failed: espalier run shows where\n");
    if (json_flag(s, "done", false))
        (void)printf("    finished, %lld answers; the plan: espalier plan \"%s\"\n", answered,
                     client.p);
    else
        (void)printf("    %s%s%s · %lld %s\n", text_safe(a, json_member(s, "phase"), false).p,
                     step.n ? ", " : "", step.p, answered, answered == 1 ? "answer" : "answers");
    if (json_member(s, "next").n > 0)
        (void)printf("    next: %s\n", text_safe(a, json_member(s, "next"), false).p);
    if (json_whole(s, "to_check", 0) > 0)
        (void)printf("    to check: %lld\n", json_whole(s, "to_check", 0));
    (void)printf("    last contact %s, %lld %s ago\n", json_member(s, "last").p, days,
                 days == 1 ? "day" : "days");
}

bool command_status(struct cli *c, struct err *e)
{
    struct store_client client;
    json_t *list, *s;
    size_t i;
    bool one = c->n_args > 0;
    if (!(one ? cli_client(c, &client, e) : cli_practice(c, true, e)) ||
        !practice_status(c->practice, one ? &client : NULL, &list, e))
        return false;
    if (c->json) {
        cli_print_json(c, list);
        return true;
    }
    json_array_foreach (list, i, s)
        print_status(c, s);
    if (json_array_size(list) == 0)
        cli_say(c, "No clients yet. Add one: espalier client add NAME\n");
    json_decref(list);
    return true;
}
