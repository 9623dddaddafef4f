/* What somebody was typing into a question's form and had not said yet.  It is kept every moment,
 * so that a crash takes two seconds of it at most, and offered when the question is seen again.  An
 * answer and a skip of the question end it; nobody but the coach ever sees it. */
#ifndef ESPALIER_PRACTICE_DRAFT_H
#define ESPALIER_PRACTICE_DRAFT_H

#include "practice/journey.h"

enum { DRAFT_MAX = 256 << 10 }; /* bytes of a draft */

struct draft {
    struct str fields; /* of the form, as a browser sends them; empty: there is no draft */
    int64_t at;
};

/* Keeps the draft of a question that is on the path, in place of the one before; empty `fields`
 * drop it.  `replaces` is the revision that its form was made from (-1: not known): if the question
 * was answered or left out since, the draft comes too late and is not kept.  Fails with
 * ERR_NOT_FOUND (not asked now), ERR_LIMIT, ERR_DISK, ERR_LOCKED. */
MUST_USE bool draft_keep(struct journey *j, struct str key, struct str fields, int64_t replaces,
                         struct err *e);

/* The draft of a question; its text lives in `a`. */
MUST_USE bool draft_find(struct journey *j, struct arena *a, struct str key, struct draft *out,
                         struct err *e);

#endif
