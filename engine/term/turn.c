/* Moving within the journey: back, next, skip, undo, redo, clear, quit. */
#include "term/talk.h"

#include <stdlib.h>

static void look_at(struct talk *t, struct str key)
{
    json_decref(t->focus);
    t->focus = json_new_text(key);
    talk_stale(t);
}

static void look_away(struct talk *t)
{
    json_decref(t->focus);
    t->focus = NULL;
    talk_stale(t);
}

/* The first open question that is not put off; `put_off` gets whether a required one is. */
static json_t *first_open(struct talk *t, bool *put_off)
{
    json_t *open = json_object_get(t->view, "open"), *q;
    size_t i;
    *put_off = false;
    json_array_foreach (open, i, q) {
        const char *key = question_key(q).p;
        if (!json_object_get(t->passed, key))
            return json_incref(q);
        *put_off = *put_off || json_flag(q, "required", true);
    }
    return NULL;
}

json_t *turn_question(struct talk *t)
{
    bool put_off;
    if (t->focus) {
        json_t *q = NULL;
        struct err e = {0};
        if (journey_question(t->journey, json_text(t->focus), &q, &e))
            return q;
        look_away(t);
    }
    json_t *q = first_open(t, &put_off);
    if (!q && put_off) {
        json_object_clear(t->passed);
        q = first_open(t, &put_off);
    }
    return q;
}

/* The answered question before the one that is asked now; the last one if that is not among them.
 */
static struct str key_before(struct talk *t, const json_t *review, struct str now)
{
    json_t *answered = json_object_get(review, "answered"), *entry;
    struct str before = STR("");
    size_t i;
    json_array_foreach (answered, i, entry) {
        if (str_eq(question_key(entry), now))
            return str_copy(t->a, before);
        before = question_key(entry);
    }
    return str_copy(t->a, before);
}

static void go_back(struct talk *t, const json_t *question)
{
    json_t *review = journey_review(t->journey);
    struct str key = key_before(t, review, question_key(question));
    if (key.n)
        look_at(t, key);
    else
        talk_hint(t, talk_text(t, TEXT_NOTHING_BEFORE));
    json_decref(review);
}

/* ":back goal", or ":back 3" by the numbers of the review. */
static void go_to(struct talk *t, struct str name)
{
    struct err e = {0};
    struct str key;
    char *end;
    long number = strtol(str_copy(t->a, name).p, &end, 10);
    if (!*end && !t->reviewed) {
        talk_warn(t, talk_text(t, TEXT_REVIEW_FIRST));
        return;
    }
    if (!*end && number > 0 && (size_t)number <= json_array_size(t->reviewed))
        look_at(t, json_text(json_array_get(t->reviewed, (size_t)number - 1)));
    else if (journey_resolve(t->journey, t->a, name, &key, &e))
        look_at(t, key);
    else
        talk_warn(t, str_of(e.text));
}

static void go_next(struct talk *t, const struct asking *asked)
{
    const json_t *question = asked->question;
    bool put_off;
    talk_stale(t);
    if (asked->value && !t->draft) /* what was begun is its answer now */
        return;
    if (t->focus) {
        look_away(t);
        return;
    }
    json_object_set_new(t->passed, question_key(question).p, json_true());
    json_t *other = first_open(t, &put_off);
    if (!other && json_flag(question, "required", true))
        talk_hint(t, talk_text(t, TEXT_NO_OTHER));
    json_decref(other);
}

static void skip(struct talk *t, const struct asking *asked, struct str why)
{
    struct prompt p = {.sign = "> ", .words_only = true};
    if (!why.n) {
        talk_hint(t, talk_text(t, TEXT_SKIP_WHY));
        enum given given = talk_prompt(t, asked, &p, &why);
        if (given == GIVEN_END) {
            t->over = true;
            return;
        }
        if (given == GIVEN_EMPTY && json_flag(asked->question, "required", true)) {
            talk_warn(t, talk_text(t, TEXT_SKIP_NEEDS_WHY));
            return;
        }
    }
    if (record_skip(t, asked->question, str_trim(why)))
        talk_stale(t);
}

/* Says which question a change taken back (or brought back) concerned, and looks at it unless it is
 * open anyway. */
static void turned(struct talk *t, struct str key, enum text sentence)
{
    json_t *q = NULL;
    struct err e = {0};
    struct str ask = key;
    if (journey_question(t->journey, key, &q, &e))
        ask = json_member(q, "ask");
    talk_hint(t, talk_fill(t, sentence, ask, STR("")));
    (void)json_object_del(t->passed, str_copy(t->a, key).p);
    json_decref(q);
    look_away(t);
}

static void undo(struct talk *t, bool redo)
{
    struct err e = {0};
    struct str key;
    do {
        bool ok = redo ? journey_redo(t->journey, t->a, &key, &e)
                       : journey_undo(t->journey, t->a, &key, &e);
        if (ok) {
            turned(t, key, redo ? TEXT_BROUGHT_BACK : TEXT_TAKEN_BACK);
            return;
        }
    } while (record_retry(t, &e));
}

static void clear(struct talk *t, const json_t *question)
{
    struct change c = {.key = question_key(question), .replaces = -1};
    struct err e = {0};
    do {
        if (journey_clear(t->journey, &c, &e)) {
            turned(t, c.key, TEXT_TAKEN_BACK);
            return;
        }
    } while (record_retry(t, &e));
}

void turn_obey(struct talk *t, const struct asking *asked, const struct typed_command *c)
{
    switch (c->what) {
    case COMMAND_BACK:
        if (c->rest.n)
            go_to(t, c->rest);
        else
            go_back(t, asked->question);
        break;
    case COMMAND_NEXT:
        go_next(t, asked);
        break;
    case COMMAND_SKIP:
        skip(t, asked, c->rest);
        break;
    case COMMAND_UNDO:
    case COMMAND_REDO:
        undo(t, c->what == COMMAND_REDO);
        break;
    case COMMAND_CLEAR:
        clear(t, asked->question);
        break;
    case COMMAND_QUIT:
        t->over = true;
        break;
    case COMMAND_EDIT:
        talk_warn(t, talk_text(t, TEXT_ONLY_LONG));
        break;
    default:
        talk_warn(t, talk_text(t, TEXT_ONLY_IN_LIST));
        break;
    }
}
