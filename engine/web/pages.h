/* The pages, one function a route (routes.def).  Each reads its visit, changes something through
 * `practice` or nothing, and replies; false with `e` set becomes a page that says what is wrong. */
#ifndef ESPALIER_WEB_PAGES_H
#define ESPALIER_WEB_PAGES_H

#include "web/server.h"

#define ROUTE(method, path, need, body, function) bool function(struct visit *v, struct err *e);
#include "web/routes.def"
#undef ROUTE

/* Where a form says to go back to, if that is a path of ours. */
struct str page_back(struct visit *v, struct str otherwise);

/* Where a form of the bar leads back to: this page, as it was asked for; where it came by POST, the
 * nearest that can be asked for; where there is none, the desk. */
struct str page_here(struct visit *v);

/* The journey that the route names, and its client (NULL: not wanted). */
MUST_USE bool page_journey(struct visit *v, struct journey **j, struct store_client *client,
                           struct err *e);

#endif
