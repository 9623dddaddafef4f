/* The desk: where everybody is, what is due, and what can be begun. */
#include "web/pages.h"

#include "web/assets.h"
#include "web/form.h"
#include "web/page_rows.h"
#include "web/reply.h"

#include <stdlib.h>

/* Days: how far ahead the desk looks, and how long it recalls what a finished journey promised. */
enum { DUE_AHEAD = 14, DUE_BEHIND = 30 };

static const int64_t DAY = (int64_t)24 * 3600 * 1000;

/* Days from today until a day; negative: it has passed. */
static long long days_until(struct str day)
{
    int64_t then, today;
    char now[11];
    clock_day(clock_now(), now);
    if (!clock_parse(day, &then) || !clock_parse(str_of(now), &today))
        return DUE_AHEAD + 1;
    return (then - today) / DAY;
}

static int by_day(const void *x, const void *y)
{
    const json_t *a = *(const json_t *const *)x, *b = *(const json_t *const *)y;
    int order = str_order(json_member(a, "due"), json_member(b, "due"));
    return order ? order : str_order(json_member(a, "client"), json_member(b, "client"));
}

static void add_promise(json_t *list, const json_t *row, const json_t *one)
{
    long long days = days_until(json_member(one, "due"));
    if (days > DUE_AHEAD || (json_flag(row, "done", false) && days < -DUE_BEHIND))
        return;
    json_array_append_new(
        list,
        json_pack(
            "{s:O?,s:O,s:b,s:b,s:O,s:O,s:O,s:b,s:b,s:b,s:o}", "text", json_object_get(one, "text"),
            "due", json_object_get(one, "due"), "yours", json_flag(one, "yours", false), "goal",
            str_is(json_member(one, "kind"), "goal"), "client", json_object_get(row, "client"),
            "client_id", json_object_get(row, "client_id"), "journey",
            json_object_get(row, "journey"), "late",
            days<0, "today", days == 0, "tomorrow", days == 1, "days", days> 1 ? json_integer(days)
                                                                               : json_null()));
}

/* What was promised for a day that has passed or is near, whoever promised it, by its day. */
static json_t *due_of(struct arena *a, const json_t *rows)
{
    json_t *list = json_array(), *row, *one;
    size_t i, k;
    json_array_foreach (rows, i, row)
        json_array_foreach (json_object_get(row, "due"), k, one)
            add_promise(list, row, one);
    rows_sort(a, list, by_day);
    return list;
}

static bool is_sought(struct arena *a, const json_t *row, struct str wanted)
{
    struct str client = text_fold(a, json_member(row, "client"));
    return str_find(client, wanted, 0) < client.n;
}

struct lists {
    json_t *going, *fresh, *finished;
};

static struct lists sort_out(struct arena *a, const json_t *rows, struct str find)
{
    struct lists l = {json_array(), json_array(), json_array()};
    struct str wanted = text_fold(a, find);
    json_t *row;
    size_t i;
    json_array_foreach (rows, i, row) {
        if (wanted.n > 0 && !is_sought(a, row, wanted))
            continue;
        row_complete(row);
        json_array_append(!json_flag(row, "begun", false)     ? l.fresh
                              : json_flag(row, "done", false) ? l.finished
                                                              : l.going,
                          row);
    }
    rows_sort_by_need(a, l.going);
    rows_sort_by_need(a, l.fresh);
    rows_sort_by_need(a, l.finished);
    return l;
}

/* What one click begins: the program's own first workflow, where the library still has it. */
static struct str usual_workflow(struct visit *v)
{
    struct str *names;
    struct err ignored;
    size_t n;
    if (!practice_workflows(v->web->o.practice, v->a, &names, &n, &ignored) || n == 0)
        return STR("");
    for (size_t i = 0; i < n; i++)
        if (str_is(names[i], "business-model"))
            return names[i];
    return names[0];
}

static json_t *form_of(const struct store_client *given, const char *wrong, bool open)
{
    static const char *const faults[] = {"name_missing", "name_taken", "name_line",
                                         "pseudonym_line", "email_line"};
    json_t *form =
        json_pack("{s:b,s:o,s:o,s:o,s:o}", "open", open, "name", json_new_text(given->name),
                  "pseudonym", json_new_text(given->pseudonym), "email",
                  json_new_text(given->email), "languages", rows_languages(given->language));
    for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++)
        json_object_set_new(form, faults[i], json_boolean(str_is(str_of(wrong), faults[i])));
    json_object_set_new(form, "name_wrong", json_boolean(str_starts(str_of(wrong), STR("name_"))));
    return form;
}

static json_t *count_or_null(const json_t *list)
{
    size_t n = json_array_size(list);
    return n > 0 ? json_integer((json_int_t)n) : json_null();
}

bool desk_show(struct visit *v, int status, const struct store_client *given, const char *wrong,
               struct err *e)
{
    json_t *rows;
    char today[11];
    struct str find = str_trim(form_get(v->query, "find"));
    if (!practice_status(v->web->o.practice, NULL, &rows, e))
        return false;
    clock_day(clock_now(), today);
    json_t *due = due_of(v->a, rows), *words = assets_words(v->language);
    bool empty = json_array_size(rows) == 0;
    struct lists l = sort_out(v->a, rows, find);
    bool found = json_array_size(l.going) + json_array_size(l.fresh) + json_array_size(l.finished);
    json_t *tree = json_pack(
        "{s:O,s:s,s:o,s:o,s:o,s:o,s:o,s:o,s:o,s:o,s:b,s:b,s:b,s:o,s:o,s:o}", "title",
        json_object_get(json_object_get(words, "common"), "desk"), "day", today, "going_n",
        count_or_null(l.going), "fresh_n", count_or_null(l.fresh), "finished_n",
        count_or_null(l.finished), "due_n", count_or_null(due), "going", l.going, "fresh", l.fresh,
        "finished", l.finished, "due", due, "empty", empty, "nobody", !empty && !found, "sought",
        find.n > 0, "find", json_new_text(find), "usual", json_new_text(usual_workflow(v)), "form",
        form_of(given, wrong, empty || *wrong));
    json_object_set_new(tree, "paused", json_boolean(str_is(form_get(v->query, "said"), "paused")));
    json_decref(rows);
    json_decref(words);
    reply_page(v, status, "desk", tree);
    return true;
}

static bool show_entrance(struct visit *v)
{
    json_t *words = assets_words(v->language);
    reply_page(
        v, 200, "entrance",
        json_pack("{s:O}", "title", json_object_get(json_object_get(words, "entrance"), "page")));
    json_decref(words);
    return true;
}

bool page_desk(struct visit *v, struct err *e)
{
    struct store_client nobody = {
        .name = STR(""), .pseudonym = STR(""), .email = STR(""), .language = v->language};
    return v->login ? desk_show(v, 200, &nobody, "", e) : show_entrance(v);
}
