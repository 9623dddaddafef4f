/* One canvas on one page. */
#include "draw/draw.h"

void board_draw(struct surface *s, const json_t *board, struct rect at)
{
    struct style title = {FACE_SERIF, 18, .ink = INK_GREEN};
    PangoLayout *layout = text_layout(s, &title, json_member(board, "title"), at.w);
    surface_tag(s, "H1");
    text_draw(s, layout, at.x, at.y);
    surface_untag(s);
    g_object_unref(layout);
}
