/* What a journey would be if one answer were another one: the path, the plan, the canvases, before
 * and after.  Everything happens in memory: the answer is added to a copy of the handle's events
 * and the workflow is run over it; nothing is written.
 *
 *     journey_what_if(j, &(struct change){.key = key, .value = value}, &told, &e)
 */
#ifndef ESPALIER_PRACTICE_WHAT_IF_H
#define ESPALIER_PRACTICE_WHAT_IF_H

#include "practice/journey.h"

/* With `c->value` as the answer, or left out for the reason `c->why` where value is NULL; the
 * revision it was made from is no matter.  A new reference:
 * {"key","ask","before","after",  as a person reads them; empty: no answer
 *  "left_out": bool, "same": nothing changes at all,
 *  "path":{"new":[...], "again":[...], "gone":[...], "aside":[...], "back":[...],
 *          "waiting":[...], "to_check":[...]},
 *  "plan":[{"sign":"+"|"-","text"}],
 *  "canvases":[{"id","title","items":[{"sign":"+"|"-"|"~","page","block","text","mark",
 *               "was","was_block","was_mark"}]}],
 *  "trouble": a sentence|absent}
 * new: questions that were not asked before; again: answers that do not fit any more and are asked
 * for again; gone: open questions that are not asked any more; aside and back: answers that leave
 * the path or come back; waiting: answers that are on the path again as soon as the new questions
 * are dealt with; to_check: answers whose question is worded differently then.  Entries are
 * {"key","ask","shown","private","sensitive"}.  Plan and canvases are those of the moment when the
 * new questions are left out: otherwise all that comes behind them would look lost.  `was`...: what
 * is different for an item that stays ("~"), else empty.
 * With trouble (the script fails then) nothing else is known.  Fails as journey_answer and
 * journey_skip where they find the change unfit, and with ERR_NOT_FOUND. */
MUST_USE bool journey_what_if(struct journey *j, const struct change *c, json_t **out,
                              struct err *e);

#endif
