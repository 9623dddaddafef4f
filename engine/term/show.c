/* What the conversation prints: where one is, the question, its help, the review. */
#include "term/show.h"

#include "term/ask.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* Where a question stands: its phase and step, with the phase's number; those of the view if the
 * definition does not know them. */
struct place {
    const json_t *phase, *step;
    long long number;
};

static struct place place_of(struct talk *t, const json_t *question)
{
    struct workflow *w = journey_workflow(t->journey);
    const json_t *definition = w ? workflow_in_language(w, json_member(t->view, "language")) : NULL;
    struct place p = {.phase = json_object_get(t->view, "phase"),
                      .step = json_object_get(t->view, "step"),
                      .number = json_whole(json_object_get(t->view, "progress"), "phase", 0)};
    struct str phase = json_member(question, "phase");
    const json_t *found = json_find(json_object_get(definition, "phases"), "id", phase);
    size_t of;
    if (found) {
        p.phase = found;
        p.number = (long long)workflow_phase_number(definition, phase, &of);
        p.step = json_find(json_object_get(found, "steps"), "id", json_member(question, "step"));
    }
    return p;
}

/* "Define · What you want" */
static struct str place_name(struct talk *t, const struct place *p)
{
    struct str phase = json_member(p->phase, "title"), step = json_member(p->step, "title");
    return step.n ? str_format(t->a, "%.*s · %.*s", STR_ARG(phase), STR_ARG(step))
                  : str_copy(t->a, phase);
}

/* "phase 1 of 4 · 12 answers" */
static struct str progress_now(struct talk *t, long long number)
{
    const json_t *p = json_object_get(t->view, "progress");
    long long answered = json_whole(p, "answered", 0), phases = json_whole(p, "phases", 0);
    long long check = json_whole(p, "to_check", 0);
    /* In French, nothing is not yet many. */
    bool one = answered == 1 || (answered == 0 && t->tongue == TONGUE_FR);
    struct str answers =
        talk_fill(t, one ? TEXT_ONE_ANSWER : TEXT_ANSWERS, talk_number(t, answered), STR(""));
    if (check > 0)
        answers = str_format(t->a, "%s · %s", answers.p,
                             talk_fill(t, TEXT_TO_CHECK, talk_number(t, check), STR("")).p);
    if (phases == 0 || number == 0)
        return answers;
    struct str phase = talk_fill(t, TEXT_PHASE_OF, talk_number(t, number), talk_number(t, phases));
    return str_format(t->a, "%s · %s", phase.p, answers.p);
}

static void show_purpose(struct talk *t, const json_t *phase)
{
    struct str purpose = json_member(phase, "purpose");
    long long minutes = json_whole(phase, "minutes", 0);
    if (purpose.n && minutes > 0)
        purpose = str_format(t->a, "%.*s · %s", STR_ARG(purpose),
                             talk_fill(t, TEXT_ABOUT_MINUTES, talk_number(t, minutes), STR("")).p);
    if (purpose.n)
        screen_line(&t->screen, STYLE_DIM, 0, purpose);
}

static void show_place(struct talk *t, const json_t *question)
{
    struct place p = place_of(t, question);
    struct str phase = json_member(p.phase, "id"), intro = json_member(p.step, "intro");
    char now[sizeof t->place];
    (void)snprintf(now, sizeof now, "%.*s/%.*s", STR_ARG(phase),
                   STR_ARG(json_member(p.step, "id")));
    if (strcmp(now, t->place) == 0)
        return;
    bool same_phase = strncmp(now, t->place, phase.n + 1) == 0;
    memcpy(t->place, now, sizeof now);
    screen_gap(&t->screen);
    screen_pair(&t->screen, STYLE_DIM, 0, place_name(t, &p), progress_now(t, p.number));
    if (!same_phase)
        show_purpose(t, p.phase);
    if (intro.n) {
        screen_gap(&t->screen);
        screen_line(&t->screen, STYLE_PLAIN, SCREEN_MARGIN, intro);
    }
}

/* Where a key stands among the open questions; behind them if it is not there. */
static size_t place_among_open(struct talk *t, struct str key)
{
    json_t *open = json_object_get(t->view, "open"), *q;
    size_t i;
    json_array_foreach (open, i, q)
        if (str_eq(question_key(q), key))
            return i;
    return json_array_size(open);
}

static bool is_among(const json_t *messages, const json_t *message)
{
    json_t *one;
    size_t i;
    json_array_foreach (messages, i, one)
        if (json_equal(one, message))
            return true;
    return false;
}

/* What is said before the question that is asked now, not what waits behind optional ones. */
static void show_messages(struct talk *t, const json_t *question)
{
    json_t *before = json_object_get(t->view, "said_before"), *now = json_array(), *message;
    size_t i, here = question ? place_among_open(t, question_key(question)) : SIZE_MAX;
    json_array_foreach (json_object_get(t->view, "said"), i, message) {
        if (place_among_open(t, json_text(json_array_get(before, i))) > here)
            continue;
        json_array_append(now, message);
        if (is_among(t->said, message))
            continue;
        screen_gap(&t->screen);
        screen_line(&t->screen, STYLE_PLAIN, SCREEN_MARGIN, json_text(message));
    }
    json_decref(t->said);
    t->said = now;
}

static void show_trouble(struct talk *t)
{
    json_t *trouble = json_object_get(t->view, "trouble");
    if (json_equal(trouble, t->trouble))
        return;
    json_decref(t->trouble);
    t->trouble = json_incref(trouble);
    if (!trouble)
        return;
    screen_gap(&t->screen);
    talk_warn(t, talk_text(t, TEXT_TROUBLE));
    struct str code = json_member(trouble, "code"), file = json_member(trouble, "file");
    talk_hint(t,
              str_format(t->a, "%.*s  %.*s:%lld", STR_ARG(code), STR_ARG(file),
                         json_whole(trouble, "line", 0)));
}

static void show_greeting(struct talk *t)
{
    struct str title = json_member(json_object_get(t->view, "workflow"), "title");
    screen_heading(&t->screen, title);
    long long answered = json_whole(json_object_get(t->view, "progress"), "answered", 0);
    if (answered > 0)
        talk_hint(t, talk_fill(t, TEXT_WELCOME_BACK, t->options->client, STR("")));
    talk_hint(t, talk_text(t, TEXT_HOW_TO_HELP));
}

void show_news(struct talk *t, const json_t *question)
{
    if (!t->greeted)
        show_greeting(t);
    t->greeted = true;
    /* Where one is belongs to the open question, not to one that is looked at again. */
    if (question && !t->focus)
        show_place(t, question);
    if (!t->focus)
        show_messages(t, question);
    show_trouble(t);
}

void show_ask(struct talk *t, const json_t *question)
{
    screen_gap(&t->screen);
    screen_line(&t->screen, STYLE_BOLD, SCREEN_MARGIN, json_member(question, "ask"));
}

static void add_part(struct talk *t, struct buf *b, enum text text)
{
    if (b->n)
        buf_add(b, STR(" · "));
    buf_add(b, talk_text(t, text));
}

/* "for the coach · private · may be left out" */
static void show_marks(struct talk *t, const json_t *q)
{
    struct buf b = {.a = t->a};
    if (str_is(json_member(q, "by"), "coach") && !json_object_get(q, "wait"))
        add_part(t, &b, TEXT_BY_COACH);
    if (json_flag(q, "sensitive", false))
        add_part(t, &b, TEXT_IS_SENSITIVE);
    else if (json_flag(q, "private", false))
        add_part(t, &b, TEXT_IS_PRIVATE);
    if (!json_flag(q, "required", true))
        add_part(t, &b, t->optional_hinted ? TEXT_IS_OPTIONAL_AGAIN : TEXT_IS_OPTIONAL);
    t->optional_hinted = t->optional_hinted || !json_flag(q, "required", true);
    if (b.n)
        talk_hint(t, buf_str(&b));
}

static void show_until(struct talk *t, const json_t *q)
{
    struct str until = json_member(json_object_get(q, "wait"), "until");
    if (until.n) {
        json_t *date = json_pack("{s:s}", "type", "date"), *day = json_new_text(until);
        talk_hint(t, talk_fill(t, TEXT_WAIT_UNTIL, talk_shown(t, date, day), STR("")));
        json_decref(date);
        json_decref(day);
    } else if (json_is_object(json_object_get(q, "wait")))
        talk_hint(t, talk_text(t, TEXT_WAIT_OPEN));
}

static void show_quoted(struct talk *t, struct str text)
{
    screen_line(&t->screen, STYLE_PLAIN, 2 * SCREEN_MARGIN, text);
}

static void show_before(struct talk *t, const struct asking *asked)
{
    const json_t *q = asked->question;
    bool keys = talk_has_keys(t);
    bool secret = json_flag(q, "private", false) || json_flag(q, "sensitive", false);
    if (!asked->before) {
        struct str why = json_member(q, "skipped");
        if (json_object_get(q, "skipped"))
            talk_hint(t,
                      why.n ? talk_fill(t, TEXT_WAS_SKIPPED, why, STR(""))
                            : talk_text(t, TEXT_LEFT_OUT));
        return;
    }
    if (secret) {
        talk_hint(t, talk_text(t, keys ? TEXT_SECRET_BEFORE_KEYS : TEXT_SECRET_BEFORE));
        return;
    }
    bool check = str_is(json_member(q, "state"), "to_check");
    if (asked->standing == STANDING_OFFER && json_object_get(q, "start"))
        talk_hint(t, talk_text(t, TEXT_OFFER));
    else
        talk_hint(t, talk_text(t, check ? TEXT_ANSWER_THEN : TEXT_ANSWER_SO_FAR));
    bool list = str_is(json_member(q, "type"), "list"); /* it shows its items itself */
    if (!list)
        show_quoted(t, talk_shown(t, q, asked->before));
    if (check)
        screen_line(&t->screen, STYLE_BOLD, SCREEN_MARGIN, talk_text(t, TEXT_STILL_RIGHT));
    else if (ask_in_steps(q) || list)
        return;
    else if (asked->standing == STANDING_ANSWER)
        talk_hint(t, talk_text(t, keys ? TEXT_ENTER_KEEPS_KEYS : TEXT_ENTER_KEEPS));
    else if (asked->standing == STANDING_OFFER)
        talk_hint(t, talk_text(t, keys ? TEXT_ENTER_TAKES_KEYS : TEXT_ENTER_TAKES));
}

void show_question(struct talk *t, const struct asking *asked)
{
    const json_t *q = asked->question;
    show_ask(t, q);
    show_marks(t, q);
    show_until(t, q);
    if (json_member(q, "why").n)
        talk_warn(t, json_member(q, "why"));
    show_before(t, asked);
}

static void explain_part(struct talk *t, enum text name, struct str text)
{
    if (!text.n)
        return;
    talk_hint(t, talk_text(t, name));
    show_quoted(t, text);
}

static void show_commands(struct talk *t)
{
    screen_gap(&t->screen);
    talk_hint(t, talk_text(t, TEXT_COMMANDS_SHORT));
}

/* Comparisons are long: where all of the help would fill a screen, they come with a second "?". */
enum { HELP_AT_ONCE = 700 };

static size_t length_of_help(const json_t *q)
{
    json_t *example;
    size_t i,
        n = json_member(q, "help").n + json_member(q, "caution").n + json_member(q, "compare").n;
    json_array_foreach (json_object_get(q, "examples"), i, example)
        n += json_text(example).n;
    return n;
}

static void explain_first(struct talk *t, const json_t *q)
{
    json_t *examples = json_object_get(q, "examples"), *example;
    size_t i;
    if (json_member(q, "help").n)
        screen_line(&t->screen, STYLE_PLAIN, SCREEN_MARGIN, json_member(q, "help"));
    if (json_array_size(examples))
        talk_hint(t, talk_text(t, json_array_size(examples) == 1 ? TEXT_EXAMPLE : TEXT_EXAMPLES));
    json_array_foreach (examples, i, example)
        screen_item(&t->screen, STYLE_PLAIN, 2 * SCREEN_MARGIN, STR("-"), json_text(example));
    explain_part(t, TEXT_CAUTION, json_member(q, "caution"));
    if (!length_of_help(q))
        talk_say(t, STYLE_PLAIN, TEXT_NO_HELP);
}

void show_explanation(struct talk *t, const json_t *q)
{
    struct str compare = json_member(q, "compare"), key = question_key(q);
    bool much = length_of_help(q) > HELP_AT_ONCE;
    bool second = compare.n && much && key.n && str_is(key, t->explained);
    screen_gap(&t->screen);
    if (!second)
        explain_first(t, q);
    if (second || !much)
        explain_part(t, TEXT_COMPARE, compare);
    else if (compare.n)
        talk_hint(t, talk_text(t, TEXT_COMPARE_MORE));
    (void)snprintf(t->explained, sizeof t->explained, "%.*s", second ? 0 : (int)key.n, key.p);
    show_commands(t);
    if (much)
        show_ask(t, q);
}

void show_farewell(struct talk *t)
{
    struct str name = t->options->client;
    bool quote = str_find(name, STR(" "), 0) < name.n || str_find(name, STR("'"), 0) < name.n;
    if (quote)
        name = str_format(t->a, "\"%.*s\"", STR_ARG(name));
    screen_gap(&t->screen);
    if (t->draft)
        talk_warn(t, talk_text(t, TEXT_BEGUN_LOST));
    if (json_object_get(t->view, "trouble"))
        talk_say(t, STYLE_PLAIN, TEXT_TROUBLE_STOP);
    else if (json_flag(t->view, "done", false))
        talk_say(t, STYLE_PLAIN, TEXT_DONE);
    else
        talk_say(t, STYLE_PLAIN, TEXT_UNTIL_NEXT);
    bool done = json_flag(t->view, "done", false);
    if (name.n)
        talk_hint(t, talk_fill(t, done ? TEXT_THEN_PLAN : TEXT_THEN_RUN, name, STR("")));
}
