/* money: an amount as decimal text, never a float; its currency; per what.
 * People write "1200", "1 200,50 EUR/month", "EUR 1,200.50 per month". */
#include "workflow/value_type.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { WHOLE_DIGITS_MAX = 12, DECIMALS_MAX = 3 };

/* ISO 4217: currencies whose smallest unit is not a hundredth. */
static const char no_decimals[] = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF";
static const char three_decimals[] = "BHD IQD JOD KWD LYD OMR TND";

struct word {
    const char *word, *meaning;
};

static const struct word currency_words[] = {
    {"€", "EUR"}, {"euro", "EUR"}, {"euros", "EUR"}, {"$", "USD"}, {"£", "GBP"}, {"¥", "JPY"},
};

static const struct word period_words[] = {
    {"once", "once"},         {"hour", "hour"},  {"day", "day"},  {"week", "week"},
    {"month", "month"},       {"year", "year"},  {"h", "hour"},   {"quarter", "quarter"},
    {"fois", "once"},         {"heure", "hour"}, {"jour", "day"}, {"semaine", "week"},
    {"trimestre", "quarter"}, {"mois", "month"}, {"an", "year"},  {"année", "year"},
    {"annum", "year"},        {"yr", "year"},    {"mo", "month"},
};

static const struct {
    const char *period, *en, *fr;
} period_names[] = {
    {"once", "once", "une fois"},       {"hour", "per hour", "par heure"},
    {"day", "per day", "par jour"},     {"week", "per week", "par semaine"},
    {"month", "per month", "par mois"}, {"quarter", "per quarter", "par trimestre"},
    {"year", "per year", "par an"},
};

struct money {
    struct str amount, currency, period; /* period may be empty */
};

static size_t decimals_of(struct str currency)
{
    if (currency.n == 3 && str_find(str_of(no_decimals), currency, 0) < sizeof no_decimals - 1)
        return 0;
    if (currency.n == 3 &&
        str_find(str_of(three_decimals), currency, 0) < sizeof three_decimals - 1)
        return DECIMALS_MAX;
    return 2;
}

static struct str lower(struct arena *a, struct str word)
{
    struct str copy = str_copy(a, word);
    char *p = arena_alloc(a, copy.n + 1);
    for (size_t i = 0; i < copy.n; i++)
        p[i] = (char)tolower((unsigned char)copy.p[i]);
    return (struct str){p, copy.n};
}

/* The currency meant by a word, or an empty text. */
static struct str currency_of(const struct check *k, struct str word)
{
    struct str small = lower(k->a, word), own = json_member(k->question, "currency");
    /* There are many dollars; the question's own is meant. */
    if (str_eq(small, STR("$")) && str_ends(own, STR("D")))
        return own;
    for (size_t i = 0; i < sizeof currency_words / sizeof currency_words[0]; i++)
        if (str_is(small, currency_words[i].word))
            return str_of(currency_words[i].meaning);
    if (word.n != 3)
        return STR("");
    char *code = arena_alloc(k->a, 4);
    for (size_t i = 0; i < 3; i++) {
        if (!isascii(word.p[i]) || !isalpha((unsigned char)word.p[i]))
            return STR("");
        code[i] = (char)toupper((unsigned char)word.p[i]);
    }
    return (struct str){code, 3};
}

static struct str period_of(const struct check *k, struct str word)
{
    struct str small = lower(k->a, word);
    for (size_t i = 0; i < sizeof period_words / sizeof period_words[0]; i++)
        if (str_is(small, period_words[i].word))
            return str_of(period_words[i].meaning);
    return STR("");
}

/* Which sign stands before the decimals of "1.200,50"?  '\0': none; '?': it cannot be told. */
static char decimal_sign(struct str s, size_t decimals)
{
    size_t points = 0, commas = 0, last = s.n;
    for (size_t i = 0; i < s.n; i++) {
        points += s.p[i] == '.';
        commas += s.p[i] == ',';
        if (s.p[i] == '.' || s.p[i] == ',')
            last = i;
    }
    if (last == s.n)
        return '\0';
    if (points > 0 && commas > 0)
        return s.p[last];
    if (points + commas > 1)
        return '\0';
    bool three = s.n - last == 4 && s.p[0] != '0';
    return three && decimals != 3 ? '?' : s.p[last];
}

/* The digits before the decimals, thousands in groups of three. */
static bool add_whole(struct buf *b, struct str s, char decimal, struct str *rest)
{
    size_t group = 0, digits = 0, i = 0, signs = 0;
    for (; i < s.n && s.p[i] != decimal; i++) {
        if (isdigit((unsigned char)s.p[i])) {
            if (digits > 0 || s.p[i] != '0') {
                buf_add_char(b, s.p[i]);
                digits++;
            }
            group++;
        } else {
            if (group == 0 || group > 3 || (signs > 0 && group != 3))
                return false;
            signs++;
            group = 0;
        }
    }
    *rest = str_part(s, i + 1, s.n);
    if (digits == 0)
        buf_add_char(b, '0');
    return (group > 0 && (signs == 0 || group == 3)) && digits <= WHOLE_DIGITS_MAX;
}

static bool add_decimals(const struct check *k, struct buf *b, struct str rest,
                         const struct money *m)
{
    size_t wanted = decimals_of(m->currency);
    while (rest.n > wanted && rest.p[rest.n - 1] == '0')
        rest.n--;
    for (size_t i = 0; i < rest.n; i++)
        if (!isdigit((unsigned char)rest.p[i]))
            return say(k, SAY_MONEY, STR(""), STR(""));
    if (rest.n > wanted)
        return say(k, SAY_MONEY_DECIMALS, m->currency, str_format(k->a, "%zu", wanted));
    if (wanted > 0)
        buf_add_char(b, '.');
    buf_add(b, rest);
    for (size_t i = rest.n; i < wanted; i++)
        buf_add_char(b, '0');
    return true;
}

/* "1 200,5" to "1200.50".  `plain`: a point is a decimal point, whatever stands around it. */
static bool normal_amount(const struct check *k, struct str raw, bool plain, struct money *m)
{
    struct buf b = {.a = k->a};
    struct str s = without_spaces(k->a, raw), rest;
    bool negative = str_starts(s, STR("-"));
    if (negative || str_starts(s, STR("+")))
        s = str_part(s, 1, s.n);
    char decimal = plain ? '.' : decimal_sign(s, decimals_of(m->currency));
    if (decimal == '?')
        return say(k, SAY_MONEY_AMBIGUOUS, raw, STR(""));
    if (negative)
        buf_add_char(&b, '-');
    if (!add_whole(&b, s, decimal ? decimal : ' ', &rest))
        return say(k, SAY_MONEY, STR(""), STR(""));
    if (!add_decimals(k, &b, rest, m))
        return false;
    m->amount = buf_str(&b);
    bool zero = strspn(m->amount.p, "-0.") == m->amount.n;
    if (zero && negative)
        m->amount = str_part(m->amount, 1, m->amount.n);
    return true;
}

static bool is_separator(uint32_t c)
{
    return c == ' ' || c == '.' || c == ',' || c == 0xA0 || c == 0x202F || c == 0x2009;
}

/* Cuts "EUR 1 200,50 per month" into what stands before, in and after the number. */
static bool cut(struct str text, struct str *before, struct str *number, struct str *after)
{
    size_t from = 0, i, end;
    while (from < text.n && !isdigit((unsigned char)text.p[from]))
        from++;
    if (from == text.n)
        return false;
    for (i = end = from; i < text.n;) {
        uint32_t c = utf8_next(text, &i);
        if (c < 0x80 && isdigit((int)c))
            end = i;
        else if (!is_separator(c))
            break;
    }
    size_t start = from;
    if (start > 0 && strchr("-+", text.p[start - 1]))
        start--;
    else if (start >= 3 && str_eq(str_part(text, start - 3, start), STR("\xE2\x88\x92")))
        start -= 3;
    *before = str_trim(str_part(text, 0, start));
    *number = str_part(text, start, end);
    *after = str_trim(str_part(text, end, text.n));
    return true;
}

/* A word of "EUR/month", "EUR per month", "euros par mois". */
static bool take_word(const struct check *k, struct str word, struct money *m)
{
    struct str small = lower(k->a, word), found;
    if (word.n == 0 || str_eq(small, STR("per")) || str_eq(small, STR("par")) ||
        str_eq(small, STR("a")) || str_eq(small, STR("une")) || str_eq(small, STR("the")))
        return true;
    if (m->period.n == 0 && (found = period_of(k, word)).n > 0) {
        m->period = found;
        return true;
    }
    if (m->currency.n == 0 && (found = currency_of(k, word)).n > 0) {
        m->currency = found;
        return true;
    }
    return false;
}

static bool take_words(const struct check *k, struct str words, struct money *m)
{
    while (words.n > 0) {
        size_t end = 0;
        while (end < words.n && words.p[end] != ' ' && words.p[end] != '/')
            end++;
        if (!take_word(k, str_part(words, 0, end), m))
            return say(k, SAY_MONEY, STR(""), STR(""));
        words = str_part(words, end + 1, words.n);
    }
    return true;
}

static bool from_text(const struct check *k, struct str text, struct money *m)
{
    struct str before, number, after;
    if (!cut(text, &before, &number, &after))
        return say(k, SAY_MONEY, STR(""), STR(""));
    if (!take_words(k, before, m) || !take_words(k, after, m))
        return false;
    if (m->currency.n == 0)
        m->currency = json_member(k->question, "currency");
    if (m->currency.n == 0)
        return say(k, SAY_MONEY_CURRENCY, STR(""), STR(""));
    return normal_amount(k, number, false, m);
}

static bool from_number(const struct check *k, const json_t *number, struct money *m)
{
    double n = json_number_value(number);
    m->currency = m->currency.n ? m->currency : json_member(k->question, "currency");
    if (m->currency.n == 0)
        return say(k, SAY_MONEY_CURRENCY, STR(""), STR(""));
    if (!(fabs(n) < 1e12))
        return say(k, SAY_MONEY, STR(""), STR(""));
    return normal_amount(k, number_text(k->a, n), true, m);
}

static bool from_object(const struct check *k, const json_t *object, struct money *m)
{
    const json_t *amount = json_object_get(object, "amount");
    struct str currency = json_member(object, "currency"), period = json_member(object, "period");
    if (!check_fields(k, object, "amount|currency|period"))
        return false;
    if (currency.n > 0 && (m->currency = currency_of(k, currency)).n == 0)
        return say(k, SAY_MONEY_CURRENCY, STR(""), STR(""));
    if (period.n > 0 && (m->period = period_of(k, period)).n == 0)
        return say(k, SAY_MONEY_PERIOD, STR(""), STR(""));
    if (json_is_number(amount))
        return from_number(k, amount, m);
    return from_text(k, str_trim(json_text(amount)), m);
}

static bool check_range(const struct check *k, const struct money *m)
{
    const json_t *low = json_object_get(k->question, "min"),
                 *high = json_object_get(k->question, "max");
    double n = strtod(m->amount.p, NULL);
    if (json_is_number(low) && n < json_number_value(low))
        return say(k, SAY_AT_LEAST, number_text(k->a, json_number_value(low)), STR(""));
    if (json_is_number(high) && n > json_number_value(high))
        return say(k, SAY_AT_MOST, number_text(k->a, json_number_value(high)), STR(""));
    return true;
}

static bool check(const struct check *k, const json_t *input, json_t **out)
{
    struct money m = {{"", 0}, {"", 0}, {"", 0}};
    bool ok;
    if (json_is_object(input))
        ok = from_object(k, input, &m);
    else if (json_is_number(input))
        ok = from_number(k, input, &m);
    else
        ok = from_text(k, str_trim(json_text(input)), &m);
    if (!ok || !check_range(k, &m))
        return false;
    if (m.period.n == 0)
        m.period = json_member(k->question, "period");
    *out = json_pack("{s:o,s:o}", "amount", json_new_text(m.amount), "currency",
                     json_new_text(m.currency));
    if (m.period.n > 0)
        json_object_set_new(*out, "period", json_new_text(m.period));
    return true;
}

/* 1 200 000,50 in French, 1,200,000.50 in English. */
static void show_amount(struct buf *b, struct str amount, struct str language)
{
    bool french = is_french(language);
    struct str decimals, whole = str_split(amount, '.', &decimals);
    size_t i = 0;
    if (str_starts(whole, STR("-"))) {
        buf_add_char(b, '-');
        i = 1;
    }
    for (size_t first = i; i < whole.n; i++) {
        if (i > first && (whole.n - i) % 3 == 0)
            buf_add(b, french ? STR("\xC2\xA0") : STR(","));
        buf_add_char(b, whole.p[i]);
    }
    if (decimals.n > 0)
        buf_format(b, "%c%.*s", french ? ',' : '.', STR_ARG(decimals));
}

static void show(struct buf *b, const json_t *question, const json_t *value, struct str language)
{
    (void)question;
    show_amount(b, json_member(value, "amount"), language);
    buf_format(b, " %.*s", STR_ARG(json_member(value, "currency")));
    struct str period = json_member(value, "period");
    for (size_t i = 0; i < sizeof period_names / sizeof period_names[0]; i++)
        if (str_is(period, period_names[i].period))
            buf_format(b, " %s", is_french(language) ? period_names[i].fr : period_names[i].en);
}

const struct value_type type_money = {check, read_as_text, show};
