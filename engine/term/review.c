/* The review: every answer of the path so far, numbered, by phase. */
#include "term/show.h"

static struct str answer_shown(struct talk *t, const json_t *entry, bool all)
{
    bool secret = json_flag(entry, "private", false) || json_flag(entry, "sensitive", false);
    struct str skipped = json_member(entry, "skipped");
    if (json_object_get(entry, "skipped"))
        return skipped.n ? talk_fill(t, TEXT_WAS_SKIPPED, skipped, STR(""))
                         : talk_text(t, TEXT_LEFT_OUT);
    if (secret && !all)
        return talk_text(t, TEXT_HIDDEN_ANSWER);
    return json_member(entry, "shown");
}

static void show_entry(struct talk *t, const json_t *entry, size_t number, bool all)
{
    struct str mark = str_format(t->a, "%3zu", number), ask = json_member(entry, "ask");
    struct str state = json_member(entry, "state"), shown = answer_shown(t, entry, all);
    bool plain = !json_object_get(entry, "skipped");
    screen_item(&t->screen, STYLE_DIM, 0, mark, ask);
    screen_line(&t->screen, plain ? STYLE_PLAIN : STYLE_DIM, 5, shown);
    if (str_is(state, "to_check"))
        screen_line(&t->screen, STYLE_WARN, 5, talk_text(t, TEXT_STATE_TO_CHECK));
    else if (str_is(state, "invalid"))
        screen_line(&t->screen, STYLE_WARN, 5, talk_text(t, TEXT_STATE_INVALID));
}

static void remember(struct talk *t, const json_t *answered)
{
    json_t *entry;
    size_t i;
    json_decref(t->reviewed);
    t->reviewed = json_array();
    json_array_foreach (answered, i, entry)
        json_array_append(t->reviewed, json_object_get(entry, "key"));
}

static void show_foot(struct talk *t, const json_t *review)
{
    size_t aside = json_array_size(json_object_get(review, "aside"));
    screen_gap(&t->screen);
    if (aside)
        talk_hint(t, talk_fill(t, TEXT_SET_ASIDE, talk_number(t, (long long)aside), STR("")));
    talk_hint(t, talk_text(t, TEXT_REVIEW_FOOT));
}

void show_review(struct talk *t, bool all)
{
    json_t *review = journey_review(t->journey), *answered = json_object_get(review, "answered"),
           *entry;
    struct str phase = STR("");
    size_t i;
    remember(t, answered);
    if (json_array_size(answered) == 0) {
        screen_gap(&t->screen);
        talk_hint(t, talk_text(t, TEXT_NOTHING_YET));
    }
    json_array_foreach (answered, i, entry) {
        struct str title = json_member(entry, "phase_title");
        if (!str_eq(title, phase)) {
            screen_heading(&t->screen, title);
            phase = title;
        }
        show_entry(t, entry, i + 1, all);
    }
    if (json_array_size(answered))
        show_foot(t, review);
    json_decref(review);
}
