/* The filters that need no language; dates, money and the like are in language.c. */
#include "document/filter.h"

#include "document/language.h"

#include <utf8proc.h>

static struct filter_value text_value(struct str text)
{
    return (struct filter_value){.text = text};
}

/* The text so far, made from the JSON value if need be. */
static bool as_text(struct arena *a, struct str language, struct filter_value v, struct str *text)
{
    *text = v.text;
    return !v.json || filter_text(a, language, v.json, text);
}

static void add_character(struct buf *b, utf8proc_int32_t c)
{
    char bytes[4];
    utf8proc_ssize_t n = utf8proc_encode_char(c, (utf8proc_uint8_t *)bytes);
    buf_add(b, (struct str){bytes, (size_t)n});
}

/* Changes the case of the first `limit` characters. */
static struct str change_case(struct arena *a, struct str s,
                              utf8proc_int32_t (*change)(utf8proc_int32_t), size_t limit)
{
    struct buf b = {.a = a};
    size_t i = 0;
    while (i < s.n && limit-- > 0)
        add_character(&b, change((utf8proc_int32_t)utf8_next(s, &i)));
    buf_add(&b, str_part(s, i, s.n));
    return buf_str(&b);
}

static struct filter_value apply_upper(struct arena *a, struct str language, struct filter_value v)
{
    struct str text;
    return as_text(a, language, v, &text)
        ? text_value(change_case(a, text, utf8proc_toupper, text.n))
        : v;
}

static struct filter_value apply_lower(struct arena *a, struct str language, struct filter_value v)
{
    struct str text;
    return as_text(a, language, v, &text)
        ? text_value(change_case(a, text, utf8proc_tolower, text.n))
        : v;
}

static struct filter_value apply_capital(struct arena *a, struct str language,
                                         struct filter_value v)
{
    struct str text;
    return as_text(a, language, v, &text) ? text_value(change_case(a, text, utf8proc_toupper, 1))
                                          : v;
}

static struct filter_value apply_inline(struct arena *a, struct str language, struct filter_value v)
{
    struct str text;
    if (!as_text(a, language, v, &text))
        return v;
    struct buf b = {.a = a};
    bool space = false;
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        bool blank = c == '\n' || c == '\r' || c == '\t' || c == ' ';
        if (!blank) {
            if (space && b.n > 0)
                buf_add_char(&b, ' ');
            buf_add_char(&b, c);
        }
        space = blank;
    }
    return text_value(buf_str(&b));
}

static struct filter_value apply_count(struct arena *a, struct str language, struct filter_value v)
{
    (void)language;
    size_t n = json_is_array(v.json) ? json_array_size(v.json) : json_object_size(v.json);
    if (json_is_string(v.json) || json_is_number(v.json) || json_is_true(v.json) ||
        (!v.json && v.text.n > 0))
        n = 1;
    return text_value(str_format(a, "%zu", n));
}

static struct filter_value apply_join(struct arena *a, struct str language, struct filter_value v)
{
    struct buf b = {.a = a};
    size_t n = json_array_size(v.json);
    if (!json_is_array(v.json))
        return v;
    for (size_t i = 0; i < n; i++) {
        struct str part;
        if (!filter_text(a, language, json_array_get(v.json, i), &part))
            return v;
        if (i > 0 && i + 1 == n)
            buf_format(&b, " %s ", language_find(language)->and_word);
        else if (i > 0)
            buf_add(&b, STR(", "));
        buf_add(&b, part);
    }
    return text_value(buf_str(&b));
}

static struct filter_value apply_dash(struct arena *a, struct str language, struct filter_value v)
{
    struct str text;
    bool shown = as_text(a, language, v, &text);
    if (!shown && v.json && !json_is_null(v.json) &&
        json_array_size(v.json) + json_object_size(v.json) > 0)
        return v;
    return str_trim(text).n > 0 ? v : text_value(STR("–"));
}

static struct filter_value apply_date(struct arena *a, struct str language, struct filter_value v)
{
    struct str text;
    return as_text(a, language, v, &text) ? text_value(language_date(a, language, text)) : v;
}

static struct filter_value apply_money(struct arena *a, struct str language, struct filter_value v)
{
    struct str text;
    return v.json && language_money(a, language, v.json, &text) ? text_value(text) : v;
}

static struct filter_value apply_number(struct arena *a, struct str language, struct filter_value v)
{
    struct str text;
    return as_text(a, language, v, &text) ? text_value(language_number(a, language, text)) : v;
}

static struct filter_value apply_hours(struct arena *a, struct str language, struct filter_value v)
{
    (void)language; /* h and min are the same in all of them */
    if (!json_is_integer(v.json))
        return v;
    long long minutes = json_integer_value(v.json);
    if (minutes < 60)
        return text_value(str_format(a, "%lld min", minutes));
    if (minutes % 60 == 0)
        return text_value(str_format(a, "%lld h", minutes / 60));
    return text_value(str_format(a, "%lld h %lld min", minutes / 60, minutes % 60));
}

static const struct filter filters[] = {
    {"date", apply_date, "A day in words: 23 November 2026."},
    {"money", apply_money,
     "An amount with its currency and period; a bare number with its thousands apart."},
    {"number", apply_number,
     "A number with its thousands apart and the decimal sign of the language."},
    {"hours", apply_hours, "Minutes as hours and minutes: 2 h 30 min."},
    {"count", apply_count, "How many items a list has."},
    {"join", apply_join, "A list in one sentence: a, b and c."},
    {"upper", apply_upper, "In capital letters."},
    {"lower", apply_lower, "In small letters."},
    {"capital", apply_capital, "The first letter as a capital."},
    {"inline", apply_inline, "On one line: line ends become spaces."},
    {"default_dash", apply_dash, "A dash where there is nothing."},
};

const struct filter *filter_all(size_t *n)
{
    *n = sizeof filters / sizeof filters[0];
    return filters;
}

const struct filter *filter_find(struct str name)
{
    for (size_t i = 0; i < sizeof filters / sizeof filters[0]; i++)
        if (str_is(name, filters[i].name))
            return &filters[i];
    return NULL;
}

static struct str number_text(struct arena *a, const json_t *value)
{
    char digits[64];
    size_t n = json_dumpb(value, digits, sizeof digits, JSON_ENCODE_ANY | JSON_REAL_PRECISION(15));
    struct str text = str_copy(a, (struct str){digits, n < sizeof digits ? n : 0});
    return str_ends(text, STR(".0")) ? str_part(text, 0, text.n - 2) : text;
}

static bool list_text(struct arena *a, struct str language, const json_t *list, struct str *out)
{
    struct buf b = {.a = a};
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *item = json_array_get(list, i);
        struct str part;
        if (json_is_array(item) || !filter_text(a, language, item, &part))
            return false;
        if (i > 0)
            buf_add(&b, STR(", "));
        buf_add(&b, part);
    }
    *out = buf_str(&b);
    return true;
}

static bool object_text(struct arena *a, struct str language, const json_t *object, struct str *out)
{
    if (language_money(a, language, object, out))
        return true;
    static const char *const names[] = {"text", "label"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        *out = json_member(object, names[i]);
        if (json_is_string(json_object_get(object, names[i])))
            return true;
    }
    return false;
}

bool filter_text(struct arena *a, struct str language, const json_t *value, struct str *out)
{
    *out = STR("");
    if (!value || json_is_null(value))
        return true;
    if (json_is_string(value))
        *out = json_text(value);
    else if (json_is_number(value))
        *out = number_text(a, value);
    else if (json_is_boolean(value))
        *out = str_of(json_is_true(value) ? language_find(language)->yes
                                          : language_find(language)->no);
    else if (json_is_array(value))
        return list_text(a, language, value, out);
    else
        return object_text(a, language, value, out);
    return true;
}
