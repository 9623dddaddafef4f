/* The streams by which a page learns that there is something new. */
#include "web/hub.h"
#include "web/pages.h"

bool page_live(struct visit *v, struct err *e)
{
    return hub_watch(v, v->parts[0], e);
}
