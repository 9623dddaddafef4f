#include "cli/walk.h"

static bool walk_client(struct cli *c, const struct store_client *client, const struct walk *walk,
                        struct err *e)
{
    struct store_journey *list;
    struct str language = cli_option(c, "lang") ? c->language : STR("");
    size_t n;
    bool ok = practice_journeys(c->practice, c->a, client, &list, &n, e);
    for (size_t i = 0; ok && i < n; i++) {
        struct journey *j;
        ok = journey_open(c->practice, list[i].id, language, &j, e);
        if (!ok)
            return false;
        ok = walk->each(walk->user, client, i + 1, j, e);
        journey_close(j);
    }
    return ok;
}

bool walk_journeys(struct cli *c, const struct store_client *only, const struct walk *walk,
                   struct err *e)
{
    struct cli_progress progress = cli_progress_begin(c, "Clients");
    struct store_client *clients;
    size_t n;
    if (only)
        return walk_client(c, only, walk, e);
    bool ok = practice_client_list(c->practice, c->a, &clients, &n, e);
    for (size_t i = 0; ok && i < n; i++) {
        ok = walk_client(c, &clients[i], walk, e);
        cli_progress_tick(&progress, i + 1, n);
    }
    cli_progress_end(&progress);
    return ok;
}
