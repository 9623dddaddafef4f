/* Who may see what, in one place: "client", "coach", "sponsor", "programme".  Everything that
 * leaves a journey asks here, so that no template can show more.
 *   client     answers that are neither private nor sensitive, shared notes
 *   coach      everything, sensitive only where it was asked for
 *   sponsor    of outputs the fields that the workflow names (of goals and actions the text and the
 *              day); canvases that say `for: [sponsor]`; no answer, no note, no advice
 *   programme  the same by its own lists, by default nothing but counts; no name but a pseudonym */
#ifndef ESPALIER_PRACTICE_AUDIENCE_H
#define ESPALIER_PRACTICE_AUDIENCE_H

#include "practice/state.h"

/* Fails with ERR_INPUT and the names there are. */
MUST_USE bool audience_check(struct str audience, struct err *e);

/* May a document made for one audience be given to another? */
bool audience_may_receive(struct str made_for, struct str audience);

/* Are the words of an answer for this audience?  `sensitive`: the coach asked for those too. */
bool audience_sees_answer(const json_t *question, struct str audience, bool sensitive);

/* May a template for this audience name the question at all?  (What it may name and not see is
 * empty.) */
bool audience_may_name(const json_t *question, struct str audience);

/* The same for a canvas, and for an answer that stands on a canvas which the audience sees. */
bool audience_sees_canvas(const json_t *canvas, struct str audience);
bool audience_sees_note(const json_t *question, struct str audience, bool sensitive);

/* May it see this field of an output?  `declared` is the output in the definition, NULL for
 * built-in kinds. */
bool audience_sees_field(const json_t *declared, struct str kind, struct str audience,
                         const char *field);

/* Is it shown nothing at all of outputs of this kind? */
bool audience_sees_output(const json_t *declared, struct str kind, struct str audience);

/* Whether the client has agreed, by the workflow's `share`, that `what` is given to the audience.
 * A programme that reads nothing but counts needs no consent unless the workflow asks for it.
 * Fails with ERR_REFUSED and the question to ask; if `why` is given it is allowed all the same, and
 * audience_record keeps the reason. */
MUST_USE bool audience_agreed(struct journey *j, struct str audience, struct str what,
                              struct str why, struct err *e);

/* Keeps the coach's reason as a private note and the act in the audit, where there was no consent.
 */
MUST_USE bool audience_record(struct journey *j, struct str audience, struct str what,
                              struct str why, struct err *e);

#endif
