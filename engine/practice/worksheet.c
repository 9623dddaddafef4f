/* The questions of a worksheet. */
#include "practice/worksheet.h"
#include "practice/state.h"

#include "document/worksheet.h"

#include <string.h>

struct gathering {
    struct journey *j;
    const json_t *definition;
    const struct worksheet_wish *wish;
    json_t *open;    /* questions of the sheet */
    json_t *earlier; /* those of phases that are behind, which need no answer any more */
    size_t kept_back;
};

static bool is_for_client(const json_t *question)
{
    return !str_is(json_member(question, "by"), "coach");
}

/* What is told in confidence is not sent around. */
static bool is_confidential(const json_t *question)
{
    return json_flag(question, "private", false) || json_flag(question, "sensitive", false);
}

static void add_title(json_t *q, const char *name, const json_t *from, const char *member)
{
    json_t *text = json_object_get(from, member);
    if (text)
        json_object_set(q, name, text);
}

/* Puts a question (a new reference) on the sheet, with the titles it stands under. */
static void add(struct gathering *g, json_t *q, const json_t *phase, const json_t *step)
{
    add_title(q, "phase_title", phase, "title");
    add_title(q, "step_title", step, "title");
    add_title(q, "step_intro", step, "intro");
    json_array_append_new(g->open, q);
}

/* The values inside a question's text, without those that the client has not given. */
static json_t *open_vars(const json_t *definition, const json_t *vars)
{
    json_t *safe = json_object(), *var;
    const char *name;
    json_object_foreach ((json_t *)(uintptr_t)vars, name, var) {
        const json_t *of = workflow_question(definition, json_member(var, "q"));
        if (!of || (is_for_client(of) && !is_confidential(of)))
            json_object_set(safe, name, var);
    }
    return safe;
}

struct str worksheet_ask(struct arena *a, struct journey *j, const json_t *entry,
                         struct str language)
{
    const json_t *definition = workflow_in_language(j->w, language);
    const json_t *of = workflow_question(definition, json_member(entry, "id"));
    json_t *vars = open_vars(definition, json_object_get(entry, "vars"));
    struct str ask = wording_fill(a, j, json_member(of, "ask"), vars, language);
    json_decref(vars);
    return ask;
}

/* The words of an answer: its text, or the texts and ids of its items. */
static void gather_words(json_t *words, const json_t *value)
{
    size_t i;
    json_t *item;
    if (json_is_string(value))
        json_object_set_new(words, json_string_value(value), json_true());
    json_array_foreach ((json_t *)(uintptr_t)value, i, item) {
        static const char *const members[] = {"id", "text"};
        for (size_t k = 0; json_is_object(item) && k < 2; k++)
            if (json_member(item, members[k]).n > 0)
                json_object_set_new(words, json_member(item, members[k]).p, json_true());
    }
}

/* The words of all answers that the client may see, or of all others. */
static json_t *words_of(struct journey *j, bool seen)
{
    json_t *words = json_object(), *entry;
    size_t i;
    json_array_foreach (json_object_get(j->outcome, "path"), i, entry) {
        const json_t *q = workflow_question(workflow_definition(j->w), json_member(entry, "id"));
        if (q && is_confidential(q) != seen)
            gather_words(words, fold_value(&j->fold, json_member(entry, "key").p));
    }
    return words;
}

bool worksheet_may_ask(struct journey *j, const json_t *entry)
{
    const json_t *rows = json_object_get(entry, "rows");
    if (!rows)
        return true;
    json_t *hidden = words_of(j, false), *seen = words_of(j, true), *row;
    bool may = true;
    size_t i;
    json_array_foreach (rows, i, row) {
        const char *id = json_member(row, "id").p, *text = json_member(row, "text").p;
        if (!json_object_get(seen, id) && !json_object_get(seen, text))
            may = may && !json_object_get(hidden, id) && !json_object_get(hidden, text);
    }
    json_decref(hidden);
    json_decref(seen);
    return may;
}

/* A sensitive answer is asked for again with nothing to begin with. */
static void forget_answers(json_t *q)
{
    json_object_del(q, "previous");
    json_object_del(q, "previous_shown");
    json_object_del(q, "start");
}

static void add_open(struct gathering *g, const json_t *shown)
{
    const char *key = json_string_value(json_object_get(shown, "key"));
    const json_t *entry = journey_entry(g->j, key);
    const json_t *of = workflow_question(g->definition, json_member(shown, "id"));
    const json_t *phase =
        json_find(json_object_get(g->definition, "phases"), "id", json_member(shown, "phase"));
    struct str step = json_member(shown, "step");
    if (!of || !is_for_client(shown))
        return;
    if (g->wish->phase.n > 0 && !str_eq(json_member(shown, "phase"), g->wish->phase))
        return;
    if (json_flag(shown, "private", false) || !worksheet_may_ask(g->j, entry)) {
        g->kept_back++;
        return;
    }
    struct arena *a = arena_new();
    json_t *q = json_copy((json_t *)(uintptr_t)shown);
    if (json_flag(shown, "sensitive", false))
        forget_answers(q);
    json_object_set_new(q, "ask", json_new_text(worksheet_ask(a, g->j, entry, g->j->language)));
    add(g, q, phase,
        json_find(json_object_get(phase, "steps"), "id", step.n ? step : json_member(of, "step")));
    arena_free(a);
}

/* The place of a phase in the workflow. */
static size_t place_of(const json_t *definition, struct str id)
{
    size_t i;
    json_t *phase;
    json_array_foreach (json_object_get(definition, "phases"), i, phase)
        if (str_eq(json_member(phase, "id"), id))
            return i;
    return SIZE_MAX;
}

/* What is due comes first; what was passed over in phases before, for whoever likes, last. */
static void gather_open(struct gathering *g)
{
    json_t *view = journey_view(g->j), *q;
    size_t i, now = place_of(g->definition, json_member(json_object_get(view, "phase"), "id"));
    json_array_foreach (json_object_get(view, "open"), i, q)
        add_open(g, q);
    for (i = 0; now != SIZE_MAX && i < json_array_size(g->open);) {
        q = json_array_get(g->open, i);
        if (json_flag(q, "required", true) ||
            place_of(g->definition, json_member(q, "phase")) >= now) {
            i++;
            continue;
        }
        json_object_set_new(q, "earlier", json_true());
        json_array_append(g->earlier, q);
        json_array_remove(g->open, i);
    }
    json_array_extend(g->open, g->earlier);
    json_decref(view);
}

/* Every question of a step as it stands in the files, its placeholders left open. */
static void gather_step(struct gathering *g, const json_t *phase, const json_t *step)
{
    size_t i;
    json_t *id;
    struct arena *a = arena_new();
    json_array_foreach (json_object_get(step, "questions"), i, id) {
        const json_t *of = workflow_question(g->definition, json_text(id));
        if (!of || !is_for_client(of) || json_flag(of, "private", false))
            continue;
        json_t *q = json_copy((json_t *)(uintptr_t)of);
        struct str ask = wording_fill(a, g->j, json_member(of, "ask"), NULL, g->j->language);
        json_object_set_new(q, "ask", json_new_text(ask));
        json_object_set(q, "key", id);
        json_object_del(q, "start");
        add(g, q, phase, step);
    }
    arena_free(a);
}

static void gather_all(struct gathering *g)
{
    size_t i, k;
    json_t *phase, *step;
    json_array_foreach (json_object_get(g->definition, "phases"), i, phase) {
        if (g->wish->phase.n > 0 && !str_eq(json_member(phase, "id"), g->wish->phase))
            continue;
        json_array_foreach (json_object_get(phase, "steps"), k, step)
            gather_step(g, phase, step);
    }
}

static bool check_phase(const json_t *definition, struct str wanted, struct err *e)
{
    struct str known[64];
    size_t n = 0, i;
    json_t *phase;
    if (wanted.n == 0 || json_find(json_object_get(definition, "phases"), "id", wanted))
        return true;
    json_array_foreach (json_object_get(definition, "phases"), i, phase)
        if (n < 64)
            known[n++] = json_member(phase, "id");
    struct str near = text_nearest(wanted, known, n);
    if (near.n > 0)
        return err_set(e, ERR_NOT_FOUND,
                       "The workflow has no phase \"%.100s\". Did you mean \"%.*s\"?", wanted.p,
                       STR_ARG(near));
    struct arena *a = arena_new();
    struct buf all = {.a = a};
    for (i = 0; i < n; i++)
        buf_format(&all, "%s%.*s", i ? ", " : "", STR_ARG(known[i]));
    (void)err_set(e, ERR_NOT_FOUND, "The workflow has no phase \"%.100s\". There are: %.*s.",
                  wanted.p, STR_ARG(buf_str(&all)));
    arena_free(a);
    return false;
}

/* The name that stands in documents. */
static json_t *name_of(const struct journey *j)
{
    struct arena *a = arena_new();
    struct store_client client;
    struct err ignored;
    json_t *name = NULL;
    if (store_client_get(j->p->store, a, j->record.client, &client, &ignored))
        name = json_new_text(client.pseudonym.n ? client.pseudonym : client.name);
    arena_free(a);
    return name ? name : json_string("");
}

static json_t *text_or_empty(struct str text)
{
    return text.n > 0 ? json_new_text(text) : json_string("");
}

static bool nothing_to_ask(const struct gathering *g, struct err *e)
{
    if (g->wish->blank)
        return err_set(e, ERR_REFUSED, "There is no question for the client in it.");
    if (g->kept_back > 0)
        return err_set(e, ERR_REFUSED,
                       "Only private questions are open for the client now; they are for the "
                       "conversation, not for a sheet.");
    return err_set(e, ERR_REFUSED, "No question is open for the client now%s. For paper: --blank.",
                   g->wish->phase.n ? err_word(" in this phase") : "");
}

bool journey_worksheet(struct journey *j, const struct worksheet_wish *wish, json_t **sheet,
                       size_t *kept_back, struct err *e)
{
    struct gathering g = {
        .j = j, .definition = workflow_in_language(j->w, j->language), .wish = wish};
    char today[11];
    if (!check_phase(g.definition, wish->phase, e))
        return false;
    g.open = json_array();
    g.earlier = json_array();
    if (wish->blank)
        gather_all(&g);
    else
        gather_open(&g);
    json_decref(g.earlier);
    if (kept_back)
        *kept_back = g.kept_back;
    if (json_array_size(g.open) == 0) {
        json_decref(g.open);
        return nothing_to_ask(&g, e);
    }
    clock_day(clock_now(), today);
    *sheet =
        json_pack("{s:o,s:O?,s:b,s:o,s:o,s:o}", "language", json_new_text(j->language), "title",
                  json_object_get(g.definition, "title"), "blank", wish->blank, "due",
                  text_or_empty(wish->due), "intro", text_or_empty(wish->intro), "open", g.open);
    if (!wish->blank) {
        json_object_set_new(*sheet, "client", name_of(j));
        json_object_set_new(*sheet, "day", json_string(today));
        json_object_set_new(*sheet, "journey", json_new_text(j->record.id));
        json_object_set_new(*sheet, "revision", json_integer(fold_revision(&j->fold)));
    }
    return true;
}
