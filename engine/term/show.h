/* What the conversation prints by itself: where one is, the question, its help, the review. */
#ifndef ESPALIER_TERM_SHOW_H
#define ESPALIER_TERM_SHOW_H

#include "term/talk.h"

/* The title at first; phase, step, messages and trouble when they are new. */
void show_news(struct talk *t, const json_t *question);

/* The question with its marks and what there is to begin with; or its wording only. */
void show_question(struct talk *t, const struct asking *asked);
void show_ask(struct talk *t, const json_t *question);

/* Help, examples, caution, comparison, and the commands in one line. */
void show_explanation(struct talk *t, const json_t *question);

/* All answers so far, numbered; private ones only if `all`. */
void show_review(struct talk *t, bool all);

/* The end, and how to go on. */
void show_farewell(struct talk *t);

#endif
