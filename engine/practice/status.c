/* Where everybody is. */
#include "practice/state.h"

static const int64_t DAY = (int64_t)24 * 3600 * 1000;

/* When something was last entered in a journey; its beginning if nothing was. */
static int64_t last_contact(const struct journey *j)
{
    return j->fold.n ? j->fold.events[j->fold.n - 1].at : j->record.started;
}

static json_t *status_of(struct journey *j, const struct store_client *c)
{
    json_t *view = journey_view(j), *progress = json_object_get(view, "progress");
    const json_t *next = json_array_get(json_object_get(view, "open"), 0);
    char day[11];
    int64_t last = last_contact(j), now = clock_now();
    clock_day(last, day);
    json_t *status = json_pack(
        "{s:o,s:o,s:o,s:O?,s:O?,s:O?,s:O?,s:O?,s:O?,s:b,s:s,s:I}", "client", json_new_text(c->name),
        "journey", json_new_text(j->record.id), "workflow", json_new_text(j->record.workflow),
        "phase", json_object_get(json_object_get(view, "phase"), "title"), "step",
        json_object_get(json_object_get(view, "step"), "title"), "next",
        json_object_get(next, "ask"), "next_key", json_object_get(next, "key"), "answered",
        json_object_get(progress, "answered"), "to_check", json_object_get(progress, "to_check"),
        "done", json_flag(view, "done", false), "last", day, "idle_days",
        (json_int_t)(now > last ? (now - last) / DAY : 0));
    if (json_object_get(view, "trouble"))
        json_object_set_new(status, "trouble", json_true());
    json_decref(view);
    return status;
}

static bool add_journeys(struct practice *p, const struct store_client *c, json_t *list,
                         struct err *e)
{
    struct arena *a = arena_new();
    struct store_journey *journeys;
    size_t n;
    bool ok = practice_journeys(p, a, c, &journeys, &n, e);
    for (size_t i = 0; ok && i < n; i++) {
        struct journey *j;
        ok = journey_open(p, journeys[i].id, p->language, &j, e);
        if (!ok)
            break;
        json_array_append_new(list, status_of(j, c));
        journey_close(j);
    }
    if (ok && n == 0)
        json_array_append_new(
            list,
            json_pack("{s:o,s:n,s:b}", "client", json_new_text(c->name), "journey", "done", 0));
    arena_free(a);
    return ok;
}

bool practice_status(struct practice *p, const struct store_client *only, json_t **out,
                     struct err *e)
{
    struct arena *a = arena_new();
    struct store_client *clients;
    size_t n;
    json_t *list = json_array();
    bool ok = only ? add_journeys(p, only, list, e) : practice_client_list(p, a, &clients, &n, e);
    for (size_t i = 0; ok && !only && i < n; i++)
        ok = add_journeys(p, &clients[i], list, e);
    arena_free(a);
    if (ok)
        *out = list;
    else
        json_decref(list);
    return ok;
}
