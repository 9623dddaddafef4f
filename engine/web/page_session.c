/* The session room: the open step, the map beside it, the canvas that fills while they talk. */
#include "web/pages.h"

#include "web/form.h"
#include "web/hub.h"
#include "web/reply.h"
#include "web/rooms.h"

bool page_journey(struct visit *v, struct journey **j, struct store_client *client, struct err *e)
{
    if (!room_enter(v->web->rooms, v->parts[0], j, e))
        return false;
    return !client ||
        practice_client_find(v->web->o.practice, v->a, journey_record(*j)->client, client, e);
}

bool page_session(struct visit *v, struct err *e)
{
    struct journey *j;
    struct store_client client;
    if (!page_journey(v, &j, &client, e))
        return false;
    json_t *view = journey_view(j);
    reply_page(v, 200, "session",
               json_pack("{s:o,s:o,s:{s:o,s:o}}", "view", view, "journey",
                         json_new_text(v->parts[0]), "client", "id", json_new_text(client.id),
                         "name", json_new_text(client.name)));
    return true;
}

/* Back to the room, and everybody who watches is told. */
static bool done(struct visit *v)
{
    hub_tell(v->web->hub, v->parts[0]);
    reply_go(v, page_back(v, str_format(v->a, "/journeys/%.*s", STR_ARG(v->parts[0]))));
    return true;
}

static int64_t replaces(const struct visit *v)
{
    struct str given = form_get(v->form, "replaces");
    int64_t n = 0;
    for (size_t i = 0; i < given.n && given.p[i] >= '0' && given.p[i] <= '9' && n < INT32_MAX; i++)
        n = 10 * n + (given.p[i] - '0');
    return given.n > 0 ? n : -1;
}

bool page_answer(struct visit *v, struct err *e)
{
    struct journey *j;
    json_t *question, *value;
    struct change c = {.key = form_get(v->form, "key"), .replaces = replaces(v)};
    if (!page_journey(v, &j, NULL, e) || !journey_question(j, c.key, &question, e))
        return false;
    value = form_value(v->a, v->form, question);
    json_decref(question);
    c.value = value;
    bool ok = value ? journey_answer(j, &c, e)
                    : err_set(e, ERR_INPUT, "Please write an answer, or leave the question out.");
    json_decref(value);
    return ok && done(v);
}

bool page_skip(struct visit *v, struct err *e)
{
    struct journey *j;
    struct change c = {
        .key = form_get(v->form, "key"), .why = form_get(v->form, "why"), .replaces = replaces(v)};
    return page_journey(v, &j, NULL, e) && journey_skip(j, &c, e) && done(v);
}

bool page_undo(struct visit *v, struct err *e)
{
    struct journey *j;
    struct str key;
    return page_journey(v, &j, NULL, e) && journey_undo(j, v->a, &key, e) && done(v);
}

bool page_redo(struct visit *v, struct err *e)
{
    struct journey *j;
    struct str key;
    return page_journey(v, &j, NULL, e) && journey_redo(j, v->a, &key, e) && done(v);
}
