/* The hours log, as associations of coaches ask for it: who, from when to when, how many hours. */
#include "practice/state.h"
#include "practice/tables.h"

#include <stdlib.h>

struct log {
    struct practice *p;
    struct arena *a;
    struct str from, to;
    struct logged {
        struct str client, workflow, kind;
        size_t journey;
        int64_t started, ended;
        int minutes;
    } * list;
    size_t n, room;
};

static json_t *hours_text(long long minutes)
{
    struct arena *a = arena_new();
    struct str hours = str_format(a, "%lld.%02lld", minutes / 60, (minutes % 60 * 100 + 30) / 60);
    json_t *out = json_new_text(hours);
    arena_free(a);
    return out;
}

static void add(struct log *log, struct logged one)
{
    char day[11];
    clock_day(one.started, day);
    if ((log->from.n && str_order(str_of(day), log->from) < 0) ||
        (log->to.n && str_order(str_of(day), log->to) > 0))
        return;
    if (log->n == log->room) {
        log->room = log->room ? 2 * log->room : 64;
        log->list = mem_grow(log->list, log->room, sizeof *log->list);
    }
    log->list[log->n++] = one;
}

static bool add_client(struct log *log, const struct store_client *client, struct err *e)
{
    struct store_journey *journeys;
    struct store_session *sessions;
    size_t n, m;
    if (!practice_journeys(log->p, log->a, client, &journeys, &n, e))
        return false;
    for (size_t i = 0; i < n; i++) {
        if (!store_session_list(log->p->store, log->a, journeys[i].id, &sessions, &m, e))
            return false;
        for (size_t k = 0; k < m; k++)
            add(log,
                (struct logged){client->name, journeys[i].workflow, sessions[k].kind, i + 1,
                                sessions[k].started, sessions[k].ended, sessions[k].minutes});
    }
    return true;
}

static int by_start(const void *a, const void *b)
{
    const struct logged *x = a, *y = b;
    if (x->started != y->started)
        return x->started < y->started ? -1 : 1;
    return str_order(x->client, y->client);
}

static json_t *session_json(const struct logged *one)
{
    char day[11];
    clock_day(one->started, day);
    bool open = one->ended == 0;
    json_t *session =
        json_pack("{s:o,s:I,s:o,s:s,s:o,s:o,s:o,s:b}", "client", json_new_text(one->client),
                  "journey", (json_int_t)one->journey, "workflow", json_new_text(one->workflow),
                  "date", day, "minutes", open ? json_null() : json_integer(one->minutes), "hours",
                  open ? json_null() : hours_text(one->minutes), "kind", json_new_text(one->kind),
                  "open", open);
    return session;
}

/* The total of a client whose sessions are many: they come in the order of time. */
static void count(json_t *totals, const struct logged *one)
{
    char day[11];
    clock_day(one->started, day);
    struct str name = one->client;
    json_t *total = json_object_getn(totals, name.p, name.n);
    if (!total) {
        total = json_pack("{s:o,s:i,s:s,s:s,s:i}", "client", json_new_text(name), "sessions", 0,
                          "first", day, "last", day, "minutes", 0);
        json_object_setn_new(totals, name.p, name.n, total);
    }
    json_object_set_new(total, "sessions", json_integer(json_whole(total, "sessions", 0) + 1));
    json_object_set_new(total, "last", json_string(day));
    json_object_set_new(
        total, "minutes",
        json_integer(json_whole(total, "minutes", 0) + (one->ended ? one->minutes : 0)));
}

static int by_name(const void *a, const void *b)
{
    const json_t *const *x = a, *const *y = b;
    return str_order(json_member(*x, "client"), json_member(*y, "client"));
}

/* The totals by name, and the sum of all. */
static void add_totals(json_t *log, const json_t *totals)
{
    size_t n = json_object_size(totals), i = 0;
    json_t **list = mem_new((n + 1) * sizeof *list), *total, *sorted = json_array();
    long long sessions = 0, minutes = 0;
    const char *name;
    json_object_foreach ((json_t *)(uintptr_t)totals, name, total)
        list[i++] = total;
    qsort(list, n, sizeof *list, by_name);
    for (i = 0; i < n; i++) {
        sessions += json_whole(list[i], "sessions", 0);
        minutes += json_whole(list[i], "minutes", 0);
        json_object_set_new(list[i], "hours", hours_text(json_whole(list[i], "minutes", 0)));
        json_array_append(sorted, list[i]);
    }
    free(list);
    json_object_set_new(log, "totals", sorted);
    json_object_set_new(log, "total",
                        json_pack("{s:I,s:I,s:I,s:o}", "sessions", (json_int_t)sessions, "clients",
                                  (json_int_t)n, "minutes", (json_int_t)minutes, "hours",
                                  hours_text(minutes)));
}

bool practice_hours(struct practice *p, struct str from, struct str to, json_t **out, struct err *e)
{
    struct log log = {.p = p, .a = arena_new(), .from = from, .to = to};
    struct store_client *clients;
    size_t n;
    bool ok = practice_client_list(p, log.a, &clients, &n, e);
    for (size_t i = 0; ok && i < n; i++)
        ok = add_client(&log, &clients[i], e);
    if (ok) {
        json_t *sessions = json_array(), *totals = json_object();
        if (log.n > 0)
            qsort(log.list, log.n, sizeof *log.list, by_start);
        for (size_t i = 0; i < log.n; i++) {
            json_array_append_new(sessions, session_json(&log.list[i]));
            count(totals, &log.list[i]);
        }
        *out = json_pack("{s:o}", "sessions", sessions);
        add_totals(*out, totals);
        json_decref(totals);
    }
    free(log.list);
    arena_free(log.a);
    return ok;
}
