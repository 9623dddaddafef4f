/* What the coach looks at before the next session. */
#ifndef ESPALIER_PRACTICE_NEXT_H
#define ESPALIER_PRACTICE_NEXT_H

#include "practice/state.h"

/* `prep` of the coach's tree (a new reference), with nothing sensitive in it unless asked for:
 *   last       {date, days, yesterday, minutes}: the latest sitting and how long ago; null before
 *              the first (days and minutes are null for 0)
 *   actions    [{text, due, late, yours, who, know, help, watch_out}]: what was promised, by its
 *              day; who: somebody who is neither client nor coach
 *   goals      [{text, due, late, measure, confidence}]
 *   next       [{ask, phase, step, required}]: the first questions that have to be answered, at
 *              most five (if there are none and the journey goes on: those that can be)
 *   more       how many of them there are besides
 *   waits      [{text, until}]      to_check   [{ask, shown}]      aside   [{ask, shown}]
 *   notes      [{text, day, visibility}]: written since the day of the last sitting
 *   done       is the journey finished?
 * and `has`, which of these lists have something in them. */
json_t *next_session(struct journey *j, const json_t *tree, const json_t *view, bool sensitive);

#endif
