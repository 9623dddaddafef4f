/* date and duration. */
#include "workflow/value_type.h"

#include "base/clock.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>

enum { MINUTES_MAX = 1000000, DAYS_MAX = 40000 };

/* Digits at `*i`, at most four of them, moving over them; -1 if there are none. */
static int digits(struct str s, size_t *i)
{
    int n = -1;
    for (size_t from = *i; *i < s.n && *i < from + 5 && isdigit((unsigned char)s.p[*i]); ++*i)
        n = (n < 0 ? 0 : n) * 10 + (s.p[*i] - '0');
    return n;
}

/* +7d, +2w; j and s in French. */
static bool read_offset(const struct check *k, struct str text, struct str *day)
{
    size_t i = 1;
    int n = digits(text, &i);
    char unit = i < text.n ? (char)tolower((unsigned char)text.p[i]) : '\0';
    int days = unit == 'd' || unit == 'j' ? 1 : unit == 'w' || unit == 's' ? 7 : 0;
    if (n < 0 || days == 0 || i + 1 != text.n || n > DAYS_MAX)
        return false;
    char *out = arena_alloc(k->a, 11);
    *day = (struct str){out, 10};
    return clock_add_days(k->c->today, n * days, out);
}

/* 23.11.2026 and 23/11/2026.  Only with the year last and a day above 12, or with points, or in
 * French, can it be told which is the month. */
static bool read_local(const struct check *k, struct str text, struct str *day)
{
    size_t i = 0;
    int d = digits(text, &i);
    char sign = i < text.n ? text.p[i] : '\0';
    if (d < 1 || d > 31 || (sign != '.' && sign != '/'))
        return false;
    i++;
    int m = digits(text, &i);
    if (m < 1 || m > 12 || i >= text.n || text.p[i] != sign)
        return false;
    i++;
    size_t from = i;
    int y = digits(text, &i);
    if (i != text.n || i - from != 4 ||
        (sign == '/' && d <= 12 && d != m && !is_french(k->c->language)))
        return false;
    *day = str_format(k->a, "%04d-%02d-%02d", y, m, d);
    return true;
}

static bool read_word(const struct check *k, struct str text, struct str *day)
{
    static const struct {
        const char *word;
        int days;
    } words[] = {{"today", 0}, {"tomorrow", 1}, {"aujourd'hui", 0}, {"demain", 1}};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (!str_is(text, words[i].word))
            continue;
        char *out = arena_alloc(k->a, 11);
        *day = (struct str){out, 10};
        return clock_add_days(k->c->today, words[i].days, out);
    }
    return false;
}

bool check_day(const struct check *k, const json_t *input, struct str *out)
{
    struct str text = str_trim(json_text(input));
    *out = text;
    bool ok = text.n > 0 &&
        (clock_is_day(text) || (text.p[0] == '+' && read_offset(k, text, out)) ||
         read_local(k, text, out) || read_word(k, text, out));
    return (ok && clock_is_day(*out)) || say(k, SAY_DATE, STR(""), STR(""));
}

static bool check_date(const struct check *k, const json_t *input, json_t **out)
{
    struct str day, low = json_member(k->question, "min"), high = json_member(k->question, "max");
    if (!check_day(k, input, &day))
        return false;
    if (low.n > 0 && str_order(day, low) < 0)
        return say(k, SAY_DATE_FROM, low, STR(""));
    if (high.n > 0 && str_order(day, high) > 0)
        return say(k, SAY_DATE_TO, high, STR(""));
    *out = json_new_text(day);
    return true;
}

void show_day(struct buf *b, struct str day, struct str language)
{
    static const char *const en[] = {"January",   "February", "March",    "April",
                                     "May",       "June",     "July",     "August",
                                     "September", "October",  "November", "December"};
    static const char *const fr[] = {"janvier",   "février", "mars",     "avril",
                                     "mai",       "juin",    "juillet",  "août",
                                     "septembre", "octobre", "novembre", "décembre"};
    if (!clock_is_day(day)) {
        buf_add(b, day);
        return;
    }
    int m = (day.p[5] - '0') * 10 + day.p[6] - '0', d = (day.p[8] - '0') * 10 + day.p[9] - '0';
    bool french = is_french(language);
    buf_format(b, french && d == 1 ? "%der %s %.4s" : "%d %s %.4s", d,
               french ? fr[m - 1] : en[m - 1], day.p);
}

static void show_date(struct buf *b, const json_t *question, const json_t *value,
                      struct str language)
{
    (void)question;
    show_day(b, json_text(value), language);
}

/* 90, 1h, 1h30, 1 h 30 min, 45 min, 1:30. */
static bool read_minutes(struct str s, long long *out)
{
    size_t i = 0;
    int first = digits(s, &i);
    struct str rest = str_part(s, i, s.n);
    *out = first;
    if (first < 0)
        return false;
    if (rest.n == 0 || str_eq(rest, STR("min")) || str_eq(rest, STR("m")))
        return true;
    if (rest.p[0] != 'h' && rest.p[0] != 'H' && rest.p[0] != ':')
        return false;
    bool clock = rest.p[0] == ':';
    i++;
    size_t from = i;
    int second = digits(s, &i);
    rest = str_part(s, i, s.n);
    *out = first * 60LL + (second < 0 ? 0 : second);
    bool end = rest.n == 0 ||
        (second >= 0 && !clock && (str_eq(rest, STR("min")) || str_eq(rest, STR("m"))));
    return end && second < 60 && (!clock || i - from == 2);
}

static bool check_duration(const struct check *k, const json_t *input, json_t **out)
{
    long long n;
    if (json_is_string(input)) {
        if (!read_minutes(without_spaces(k->a, str_trim(json_text(input))), &n))
            return say(k, SAY_DURATION, STR(""), STR(""));
    } else if (!whole_number(k, input, &n)) {
        return say(k, SAY_DURATION, STR(""), STR(""));
    }
    const json_t *low = json_object_get(k->question, "min"),
                 *high = json_object_get(k->question, "max");
    if (n < 0 || n > MINUTES_MAX)
        return say(k, SAY_DURATION, STR(""), STR(""));
    if (!check_whole_range(k, n, low, high))
        return false;
    *out = json_integer(n);
    return true;
}

static void show_duration(struct buf *b, const json_t *question, const json_t *value,
                          struct str language)
{
    (void)question;
    (void)language;
    long long n = json_integer_value(value);
    if (n >= 60)
        buf_format(b, "%lld h", n / 60);
    if (n % 60 || n < 60)
        buf_format(b, "%s%lld min", n >= 60 ? " " : "", n % 60);
}

const struct value_type type_date = {check_date, read_as_text, show_date};
const struct value_type type_duration = {check_duration, read_as_text, show_duration};
