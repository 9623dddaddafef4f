/* Several choices: toggled by their signs in a terminal, given on one line ("1 3") elsewhere. */
#include "term/ask.h"

enum { CHOICES_MAX = 512 };

struct choosing {
    struct talk *t;
    const json_t *options;
    size_t n;
    bool chosen[CHOICES_MAX];
};

static json_t *chosen_ids(const struct choosing *c)
{
    json_t *ids = json_array();
    for (size_t i = 0; i < c->n; i++)
        if (c->chosen[i])
            json_array_append(ids, json_object_get(json_array_get(c->options, i), "id"));
    return ids;
}

static void begin_with(struct choosing *c, const json_t *before)
{
    json_t *id;
    size_t k;
    json_array_foreach (before, k, id)
        for (size_t i = 0; i < c->n; i++)
            if (json_equal(id, json_object_get(json_array_get(c->options, i), "id")))
                c->chosen[i] = true;
}

/* The chosen ones in one line, which is drawn over at every key; cut where the window ends. */
static void draw(struct choosing *c)
{
    struct screen *s = &c->t->screen;
    struct buf b = {.a = c->t->a};
    for (size_t i = 0; i < c->n; i++)
        if (c->chosen[i])
            buf_format(&b, "%s%.*s", b.n ? " · " : "",
                       STR_ARG(ask_name(json_array_get(c->options, i))));
    struct str line = text_safe(c->t->a, buf_str(&b), false);
    size_t room = s->columns > 8 ? s->columns - 8 : 1, at = 0, width = 0;
    while (at < line.n) {
        size_t n = text_grapheme(line, at);
        width += text_width(str_part(line, at, at + n));
        if (width > room)
            break;
        at += n;
    }
    screen_control(s, "\r\x1b[K");
    screen_part(s, STYLE_PLAIN, STR("  > "));
    screen_part(s, STYLE_PLAIN, str_part(line, 0, at));
    if (at < line.n)
        screen_part(s, STYLE_DIM, STR(" …"));
}

static void toggle(struct choosing *c, uint32_t key)
{
    char typed = key < 0x80 ? (char)key : ' ';
    for (size_t i = 0; i < c->n; i++) {
        struct sign sign = ask_sign(c->options, i);
        if (sign.text[0] == typed && !sign.text[1])
            c->chosen[i] = !c->chosen[i];
    }
}

static enum reply choose_by_keys(struct choosing *c, struct asking *asked)
{
    uint32_t key = 0;
    talk_hint(c->t, talk_text(c->t, TEXT_HINT_TOGGLE));
    while (key != '\n') {
        draw(c);
        enum given given = talk_key(c->t, asked, &key);
        if (given != GIVEN_TEXT)
            return talk_reply(given);
        if (key == 0)
            ask_show_options(c->t, c->options);
        toggle(c, key);
    }
    screen_end_line(&c->t->screen);
    asked->value = chosen_ids(c);
    if (json_array_size(asked->value))
        return REPLY_VALUE;
    json_decref(asked->value);
    asked->value = NULL;
    return REPLY_EMPTY;
}

/* Marks the options of a line such as "1 3" or "1, 3".  False: one of the words means none of them.
 */
static bool mark(struct choosing *c, struct str text)
{
    struct str rest = text;
    for (size_t i = 0; i < c->n; i++)
        c->chosen[i] = false;
    while (rest.n) {
        size_t end = 0;
        while (end < rest.n && rest.p[end] != ' ' && rest.p[end] != ',')
            end++;
        struct str word = str_part(rest, 0, end);
        size_t i = ask_option(c->options, word);
        if (word.n && i >= c->n)
            return false;
        if (word.n)
            c->chosen[i] = true;
        rest = str_part(rest, end + 1, rest.n);
    }
    return true;
}

static enum reply choose_by_line(struct choosing *c, struct asking *asked)
{
    struct prompt p = {.sign = "> "};
    struct str text;
    talk_hint(c->t, talk_text(c->t, TEXT_HINT_CHOICES));
    for (;;) {
        enum given given = talk_prompt(c->t, asked, &p, &text);
        if (given != GIVEN_TEXT)
            return talk_reply(given);
        if (mark(c, str_trim(text))) {
            asked->value = chosen_ids(c);
            return REPLY_VALUE;
        }
        if (ask_read(c->t, asked, asked->question, str_trim(text), &asked->value))
            return REPLY_VALUE;
    }
}

enum reply ask_choices(struct talk *t, struct asking *asked)
{
    struct choosing *c = arena_alloc(t->a, sizeof *c);
    c->t = t;
    c->options = json_object_get(asked->question, "options");
    c->n = json_array_size(c->options) < CHOICES_MAX ? json_array_size(c->options) : CHOICES_MAX;
    begin_with(c, asked->before);
    ask_show_options(t, c->options);
    bool keys = talk_has_keys(t) && c->n <= 9 + 26;
    return keys ? choose_by_keys(c, asked) : choose_by_line(c, asked);
}
