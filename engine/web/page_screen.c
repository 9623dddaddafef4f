/* The client's screen: a second window, on a projector or another monitor, that follows a journey.
 * Its address is a secret of its own, which opens nothing else; what it shows is journey_screen and
 * nothing else. */
#include "practice/screen.h"
#include "web/board_tree.h"
#include "web/hub.h"
#include "web/pages.h"
#include "web/reply.h"
#include "web/rooms.h"

static struct str room_of(struct visit *v)
{
    return page_back(v, str_format(v->a, "/journeys/%.*s", STR_ARG(v->parts[0])));
}

bool page_screen_open(struct visit *v, struct err *e)
{
    char secret[LOGIN_SECRET + 1];
    struct journey *j;
    if (!page_journey(v, &j, NULL, e))
        return false;
    login_screen(v->web->logins, v->parts[0], v->login, secret);
    reply_go(v, str_format(v->a, "/screen/%s", secret));
    return true;
}

bool page_screen_end(struct visit *v, struct err *e)
{
    struct journey *j;
    if (!page_journey(v, &j, NULL, e))
        return false;
    login_end_screens(v->web->logins, v->parts[0]);
    hub_tidy(v->web->hub);
    reply_go(v, room_of(v));
    return true;
}

/* A mark for each phase that counts: behind, the one of now, ahead. */
static json_t *parts_of(const json_t *phase)
{
    long long number = json_whole(phase, "number", 0), of = json_whole(phase, "of", 0);
    json_t *parts = json_array();
    for (long long i = 1; number > 0 && i <= of; i++)
        json_array_append_new(parts,
                              json_pack("{s:b,s:b}", "behind", i < number, "now", i == number));
    return parts;
}

/* Lists, with a word whether there is anything in them. */
static void complete_question(json_t *question)
{
    static const char *const lists[][2] = {{"options", "has_options"},
                                           {"columns", "has_columns"},
                                           {"rows", "has_rows"},
                                           {"ends", "has_ends"}};
    for (size_t i = 0; json_is_object(question) && i < sizeof lists / sizeof lists[0]; i++)
        json_object_set_new(
            question, lists[i][1],
            json_boolean(json_array_size(json_object_get(question, lists[i][0])) > 0));
}

static json_t *page_tree(struct visit *v, struct journey *j)
{
    long long moves;
    struct str key = room_shown(v->web->rooms, str_of(v->login->journey), &moves);
    json_t *screen = journey_screen(j, key), *board = json_object_get(screen, "board");
    complete_question(json_object_get(screen, "question"));
    json_object_set_new(screen, "moves", json_integer(moves));
    json_object_set_new(screen, "parts", parts_of(json_object_get(screen, "phase")));
    json_object_set_new(screen, "board",
                        json_is_object(board) ? board_tree(v->a, board, true) : json_null());
    return json_pack("{s:O,s:o}", "title", json_object_get(screen, "title"), "now", screen);
}

bool page_screen(struct visit *v, struct err *e)
{
    struct journey *j;
    if (!room_look(v->web->rooms, str_of(v->login->journey), &j, e))
        return false;
    json_t *tree = page_tree(v, j);
    /* To the client in the client's language, whatever the coach has chosen. */
    struct str language = json_member(json_object_get(tree, "now"), "language");
    v->language = str_is(language, "fr") ? STR("fr") : STR("en");
    reply_page(v, 200, "screen", tree);
    return true;
}

bool page_screen_live(struct visit *v, struct err *e)
{
    return hub_watch(v, str_of(v->login->journey), e);
}
