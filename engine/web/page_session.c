/* The session room: the open step, the map beside it, the canvas that fills while they talk. */
#include "web/page_session.h"

#include "web/asking.h"
#include "web/form.h"
#include "web/hub.h"
#include "web/reply.h"
#include "web/rooms.h"

enum { ROWS_MORE = 6 };

bool page_journey(struct visit *v, struct journey **j, struct store_client *client, struct err *e)
{
    if (!room_enter(v->web->rooms, v->parts[0], j, e))
        return false;
    return !client ||
        practice_client_find(v->web->o.practice, v->a, journey_record(*j)->client, client, e);
}

static bool show_room(struct visit *v, int status, const struct room_wish *wish, struct err *e)
{
    json_t *tree;
    if (!session_tree(v, wish, &tree, e))
        return false;
    reply_page(v, status, "session", tree);
    return true;
}

bool page_session(struct visit *v, struct err *e)
{
    struct room_wish wish = {.at = form_get(v->query, "at"),
                             .after = form_get(v->query, "after"),
                             .said = form_get(v->query, "said")};
    return show_room(v, 200, &wish, e);
}

/* Back to where the form says, else to the question in the room; everybody who watches is told. */
static bool done(struct visit *v, struct str key, const char *said)
{
    struct str room = str_format(v->a, "/journeys/%.*s?at=%s&said=%s", STR_ARG(v->parts[0]),
                                 session_encode(v->a, key).p, said);
    hub_tell(v->web->hub, v->parts[0]);
    reply_go(v, page_back(v, room));
    return true;
}

/* The room once more, with the fault at its question and everything that was typed still there. */
static bool show_fault(struct visit *v, struct fault *fault, struct err *e)
{
    struct room_wish wish = {.at = fault->key, .fault = fault};
    int status = reply_status_of(e->code);
    fault->conflict = e->code == ERR_CONFLICT;
    fault->sentence = str_copy(v->a, str_of(e->text));
    return show_room(v, status, &wish, e);
}

/* A list with room for more, or with its rows in another order, where there is no script: the page
 * is shown again and nothing is saved. */
static bool reshape(struct visit *v, const json_t *question, struct err *e)
{
    json_t *typed = form_typed(v->a, v->form, question);
    struct fault fault = {.key = form_get(v->form, "key"), .typed = typed, .rows = ROWS_MORE};
    struct room_wish wish = {.at = fault.key, .fault = &fault};
    if (typed)
        form_move_row(v->form, question, typed, form_get(v->form, "shape"));
    bool ok = show_room(v, 200, &wish, e);
    json_decref(typed);
    return ok;
}

static bool answer(struct visit *v, struct journey *j, const json_t *question, struct err *e)
{
    json_t *value = form_value(v->a, v->form, question);
    struct change c = {
        .key = form_get(v->form, "key"), .value = value, .replaces = form_revision(v->form)};
    bool ok = value ? journey_answer(j, &c, e)
                    : err_set(e, ERR_INPUT, "Please write an answer, or leave the question out.");
    json_decref(value);
    return ok;
}

bool page_answer(struct visit *v, struct err *e)
{
    struct journey *j;
    json_t *question;
    struct str key = form_get(v->form, "key");
    struct fault fault = {.key = key};
    if (!page_journey(v, &j, NULL, e))
        return false;
    if (!journey_question(j, key, &question, e))
        return show_fault(v, &fault, e);
    if (form_get(v->form, "shape").n > 0) {
        bool shown = reshape(v, question, e);
        json_decref(question);
        return shown;
    }
    bool ok = answer(v, j, question, e);
    if (ok) {
        json_decref(question);
        return done(v, key, "saved");
    }
    json_t *typed = form_typed(v->a, v->form, question);
    fault.typed = typed;
    json_decref(question);
    ok = show_fault(v, &fault, e);
    json_decref(typed);
    return ok;
}

/* An answer that was to be checked is right as it is: the same value once more. */
bool page_keep(struct visit *v, struct err *e)
{
    struct journey *j;
    json_t *question;
    struct change c = {.key = form_get(v->form, "key"), .replaces = form_revision(v->form)};
    struct fault fault = {.key = c.key};
    if (!page_journey(v, &j, NULL, e) || !journey_question(j, c.key, &question, e))
        return false;
    c.value = asking_begin(question);
    bool ok = c.value ? journey_answer(j, &c, e)
                      : err_set(e, ERR_NOT_FOUND, "There is no answer to keep.");
    json_decref(question);
    return ok ? done(v, c.key, "saved") : show_fault(v, &fault, e);
}

bool page_skip(struct visit *v, struct err *e)
{
    struct journey *j;
    struct change c = {.key = form_get(v->form, "key"),
                       .why = form_get(v->form, "why"),
                       .replaces = form_revision(v->form)};
    struct fault fault = {.key = c.key, .why = c.why};
    if (!page_journey(v, &j, NULL, e))
        return false;
    return journey_skip(j, &c, e) ? done(v, c.key, "skipped") : show_fault(v, &fault, e);
}

bool page_undo(struct visit *v, struct err *e)
{
    struct journey *j;
    struct str key;
    return page_journey(v, &j, NULL, e) && journey_undo(j, v->a, &key, e) && done(v, key, "undone");
}

bool page_redo(struct visit *v, struct err *e)
{
    struct journey *j;
    struct str key;
    return page_journey(v, &j, NULL, e) && journey_redo(j, v->a, &key, e) && done(v, key, "redone");
}

bool page_note(struct visit *v, struct err *e)
{
    struct journey *j;
    struct str seen = form_get(v->form, "visibility"), key = form_get(v->form, "key");
    return page_journey(v, &j, NULL, e) &&
        journey_note(j, key, form_get(v->form, "text"), seen.n > 0 ? seen : STR("private"), e) &&
        done(v, form_get(v->form, "at"), "noted");
}

/* The sitting is over; the next answer begins another one. */
bool page_pause(struct visit *v, struct err *e)
{
    struct journey *j;
    if (!page_journey(v, &j, NULL, e))
        return false;
    room_leave(v->web->rooms, v->parts[0]);
    reply_go(v, page_back(v, STR("/?said=paused")));
    return true;
}
