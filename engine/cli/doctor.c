/* Is everything well?  The practice file, the pinned workflows, the worker, the libraries. */
#include "cli/cli.h"

#include <stdio.h>
#include <string.h>

struct findings {
    struct cli *c;
    json_t *list;
    bool healthy;
};

static void find(struct findings *f, bool ok, struct str text)
{
    f->healthy = f->healthy && ok;
    json_array_append_new(f->list, json_pack("{s:b,s:o}", "ok", ok, "text", json_new_text(text)));
    if (!f->c->json)
        (void)printf("%s  %s\n", ok ? "ok   " : "FAULT", text_safe(f->c->a, text, false).p);
}

static bool examine_file(struct findings *f, struct err *e)
{
    struct str *lines;
    size_t n;
    bool healthy;
    if (!store_examine(practice_store(f->c->practice), f->c->a, cli_option(f->c, "deep"), &lines,
                       &n, &healthy, e))
        return false;
    for (size_t i = 0; i < n; i++) {
        struct str text, word = str_split(lines[i], ' ', &text);
        find(f, str_is(word, "ok"), text);
    }
    f->healthy = f->healthy && healthy;
    return true;
}

static void examine_journey(struct findings *f, const struct store_client *client, struct str id)
{
    struct journey *j;
    struct err e;
    struct arena *a = f->c->a;
    if (!journey_open(f->c->practice, id, STR(""), &j, &e)) {
        find(f, false, str_format(a, "journey of %s: %s", client->name.p, e.text));
        return;
    }
    json_t *view = journey_view(j);
    const json_t *trouble = json_object_get(view, "trouble");
    if (trouble)
        find(f, false,
             str_format(a, "journey of %s: the script failed: %s", client->name.p,
                        json_member(trouble, "text").p));
    else
        find(f, true,
             str_format(a, "journey of %s: %lld answers, runs", client->name.p,
                        json_whole(json_object_get(view, "progress"), "answered", 0)));
    json_decref(view);
    journey_close(j);
}

static bool examine_journeys(struct findings *f, struct err *e)
{
    struct store_client *clients;
    size_t n, m;
    if (!practice_client_list(f->c->practice, f->c->a, &clients, &n, e))
        return false;
    for (size_t i = 0; i < n; i++) {
        struct store_journey *journeys;
        if (!practice_journeys(f->c->practice, f->c->a, &clients[i], &journeys, &m, e))
            return false;
        for (size_t k = 0; k < m; k++)
            examine_journey(f, &clients[i], journeys[k].id);
    }
    return true;
}

bool command_doctor(struct cli *c, struct err *e)
{
    struct findings f = {c, json_array(), true};
    const char *path;
    bool ok = cli_path(c, &path, e) && cli_practice(c, false, e);
    if (ok) {
        find(&f, true, str_format(c->a, "practice file %s", path));
        ok = examine_file(&f, e) && examine_journeys(&f, e);
    }
    if (ok && c->json)
        cli_print_json(c, json_incref(f.list));
    else if (ok)
        (void)printf("%s\n",
                     f.healthy ? "All is well."
                               : "Something is wrong: keep a copy of the file before you go on.");
    c->status = f.healthy ? 0 : err_exit_status(ERR_DATA);
    json_decref(f.list);
    return ok;
}
