/* Who watches which journey: server-sent events.  A watcher is told the journey's revision whenever
 * it has changed, by this server or by another program; the page then asks for what it shows. */
#ifndef ESPALIER_WEB_HUB_H
#define ESPALIER_WEB_HUB_H

#include "web/server.h"

enum { HUB_WATCHERS = 32, HUB_BEHIND = 1 << 20 /* bytes that a watcher may not have read */ };

struct hub *hub_new(struct web *w);
void hub_free(struct hub *h);

/* Ends all streams, so that the server can stop. */
void hub_end(struct hub *h);

/* Ends the streams of those whose login has ended, at once instead of within a second. */
void hub_tidy(struct hub *h);

/* Answers the visit with a stream of the journey's changes:
 *   event: changed   data: the revision; once at first, then whenever it is another one
 *   event: ended     the login, or the screen, is no more
 *   event: stopped   the server ends
 * Fails with ERR_NOT_FOUND, ERR_LIMIT. */
MUST_USE bool hub_watch(struct visit *v, struct str journey, struct err *e);

/* Something in the journey is new: tells who watches it at once. */
void hub_tell(struct hub *h, struct str journey);

#endif
