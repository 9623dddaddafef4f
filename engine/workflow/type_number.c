/* scale, integer and number. */
#include "workflow/value_type.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Whole numbers that a double keeps exactly: they pass through Lua and JSON unchanged. */
static const double exact = 9007199254740991.0;

enum { DIGITS_MAX = 15 };

struct str without_spaces(struct arena *a, struct str text)
{
    struct buf b = {.a = a};
    for (size_t i = 0; i < text.n;) {
        size_t from = i;
        uint32_t c = utf8_next(text, &i);
        if (c == ' ' || c == 0xA0 || c == 0x202F || c == 0x2009)
            continue;
        buf_add(&b, c == 0x2212 ? STR("-") : str_part(text, from, i));
    }
    return buf_str(&b);
}

/* [+-]digits[. or ,digits], at most 15 digits. */
bool parse_decimal(struct str text, double *out)
{
    char plain[DIGITS_MAX + 4];
    size_t n = 0, digits = 0, points = 0, before = 0;
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i] == ',' ? '.' : text.p[i];
        bool sign = i == 0 && (c == '-' || c == '+');
        if (isdigit((unsigned char)c)) {
            digits++;
            before += points == 0;
        } else if (c == '.') {
            points++;
        } else if (!sign) {
            return false;
        }
        if (digits > DIGITS_MAX || points > 1)
            return false;
        plain[n++] = c;
    }
    plain[n] = '\0';
    if (before == 0 || (points && digits == before))
        return false;
    *out = strtod(plain, NULL);
    return true;
}

struct str number_text(struct arena *a, double n)
{
    return str_format(a, "%.15g", n);
}

static bool number_of(const struct check *k, const json_t *input, double *out)
{
    if (json_is_number(input)) {
        *out = json_number_value(input);
        return isfinite(*out);
    }
    return json_is_string(input) &&
        parse_decimal(without_spaces(k->a, str_trim(json_text(input))), out);
}

bool whole_number(const struct check *k, const json_t *input, long long *out)
{
    double n;
    if (!number_of(k, input, &n) || n != floor(n) || fabs(n) > exact)
        return say(k, SAY_WHOLE, STR(""), STR(""));
    *out = (long long)n;
    return true;
}

static bool check_range(const struct check *k, double n, const json_t *low, const json_t *high)
{
    bool ok = (!json_is_number(low) || n >= json_number_value(low)) &&
        (!json_is_number(high) || n <= json_number_value(high));
    struct str from = number_text(k->a, json_number_value(low));
    struct str to = number_text(k->a, json_number_value(high));
    if (ok)
        return true;
    if (json_is_number(low) && json_is_number(high))
        return say(k, SAY_RANGE, from, to);
    return json_is_number(low) ? say(k, SAY_AT_LEAST, from, STR(""))
                               : say(k, SAY_AT_MOST, to, STR(""));
}

bool check_whole_range(const struct check *k, long long n, const json_t *low, const json_t *high)
{
    return check_range(k, (double)n, low, high);
}

static bool check_whole(const struct check *k, const json_t *input, const char *low,
                        const char *high, json_t **out)
{
    long long n = 0;
    const json_t *from = json_object_get(k->question, low),
                 *to = json_object_get(k->question, high);
    double any;
    /* A number with decimals on a scale: the range says more than "whole". */
    if (from && to && !number_of(k, input, &any))
        return say(k, SAY_RANGE, number_text(k->a, json_number_value(from)),
                   number_text(k->a, json_number_value(to)));
    if (!whole_number(k, input, &n) || !check_whole_range(k, n, from, to))
        return false;
    *out = json_integer(n);
    return true;
}

static bool check_scale(const struct check *k, const json_t *input, json_t **out)
{
    return check_whole(k, input, "from", "to", out);
}

static bool check_integer(const struct check *k, const json_t *input, json_t **out)
{
    return check_whole(k, input, "min", "max", out);
}

static bool check_number(const struct check *k, const json_t *input, json_t **out)
{
    double n;
    if (!number_of(k, input, &n))
        return say(k, SAY_NUMBER, STR(""), STR(""));
    if (fabs(n) > exact)
        return say(k, SAY_NUMBER, STR(""), STR(""));
    if (!check_range(k, n, json_object_get(k->question, "min"),
                     json_object_get(k->question, "max")))
        return false;
    *out = n == floor(n) ? json_integer((json_int_t)n) : json_real(n);
    return true;
}

/* The unit may be typed too: "12 hours". */
static bool read_number(const struct check *k, struct str typed, json_t **out)
{
    struct str unit = json_member(k->question, "unit");
    if (unit.n > 0 && str_ends(typed, unit))
        typed = str_trim(str_part(typed, 0, typed.n - unit.n));
    *out = json_new_text(typed);
    return true;
}

static void show(struct buf *b, const json_t *question, const json_t *value, struct str language)
{
    struct str text = number_text(b->a, json_number_value(value)), rest;
    struct str whole = str_split(text, '.', &rest), unit = json_member(question, "unit");
    buf_add(b, whole);
    if (rest.n > 0)
        buf_format(b, "%c%.*s", is_french(language) ? ',' : '.', STR_ARG(rest));
    if (unit.n > 0)
        buf_format(b, " %.*s", STR_ARG(unit));
}

const struct value_type type_scale = {check_scale, read_number, show};
const struct value_type type_integer = {check_integer, read_number, show};
const struct value_type type_number = {check_number, read_number, show};
