/* The board: the canvas as sticky notes. */
#include "web/pages.h"

#include "practice/documents.h"
#include "web/board_tree.h"
#include "web/form.h"
#include "web/reply.h"

bool page_board(struct visit *v, struct err *e)
{
    struct journey *j;
    struct store_client client;
    json_t *board;
    struct board_wish wish = {.state = form_get(v->query, "state"), .audience = STR("coach")};
    if (!page_journey(v, &j, &client, e) || !journey_board(j, &wish, &board, e))
        return false;
    reply_page(v, 200, "board",
               json_pack("{s:o,s:o,s:{s:o,s:o},s:o}", "title", json_new_text(client.name),
                         "journey", json_new_text(v->parts[0]), "client", "id",
                         json_new_text(client.id), "name", json_new_text(client.name), "board",
                         board_tree(v->a, board, false)));
    json_decref(board);
    return true;
}
