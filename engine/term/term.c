#include "term/talk.h"

#include "term/ask.h"
#include "term/show.h"
#include "workflow/value.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct str talk_text(struct talk *t, enum text text)
{
    return texts_get(t->tongue, text);
}

struct str talk_fill(struct talk *t, enum text text, struct str one, struct str two)
{
    return texts_fill(t->a, t->tongue, text, one, two);
}

struct str talk_number(struct talk *t, long long n)
{
    return str_format(t->a, "%lld", n);
}

void talk_say(struct talk *t, enum style style, enum text text)
{
    screen_line(&t->screen, style, SCREEN_MARGIN, talk_text(t, text));
}

void talk_warn(struct talk *t, struct str sentence)
{
    screen_line(&t->screen, STYLE_WARN, SCREEN_MARGIN, sentence);
}

void talk_hint(struct talk *t, struct str sentence)
{
    screen_line(&t->screen, STYLE_DIM, SCREEN_MARGIN, sentence);
}

struct str talk_shown(struct talk *t, const json_t *question, const json_t *value)
{
    return value_show(t->a, question, value, t->language);
}

struct str question_key(const json_t *question)
{
    return json_member(question, "key");
}

void talk_stale(struct talk *t)
{
    t->shown[0] = '\0';
}

bool talk_has_keys(const struct talk *t)
{
    return t->keyboard.terminal && t->screen.terminal;
}

enum reply talk_reply(enum given given)
{
    return given == GIVEN_COMMAND ? REPLY_COMMAND : given == GIVEN_END ? REPLY_END : REPLY_EMPTY;
}

static void warn_unknown(struct talk *t, const struct typed_command *c)
{
    if (c->word.n)
        talk_warn(t, talk_fill(t, TEXT_UNKNOWN_COMMAND_NEAR, c->word, STR("")));
    else
        talk_warn(t, talk_text(t, TEXT_UNKNOWN_COMMAND));
}

/* What a line that may be a command comes to.  False: it was dealt with, ask again. */
static bool judge_line(struct talk *t, const struct asking *asked, struct str line,
                       struct str *text, enum given *given)
{
    struct typed_command c = command_read(line, t->tongue);
    if (c.what == COMMAND_NONE) {
        *text = c.rest;
        *given = str_trim(c.rest).n ? GIVEN_TEXT : GIVEN_EMPTY;
        return true;
    }
    if (c.what == COMMAND_UNKNOWN) {
        warn_unknown(t, &c);
        return false;
    }
    if (remark_obey(t, asked, &c)) {
        t->remarked = true;
        return false;
    }
    t->command = c;
    *given = GIVEN_COMMAND;
    return true;
}

enum given talk_prompt(struct talk *t, const struct asking *asked, const struct prompt *p,
                       struct str *text)
{
    enum given given = GIVEN_END;
    struct str sign = str_format(t->a, "  %s", p->sign);
    for (;;) {
        struct line_wish wish = {.prompt = sign.p,
                                 .begin = p->begin,
                                 .earlier = p->earlier,
                                 .large = talk_text(t, TEXT_PASTED),
                                 .keep_lines = p->keep_lines};
        struct str line;
        enum heard heard = line_read(t->line, t->a, &wish, &line);
        if (heard == HEARD_END || heard == HEARD_STOP)
            return GIVEN_END;
        if (heard == HEARD_UNREADABLE) {
            talk_warn(t, talk_text(t, TEXT_NOT_UTF8));
            continue;
        }
        bool bare = p->bare_commands && talk_has_keys(t) && command_stands_alone(line);
        if (heard == HEARD_PASTE || (p->words_only && !bare)) {
            *text = line;
            return str_trim(line).n ? GIVEN_TEXT : GIVEN_EMPTY;
        }
        t->remarked = false;
        if (judge_line(t, asked, line, text, &given))
            return given;
        if (t->remarked && p->again.n)
            screen_line(&t->screen, STYLE_PLAIN, 2 * SCREEN_MARGIN, p->again);
    }
}

/* ":" among single keys: a whole command follows; what was not one leads back to the keys. */
static enum given command_by_key(struct talk *t, const struct asking *asked, uint32_t *c)
{
    struct line_wish wish = {.prompt = "  ", .begin = STR(":")};
    struct str line;
    enum given given = GIVEN_TEXT;
    *c = 0;
    screen_end_line(&t->screen);
    enum heard heard = line_read(t->line, t->a, &wish, &line);
    if (heard == HEARD_END || heard == HEARD_STOP)
        return GIVEN_END;
    if (heard == HEARD_UNREADABLE)
        talk_warn(t, talk_text(t, TEXT_NOT_UTF8));
    else
        (void)judge_line(t, asked, line, &line, &given);
    return given == GIVEN_COMMAND ? GIVEN_COMMAND : GIVEN_TEXT;
}

enum given talk_key(struct talk *t, const struct asking *asked, uint32_t *c)
{
    screen_flush(&t->screen);
    t->woken = false;
    for (;;) {
        switch (keyboard_key(&t->keyboard, c)) {
        case KEY_END:
        case KEY_STOP:
            screen_end_line(&t->screen);
            return GIVEN_END;
        case KEY_ENTER:
            *c = '\n';
            return GIVEN_TEXT;
        case KEY_BACKSPACE:
            *c = 8;
            return GIVEN_TEXT;
        case KEY_CHAR:
            if (*c == ':')
                return command_by_key(t, asked, c);
            if (*c == '?') {
                struct typed_command explain = {.what = COMMAND_EXPLAIN};
                screen_end_line(&t->screen);
                (void)remark_obey(t, asked, &explain);
                *c = 0;
            }
            return GIVEN_TEXT;
        case KEY_OTHER:
            *c = 0;
            if (t->woken)
                return GIVEN_TEXT;
            break;
        }
    }
}

/* What there is to begin with, in the order of what a person would expect to see. */
static void find_before(struct talk *t, struct asking *asked)
{
    const json_t *q = asked->question;
    struct str state = json_member(q, "state");
    bool refused = t->draft && str_eq(json_text(t->draft_key), question_key(q));
    asked->standing = STANDING_NOTHING;
    if (refused) {
        asked->before = t->draft;
        asked->standing = STANDING_REFUSED;
    } else if ((asked->before = json_object_get(q, "value"))) {
        asked->standing = str_is(state, "invalid") ? STANDING_REFUSED : STANDING_ANSWER;
    } else if ((asked->before = json_object_get(q, "previous"))) {
        asked->standing = str_is(state, "to_check") ? STANDING_ANSWER
            : str_is(state, "invalid")              ? STANDING_REFUSED
                                                    : STANDING_OFFER;
    } else if ((asked->before = json_object_get(q, "start"))) {
        asked->standing = STANDING_OFFER;
    }
}

/* An empty line where one question stands. */
static void left_empty(struct talk *t, const struct asking *asked)
{
    const json_t *q = asked->question;
    bool to_check = str_is(json_member(q, "state"), "to_check");
    if (asked->standing == STANDING_OFFER || (asked->standing == STANDING_ANSWER && to_check)) {
        (void)record_answer(t, q, asked->before);
    } else if (asked->standing == STANDING_ANSWER || json_object_get(q, "skipped")) {
        json_decref(t->focus);
        t->focus = NULL;
        talk_hint(t, talk_text(t, TEXT_KEPT));
    } else if (!json_flag(q, "required", true)) {
        (void)record_skip(t, q, STR(""));
    } else {
        talk_warn(t, talk_text(t, TEXT_NEEDED));
    }
}

static void end_of_input(struct talk *t, const struct asking *asked)
{
    record_begun(t, asked->question, asked->value);
    t->over = true;
}

static void ask_and_obey(struct talk *t, struct asking *asked)
{
    switch (ask_question(t, asked)) {
    case REPLY_VALUE:
        (void)record_answer(t, asked->question, asked->value);
        break;
    case REPLY_EMPTY:
        left_empty(t, asked);
        break;
    case REPLY_COMMAND:
        if (t->command.what != COMMAND_SKIP)
            record_begun(t, asked->question, asked->value);
        turn_obey(t, asked, &t->command);
        break;
    case REPLY_END:
        end_of_input(t, asked);
        break;
    case REPLY_AGAIN:
        break;
    }
}

/* Nothing is left to ask: the end, or a workflow that cannot go on. */
static void finish(struct talk *t)
{
    t->over = true;
    if (json_object_get(t->view, "trouble"))
        t->ok = err_set(t->e, ERR_SCRIPT, "%.*s", STR_ARG(talk_text(t, TEXT_TROUBLE_STOP)));
}

static void take_step(struct talk *t)
{
    t->a = arena_new();
    json_decref(t->view);
    t->view = journey_view(t->journey);
    json_t *question = turn_question(t);
    show_news(t, question);
    if (!question) {
        finish(t);
    } else {
        struct asking asked = {.question = question};
        struct str key = question_key(question);
        t->asked = &asked;
        find_before(t, &asked);
        asked.fresh = !str_is(key, t->shown);
        if (asked.fresh)
            show_question(t, &asked);
        (void)snprintf(t->shown, sizeof t->shown, "%.*s", STR_ARG(key));
        ask_and_obey(t, &asked);
        t->asked = NULL;
        json_decref(asked.value);
        json_decref(question);
    }
    if (t->screen.failed)
        t->over = true;
    arena_free(t->a);
    t->a = NULL;
}

/* What a client said does not stay on a screen that nobody looks at. */
static void hide(void *user, bool hidden)
{
    struct talk *t = user;
    screen_control(&t->screen, "\x1b[H\x1b[2J\x1b[3J");
    screen_elsewhere(&t->screen);
    if (hidden)
        talk_hint(t, talk_text(t, TEXT_HIDDEN));
    else if (t->asked)
        show_ask(t, t->asked->question);
    t->woken = !hidden;
    screen_flush(&t->screen);
}

static void talk_open(struct talk *t, struct journey *j, const struct term_options *o,
                      struct err *e)
{
    *t = (struct talk){
        .journey = j, .options = o, .e = e, .ok = true, .tongue = texts_tongue(o->language)};
    t->language = t->tongue == TONGUE_FR ? STR("fr") : STR("en");
    int idle = o->idle_seconds > 0 && o->idle_seconds < 86400 ? o->idle_seconds : 15 * 60;
    screen_open(&t->screen, o->out, o->color);
    t->screen.terminal = t->screen.terminal && o->interactive;
    t->screen.color = t->screen.color && t->screen.terminal;
    keyboard_open(&t->keyboard, o->in, o->out, t->screen.terminal);
    t->keyboard.idle_ms = t->keyboard.terminal && o->idle_seconds >= 0 ? idle * 1000 : 0;
    t->keyboard.hide = hide;
    t->keyboard.hide_user = t;
    t->line = line_open(&t->keyboard, &t->screen);
    t->passed = json_object();
}

static void talk_close(struct talk *t)
{
    screen_flush(&t->screen);
    line_close(t->line);
    keyboard_close(&t->keyboard);
    json_decref(t->view);
    json_decref(t->focus);
    json_decref(t->passed);
    json_decref(t->draft);
    json_decref(t->draft_key);
    json_decref(t->said);
    json_decref(t->trouble);
    json_decref(t->reviewed);
}

bool term_run(struct journey *j, const struct term_options *o, struct err *e)
{
    struct talk t;
    talk_open(&t, j, o, e);
    while (!t.over)
        take_step(&t);
    t.a = arena_new();
    show_farewell(&t);
    arena_free(t.a);
    bool stopped = t.keyboard.stopped;
    talk_close(&t);
    if (t.ok && stopped)
        return err_set(e, ERR_INTERRUPTED, "%.*s", STR_ARG(texts_get(t.tongue, TEXT_INTERRUPTED)));
    return t.ok;
}
