#include "practice/screen.h"

#include "practice/audience.h"
#include "practice/documents.h"
#include "practice/state.h"

#include <string.h>

#define CLIENT STR("client")

static const json_t *definition_of(struct journey *j)
{
    return workflow_in_language(j->w, j->language);
}

static const json_t *question_at(struct journey *j, const json_t *entry)
{
    return workflow_question(definition_of(j), json_member(entry, "id"));
}

bool screen_shows(const json_t *question)
{
    return question && !str_is(json_member(question, "by"), "coach") &&
        audience_sees_answer(question, CLIENT, false);
}

/* Was anything said so far that the client may not see?  Then what a script worked out may come
 * from it. */
static bool has_secrets(struct journey *j)
{
    size_t i;
    json_t *entry;
    json_array_foreach (json_object_get(j->outcome, "path"), i, entry) {
        const json_t *question = question_at(j, entry);
        bool open = str_is(json_member(entry, "state"), "open");
        if (!open && question && !screen_shows(question))
            return true;
    }
    return false;
}

/* The values for the holes of a sentence, without those that the client may not see. */
static json_t *visible_vars(struct journey *j, const json_t *vars, bool secrets)
{
    json_t *seen = json_object(), *var;
    const char *name;
    json_object_foreach ((json_t *)(uintptr_t)vars, name, var) {
        const json_t *source = workflow_question(definition_of(j), json_member(var, "q"));
        if (source ? audience_sees_answer(source, CLIENT, false) : !secrets)
            json_object_set(seen, name, var);
    }
    return seen;
}

static json_t *fill(struct journey *j, struct str text, const json_t *vars, bool secrets)
{
    struct arena *a = arena_new();
    json_t *seen = visible_vars(j, vars, secrets);
    json_t *filled = json_new_text(wording_fill(a, j, text, seen, j->language));
    json_decref(seen);
    arena_free(a);
    return filled;
}

/* The labels of a list of the workflow. */
static json_t *labels_of(const json_t *list)
{
    json_t *labels = json_array(), *one;
    size_t i;
    json_array_foreach (list, i, one)
        json_array_append_new(
            labels,
            json_new_text(json_is_object(one) ? json_member(one, "label") : json_text(one)));
    return labels;
}

static void gather_items(json_t *known, const json_t *value)
{
    size_t i;
    json_t *item;
    json_array_foreach (value, i, item)
        if (json_is_object(item) && json_member(item, "id").n > 0)
            json_object_set(known, json_member(item, "id").p, json_object_get(item, "text"));
}

/* The items that somebody named in answers which the client may see, with their texts by id. */
static json_t *visible_items(struct journey *j)
{
    json_t *known = json_object(), *entry;
    size_t i;
    json_array_foreach (json_object_get(j->outcome, "path"), i, entry) {
        const json_t *question = question_at(j, entry);
        if (question && audience_sees_answer(question, CLIENT, false))
            gather_items(known, fold_value(&j->fold, json_member(entry, "key").p));
    }
    return known;
}

/* Rows that stand in the workflow, or were named in answers that can be seen: what else a script
 * made of them may come from anywhere. */
static json_t *rows_of(struct journey *j, const json_t *entry, const json_t *question)
{
    const json_t *rows = json_object_get(entry, "rows");
    if (!rows)
        return labels_of(json_object_get(question, "rows"));
    json_t *known = visible_items(j), *seen = json_array(), *row;
    size_t i;
    json_array_foreach (rows, i, row)
        if (json_object_get(known, json_member(row, "id").p))
            json_array_append(seen, json_object_get(known, json_member(row, "id").p));
    json_decref(known);
    return seen;
}

static json_t *text_or_null(const json_t *from, const char *name)
{
    struct str text = json_member(from, name);
    return text.n > 0 ? json_new_text(text) : json_null();
}

static json_t *screen_question(struct journey *j, const json_t *entry, bool secrets)
{
    const json_t *question = question_at(j, entry);
    return json_pack(
        "{s:O,s:o,s:o,s:o,s:o,s:o,s:o}", "key", json_object_get(entry, "key"), "ask",
        fill(j, json_member(question, "ask"), json_object_get(entry, "vars"), secrets), "help",
        text_or_null(question, "help"), "options", labels_of(json_object_get(question, "options")),
        "columns", labels_of(json_object_get(question, "columns")), "rows",
        rows_of(j, entry, question), "ends", labels_of(json_object_get(question, "ends")));
}

/* What was said before the question that is due, but nothing that was said to the coach on the way
 * to a question of the coach's. */
static json_t *messages_before(struct journey *j, size_t due, bool secrets)
{
    const json_t *path = json_object_get(j->outcome, "path"), *messages;
    json_t *said = json_array(), *message;
    size_t from = due, i;
    while (from > 0 && str_is(json_member(json_array_get(path, from - 1), "state"), "open"))
        from--;
    messages = json_object_get(definition_of(j), "messages");
    json_array_foreach (json_object_get(j->outcome, "messages"), i, message) {
        size_t at = (size_t)json_whole(message, "at", 0);
        struct str id = json_member(message, "id"), text = json_member(message, "text");
        const json_t *next = json_array_get(path, at);
        if (at < from || at > due || (next && !screen_shows(question_at(j, next))))
            continue;
        if (id.n > 0)
            text = json_member(json_object_get(messages, id.p), "text");
        else if (secrets)
            continue;
        json_array_append_new(said, fill(j, text, json_object_get(message, "vars"), secrets));
    }
    return said;
}

/* The latest answer that the client may see. */
static json_t *latest_answer(struct journey *j, bool secrets)
{
    const json_t *latest = NULL;
    int64_t seq = 0;
    size_t i;
    json_t *entry;
    json_array_foreach (json_object_get(j->outcome, "path"), i, entry) {
        const char *key = json_member(entry, "key").p;
        const struct store_event *event = fold_event(&j->fold, key);
        if (event && event->seq > seq && fold_value(&j->fold, key) &&
            screen_shows(question_at(j, entry)) && strcmp(view_state(j, entry), "live") == 0) {
            latest = entry;
            seq = event->seq;
        }
    }
    if (!latest)
        return json_null();
    struct arena *a = arena_new();
    const char *key = json_member(latest, "key").p;
    json_t *answer =
        json_pack("{s:o,s:o}", "ask",
                  fill(j, json_member(question_at(j, latest), "ask"),
                       json_object_get(latest, "vars"), secrets),
                  "shown", json_new_text(view_shown(a, j, key, fold_value(&j->fold, key))));
    arena_free(a);
    return answer;
}

static const json_t *phase_called(struct journey *j, struct str id)
{
    size_t i;
    json_t *phase;
    json_array_foreach (json_object_get(definition_of(j), "phases"), i, phase)
        if (str_eq(json_member(phase, "id"), id))
            return phase;
    return NULL;
}

/* Has the client a question in it?  Else its very title may be the coach's. */
static bool is_phase_for_client(struct journey *j, const json_t *phase)
{
    size_t i, k;
    json_t *step, *question;
    json_array_foreach (json_object_get(phase, "steps"), i, step)
        json_array_foreach (json_object_get(step, "questions"), k, question)
            if (screen_shows(workflow_question(definition_of(j), json_text(question))))
                return true;
    return false;
}

static json_t *screen_phase(struct journey *j, struct str id)
{
    const json_t *phase = phase_called(j, id);
    size_t of, number;
    if (!phase || !is_phase_for_client(j, phase))
        return json_null();
    number = workflow_phase_number(definition_of(j), id, &of);
    return json_pack("{s:o,s:o,s:o,s:o}", "title", text_or_null(phase, "title"), "purpose",
                     text_or_null(phase, "purpose"), "number",
                     number > 0 ? json_integer((json_int_t)number) : json_null(), "of",
                     number > 0 ? json_integer((json_int_t)of) : json_null());
}

static json_t *screen_step(const json_t *phase, struct str id)
{
    size_t i;
    json_t *step;
    json_array_foreach (json_object_get(phase, "steps"), i, step)
        if (str_eq(json_member(step, "id"), id))
            return json_pack("{s:o,s:o}", "title", text_or_null(step, "title"), "intro",
                             text_or_null(step, "intro"));
    return json_null();
}

static bool has_items(const json_t *board)
{
    size_t i;
    json_t *block;
    json_array_foreach (json_object_get(board, "blocks"), i, block)
        if (json_array_size(json_object_get(block, "items")) > 0)
            return true;
    return false;
}

/* The canvas of tomorrow once something stands on it, else that of today. */
static json_t *screen_board(struct journey *j)
{
    static const char *const states[] = {"target", "current"};
    for (size_t i = 0; i < sizeof states / sizeof states[0]; i++) {
        struct board_wish wish = {.state = str_of(states[i]), .audience = CLIENT};
        json_t *board;
        struct err ignored; /* a workflow may have none */
        if (!journey_board(j, &wish, &board, &ignored))
            continue;
        if (has_items(board)) {
            (void)json_object_del(board, "client"); /* a name has no place on a wall */
            (void)json_object_del(board, "subtitle");
            return board;
        }
        json_decref(board);
    }
    return json_null();
}

static bool is_open_at(const json_t *path, size_t i)
{
    struct str state = json_member(json_array_get(path, i), "state");
    return str_is(state, "open") || str_is(state, "invalid");
}

/* The place in the path of what is talked about; its length if nothing is. */
static size_t place_of(struct journey *j, const json_t *view, struct str key)
{
    const json_t *due = journey_due(view), *path = json_object_get(j->outcome, "path");
    struct arena *a = arena_new();
    size_t n = json_array_size(path), at = journey_entry_index(j, str_copy(a, key).p);
    arena_free(a);
    if (at < n && is_open_at(path, at))
        return at;
    at = due ? journey_entry_index(j, json_member(due, "key").p) : n;
    if (at >= n)
        return n;
    size_t from = at;
    while (from > 0 && is_open_at(path, from - 1))
        from--;
    for (; from < at; from++)
        if (screen_shows(question_at(j, json_array_get(path, from))))
            return from;
    return at;
}

/* A question that the client may see, with all that belongs to it. */
static void add_question(struct journey *j, json_t *tree, size_t due, bool secrets)
{
    const json_t *entry = json_array_get(json_object_get(j->outcome, "path"), due);
    struct str step = json_member(entry, "step"), phase = json_member(entry, "phase");
    if (step.n == 0)
        step = json_member(question_at(j, entry), "step");
    json_object_set_new(tree, "phase", screen_phase(j, phase));
    json_object_set_new(tree, "step", screen_step(phase_called(j, phase), step));
    json_object_set_new(tree, "question", screen_question(j, entry, secrets));
    json_object_set_new(tree, "said", messages_before(j, due, secrets));
}

json_t *journey_screen(struct journey *j, struct str key)
{
    json_t *view = journey_view(j);
    size_t due = place_of(j, view, key);
    const json_t *entry = json_array_get(json_object_get(j->outcome, "path"), due);
    bool secrets = has_secrets(j), done = json_flag(view, "done", false);
    bool visible =
        entry && screen_shows(question_at(j, entry)) && !json_object_get(view, "trouble");
    json_t *tree = json_pack(
        "{s:O,s:o,s:O,s:b,s:b,s:o,s:n,s:n,s:o,s:o,s:o}", "revision",
        json_object_get(view, "revision"), "language", json_new_text(j->language), "title",
        json_object_get(definition_of(j), "title"), "done", done && !entry, "moment",
        !visible && !(done && !entry), "phase",
        screen_phase(j, json_member(json_object_get(view, "phase"), "id")), "step", "question",
        "said", json_array(), "answered", latest_answer(j, secrets), "board", screen_board(j));
    if (visible)
        add_question(j, tree, due, secrets);
    json_decref(view);
    return tree;
}
