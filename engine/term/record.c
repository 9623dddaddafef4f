/* Handing changes over to the journey, and what may stand in their way: a sentence about the
 * answer, somebody else's change, a full disk.  Nothing is called saved before it is committed;
 * nothing given is dropped before it is saved. */
#include "term/talk.h"

static void keep_draft(struct talk *t, const json_t *question, const json_t *value)
{
    json_t *copy = json_deep_copy(value);
    json_decref(t->draft);
    json_decref(t->draft_key);
    t->draft = copy;
    t->draft_key = json_new_text(question_key(question));
}

static void drop_draft(struct talk *t)
{
    json_decref(t->draft);
    json_decref(t->draft_key);
    t->draft = t->draft_key = NULL;
}

static void saved(struct talk *t, const json_t *question)
{
    drop_draft(t);
    (void)json_object_del(t->passed, question_key(question).p);
    json_decref(t->focus);
    t->focus = NULL;
    talk_stale(t);
    screen_line(&t->screen, STYLE_GOOD, SCREEN_MARGIN, talk_text(t, TEXT_SAVED));
}

static void give_up(struct talk *t, const struct err *e)
{
    t->over = true;
    t->ok = err_set(t->e, e->code, "%s", e->text);
}

bool record_retry(struct talk *t, const struct err *e)
{
    struct str ignored;
    const struct asking none = {0};
    struct prompt p = {.sign = "> ", .words_only = true};
    talk_warn(t, str_of(e->text));
    if (e->code != ERR_DISK && e->code != ERR_LOCKED)
        return false;
    talk_hint(t, talk_text(t, TEXT_TRY_AGAIN));
    enum given given = talk_prompt(t, &none, &p, &ignored);
    if (given == GIVEN_EMPTY)
        return true;
    give_up(t, e);
    return false;
}

static void show_side(struct talk *t, const json_t *question, const char *mark, const json_t *value)
{
    bool open = !value || json_is_null(value);
    struct str shown = open ? talk_text(t, TEXT_CONFLICT_OPEN) : talk_shown(t, question, value);
    screen_item(&t->screen, STYLE_PLAIN, 2 * SCREEN_MARGIN, str_of(mark), shown);
}

/* Somebody else has answered meanwhile: both answers are shown, and the person chooses.  True: ours
 * once more. */
static bool settle(struct talk *t, const json_t *question, struct change *c)
{
    const json_t *conflict = journey_conflict(t->journey);
    const struct asking none = {.question = question};
    struct prompt p = {.sign = "1/2 > ", .words_only = true};
    struct str text;
    screen_gap(&t->screen);
    talk_warn(t, talk_text(t, TEXT_CONFLICT));
    talk_hint(t, talk_text(t, TEXT_CONFLICT_YOURS));
    show_side(t, question, "1", json_object_get(conflict, "yours"));
    talk_hint(t, talk_text(t, TEXT_CONFLICT_THEIRS));
    show_side(t, question, "2", json_object_get(conflict, "theirs"));
    talk_hint(t, talk_text(t, TEXT_CONFLICT_WHICH));
    for (;;) {
        if (talk_prompt(t, &none, &p, &text) == GIVEN_END) {
            t->over = true;
            return false;
        }
        if (str_is(str_trim(text), "1")) {
            c->replaces = json_whole(conflict, "revision", -1);
            return true;
        }
        if (str_is(str_trim(text), "2")) {
            talk_hint(t, talk_text(t, TEXT_CONFLICT_LEFT));
            drop_draft(t);
            talk_stale(t);
            return false;
        }
        talk_warn(t, talk_text(t, TEXT_CONFLICT_WHICH));
    }
}

/* True: try once more. */
static bool overcome(struct talk *t, const json_t *question, struct change *c, const struct err *e)
{
    switch (e->code) {
    case ERR_CONFLICT:
        return settle(t, question, c);
    case ERR_DISK:
    case ERR_LOCKED:
        return record_retry(t, e);
    case ERR_INPUT:
    case ERR_LIMIT:
        talk_warn(t, str_of(e->text));
        if (c->value)
            keep_draft(t, question, c->value);
        return false;
    case ERR_NOT_FOUND:
    case ERR_REFUSED:
        talk_warn(t, str_of(e->text));
        json_decref(t->focus);
        t->focus = NULL;
        json_object_set_new(t->passed, question_key(question).p, json_true());
        talk_stale(t);
        return false;
    default:
        give_up(t, e);
        return false;
    }
}

bool record_answer(struct talk *t, const json_t *question, const json_t *value)
{
    struct change c = {.key = question_key(question), .value = value};
    struct err e = {0};
    c.replaces = json_whole(t->view, "revision", -1);
    do {
        if (journey_answer(t->journey, &c, &e)) {
            saved(t, question);
            return true;
        }
    } while (overcome(t, question, &c, &e));
    return false;
}

void record_begun(struct talk *t, const json_t *question, const json_t *value)
{
    struct change c = {.key = question_key(question), .value = value, .replaces = -1};
    struct err e = {0};
    if (!value)
        return;
    c.replaces = json_whole(t->view, "revision", -1);
    if (journey_answer(t->journey, &c, &e)) {
        talk_hint(t, talk_text(t, TEXT_BEGUN_SAVED));
    } else {
        keep_draft(t, question, value);
        talk_warn(t, talk_text(t, TEXT_BEGUN_LOST));
        talk_warn(t, str_of(e.text));
    }
}

bool record_skip(struct talk *t, const json_t *question, struct str why)
{
    struct change c = {.key = question_key(question), .why = why};
    struct err e = {0};
    c.replaces = json_whole(t->view, "revision", -1);
    do {
        if (journey_skip(t->journey, &c, &e)) {
            saved(t, question);
            return true;
        }
    } while (overcome(t, question, &c, &e));
    return false;
}
