/* Journeys as rows of a list, for the desk and the page of a client. */
#include "web/page_rows.h"

#include <stdlib.h>

enum { QUIET_DAYS = 14 };

/* Who has waited longest stands first. */
static int by_need(const void *x, const void *y)
{
    const json_t *a = *(const json_t *const *)x, *b = *(const json_t *const *)y;
    long long idle_a = json_whole(a, "idle_days", 0), idle_b = json_whole(b, "idle_days", 0);
    return idle_a != idle_b ? (idle_a > idle_b ? -1 : 1)
                            : str_order(json_member(a, "client"), json_member(b, "client"));
}

void rows_sort(struct arena *a, json_t *list, int (*order)(const void *, const void *))
{
    size_t n = json_array_size(list);
    json_t **all = arena_alloc(a, (n + 1) * sizeof *all);
    for (size_t i = 0; i < n; i++)
        all[i] = json_incref(json_array_get(list, i));
    qsort(all, n, sizeof *all, order);
    json_array_clear(list);
    for (size_t i = 0; i < n; i++)
        json_array_append_new(list, all[i]);
}

void rows_sort_by_need(struct arena *a, json_t *list)
{
    rows_sort(a, list, by_need);
}

/* The phases as a line of marks: those behind, the one that is open, those ahead. */
static json_t *marks_of(const json_t *row)
{
    long long now = json_whole(row, "phase_number", 0), of = json_whole(row, "phases", 0);
    bool done = json_flag(row, "done", false);
    json_t *marks = json_array();
    for (long long i = 1; i <= of && i <= 12; i++)
        json_array_append_new(
            marks, json_pack("{s:b,s:b}", "past", done || i < now, "now", !done && i == now));
    return marks;
}

static json_t *number_or_null(long long n)
{
    return n > 0 ? json_integer(n) : json_null();
}

void row_complete(json_t *row)
{
    static const char *const names[] = {"title", "workflow", "phase",   "step",
                                        "next",  "last",     "journey", "language"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (!json_object_get(row, names[i]))
            json_object_set_new(row, names[i], json_null());
    long long idle = json_whole(row, "idle_days", 0), check = json_whole(row, "to_check", 0);
    bool done = json_flag(row, "done", false), begun = json_member(row, "journey").n > 0;
    bool trouble = json_flag(row, "trouble", false);
    json_t *more = json_pack(
        "{s:b,s:b,s:b,s:b,s:o,s:b,s:o,s:b,s:o,s:o,s:o,s:o}", "begun", begun, "trouble", trouble,
        "today", begun && idle == 0, "yesterday", begun && idle == 1, "days",
        number_or_null(idle > 1 ? idle : 0), "quiet", begun && !done && idle >= QUIET_DAYS,
        "to_check", number_or_null(check), "one_to_check", check == 1, "marks", marks_of(row),
        "number", number_or_null(json_whole(row, "phase_number", 0)), "of",
        number_or_null(json_whole(row, "phases", 0)), "answers",
        number_or_null(json_whole(row, "answered", 0)));
    json_object_update(row, more);
    json_decref(more);
}

json_t *rows_languages(struct str chosen)
{
    return json_pack("[{s:s,s:s,s:b},{s:s,s:s,s:b}]", "id", "en", "label", "English", "chosen",
                     !str_is(chosen, "fr"), "id", "fr", "label", "Français", "chosen",
                     str_is(chosen, "fr"));
}
