/* More of the store (see store.h): what moves from moment to moment while people talk. */
#ifndef ESPALIER_DB_STORE_LIVE_H
#define ESPALIER_DB_STORE_LIVE_H

#include "db/store.h"

/* What was typed and not said yet: one for each question, gone with its journey. */
struct store_draft {
    struct str journey, key, fields; /* fields: as they were given, opaque here */
    int64_t at;
};
/* Put again takes the place of the one before. */
MUST_USE bool store_draft_put(struct store *s, const struct store_draft *d, struct err *e);
/* Nothing if there is none. */
MUST_USE bool store_draft_drop(struct store *s, struct str journey, struct str key, struct err *e);
MUST_USE bool store_draft_list(struct store *s, struct arena *a, struct str journey,
                               struct store_draft **out, size_t *n, struct err *e);

/* The seq of the last event of a journey; 0: there is none. */
MUST_USE bool store_event_last(struct store *s, struct str journey, int64_t *seq, struct err *e);
/* A number that is another one whenever anything was written since, by this program or by another:
 * so that whoever waits for something new need not look for it. */
MUST_USE bool store_version(struct store *s, int64_t *version, struct err *e);

#endif
