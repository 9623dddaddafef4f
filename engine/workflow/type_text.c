/* text and long_text. */
#include "workflow/value_type.h"

static bool check_length(const struct check *k, struct str text)
{
    long long n = (long long)utf8_count(text);
    long long least = json_whole(k->question, "min", 0), most = json_whole(k->question, "max", 0);
    struct str count = str_format(k->a, "%lld", n);
    if (text.n > ANSWER_MAX)
        return say_limit(k, SAY_TOO_LARGE, STR(""));
    if (n < least)
        return say(k, SAY_TOO_SHORT, count, str_format(k->a, "%lld", least));
    if (most > 0 && n > most)
        return say(k, SAY_TOO_LONG, count, str_format(k->a, "%lld", most));
    return true;
}

static bool check_text(const struct check *k, const json_t *input, bool lines, json_t **out)
{
    struct str text;
    if (!clean_text(k, input, lines, &text) || !check_length(k, text))
        return false;
    *out = json_new_text(text);
    return true;
}

static bool check_line(const struct check *k, const json_t *input, json_t **out)
{
    return check_text(k, input, false, out);
}

static bool check_lines(const struct check *k, const json_t *input, json_t **out)
{
    return check_text(k, input, true, out);
}

static void show(struct buf *b, const json_t *question, const json_t *value, struct str language)
{
    (void)question;
    (void)language;
    buf_add(b, json_text(value));
}

const struct value_type type_text = {check_line, read_as_text, show};
const struct value_type type_long_text = {check_lines, read_as_text, show};
