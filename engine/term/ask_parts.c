/* Answers in parts: a commitment field by field, an agreement (or the end of a wait) with who and
 * when. */
#include "term/ask.h"

#include "base/clock.h"

static const struct {
    const char *id, *type;
    enum text name;
    bool required;
} parts[] = {
    {"what", "text", TEXT_PART_WHAT, true},
    {"by", "date", TEXT_PART_BY, true},
    {"know", "text", TEXT_PART_KNOW, false},
    {"help", "text", TEXT_PART_HELP, false},
};

enum { PARTS = sizeof parts / sizeof *parts };

/* Asks for one part until it is given or may be left out; an empty line keeps what was there. */
static enum given ask_commitment_part(struct talk *t, struct asking *asked, size_t i,
                                      json_t *commitment)
{
    json_t *field = json_pack("{s:s,s:s,s:b}", "id", parts[i].id, "type", parts[i].type, "required",
                              parts[i].required);
    const json_t *before = json_object_get(asked->before, parts[i].id);
    enum given given;
    for (;;) {
        json_t *value = NULL;
        given = ask_part(t, asked, field, talk_text(t, parts[i].name), before, &value);
        if (given == GIVEN_TEXT)
            json_object_set_new(commitment, parts[i].id, value);
        else if (given == GIVEN_EMPTY && before)
            json_object_set(commitment, parts[i].id, (json_t *)(uintptr_t)before);
        if (given != GIVEN_EMPTY || before || !parts[i].required)
            break;
        talk_warn(t, talk_text(t, TEXT_NEEDED));
    }
    json_decref(field);
    return given;
}

enum reply ask_commitment(struct talk *t, struct asking *asked)
{
    json_t *commitment = json_object();
    enum given given = GIVEN_TEXT;
    size_t i = 0;
    screen_gap(&t->screen);
    while (i < PARTS) {
        given = ask_commitment_part(t, asked, i, commitment);
        if (given == GIVEN_END)
            break;
        bool back = given == GIVEN_COMMAND && t->command.what == COMMAND_BACK &&
            !t->command.rest.n && i > 0;
        if (given == GIVEN_COMMAND && !back)
            break;
        i = back ? i - 1 : i + 1;
    }
    if (i >= PARTS || json_object_get(commitment, "by"))
        asked->value = commitment;
    else
        json_decref(commitment);
    return i >= PARTS ? REPLY_VALUE : talk_reply(given);
}

static enum given ask_who(struct talk *t, struct asking *asked, json_t *agreement)
{
    struct str name = t->options->client, text;
    struct prompt p = {.sign = "> "};
    talk_hint(t,
              name.n ? talk_fill(t, TEXT_CONFIRM_WHO, name, STR(""))
                     : talk_text(t, TEXT_CONFIRM_WHO_ELSE));
    enum given given = talk_prompt(t, asked, &p, &text);
    struct str who = given == GIVEN_TEXT ? str_trim(text) : name;
    if (who.n)
        json_object_set_new(agreement, "who", json_new_text(who));
    return given;
}

/* Yes or not yet; asked again until it is one of them. */
static enum given ask_agreed(struct talk *t, struct asking *asked, bool *agreed)
{
    struct prompt p = {.sign = "> "};
    struct str text;
    json_t *yes_no = json_pack("{s:s,s:s}", "id", "agreed", "type", "yes_no");
    enum given given;
    json_t *value = NULL;
    do
        given = talk_prompt(t, asked, &p, &text);
    while (given == GIVEN_TEXT && !ask_read(t, asked, yes_no, str_trim(text), &value));
    *agreed = json_is_true(value);
    json_decref(value);
    json_decref(yes_no);
    return given;
}

enum reply ask_confirm(struct talk *t, struct asking *asked)
{
    bool wait = json_is_object(json_object_get(asked->question, "wait")), agreed;
    char today[11];
    if (asked->fresh)
        talk_hint(t, talk_text(t, wait ? TEXT_HINT_WAIT : TEXT_HINT_CONFIRM));
    enum given given = ask_agreed(t, asked, &agreed);
    if (given != GIVEN_TEXT)
        return talk_reply(given);
    if (!agreed) {
        talk_hint(t, talk_text(t, TEXT_NOT_YET));
        return REPLY_AGAIN;
    }
    json_t *agreement = json_pack("{s:b}", "agreed", 1);
    if (!wait) {
        given = ask_who(t, asked, agreement);
        if (given == GIVEN_COMMAND || given == GIVEN_END) {
            json_decref(agreement);
            return talk_reply(given);
        }
    }
    clock_day(clock_now(), today);
    json_object_set_new(agreement, "on", json_string(today));
    asked->value = agreement;
    return REPLY_VALUE;
}
