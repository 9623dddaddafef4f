/* Commands that leave the question as it is: help, notes, the review, advice. */
#include "term/ask.h"
#include "term/show.h"

static void add_note(struct talk *t, const struct asking *asked, struct str text, enum command c)
{
    static const struct {
        const char *visibility;
        enum text saved;
    } kinds[COMMAND_COUNT] = {
        [COMMAND_NOTE] = {"private", TEXT_NOTE_SAVED},
        [COMMAND_SHARE] = {"shared", TEXT_SHARED_SAVED},
        [COMMAND_SENSITIVE] = {"sensitive", TEXT_SENSITIVE_SAVED},
    };
    struct err e = {0};
    struct prompt p = {.sign = "> ", .keep_lines = true, .words_only = true};
    if (!text.n) {
        talk_hint(t, talk_text(t, TEXT_NOTE_ASK));
        if (talk_prompt(t, asked, &p, &text) != GIVEN_TEXT)
            return;
    }
    do {
        if (journey_note(t->journey, question_key(asked->question), text,
                         str_of(kinds[c].visibility), &e)) {
            talk_hint(t, talk_text(t, kinds[c].saved));
            return;
        }
    } while (record_retry(t, &e));
}

static void show_note(struct talk *t, const json_t *note, bool all)
{
    struct str visibility = json_member(note, "visibility");
    bool shared = str_is(visibility, "shared");
    struct str text = shared || all ? json_member(note, "text") : talk_text(t, TEXT_HIDDEN_NOTE);
    json_t *date = json_pack("{s:s}", "type", "date");
    struct str day =
        json_object_get(note, "day") ? talk_shown(t, date, json_object_get(note, "day")) : STR("");
    json_decref(date);
    screen_item(&t->screen, STYLE_PLAIN, SCREEN_MARGIN, day.n ? day : STR("-"), text);
}

static bool wants_all(struct str rest)
{
    return str_is(rest, "all") || str_is(rest, "tout") || str_is(rest, "tous") ||
        str_is(rest, "toutes");
}

static void show_notes(struct talk *t, bool all)
{
    json_t *notes = NULL, *note;
    size_t i;
    struct err e = {0};
    if (!journey_notes(t->journey, &notes, &e)) {
        talk_warn(t, str_of(e.text));
        return;
    }
    screen_gap(&t->screen);
    if (json_array_size(notes) == 0)
        talk_hint(t, talk_text(t, TEXT_NO_NOTES));
    json_array_foreach (notes, i, note)
        show_note(t, note, all);
    if (json_array_size(notes) && !all)
        talk_hint(t, talk_text(t, TEXT_NOTES_ALL));
    json_decref(notes);
}

static void show_advice(struct talk *t)
{
    json_t *advice = json_object_get(t->view, "advice"), *one;
    size_t i;
    screen_gap(&t->screen);
    if (json_array_size(advice) == 0)
        talk_hint(t, talk_text(t, TEXT_NO_ADVICE));
    json_array_foreach (advice, i, one)
        screen_item(&t->screen, STYLE_PLAIN, SCREEN_MARGIN, STR("-"), json_text(one));
}

static void show_help(struct talk *t, bool in_list)
{
    screen_gap(&t->screen);
    for (enum command c = COMMAND_EXPLAIN; c < COMMAND_COUNT; c++) {
        if (command_is_for_lists(c) && !in_list)
            continue;
        struct str name = command_name(c, t->tongue);
        struct str mark = c == COMMAND_EXPLAIN ? name : str_format(t->a, ":%s", name.p);
        size_t width = text_width(mark);
        mark = str_format(t->a, "%s%*s", mark.p, width < 11 ? (int)(11 - width) : 0, "");
        screen_item(&t->screen, STYLE_PLAIN, SCREEN_MARGIN, mark, command_purpose(c, t->tongue));
    }
    screen_gap(&t->screen);
    talk_hint(t, talk_text(t, TEXT_HELP_FOOT));
}

/* After much else on the screen: the question, and what to choose from. */
static void show_again(struct talk *t, const json_t *question)
{
    show_ask(t, question);
    ask_remind(t, question);
}

bool remark_obey(struct talk *t, const struct asking *asked, const struct typed_command *c)
{
    bool in_list = str_is(json_member(asked->question, "type"), "list");
    switch (c->what) {
    case COMMAND_EXPLAIN:
        show_explanation(t, asked->question);
        break;
    case COMMAND_HELP:
        show_help(t, in_list);
        show_again(t, asked->question);
        break;
    case COMMAND_NOTE:
    case COMMAND_SHARE:
    case COMMAND_SENSITIVE:
        add_note(t, asked, c->rest, c->what);
        break;
    case COMMAND_NOTES:
        show_notes(t, wants_all(c->rest));
        show_again(t, asked->question);
        break;
    case COMMAND_ADVICE:
        show_advice(t);
        show_again(t, asked->question);
        break;
    case COMMAND_REVIEW:
        show_review(t, wants_all(c->rest));
        show_again(t, asked->question);
        break;
    case COMMAND_EDIT:
        if (str_is(json_member(asked->question, "type"), "long_text"))
            return false;
        talk_warn(t, talk_text(t, TEXT_ONLY_LONG));
        break;
    default:
        if (!command_is_for_lists(c->what) || in_list)
            return false;
        talk_warn(t, talk_text(t, TEXT_ONLY_IN_LIST));
        break;
    }
    return true;
}
