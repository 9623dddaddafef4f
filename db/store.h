/* The only door to what is kept.  It speaks of clients, journeys, sessions, events, notes: no SQL
 * and no sqlite3 type in it, so that another store can stand behind the same header and the same
 * contract tests (tests/unit/test_store*.c).  Ids (UUIDv7) and times (UTC milliseconds) are made by
 * the caller; order is by `seq`, never by time.  Texts that were read live in the arena given, and
 * are checked against their checksum (else ERR_DATA).  What people wrote is opaque here.
 * Writing functions fail with ERR_NOT_FOUND (what it belongs to is not here), ERR_CONFLICT (it is
 * here already), ERR_DATA, ERR_LIMIT, ERR_DISK, ERR_LOCKED, ERR_MEMORY. */
#ifndef ESPALIER_DB_STORE_H
#define ESPALIER_DB_STORE_H

#include "base/err.h"
#include "base/text.h"

#include <stdint.h>

struct store;

struct store_options {
    bool create; /* make the file (0600) and its folder (0700) if it is not there */
    bool read_only;
    /* For tests, NULL in the program: a registered VFS; weaker settings, so that tests can fail. */
    const char *vfs, *pragmas_for_test;
};

/* Opens the practice file after the checks of RELIABILITY.md 3.2: refuses what is not ours,
 * damaged, newer than this program, a link, or open to others; migrates an older file.  Fails with
 * ERR_NOT_FOUND, ERR_DATA, ERR_REFUSED, ERR_DISK, ERR_LOCKED and a sentence that says what to do; a
 * file that was refused has not been written to.  *out is NULL then.  store_close allows NULL. */
MUST_USE bool store_open(const char *path, const struct store_options *o, struct store **out,
                         struct err *e);
void store_close(struct store *s);

/* One change = one transaction; an assertion and the database's own commit hook see to it.  Begin
 * waits up to 5 s for another writer (then ERR_LOCKED).  After a writing function failed the change
 * can only be rolled back: commit refuses.  A commit that fails has rolled back.  When the disk
 * failed (ERR_DISK, but not when it is full) begin refuses until the file is opened again.
 * store_rollback never fails and may come at any time. */
MUST_USE bool store_begin(struct store *s, struct err *e);
MUST_USE bool store_commit(struct store *s, struct err *e);
void store_rollback(struct store *s);

struct store_client {
    struct str id, name, pseudonym, email, language, coach;
    int64_t created;
};
MUST_USE bool store_client_add(struct store *s, const struct store_client *c, struct err *e);
/* Fails with ERR_NOT_FOUND. */
MUST_USE bool store_client_get(struct store *s, struct arena *a, struct str id,
                               struct store_client *out, struct err *e);
/* Clients by id (= by time made): at most `limit` after the cursor `after` (an id, or empty). */
MUST_USE bool store_client_list(struct store *s, struct arena *a, struct str after, size_t limit,
                                struct store_client **out, size_t *n, struct err *e);

/* Bundles by hash: put twice is the same as once. */
MUST_USE bool store_bundle_put(struct store *s, struct str hash, struct str workflow,
                               struct str archive, int64_t at, struct err *e);
MUST_USE bool store_bundle_get(struct store *s, struct arena *a, struct str hash,
                               struct str *archive, struct err *e);

struct store_journey {
    struct str id, client, workflow, bundle, seed, language;
    int cycle;               /* 1, 2, ... of the client */
    int64_t started, closed; /* closed: 0 while open */
};
MUST_USE bool store_journey_add(struct store *s, const struct store_journey *j, struct err *e);
/* Fails with ERR_NOT_FOUND. */
MUST_USE bool store_journey_get(struct store *s, struct arena *a, struct str id,
                                struct store_journey *out, struct err *e);
/* Fails with ERR_NOT_FOUND.  Closing a closed journey moves its end. */
MUST_USE bool store_journey_close(struct store *s, struct str id, int64_t at, struct err *e);
/* Pins the journey to another bundle that is kept already.  Fails with ERR_NOT_FOUND. */
MUST_USE bool store_journey_pin(struct store *s, struct str id, struct str bundle, struct err *e);
/* Journeys of a client (or of all clients if empty), ordered by id. */
MUST_USE bool store_journey_list(struct store *s, struct arena *a, struct str client,
                                 struct store_journey **out, size_t *n, struct err *e);

struct store_session {
    struct str id, journey, kind; /* kind: "coaching" ... */
    int64_t started, ended;       /* ended: 0 while open */
    int minutes;
};
MUST_USE bool store_session_add(struct store *s, const struct store_session *x, struct err *e);
MUST_USE bool store_session_end(struct store *s, struct str id, int64_t ended, int minutes,
                                struct err *e);
MUST_USE bool store_session_list(struct store *s, struct arena *a, struct str journey,
                                 struct store_session **out, size_t *n, struct err *e);

/* What happened; stored by name. */
/* clang-format off */
enum store_kind {
    EVENT_ANSWERED, EVENT_SKIPPED, EVENT_CLEARED, EVENT_UNDONE, EVENT_REDONE, EVENT_ELAPSED,
    EVENT_MIGRATED, EVENT_REDACTED, EVENT_KINDS
};
/* clang-format on */
struct store_event {
    int64_t seq; /* 1, 2, 3 ... without gaps; set by append */
    enum store_kind kind;
    struct str key;         /* question key; empty for undone and redone */
    struct str value;       /* JSON, or the reason of a skip; opaque here */
    struct str wording;     /* hash of the question as it was worded, or empty */
    struct str language;    /* in which it was worded */
    struct str session;     /* the sitting it was given in, or empty */
    struct str actor, role; /* who entered it ("coach" by default), as whom: client, coach, clock */
    int64_t refers;         /* undone, redone: the seq meant; else that of the first event of the
                               action it belongs to, if it is not itself that; or 0 */
    int64_t at;             /* UTC ms */
    struct str day; /* "2026-11-23" where it was entered: a run reads this, never the time zone */
};
/* Appends `n` events if the journey's last seq is still `expected`, and sets the seq of each; else
 * *conflict = true, nothing written, and true. */
MUST_USE bool store_event_append(struct store *s, struct str journey, int64_t expected,
                                 struct store_event *events, size_t n, bool *conflict,
                                 struct err *e);
/* Events with seq > `after`, in order. */
MUST_USE bool store_event_list(struct store *s, struct arena *a, struct str journey, int64_t after,
                               struct store_event **out, size_t *n, struct err *e);

/* Exact wordings shown, by hash: put twice is the same as once. */
MUST_USE bool store_wording_put(struct store *s, struct str hash, struct str text, struct err *e);
MUST_USE bool store_wording_get(struct store *s, struct arena *a, struct str hash, struct str *text,
                                struct err *e);

struct store_note {
    struct str id, journey, key, text; /* key may be empty */
    struct str visibility, session;    /* private | shared | sensitive; session may be empty */
    int64_t at;
};
MUST_USE bool store_note_add(struct store *s, const struct store_note *n, struct err *e);
MUST_USE bool store_note_list(struct store *s, struct arena *a, struct str journey,
                              struct store_note **out, size_t *n, struct err *e);

/* The disposable cache of the latest outcome, for lists; may be lost at any time.  seq 0: none. */
MUST_USE bool store_outcome_put(struct store *s, struct str journey, int64_t seq,
                                struct str outcome, struct err *e);
MUST_USE bool store_outcome_get(struct store *s, struct arena *a, struct str journey, int64_t *seq,
                                struct str *outcome, struct err *e);

/* Content-free record of an act: verb and uuid only. */
MUST_USE bool store_audit_add(struct store *s, struct str verb, struct str subject, int64_t at,
                              struct err *e);

/* What doctor prints: each finding is one line ("ok ..." or "fault ..."). `deep` reads every row
 * and checks it. */
MUST_USE bool store_examine(struct store *s, struct arena *a, bool deep, struct str **lines,
                            size_t *n, bool *healthy, struct err *e);

/* Version of the engine behind it, for `version`; of program lifetime. */
const char *store_engine_version(void);

#endif
