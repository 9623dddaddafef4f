#include "term/ask.h"

#include "base/clock.h"
#include "base/random.h"
#include "workflow/value.h"

#include <assert.h>
#include <ctype.h>
#include <stdio.h>

/* `whole` types are given in several steps: one that is answered already is first offered to be
 * kept. */
static const struct {
    const char *type;
    ask_function *ask;
    bool whole;
} types[] = {
    {"text", ask_line, false},       {"long_text", ask_long, false},
    {"yes_no", ask_yes_no, false},   {"choice", ask_choice, false},
    {"choices", ask_choices, true},  {"scale", ask_scale, false},
    {"integer", ask_line, false},    {"number", ask_line, false},
    {"money", ask_line, false},      {"date", ask_line, false},
    {"duration", ask_line, false},   {"list", ask_list, false},
    {"sort", ask_sort, true},        {"grid", ask_grid, true},
    {"rank", ask_rank, true},        {"commitment", ask_commitment, true},
    {"confirm", ask_confirm, false},
};

static size_t type_of(const json_t *question)
{
    struct str type = json_member(question, "type");
    size_t i = 0;
    while (i < sizeof types / sizeof *types && !str_is(type, types[i].type))
        i++;
    assert(i < sizeof types / sizeof *types);
    return i;
}

bool ask_in_steps(const json_t *question)
{
    return types[type_of(question)].whole;
}

/* Enter leaves what is there; "c" begins anew. */
static enum reply offer_to_keep(struct talk *t, const struct asking *asked)
{
    struct prompt p = {.sign = "> "};
    struct str text;
    talk_hint(t, talk_text(t, TEXT_KEEP_OR_CHANGE));
    enum given given = talk_prompt(t, asked, &p, &text);
    return given == GIVEN_TEXT ? REPLY_VALUE : talk_reply(given);
}

enum reply ask_question(struct talk *t, struct asking *asked)
{
    size_t type = type_of(asked->question);
    bool settled = asked->standing == STANDING_ANSWER || asked->standing == STANDING_OFFER;
    if (types[type].whole && settled) {
        enum reply reply = offer_to_keep(t, asked);
        if (reply != REPLY_VALUE)
            return reply;
    }
    return types[type].ask(t, asked);
}

bool ask_read(struct talk *t, const struct asking *asked, const json_t *question, struct str typed,
              json_t **value)
{
    char today[11];
    struct err e = {0};
    json_t *read = NULL;
    clock_day(clock_now(), today);
    struct value_context c = {.question = question,
                              .rows = json_object_get(question, "rows"),
                              .previous = question == asked->question ? asked->before : NULL,
                              .language = t->language,
                              .today = str_of(today),
                              .new_item_id = random_item_id};
    bool ok = value_read(&c, typed, &read, &e) && value_check(&c, read, value, &e);
    json_decref(read);
    if (!ok)
        talk_warn(t, str_of(e.text));
    return ok;
}

enum given ask_part(struct talk *t, const struct asking *asked, const json_t *field,
                    struct str name, const json_t *before, json_t **value)
{
    struct str earlier = before ? talk_shown(t, field, before) : STR(""), text;
    struct prompt p = {.sign = "  > ", .earlier = earlier, .again = name};
    screen_line(&t->screen, STYLE_PLAIN, 2 * SCREEN_MARGIN, name);
    if (earlier.n)
        screen_line(&t->screen, STYLE_DIM, 2 * SCREEN_MARGIN,
                    talk_fill(t, TEXT_PART_BEFORE, earlier, STR("")));
    for (;;) {
        enum given given = talk_prompt(t, asked, &p, &text);
        if (given != GIVEN_TEXT)
            return given;
        const json_t *options = json_object_get(field, "options");
        size_t i = ask_option(options, str_trim(text));
        if (i < json_array_size(options)) {
            *value = json_incref(json_object_get(json_array_get(options, i), "id"));
            return GIVEN_TEXT;
        }
        if (json_array_size(options))
            talk_warn(t, talk_text(t, TEXT_OPTION_WHICH));
        else if (ask_read(t, asked, field, str_trim(text), value))
            return GIVEN_TEXT;
    }
}

static bool begins_a_word(struct str text, char letter)
{
    for (size_t i = 0; i < text.n; i++)
        if (tolower((unsigned char)text.p[i]) == tolower((unsigned char)letter) &&
            (i == 0 || text.p[i - 1] == ' '))
            return true;
    return false;
}

/* Letters are keys that one remembers; in a translation they may mean nothing, or something else.
 */
static bool keys_speak(const json_t *options)
{
    json_t *option;
    size_t i;
    json_array_foreach (options, i, option) {
        struct str key = json_member(option, "key");
        bool letter = key.n == 1 && isalpha((unsigned char)key.p[0]);
        if (letter && !begins_a_word(ask_name(option), key.p[0]))
            return false;
    }
    return true;
}

struct sign ask_sign(const json_t *options, size_t i)
{
    struct sign sign = {0};
    struct str key = json_member(json_array_get(options, i), "key");
    if (key.n && key.n < sizeof sign.text && keys_speak(options))
        (void)snprintf(sign.text, sizeof sign.text, "%.*s", STR_ARG(key));
    else if (i < 9 || i >= 9 + 26)
        (void)snprintf(sign.text, sizeof sign.text, "%u", (unsigned)(i + 1) % 10000);
    else
        sign.text[0] = (char)('a' + (i - 9));
    return sign;
}

static bool same_letters(struct str a, struct str b)
{
    for (size_t i = 0; i < a.n && i < b.n; i++)
        if (tolower((unsigned char)a.p[i]) != tolower((unsigned char)b.p[i]))
            return false;
    return true;
}

/* The only option whose label begins so. */
static size_t by_beginning(const json_t *options, struct str typed)
{
    size_t n = json_array_size(options), found = n;
    for (size_t i = 0; typed.n && i < n; i++) {
        struct str name = ask_name(json_array_get(options, i));
        if (name.n < typed.n || !same_letters(name, typed))
            continue;
        if (name.n == typed.n)
            return i;
        if (found < n)
            return n;
        found = i;
    }
    return found;
}

size_t ask_option(const json_t *options, struct str typed)
{
    size_t n = json_array_size(options);
    for (size_t i = 0; i < n; i++) {
        struct sign sign = ask_sign(options, i);
        struct str s = str_of(sign.text), id = json_member(json_array_get(options, i), "id");
        if ((s.n == typed.n && same_letters(s, typed)) || str_eq(id, typed))
            return i;
    }
    return by_beginning(options, typed);
}

void ask_show_columns(struct talk *t, const json_t *options)
{
    struct buf b = {.a = t->a};
    for (size_t i = 0; i < json_array_size(options); i++)
        buf_format(&b, "%s%s %.*s", i ? "   " : "", ask_sign(options, i).text,
                   STR_ARG(ask_name(json_array_get(options, i))));
    if (text_width(buf_str(&b)) + 2 * SCREEN_MARGIN > t->screen.width) {
        ask_show_options(t, options);
        return;
    }
    screen_gap(&t->screen);
    screen_line(&t->screen, STYLE_PLAIN, 2 * SCREEN_MARGIN, buf_str(&b));
}

void ask_show_options(struct talk *t, const json_t *options)
{
    screen_gap(&t->screen);
    for (size_t i = 0; i < json_array_size(options); i++) {
        struct sign sign = ask_sign(options, i);
        screen_item(&t->screen, STYLE_PLAIN, 2 * SCREEN_MARGIN, str_of(sign.text),
                    ask_name(json_array_get(options, i)));
    }
}

struct str ask_name(const json_t *row)
{
    struct str text = json_member(row, "text");
    if (!text.n)
        text = json_member(row, "label");
    return text.n ? text : json_member(row, "id");
}

struct str ask_earlier(struct talk *t, const struct asking *asked)
{
    if (!asked->before)
        return STR("");
    if (json_is_string(asked->before) && !json_object_get(asked->question, "options"))
        return json_text(asked->before);
    return talk_shown(t, asked->question, asked->before);
}
