#include "web/asking.h"

#include "base/random.h"
#include "web/assets.h"

#include <stdlib.h>
#include <string.h>

enum { SCALE_WIDE = 7 /* points from which a scale needs the whole width */ };

struct str asking_word(struct str language, const char *name)
{
    json_t *words = assets_words(language);
    struct str word = json_member(json_object_get(words, "session"), name);
    json_decref(words); /* the words themselves stay */
    return word;
}

struct str asking_text(struct arena *a, const json_t *value)
{
    if (json_is_string(value))
        return json_text(value);
    if (json_is_boolean(value))
        return json_is_true(value) ? STR("true") : STR("false");
    if (json_is_integer(value))
        return str_format(a, "%lld", (long long)json_integer_value(value));
    if (json_is_real(value))
        return str_format(a, "%.10g", json_real_value(value));
    return STR("");
}

static json_t *text_of(const struct asking *q, const json_t *value)
{
    return json_new_text(asking_text(q->a, value));
}

static json_t *text_member(const struct asking *q, const char *name)
{
    return text_of(q, json_object_get(q->given, name));
}

static bool is_chosen(const json_t *chosen, const json_t *id)
{
    size_t i;
    json_t *one;
    if (!json_is_array(chosen))
        return chosen && json_equal(chosen, id);
    json_array_foreach ((json_t *)(uintptr_t)chosen, i, one)
        if (json_equal(one, id))
            return true;
    return false;
}

json_t *asking_options(const json_t *options, const json_t *chosen)
{
    json_t *list = json_array(), *option;
    size_t i;
    json_array_foreach ((json_t *)(uintptr_t)options, i, option) {
        json_t *id = json_object_get(option, "id"), *label = json_object_get(option, "label");
        json_array_append_new(list,
                              json_pack("{s:O,s:O,s:i,s:b,s:b}", "id", id, "label",
                                        label ? label : id, "n", (int)i + 1, "digit", i < 9, "on",
                                        is_chosen(chosen, id)));
    }
    return list;
}

/* A bound of the question as text; empty if it has none. */
static json_t *bound(const struct asking *q, const char *name)
{
    return text_of(q, json_object_get(q->question, name));
}

static json_t *control_text(const struct asking *q)
{
    return json_pack("{s:o,s:o}", "value", text_of(q, q->given), "max", bound(q, "max"));
}

static json_t *control_number(const struct asking *q)
{
    return json_pack("{s:o,s:o,s:o,s:o,s:b}", "value", text_of(q, q->given), "min", bound(q, "min"),
                     "max", bound(q, "max"), "unit", bound(q, "unit"), "whole",
                     str_is(json_member(q->question, "type"), "integer"));
}

static json_t *control_duration(const struct asking *q)
{
    long long all = json_is_integer(q->given) ? json_integer_value(q->given)
                                              : strtoll(asking_text(q->a, q->given).p, NULL, 10);
    if (!q->given)
        return json_pack("{s:s,s:s}", "hours", "", "minutes", "");
    return json_pack("{s:o,s:o}", "hours", json_new_text(str_format(q->a, "%lld", all / 60)),
                     "minutes", json_new_text(str_format(q->a, "%lld", all % 60)));
}

static json_t *control_yes_no(const struct asking *q)
{
    struct str given = asking_text(q->a, q->given);
    return json_pack("{s:b,s:b}", "yes", str_is(given, "true"), "no", str_is(given, "false"));
}

static json_t *control_options(const struct asking *q)
{
    return json_pack("{s:o}", "options",
                     asking_options(json_object_get(q->question, "options"), q->given));
}

static json_t *control_scale(const struct asking *q)
{
    long long from = json_whole(q->question, "from", 1), to = json_whole(q->question, "to", 10);
    const json_t *ends = json_object_get(q->question, "ends");
    struct str given = asking_text(q->a, q->given);
    json_t *points = json_array();
    for (long long n = from; n <= to && n - from < 101; n++) {
        struct str text = str_format(q->a, "%lld", n);
        json_array_append_new(points,
                              json_pack("{s:o,s:b,s:b,s:b}", "n", json_new_text(text), "on",
                                        str_eq(text, given), "first", n == from, "last", n == to));
    }
    return json_pack("{s:o,s:O?,s:O?,s:b}", "points", points, "low", json_array_get(ends, 0),
                     "high", json_array_get(ends, 1), "wide", to - from >= SCALE_WIDE);
}

json_t *asking_money(const struct asking *q)
{
    static const char *const periods[] = {"once",  "hour",    "day", "week",
                                          "month", "quarter", "year"};
    const json_t *of = json_object_get(q->given, "currency") ? q->given : q->question;
    struct str period =
        json_member(json_object_get(q->given, "period") ? q->given : q->question, "period");
    json_t *list = json_array();
    for (size_t i = 0; i < sizeof periods / sizeof periods[0]; i++) {
        struct str label = asking_word(q->language, str_format(q->a, "period_%s", periods[i]).p);
        json_array_append_new(list,
                              json_pack("{s:s,s:o,s:b}", "id", periods[i], "label",
                                        json_new_text(label), "on", str_is(period, periods[i])));
    }
    return json_pack("{s:o,s:o,s:o}", "amount", text_member(q, "amount"), "currency",
                     json_new_text(json_member(of, "currency")), "periods", list);
}

static json_t *control_commitment(const struct asking *q)
{
    return json_pack("{s:o,s:o,s:o,s:o}", "what", text_member(q, "what"), "by",
                     text_member(q, "by"), "know", text_member(q, "know"), "help",
                     text_member(q, "help"));
}

static json_t *control_confirm(const struct asking *q)
{
    struct str agreed = asking_text(q->a, json_object_get(q->given, "agreed"));
    return json_pack("{s:b,s:o,s:o}", "agreed", str_is(agreed, "true"), "who",
                     text_member(q, "who"), "on", text_member(q, "on"));
}

static const struct {
    const char *type;
    bool single;
    json_t *(*make)(const struct asking *q);
} controls[] = {
    {"text", true, control_text},          {"long_text", true, control_text},
    {"yes_no", false, control_yes_no},     {"choice", false, control_options},
    {"choices", false, control_options},   {"scale", false, control_scale},
    {"integer", true, control_number},     {"number", true, control_number},
    {"money", false, asking_money},        {"date", true, control_text},
    {"duration", false, control_duration}, {"list", false, asking_list},
    {"sort", false, asking_sort},          {"grid", false, asking_grid},
    {"rank", false, asking_rank},          {"commitment", false, control_commitment},
    {"confirm", false, control_confirm},
};

enum { CONTROLS = sizeof controls / sizeof controls[0] };

/* What a newer program may ask is at least a line to write on. */
static size_t control_of(const json_t *question)
{
    for (size_t i = 0; i < CONTROLS; i++)
        if (str_is(json_member(question, "type"), controls[i].type))
            return i;
    return 0;
}

static json_t *make_controls(const struct asking *q, size_t which)
{
    json_t *all = json_object();
    for (size_t i = 0; i < CONTROLS; i++)
        json_object_set_new(all, controls[i].type, i == which ? controls[i].make(q) : json_null());
    return all;
}

const json_t *asking_begin(const json_t *question)
{
    static const char *const names[] = {"value", "previous", "start"};
    const json_t *given = NULL;
    for (size_t i = 0; i < 3 && !given; i++)
        given = json_object_get(question, names[i]);
    return json_is_null(given) ? NULL : given;
}

static void copy_texts(json_t *model, const json_t *question)
{
    static const struct {
        const char *to, *from;
    } names[] = {
        {"key", "key"},   {"type", "type"},         {"ask", "ask"},
        {"help", "help"}, {"examples", "examples"}, {"caution", "caution"},
        {"why", "why"},   {"compare", "compare"},   {"before", "previous_shown"},
    };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        json_t *value = json_object_get(question, names[i].from);
        json_object_set_new(model, names[i].to, value ? json_incref(value) : json_null());
    }
}

static void set_flag(json_t *model, const char *name, bool is)
{
    json_object_set_new(model, name, json_boolean(is));
}

static void add_marks(json_t *model, const json_t *question)
{
    struct str state = json_member(question, "state");
    bool required = json_flag(question, "required", true);
    json_t *until = json_object_get(json_object_get(question, "wait"), "until");
    set_flag(model, "required", required);
    set_flag(model, "optional", !required);
    set_flag(model, "by_coach", str_is(json_member(question, "by"), "coach"));
    set_flag(model, "private", json_flag(question, "private", false));
    set_flag(model, "sensitive", json_flag(question, "sensitive", false));
    set_flag(model, "to_check", str_is(state, "to_check"));
    set_flag(model, "invalid", str_is(state, "invalid"));
    set_flag(model, "has_examples", json_array_size(json_object_get(question, "examples")) > 0);
    set_flag(model, "extras",
             json_array_size(json_object_get(question, "examples")) > 0 ||
                 json_member(question, "caution").n > 0 || json_member(question, "compare").n > 0);
    json_object_set_new(model, "until", until ? json_incref(until) : json_null());
}

json_t *asking_model(const struct asking *q)
{
    char hash[65];
    size_t which = control_of(q->question);
    json_t *model = json_object();
    hash_sha256(json_member(q->question, "key"), hash);
    json_object_set_new(model, "form", json_new_text(str_format(q->a, "q-%.10s", hash)));
    json_object_set_new(model, "f", json_new_text(str_format(q->a, "f-%.10s", hash)));
    copy_texts(model, q->question);
    add_marks(model, q->question);
    set_flag(model, "single", controls[which].single);
    json_object_set_new(model, "c", make_controls(q, which));
    return model;
}
