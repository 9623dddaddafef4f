/* What the client's screen shows: where the conversation is, in the words that the client may see.
 * Only what stands in this tree can be shown, so this is where it is decided (audience.h): nothing
 * private or sensitive, nothing that the coach answers, no note, advice or trouble, no name. */
#ifndef ESPALIER_PRACTICE_SCREEN_H
#define ESPALIER_PRACTICE_SCREEN_H

#include "practice/journey.h"

/* `key`: the question that is talked about; empty, or none that is open: the first open one before
 * what is due that is the client's, else what is due.  A new reference:
 *   revision, language, title   of the journey and its workflow
 *   done                        the journey has come to its end
 *   moment                      what is due is none of the client's: "one moment"
 *   phase     {title, purpose, number, of} | null; number and of are null for a phase not counted
 *   step      {title, intro} | null
 *   question  {key, ask, help, options, columns, rows, ends: [text]} | null; lists of texts
 *   said      [text] what is said with it
 *   answered  {ask, shown} | null: the latest answer that the client may see
 *   board     the canvas that is being filled, as journey_board gives it, or null */
json_t *journey_screen(struct journey *j, struct str key);

/* Is a question, as the workflow or a view has it, the client's to see and to answer?  NULL is not:
 * a wait stands in no file, it is the coach's. */
bool screen_shows(const json_t *question);

#endif
