/* Where everybody is.  The answer for a journey is kept beside it when a session ends or when it is
 * first asked for, so that a list of many clients does not run every script again; it is used only
 * while nothing has changed. */
#include "practice/state.h"

static const int64_t DAY = (int64_t)24 * 3600 * 1000;

static void add_position(json_t *status, const json_t *view)
{
    const json_t *next = journey_due(view);
    const json_t *progress = json_object_get(view, "progress");
    json_t *position = json_pack(
        "{s:O?,s:O?,s:O?,s:O?,s:O?,s:O?,s:O?,s:O?,s:O?}", "phase",
        json_object_get(json_object_get(view, "phase"), "title"), "step",
        json_object_get(json_object_get(view, "step"), "title"), "next",
        json_object_get(next, "ask"), "next_key", json_object_get(next, "key"), "answered",
        json_object_get(progress, "answered"), "to_check", json_object_get(progress, "to_check"),
        "done", json_object_get(view, "done"), "phase_number", json_object_get(progress, "phase"),
        "phases", json_object_get(progress, "phases"));
    json_object_update(status, position);
    json_decref(position);
}

/* What was promised for a day: actions, goals and reminders, as the coach sees them. */
static json_t *promises_of(struct journey *j)
{
    static const char *const kinds[] = {"action", "goal", "reminder"};
    json_t *outputs = tree_outputs(j, STR("coach")), *list = json_array(), *one;
    size_t i;
    for (size_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++)
        json_array_foreach (json_object_get(outputs, kinds[k]), i, one)
            if (json_member(one, "due").n > 0)
                json_array_append_new(list,
                                      json_pack("{s:s,s:O?,s:O,s:b}", "kind", kinds[k], "text",
                                                json_object_get(one, "text"), "due",
                                                json_object_get(one, "due"), "yours",
                                                json_flag(one, "yours", false) ||
                                                    str_is(json_member(one, "who_id"), "coach")));
    json_decref(outputs);
    return list;
}

/* The earliest day on which a wait that is open passes by itself; empty if there is none. */
static struct str next_wait(const json_t *view)
{
    struct str first = STR("");
    size_t i;
    json_t *open;
    json_array_foreach (json_object_get(view, "open"), i, open) {
        struct str until = json_member(json_object_get(open, "wait"), "until");
        if (until.n > 0 && (first.n == 0 || str_order(until, first) < 0))
            first = until;
    }
    return first;
}

/* When somebody last did something; what the clock did is no contact. */
static int64_t last_contact(const struct journey *j)
{
    for (size_t i = j->fold.n; i > 0; i--)
        if (j->fold.events[i - 1].kind != EVENT_ELAPSED)
            return j->fold.events[i - 1].at;
    return j->record.started;
}

json_t *status_of(struct journey *j)
{
    json_t *view = journey_view(j);
    json_t *status = json_pack(
        "{s:o,s:o,s:o,s:o,s:I,s:O?,s:o}", "journey", json_new_text(j->record.id), "workflow",
        json_new_text(j->record.workflow), "language", json_new_text(j->language), "until",
        json_new_text(next_wait(view)), "last_at", (json_int_t)last_contact(j), "title",
        json_object_get(json_object_get(view, "workflow"), "title"), "due", promises_of(j));
    add_position(status, view);
    if (json_object_get(view, "trouble"))
        json_object_set_new(status, "trouble", json_true());
    json_decref(view);
    return status;
}

/* Is what was kept still true: nothing entered since, the same language, no wait passed?  A failure
 * of the script may have been the machine's: it is not believed twice. */
static bool is_current(struct practice *p, struct arena *a, const struct store_journey *record,
                       int64_t seq, const json_t *kept)
{
    struct store_event *later;
    size_t n;
    struct err ignored;
    char today[11];
    struct str until = json_member(kept, "until");
    clock_day(clock_now(), today);
    return !json_object_get(kept, "trouble") && json_object_get(kept, "due") &&
        str_eq(json_member(kept, "language"), record->language) &&
        (until.n == 0 || str_order(until, str_of(today)) > 0) &&
        store_event_list(p->store, a, record->id, seq, &later, &n, &ignored) && n == 0;
}

/* What was kept, if it is still true; else NULL. */
static json_t *kept_status(struct practice *p, const struct store_journey *record)
{
    struct arena *a = arena_new();
    struct str text;
    int64_t seq;
    struct err ignored;
    json_t *kept = NULL;
    if (store_outcome_get(p->store, a, record->id, &seq, &text, &ignored) && text.n > 0 &&
        json_read(text, &kept, &ignored) && !is_current(p, a, record, seq, kept)) {
        json_decref(kept);
        kept = NULL;
    }
    arena_free(a);
    return kept;
}

/* Beside the journey for the next list.  Where it cannot be kept, it is found out again. */
static void keep(struct journey *j, const json_t *status)
{
    struct arena *a = arena_new();
    struct store *s = j->p->store;
    struct err ignored;
    if (!json_object_get(status, "trouble") && store_begin(s, &ignored) &&
        (!store_outcome_put(s, j->record.id, fold_revision(&j->fold), json_write(a, status),
                            &ignored) ||
         !store_commit(s, &ignored)))
        store_rollback(s);
    arena_free(a);
}

static bool status_now(struct practice *p, const struct store_journey *record, json_t **status,
                       struct err *e)
{
    struct journey *j;
    *status = kept_status(p, record);
    if (*status)
        return true;
    if (!journey_open(p, record->id, STR(""), &j, e))
        return false;
    *status = status_of(j);
    keep(j, *status);
    journey_close(j);
    return true;
}

/* What depends on the moment of asking, and on no run. */
static void finish_status(json_t *status, const struct store_client *client)
{
    char day[11];
    int64_t last = json_whole(status, "last_at", 0), now = clock_now();
    clock_day(last, day);
    json_object_set_new(status, "client", json_new_text(client->name));
    json_object_set_new(status, "client_id", json_new_text(client->id));
    json_object_set_new(status, "last", json_string(day));
    json_object_set_new(status, "idle_days", json_integer(now > last ? (now - last) / DAY : 0));
    static const char *const inner[] = {"last_at", "until"};
    for (size_t i = 0; i < sizeof inner / sizeof inner[0]; i++)
        json_object_del(status, inner[i]);
}

static bool add_journeys(struct practice *p, const struct store_client *c, json_t *list,
                         struct err *e)
{
    struct arena *a = arena_new();
    struct store_journey *journeys;
    json_t *status;
    size_t n;
    bool ok = practice_journeys(p, a, c, &journeys, &n, e);
    for (size_t i = 0; ok && i < n; i++) {
        ok = status_now(p, &journeys[i], &status, e);
        if (!ok)
            break;
        finish_status(status, c);
        json_array_append_new(list, status);
    }
    if (ok && n == 0)
        json_array_append_new(list,
                              json_pack("{s:o,s:o,s:n,s:b}", "client", json_new_text(c->name),
                                        "client_id", json_new_text(c->id), "journey", "done", 0));
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
