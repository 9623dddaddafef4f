#include "document/language.h"

#include "base/clock.h"

#include <string.h>

/* French sets a narrow no-break space between thousands and a no-break space before signs. */
#define NARROW_SPACE "\u202F"
#define FIRM_SPACE "\u00A0"

static const struct language languages[] = {
    {"en",
     "yes",
     "no",
     "and",
     ",",
     ".",
     false,
     {"January", "February", "March", "April", "May", "June", "July", "August", "September",
      "October", "November", "December"},
     NULL,
     {"per hour", "per day", "per week", "per month", "per year"}},
    {"fr",
     "oui",
     "non",
     "et",
     NARROW_SPACE,
     ",",
     true,
     {"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
      "octobre", "novembre", "décembre"},
     "1er",
     {"par heure", "par jour", "par semaine", "par mois", "par an"}},
    {"",
     "yes",
     "no",
     "and",
     ",",
     ".",
     false,
     {NULL},
     NULL,
     {"per hour", "per day", "per week", "per month", "per year"}},
};

static const char *const period_ids[5] = {"hour", "day", "week", "month", "year"};

static const struct {
    const char *code, *sign;
} currencies[] = {{"EUR", "€"}, {"USD", "$"}, {"GBP", "£"}};

const struct language *language_find(struct str code)
{
    struct str rest, main = str_split(code, '-', &rest);
    if (code.n == 0)
        return &languages[0];
    for (size_t i = 0; languages[i].code[0]; i++)
        if (str_is(main, languages[i].code))
            return &languages[i];
    return &languages[sizeof languages / sizeof languages[0] - 1];
}

struct str language_date(struct arena *a, struct str code, struct str day)
{
    const struct language *l = language_find(code);
    if (!clock_is_day(day) || !l->months[0])
        return day;
    int month = (day.p[5] - '0') * 10 + day.p[6] - '0';
    int number = (day.p[8] - '0') * 10 + day.p[9] - '0';
    if (number == 1 && l->first_day)
        return str_format(a, "%s %s %.4s", l->first_day, l->months[month - 1], day.p);
    return str_format(a, "%d %s %.4s", number, l->months[month - 1], day.p);
}

/* The parts of a decimal number; false if it is none. */
static bool split_number(struct str number, bool *minus, struct str *whole, struct str *decimals)
{
    *minus = str_starts(number, STR("-"));
    *whole = str_split(str_part(number, *minus, number.n), '.', decimals);
    for (size_t i = 0; i < whole->n; i++)
        if (whole->p[i] < '0' || whole->p[i] > '9')
            return false;
    for (size_t i = 0; i < decimals->n; i++)
        if (decimals->p[i] < '0' || decimals->p[i] > '9')
            return false;
    return whole->n > 0;
}

static void add_number(struct buf *b, const struct language *l, struct str whole,
                       struct str decimals)
{
    for (size_t i = 0; i < whole.n; i++) {
        if (i > 0 && (whole.n - i) % 3 == 0)
            buf_add(b, str_of(l->thousands));
        buf_add_char(b, whole.p[i]);
    }
    if (decimals.n > 0)
        buf_format(b, "%s%.*s", l->decimal, STR_ARG(decimals));
}

struct str language_number(struct arena *a, struct str code, struct str number)
{
    struct str whole, decimals;
    struct buf b = {.a = a};
    bool minus;
    if (!split_number(number, &minus, &whole, &decimals))
        return number;
    if (minus)
        buf_add_char(&b, '-');
    add_number(&b, language_find(code), whole, decimals);
    return buf_str(&b);
}

static const char *sign_of(struct str currency)
{
    for (size_t i = 0; i < sizeof currencies / sizeof currencies[0]; i++)
        if (str_is(currency, currencies[i].code))
            return currencies[i].sign;
    return NULL;
}

static void add_amount(struct buf *b, const struct language *l, struct str amount,
                       struct str currency)
{
    struct str whole, decimals;
    bool minus;
    if (!split_number(amount, &minus, &whole, &decimals)) {
        buf_format(b, "%.*s %.*s", STR_ARG(amount), STR_ARG(currency));
        return;
    }
    bool round = strspn(decimals.p ? decimals.p : "", "0") >= decimals.n;
    const char *sign = sign_of(currency);
    if (minus)
        buf_add_char(b, '-');
    if (!l->currency_last && currency.n > 0)
        buf_format(b, sign ? "%.*s" : "%.*s" FIRM_SPACE, STR_ARG(sign ? str_of(sign) : currency));
    add_number(b, l, whole, round ? STR("") : decimals);
    if (l->currency_last && currency.n > 0)
        buf_format(b, FIRM_SPACE "%.*s", STR_ARG(sign ? str_of(sign) : currency));
}

bool language_money(struct arena *a, struct str code, const json_t *value, struct str *out)
{
    const struct language *l = language_find(code);
    struct buf b = {.a = a};
    struct str amount = json_member(value, "amount"), period = json_member(value, "period");
    if (json_is_number(value)) {
        char digits[64];
        size_t n =
            json_dumpb(value, digits, sizeof digits, JSON_ENCODE_ANY | JSON_REAL_PRECISION(15));
        *out = language_number(a, code,
                               str_copy(a, str_part((struct str){digits, sizeof digits}, 0, n)));
        return true;
    }
    if (amount.n == 0)
        return false;
    add_amount(&b, l, amount, json_member(value, "currency"));
    for (size_t i = 0; i < 5; i++)
        if (str_is(period, period_ids[i]))
            buf_format(&b, " %s", l->periods[i]);
    *out = buf_str(&b);
    return true;
}
