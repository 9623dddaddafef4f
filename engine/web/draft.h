/* Drafts in pages: what was half typed when a window was closed or a machine stopped. */
#ifndef ESPALIER_WEB_DRAFT_H
#define ESPALIER_WEB_DRAFT_H

#include "web/server.h"

/* The draft of a question, for {{>draft}} of its form (a new reference): null if there is none,
 * else
 *   {"key", "at": the time of day, "day": empty if it was today, "taken": it is in the form
 *    already, "take": where a link leads that takes it up, "journey"}
 * If it is taken (?draft=KEY), *given is what the form begins with (form_typed, a new reference);
 * else NULL. */
json_t *draft_offer(struct visit *v, struct journey *j, const json_t *question, json_t **given);

#endif
