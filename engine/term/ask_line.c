/* Questions answered with one line: text, numbers, money, dates, durations, yes or no, a scale, one
 * choice. */
#include "term/ask.h"

#include <string.h>

static const struct {
    const char *type;
    enum text hint;
} hints[] = {
    {"integer", TEXT_HINT_INTEGER}, {"number", TEXT_HINT_NUMBER},     {"money", TEXT_HINT_MONEY},
    {"date", TEXT_HINT_DATE},       {"duration", TEXT_HINT_DURATION}, {"yes_no", TEXT_HINT_YES_NO},
};

static void show_hint(struct talk *t, const json_t *q)
{
    struct str type = json_member(q, "type"), unit = json_member(q, "unit");
    for (size_t i = 0; i < sizeof hints / sizeof *hints; i++) {
        if (!str_is(type, hints[i].type))
            continue;
        struct str hint = talk_text(t, hints[i].hint);
        if (unit.n)
            hint = str_format(t->a, "%.*s (%.*s)", STR_ARG(hint), STR_ARG(unit));
        talk_hint(t, hint);
    }
}

/* Reads lines until one fits. */
static enum reply read_line(struct talk *t, struct asking *asked, const json_t *options)
{
    struct prompt p = {.sign = "> ", .earlier = ask_earlier(t, asked)};
    struct str text;
    for (;;) {
        enum given given = talk_prompt(t, asked, &p, &text);
        if (given != GIVEN_TEXT)
            return talk_reply(given);
        text = str_trim(text);
        size_t i = ask_option(options, text);
        if (i < json_array_size(options)) {
            asked->value = json_incref(json_object_get(json_array_get(options, i), "id"));
            return REPLY_VALUE;
        }
        if (ask_read(t, asked, asked->question, text, &asked->value))
            return REPLY_VALUE;
        p.earlier = text;
    }
}

enum reply ask_line(struct talk *t, struct asking *asked)
{
    if (!str_is(json_member(asked->question, "type"), "text")) {
        if (asked->fresh)
            show_hint(t, asked->question);
        return read_line(t, asked, NULL);
    }
    struct prompt p = {.sign = "> ", .earlier = ask_earlier(t, asked)};
    struct str text;
    enum given given = talk_prompt(t, asked, &p, &text);
    if (given != GIVEN_TEXT)
        return talk_reply(given);
    asked->value = json_new_text(str_trim(text));
    return REPLY_VALUE;
}

enum reply ask_yes_no(struct talk *t, struct asking *asked)
{
    if (asked->fresh)
        show_hint(t, asked->question);
    return read_line(t, asked, NULL);
}

enum reply ask_choice(struct talk *t, struct asking *asked)
{
    const json_t *options = json_object_get(asked->question, "options");
    if (asked->fresh)
        ask_show_options(t, options);
    return read_line(t, asked, options);
}

/* "not started  1  2  3 ... 10  done": on one line where it fits, else only its ends. */
static void show_scale(struct talk *t, const json_t *q)
{
    long long from = json_whole(q, "from", 1), to = json_whole(q, "to", 10);
    const json_t *ends = json_object_get(q, "ends");
    struct str low = json_text(json_array_get(ends, 0)), high = json_text(json_array_get(ends, 1));
    struct buf b = {.a = t->a};
    if (low.n)
        buf_format(&b, "%.*s   ", STR_ARG(low));
    for (long long i = from; i <= to && to - from <= 20; i++)
        buf_format(&b, "%s%lld", i > from ? "  " : "", i);
    if (to - from > 20)
        buf_format(&b, "%lld ... %lld", from, to);
    if (high.n)
        buf_format(&b, "   %.*s", STR_ARG(high));
    if (text_width(buf_str(&b)) + 2 * SCREEN_MARGIN <= t->screen.width) {
        screen_gap(&t->screen);
        screen_line(&t->screen, STYLE_PLAIN, 2 * SCREEN_MARGIN, buf_str(&b));
        return;
    }
    struct str first = talk_number(t, from), last = talk_number(t, to);
    screen_gap(&t->screen);
    screen_item(&t->screen, STYLE_PLAIN, 2 * SCREEN_MARGIN, first, low);
    screen_item(&t->screen, STYLE_PLAIN, 2 * SCREEN_MARGIN, last, high);
}

enum reply ask_scale(struct talk *t, struct asking *asked)
{
    if (asked->fresh)
        show_scale(t, asked->question);
    return read_line(t, asked, NULL);
}

void ask_remind(struct talk *t, const json_t *question)
{
    struct str type = json_member(question, "type");
    if (str_is(type, "choice"))
        ask_show_options(t, json_object_get(question, "options"));
    else if (str_is(type, "scale"))
        show_scale(t, question);
}
