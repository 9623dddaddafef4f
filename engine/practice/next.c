#include "practice/next.h"

#include "practice/audience.h"
#include "practice/past.h"

#include <stdlib.h>

enum { NEXT_QUESTIONS = 5 };

static const int64_t DAY = (int64_t)24 * 3600 * 1000;

static int64_t days_since(struct str day)
{
    int64_t then, today;
    char now[11];
    clock_day(clock_now(), now);
    if (!clock_parse(day, &then) || !clock_parse(str_of(now), &today))
        return 0;
    return (today - then) / DAY;
}

static json_t *last_of(const json_t *tree)
{
    const json_t *sessions = json_object_get(tree, "sessions");
    const json_t *last = json_array_get(sessions, json_array_size(sessions) - 1);
    if (json_array_size(sessions) == 0)
        return json_null();
    int64_t days = days_since(json_member(last, "date"));
    long long minutes = json_whole(last, "minutes", 0);
    return json_pack("{s:O,s:o,s:b,s:o}", "date", json_object_get(last, "date"), "days",
                     days ? json_integer(days) : json_null(), "yesterday", days == 1, "minutes",
                     minutes ? json_integer(minutes) : json_null());
}

/* By their day; what has none comes last, in its order. */
static int by_day(const void *a, const void *b)
{
    const json_t *const *x = a, *const *y = b;
    struct str left = json_member(*x, "due"), right = json_member(*y, "due");
    if ((left.n == 0) != (right.n == 0))
        return left.n == 0 ? 1 : -1;
    int order = str_order(left, right);
    long long first = json_whole(*x, "place", 0), second = json_whole(*y, "place", 0);
    return order ? order : first < second ? -1 : 1;
}

/* Whose part it is, where that is not the client's: the coach's own, or somebody else's by name. */
static void set_owner(json_t *one)
{
    struct str who = json_member(one, "who_id");
    if (!json_object_get(one, "who_id"))
        return; /* a goal is the client's */
    bool coach = str_is(who, "coach") || json_flag(one, "yours", false);
    json_object_set_new(one, "yours", json_boolean(coach));
    if (coach || str_is(who, "client"))
        json_object_set_new(one, "who", json_null());
    (void)json_object_del(one, "who_id");
}

/* With "late" where the day has passed. */
static json_t *promises(const json_t *list, const char *const *fields)
{
    json_t *plain = past_plain(list, fields), *sorted = json_array(), *one;
    size_t n = json_array_size(plain), i;
    json_t **order = mem_new((n + 1) * sizeof *order);
    json_array_foreach (plain, i, one) {
        struct str due = json_member(one, "due");
        json_object_set_new(one, "late", json_boolean(due.n > 0 && days_since(due) > 0));
        json_object_set_new(one, "place", json_integer((json_int_t)i));
        set_owner(one);
        order[i] = one;
    }
    if (n > 0)
        qsort(order, n, sizeof *order, by_day);
    for (i = 0; i < n; i++) {
        (void)json_object_del(order[i], "place");
        json_array_append(sorted, order[i]);
    }
    free(order);
    json_decref(plain);
    return sorted;
}

static json_t *title_in(const json_t *list, struct str id, const char *inner, struct str inner_id)
{
    json_t *one = json_find(list, "id", id);
    if (!one)
        return json_string("");
    return inner ? title_in(json_object_get(one, inner), inner_id, NULL, STR(""))
                 : json_incref(json_object_get(one, "title"));
}

struct open {
    struct journey *j;
    bool sensitive;
    json_t *next, *waits, *to_check;
    json_int_t more;
};

/* As the coach may read it. */
static json_t *words_of(struct open *of, const json_t *open)
{
    const json_t *entry = journey_entry(of->j, json_member(open, "key").p);
    json_t *question = view_unfilled(of->j, entry);
    json_t *words = wording_for(of->j, entry, question, STR("coach"), of->sensitive);
    json_decref(question);
    return words;
}

static void add_to_check(struct open *of, const json_t *open, json_t *ask)
{
    const json_t *question =
        workflow_question(workflow_in_language(of->j->w, of->j->language), json_member(open, "id"));
    const char *key = json_member(open, "key").p;
    struct arena *a = arena_new();
    struct str shown = audience_sees_answer(question, STR("coach"), of->sensitive)
        ? view_shown(a, of->j, key, fold_value(&of->j->fold, key))
        : STR("");
    json_array_append_new(of->to_check,
                          json_pack("{s:O,s:o}", "ask", ask, "shown", json_new_text(shown)));
    arena_free(a);
}

static void add_question(struct open *of, const json_t *open, json_t *ask)
{
    const json_t *phases =
        json_object_get(workflow_in_language(of->j->w, of->j->language), "phases");
    struct str phase = json_member(open, "phase"), step = json_member(open, "step");
    if (json_array_size(of->next) == NEXT_QUESTIONS)
        of->more++;
    else
        json_array_append_new(of->next,
                              json_pack("{s:O,s:o,s:o,s:b}", "ask", ask, "phase",
                                        title_in(phases, phase, NULL, STR("")), "step",
                                        title_in(phases, phase, "steps", step), "required",
                                        json_flag(open, "required", false)));
}

static void add_open(struct open *of, const json_t *open)
{
    const json_t *until = json_object_get(json_object_get(open, "wait"), "until");
    json_t *ask = words_of(of, open);
    if (json_object_get(open, "wait"))
        json_array_append_new(of->waits, json_pack("{s:O,s:O?}", "text", ask, "until", until));
    else if (str_is(json_member(open, "state"), "to_check"))
        add_to_check(of, open, ask);
    else if (json_flag(open, "required", false))
        add_question(of, open, ask);
    json_decref(ask);
}

/* What may be left out counts only where nothing else is open and the journey goes on. */
static void add_optional(struct open *of, const json_t *view)
{
    size_t i;
    json_t *open;
    if (json_array_size(of->next) > 0 || json_flag(view, "done", false))
        return;
    json_array_foreach (json_object_get(view, "open"), i, open) {
        if (json_object_get(open, "wait") || str_is(json_member(open, "state"), "to_check"))
            continue;
        json_t *ask = words_of(of, open);
        add_question(of, open, ask);
        json_decref(ask);
    }
}

static json_t *aside_of(struct journey *j, bool sensitive)
{
    json_t *aside = review_aside(j), *list = json_array(), *one;
    size_t i;
    json_array_foreach (aside, i, one)
        if (!json_flag(one, "sensitive", false) || sensitive)
            json_array_append_new(list,
                                  json_pack("{s:O,s:O?}", "ask", json_object_get(one, "ask"),
                                            "shown", json_object_get(one, "shown")));
    json_decref(aside);
    return list;
}

static json_t *notes_since(const json_t *tree, struct str day)
{
    static const char *const fields[] = {"text", "day", "visibility", NULL};
    json_t *recent = json_array(), *note;
    size_t i;
    json_array_foreach (json_object_get(tree, "notes"), i, note)
        if (str_order(json_member(note, "day"), day) >= 0)
            json_array_append(recent, note);
    json_t *plain = past_plain(recent, fields);
    json_decref(recent);
    return plain;
}

static void add_has(json_t *prep)
{
    json_t *has = json_object(), *list;
    const char *name;
    json_object_foreach (prep, name, list)
        if (json_is_array(list))
            json_object_set_new(has, name, json_boolean(json_array_size(list) > 0));
    json_object_set_new(prep, "has", has);
}

json_t *next_session(struct journey *j, const json_t *tree, const json_t *view, bool sensitive)
{
    static const char *const action[] = {"text", "due",  "who",       "who_id", "yours",
                                         "know", "help", "watch_out", NULL};
    static const char *const goal[] = {"text", "due", "measure", "confidence", NULL};
    struct open of = {j, sensitive, json_array(), json_array(), json_array(), 0};
    size_t i;
    json_t *open, *last = last_of(tree);
    json_array_foreach (json_object_get(view, "open"), i, open)
        add_open(&of, open);
    add_optional(&of, view);
    json_t *prep = json_pack("{s:O,s:o,s:o,s:o,s:o,s:o,s:o,s:o,s:o,s:b}", "last", last, "actions",
                             promises(json_object_get(tree, "actions"), action), "goals",
                             promises(json_object_get(tree, "goals"), goal), "next", of.next,
                             "more", of.more ? json_integer(of.more) : json_null(), "waits",
                             of.waits, "to_check", of.to_check, "aside", aside_of(j, sensitive),
                             "notes", notes_since(tree, json_member(last, "date")), "done",
                             json_flag(view, "done", false));
    json_decref(last);
    add_has(prep);
    return prep;
}
