/* The session room as one tree. */
#include "web/page_session.h"

#include "base/random.h"
#include "practice/screen.h"
#include "web/asking.h"
#include "web/draft.h"
#include "web/form.h"
#include "web/hub.h"
#include "web/rooms.h"
#include "workflow/value.h"

#include <string.h>

enum { TOLD_OPEN = 2 /* answers of the step that stand there without being asked for */ };

struct room {
    struct visit *v;
    struct journey *j;
    const struct room_wish *wish;
    json_t *view; /* with what was answered */
    struct place place;
};

struct str session_encode(struct arena *a, struct str text)
{
    static const char plain[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/@";
    struct buf b = {.a = a};
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        if (c && strchr(plain, c))
            buf_add_char(&b, (char)c);
        else
            buf_format(&b, "%%%02X", c);
    }
    return buf_str(&b);
}

/* What is said before a question; with an empty key, what is said at the end of the journey. */
static json_t *said_before(const struct room *r, struct str key)
{
    json_t *texts = json_array(), *text;
    const json_t *before = json_object_get(r->view, "said_before");
    size_t i;
    json_array_foreach (json_object_get(r->view, "said"), i, text)
        if (str_eq(json_text(json_array_get(before, i)), key))
            json_array_append(texts, text);
    return texts;
}

static json_t *ask_one(const struct room *r, const json_t *question)
{
    const struct fault *fault = r->wish->fault;
    struct str key = json_member(question, "key");
    bool here = fault && !fault->conflict && str_eq(fault->key, key);
    json_t *draft_given = NULL, *draft = json_null();
    const json_t *begin = here && fault->typed ? fault->typed : asking_begin(question);
    if (!here)
        draft = draft_offer(r->v, r->j, question, &draft_given);
    if (draft_given)
        begin = draft_given;
    json_t *model = asking_model(
        &(struct asking){r->v->a, r->v->language, question, begin, here ? fault->rows : 0});
    json_decref(draft_given);
    json_object_set_new(model, "draft", draft);
    json_object_set_new(model, "said", said_before(r, key));
    json_object_set_new(model, "error",
                        json_new_text(here && fault->sentence.n > 0 ? fault->sentence : STR("")));
    json_object_set_new(model, "skip_why",
                        json_new_text(here && fault->why.n > 0 ? fault->why : STR("")));
    json_object_set_new(model, "at", json_new_text(session_encode(r->v->a, key)));
    return model;
}

/* The question of a fault is shown even where it is not one of those of the moment. */
static void add_fault(const struct room *r, json_t *asked)
{
    const struct fault *fault = r->wish->fault;
    json_t *question;
    struct err ignored;
    if (!fault || fault->conflict || json_find(asked, "key", fault->key) ||
        !journey_question(r->j, fault->key, &question, &ignored))
        return;
    json_array_insert_new(asked, 0, ask_one(r, question));
    json_decref(question);
}

static json_t *asked(const struct room *r)
{
    json_t *list = json_array(), *key;
    size_t i;
    json_array_foreach (r->place.asked, i, key) {
        const json_t *question = json_find(json_object_get(r->view, "open"), "key", json_text(key));
        if (question)
            json_array_append_new(list, ask_one(r, question));
    }
    add_fault(r, list);
    return list;
}

/* What was said in this step already. */
static json_t *told(const struct room *r)
{
    json_t *list = json_array(), *key;
    size_t i;
    json_array_foreach (r->place.told, i, key) {
        const json_t *answer =
            json_find(json_object_get(r->view, "answered"), "key", json_text(key));
        json_t *skipped = json_object_get(answer, "skipped");
        if (answer)
            json_array_append_new(
                list,
                json_pack("{s:O,s:O?,s:O?,s:b,s:b,s:o}", "ask", json_object_get(answer, "ask"),
                          "shown", json_object_get(answer, "shown"), "skipped", skipped,
                          "was_skipped", skipped != NULL, "private",
                          json_flag(answer, "private", false), "at",
                          json_new_text(session_encode(r->v->a, json_text(key)))));
    }
    return list;
}

static json_t *title_of(const json_t *list, struct str id, const char *name)
{
    size_t i;
    json_t *one;
    json_array_foreach ((json_t *)(uintptr_t)list, i, one)
        if (id.n > 0 && str_eq(json_member(one, "id"), id)) {
            json_t *title = json_object_get(one, name);
            return title ? json_incref(title) : json_null();
        }
    return json_null();
}

/* Where one is, in words. */
static json_t *heading(const struct room *r)
{
    const json_t *definition =
        workflow_in_language(journey_workflow(r->j), journey_record(r->j)->language);
    const json_t *phases = json_object_get(definition, "phases");
    const json_t *phase = json_find(phases, "id", r->place.phase);
    size_t count, number = workflow_phase_number(definition, r->place.phase, &count);
    const json_t *steps = json_object_get(phase, "steps");
    return json_pack("{s:o,s:O?,s:o,s:o,s:o,s:I}", "number",
                     number ? json_integer((json_int_t)number) : json_null(), "phase_title",
                     json_object_get(phase, "title"), "purpose",
                     title_of(phases, r->place.phase, "purpose"), "step_title",
                     title_of(steps, r->place.step, "title"), "intro",
                     title_of(steps, r->place.step, "intro"), "phases", (json_int_t)count);
}

/* Numbers that are nothing are left out. */
static json_t *number_or_null(const json_t *of, const char *name)
{
    long long n = json_whole(of, name, 0);
    return n > 0 ? json_integer(n) : json_null();
}

static json_t *progress(const struct room *r)
{
    const json_t *p = json_object_get(r->view, "progress");
    return json_pack("{s:I,s:o,s:o,s:o}", "answered", (json_int_t)json_whole(p, "answered", 0),
                     "to_check", number_or_null(p, "to_check"), "set_aside",
                     number_or_null(p, "set_aside"), "open", number_or_null(p, "open"));
}

/* Both values of a question that somebody else answered meanwhile, and the form once more. */
static json_t *conflict(const struct room *r)
{
    const json_t *both = journey_conflict(r->j);
    json_t *question, *fields = json_array();
    struct err ignored;
    if (!r->wish->fault || !r->wish->fault->conflict || !both ||
        !journey_question(r->j, json_member(both, "key"), &question, &ignored)) {
        json_decref(fields);
        return json_null();
    }
    struct str language = journey_record(r->j)->language;
    const json_t *yours = json_object_get(both, "yours"), *theirs = json_object_get(both, "theirs");
    for (size_t i = 0; i < r->v->form->n; i++) {
        const struct field *f = &r->v->form->fields[i];
        if (!str_is(f->name, "token") && !str_is(f->name, "replaces"))
            json_array_append_new(fields,
                                  json_pack("{s:o,s:o}", "name", json_new_text(f->name), "value",
                                            json_new_text(f->value)));
    }
    json_t *out =
        json_pack("{s:O,s:o,s:o,s:o,s:I,s:o,s:o}", "ask", json_object_get(question, "ask"), "yours",
                  json_new_text(value_show(r->v->a, question, yours, language)), "theirs",
                  json_new_text(value_show(r->v->a, question, theirs, language)), "fields", fields,
                  "revision", (json_int_t)json_whole(both, "revision", 0), "at",
                  json_new_text(session_encode(r->v->a, json_member(both, "key"))), "action",
                  json_string(r->wish->fault->why.n > 0 ? "skip" : "answer"));
    json_decref(question);
    return out;
}

/* What went wrong in the script, for the coach. */
static json_t *trouble(const struct room *r)
{
    const json_t *t = json_object_get(r->view, "trouble");
    if (!t)
        return json_null();
    return json_pack("{s:o,s:o,s:o,s:o}", "text", json_new_text(json_member(t, "text")), "code",
                     json_new_text(json_member(t, "code")), "file",
                     json_new_text(json_member(t, "file")), "key",
                     json_new_text(json_member(t, "key")));
}

static json_t *notes(const struct room *r, struct err *e)
{
    json_t *list, *note, *out = json_array();
    size_t i;
    if (!journey_notes(r->j, &list, e)) {
        json_decref(out);
        return NULL;
    }
    json_array_foreach (list, i, note) {
        struct str seen = json_member(note, "visibility");
        const json_t *about =
            json_find(json_object_get(r->view, "answered"), "key", json_member(note, "key"));
        about = about
            ? about
            : json_find(json_object_get(r->view, "open"), "key", json_member(note, "key"));
        json_array_insert_new(
            out, 0,
            json_pack("{s:O,s:O,s:O?,s:b,s:b}", "text", json_object_get(note, "text"), "day",
                      json_object_get(note, "day"), "about", json_object_get(about, "ask"),
                      "shared", str_is(seen, "shared"), "sensitive", str_is(seen, "sensitive")));
    }
    json_decref(list);
    return out;
}

/* The word for what has just been done. */
static json_t *announcement(const struct room *r)
{
    static const char *const known[] = {"saved", "skipped", "undone", "redone", "noted"};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (str_is(r->wish->said, known[i]))
            return json_new_text(asking_word(r->v->language, known[i]));
    return json_string("");
}

static json_t *copy(const json_t *from, const char *name)
{
    json_t *value = json_object_get(from, name);
    return value ? json_incref(value) : json_null();
}

static void add_way(const struct room *r, json_t *tree)
{
    json_t *list = asked(r), *key = json_array_get(r->place.asked, 0);
    json_t *last = json_array_get(r->place.asked, json_array_size(r->place.asked) - 1);
    const json_t *first = json_find(json_object_get(r->view, "open"), "key", json_text(key));
    const json_t *definition =
        workflow_in_language(journey_workflow(r->j), journey_record(r->j)->language);
    const json_t *question = workflow_question(definition, json_member(first, "id"));
    struct str pass = r->place.may_pass ? session_encode(r->v->a, json_text(last)) : STR("");
    bool ended = json_array_size(list) == 0;
    json_object_set_new(tree, "asked", list);
    json_object_set_new(tree, "nothing", json_boolean(ended));
    json_t *said = told(r);
    long long count = (long long)json_array_size(said);
    json_object_set_new(tree, "told", said);
    json_object_set_new(tree, "told_count", json_integer(count));
    json_object_set_new(tree, "has_told", json_boolean(count > 0));
    json_object_set_new(tree, "told_open", json_boolean(count > 0 && count <= TOLD_OPEN));
    json_object_set_new(tree, "said_now",
                        ended || r->place.due ? said_before(r, STR("")) : json_array());
    json_object_set_new(tree, "pass", json_new_text(pass));
    json_object_set_new(tree, "stay", json_new_text(json_member(first, "key")));
    json_object_set_new(tree, "heading", heading(r));
    json_object_set_new(tree, "map", session_map(r->j, r->v->a, r->view, &r->place));
    json_t *board = session_board(r->j, r->v->a, question);
    json_object_set_new(tree, "board", board);
    json_object_set_new(tree, "has_board", json_boolean(json_is_object(board)));
}

static void add_state(const struct room *r, json_t *tree)
{
    static const char *const names[] = {"revision", "done", "can_undo", "can_redo", "advice"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        json_object_set_new(tree, names[i], copy(r->view, names[i]));
    long long advice = (long long)json_array_size(json_object_get(r->view, "advice"));
    json_object_set_new(tree, "has_advice", json_boolean(advice > 0));
    json_object_set_new(tree, "advice_count", json_integer(advice));
    json_object_set_new(tree, "content_language", copy(r->view, "language"));
    json_object_set_new(tree, "workflow", copy(json_object_get(r->view, "workflow"), "title"));
    json_object_set_new(tree, "progress", progress(r));
    json_object_set_new(tree, "conflict", conflict(r));
    json_object_set_new(tree, "trouble", trouble(r));
    json_object_set_new(tree, "announcement", announcement(r));
    json_object_set_new(tree, "lost", json_string(""));
    json_object_set_new(tree, "screens",
                        json_boolean(login_has_screens(r->v->web->logins, r->v->parts[0])));
}

/* A fault whose question is not asked any more: what was typed must not be lost. */
static void add_lost(const struct room *r, json_t *tree)
{
    const struct fault *fault = r->wish->fault;
    if (!fault || fault->conflict || fault->sentence.n == 0 ||
        json_find(json_object_get(tree, "asked"), "key", fault->key))
        return;
    json_object_set_new(tree, "lost", json_new_text(fault->sentence));
}

/* The client's screen follows this page: to the first question of it that is the client's.  A page
 * that only takes in news leads nobody. */
static void lead_screen(const struct room *r)
{
    struct evkeyvalq *headers = evhttp_request_get_input_headers(r->v->request);
    struct str shown = json_text(json_array_get(r->place.asked, 0));
    size_t i;
    json_t *key;
    if (evhttp_find_header(headers, "X-Live"))
        return;
    json_array_foreach (r->place.asked, i, key) {
        const json_t *question = json_find(json_object_get(r->view, "open"), "key", json_text(key));
        if (screen_shows(question)) {
            shown = json_text(key);
            break;
        }
    }
    if (room_show(r->v->web->rooms, r->v->parts[0], shown))
        hub_tell(r->v->web->hub, r->v->parts[0]);
}

bool session_tree(struct visit *v, const struct room_wish *wish, json_t **out, struct err *e)
{
    struct room r = {.v = v, .wish = wish};
    struct store_client client;
    if (!page_journey(v, &r.j, &client, e))
        return false;
    r.view = journey_review(r.j);
    json_t *list = notes(&r, e);
    if (!list) {
        json_decref(r.view);
        return false;
    }
    room_place(r.j, v->a, r.view, wish, &r.place);
    lead_screen(&r);
    json_t *tree = json_pack("{s:o,s:{s:o,s:o},s:o,s:o,s:i}", "journey", json_new_text(v->parts[0]),
                             "client", "id", json_new_text(client.id), "name",
                             json_new_text(client.name), "title", json_new_text(client.name),
                             "notes", list, "note_count", (int)json_array_size(list));
    add_way(&r, tree);
    add_state(&r, tree);
    add_lost(&r, tree);
    room_place_free(&r.place);
    json_decref(r.view);
    *out = tree;
    return true;
}
