/* What can be counted of a journey. */
#include "practice/shape.h"

static json_t *sessions_of(struct journey *j, long long *minutes)
{
    struct arena *a = arena_new();
    struct store_session *list;
    json_t *sessions = json_array();
    struct err ignored;
    size_t n;
    if (!store_session_list(j->p->store, a, j->record.id, &list, &n, &ignored))
        n = 0;
    *minutes = 0;
    for (size_t i = 0; i < n; i++) {
        char day[11];
        clock_day(list[i].started, day);
        *minutes += list[i].minutes;
        json_array_append_new(sessions,
                              json_pack("{s:s,s:i,s:o}", "date", day, "minutes", list[i].minutes,
                                        "kind", json_new_text(list[i].kind)));
    }
    arena_free(a);
    return sessions;
}

static json_int_t recorded(struct journey *j, const char *kind)
{
    json_int_t n = 0;
    size_t i;
    json_t *output;
    json_array_foreach (json_object_get(j->outcome, "outputs"), i, output)
        n += str_is(json_member(output, "kind"), kind);
    return n;
}

static json_t *counts_of(struct journey *j, const json_t *view, size_t sessions, long long minutes)
{
    long long answered = json_whole(json_object_get(view, "progress"), "answered", 0);
    return json_pack("{s:I,s:I,s:I,s:I,s:I,s:I}", "goals", recorded(j, "goal"), "actions",
                     recorded(j, "action"), "hypotheses", recorded(j, "hypothesis"), "sessions",
                     (json_int_t)sessions, "minutes", (json_int_t)minutes, "answered",
                     (json_int_t)answered);
}

static json_t *progress_of(struct journey *j, const json_t *view)
{
    const json_t *phase = json_object_get(view, "phase");
    size_t of,
        number = workflow_phase_number(workflow_definition(j->w), json_member(phase, "id"), &of);
    return json_pack("{s:o,s:o,s:I,s:I}", "phase", json_new_text(json_member(phase, "id")), "title",
                     json_new_text(json_member(phase, "title")), "number", (json_int_t)number, "of",
                     (json_int_t)of);
}

/* From the beginning to the last sitting, or to the end. */
static json_t *period_of(struct journey *j, const json_t *sessions)
{
    char from[11], to[11];
    clock_day(j->record.started, from);
    clock_day(j->record.closed ? j->record.closed : j->record.started, to);
    struct str last = json_member(json_array_get(sessions, json_array_size(sessions) - 1), "date");
    bool later = !j->record.closed && str_order(str_of(to), last) < 0;
    struct str end = later ? last : str_of(to);
    return json_pack("{s:s,s:o,s:o}", "from", from, "to", json_new_text(end), "until",
                     str_is(end, from) ? json_null() : json_new_text(end));
}

json_int_t shape_version(struct journey *j)
{
    long long minutes;
    json_t *sessions = sessions_of(j, &minutes);
    json_int_t version = (json_int_t)json_array_size(sessions);
    json_decref(sessions);
    return version;
}

void shape_facts(struct journey *j, const json_t *view, json_t *tree)
{
    long long minutes;
    json_t *sessions = sessions_of(j, &minutes);
    size_t n = json_array_size(sessions);
    json_object_set_new(tree, "version", json_integer((json_int_t)n));
    json_object_set_new(tree, "counts", counts_of(j, view, n, minutes));
    json_object_set_new(tree, "progress", progress_of(j, view));
    json_object_set_new(tree, "period", period_of(j, sessions));
    json_object_set_new(tree, "sessions", sessions);
}
