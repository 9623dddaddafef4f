#include "script/fit.h"

#include "base/clock.h"

static bool refuse(struct str *why, struct str sentence)
{
    *why = sentence;
    return false;
}

static bool fit_text(const json_t *q, const json_t *v, struct str *why)
{
    long long max = json_whole(q, "max", 0);
    if (!json_is_string(v) || json_text(v).n == 0)
        return refuse(why, STR("Please answer with a text."));
    if (max > 0 && utf8_count(json_text(v)) > (size_t)max)
        return refuse(why, STR("This text is longer than the question allows now."));
    return true;
}

static bool fit_yes_no(const json_t *q, const json_t *v, struct str *why)
{
    (void)q;
    return json_is_boolean(v) || refuse(why, STR("Please answer yes or no."));
}

static bool fit_choice(const json_t *q, const json_t *v, struct str *why)
{
    return (json_is_string(v) && json_find(json_object_get(q, "options"), "id", json_text(v))) ||
        refuse(why, STR("This option does not exist any more. Please choose again."));
}

static bool fit_choices(const json_t *q, const json_t *v, struct str *why)
{
    size_t i;
    json_t *one;
    if (!json_is_array(v))
        return refuse(why, STR("Please choose from the options."));
    json_array_foreach (v, i, one)
        if (!fit_choice(q, one, why))
            return false;
    return true;
}

static bool in_range(const json_t *q, double number, struct str *why)
{
    static const char *const low[] = {"from", "min"}, *const high[] = {"to", "max"};
    for (int i = 0; i < 2; i++) {
        const json_t *from = json_object_get(q, low[i]), *to = json_object_get(q, high[i]);
        if ((json_is_number(from) && number < json_number_value(from)) ||
            (json_is_number(to) && number > json_number_value(to)))
            return refuse(why, STR("This number is outside of what the question allows now."));
    }
    return true;
}

static bool fit_integer(const json_t *q, const json_t *v, struct str *why)
{
    if (!json_is_integer(v))
        return refuse(why, STR("Please answer with a whole number."));
    return in_range(q, json_number_value(v), why);
}

static bool fit_number(const json_t *q, const json_t *v, struct str *why)
{
    if (!json_is_number(v))
        return refuse(why, STR("Please answer with a number."));
    return in_range(q, json_number_value(v), why);
}

static bool fit_duration(const json_t *q, const json_t *v, struct str *why)
{
    return fit_integer(q, v, why) &&
        (json_integer_value(v) >= 0 || refuse(why, STR("Please answer with a duration.")));
}

static bool fit_money(const json_t *q, const json_t *v, struct str *why)
{
    (void)q;
    struct str amount = json_member(v, "amount");
    bool digits = amount.n > 0;
    for (size_t i = 0; i < amount.n; i++) {
        char c = amount.p[i];
        digits = digits && ((c >= '0' && c <= '9') || c == '.' || (c == '-' && i == 0));
    }
    return digits || refuse(why, STR("Please answer with an amount of money."));
}

static bool fit_date(const json_t *q, const json_t *v, struct str *why)
{
    (void)q;
    return (json_is_string(v) && clock_is_day(json_text(v))) ||
        refuse(why, STR("Please answer with a date."));
}

static bool fit_list(const json_t *q, const json_t *v, struct str *why)
{
    size_t i, n = json_array_size(v);
    json_t *item;
    long long min = json_whole(q, "min", 0), max = json_whole(q, "max", 0);
    if (!json_is_array(v))
        return refuse(why, STR("Please answer with a list."));
    json_array_foreach (v, i, item)
        if (json_member(item, "id").n == 0)
            return refuse(why, STR("Please answer with a list."));
    if ((long long)n < min)
        return refuse(why, STR("The list needs more items than it has."));
    if (max > 0 && (long long)n > max)
        return refuse(why, STR("The list has more items than the question allows now."));
    return true;
}

static bool fit_rank(const json_t *q, const json_t *v, struct str *why)
{
    (void)q;
    size_t i;
    json_t *one;
    if (!json_is_array(v))
        return refuse(why, STR("Please put these into an order."));
    json_array_foreach (v, i, one)
        if (!json_is_string(one))
            return refuse(why, STR("Please put these into an order."));
    return true;
}

static bool fit_sort(const json_t *q, const json_t *v, struct str *why)
{
    const char *id;
    json_t *placed;
    if (!json_is_object(v))
        return refuse(why, STR("Please place each item."));
    json_object_foreach ((json_t *)(uintptr_t)v, id, placed)
        if (!json_find(json_object_get(q, "columns"), "id", json_member(placed, "to")))
            return refuse(why,
                          STR("A column does not exist any more. Please place these items again."));
    return true;
}

static bool fit_grid(const json_t *q, const json_t *v, struct str *why)
{
    (void)q;
    const char *id;
    json_t *rated;
    if (!json_is_object(v))
        return refuse(why, STR("Please rate each row."));
    json_object_foreach ((json_t *)(uintptr_t)v, id, rated)
        if (!json_is_object(rated))
            return refuse(why, STR("Please rate each row."));
    return true;
}

static bool fit_commitment(const json_t *q, const json_t *v, struct str *why)
{
    (void)q;
    return json_member(v, "what").n > 0 || refuse(why, STR("Please say what you will do."));
}

static bool fit_confirm(const json_t *q, const json_t *v, struct str *why)
{
    (void)q;
    return json_flag(v, "agreed", false) || refuse(why, STR("Please confirm to go on."));
}

bool fit_value(const json_t *question, const json_t *value, struct str *why)
{
    static const struct {
        const char *type;
        bool (*fits)(const json_t *q, const json_t *v, struct str *why);
    } types[] = {
        {"text", fit_text},         {"long_text", fit_text},
        {"yes_no", fit_yes_no},     {"choice", fit_choice},
        {"choices", fit_choices},   {"scale", fit_integer},
        {"integer", fit_integer},   {"number", fit_number},
        {"money", fit_money},       {"date", fit_date},
        {"duration", fit_duration}, {"list", fit_list},
        {"sort", fit_sort},         {"grid", fit_grid},
        {"rank", fit_rank},         {"commitment", fit_commitment},
        {"confirm", fit_confirm},
    };
    struct str type = json_member(question, "type");
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        if (str_is(type, types[i].type))
            return types[i].fits(question, value, why);
    return true;
}
