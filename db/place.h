/* Where the practice file lies: everything about it that is the file system's, checked before
 * SQLite touches it. The file is never opened here: closing a second descriptor would drop the
 * locks SQLite holds on it. */
#ifndef ESPALIER_DB_PLACE_H
#define ESPALIER_DB_PLACE_H

#include "base/err.h"

#include <limits.h>
#include <stdbool.h>

struct place {
    char folder[PATH_MAX]; /* absolute, without links */
    char path[PATH_MAX]; /* folder "/" name: no link can hide in it, and SQLite never takes it for a
                            URI */
    bool exists;
};

/* Finds the place that `path` means.  With `make`, missing folders are made (0700).
 * Fails with ERR_NOT_FOUND (no folder), ERR_REFUSED (a folder that others can change, a network),
 * ERR_DISK. */
MUST_USE bool place_find(const char *path, bool make, struct place *out, struct err *e);

/* Refuses anything but a plain file of this user alone, and a folder where nothing can be written.
 * Fails with ERR_REFUSED, ERR_DATA (an empty file). */
MUST_USE bool place_check_file(const struct place *p, bool read_only, struct err *e);

/* A new empty file (0600) beside the place, under a name of its own that is put into `name`.
 * `alone`: the caller is the only one who makes this draft now; then the name is always the same,
 * and what an interruption left behind goes. */
MUST_USE bool place_draft(const struct place *p, const char *word, bool alone, char name[PATH_MAX],
                          struct err *e);

/* Gives a finished and synced draft its name, durably.  `replace`: an existing file goes. Otherwise
 * *taken tells that somebody else was faster; the draft is removed then, and on failure. */
MUST_USE bool place_publish(const struct place *p, const char *draft, const char *name,
                            bool replace, bool *taken, struct err *e);

/* Makes the empty journal beside the file and its name durable, so that no later commit depends on
 * that. */
MUST_USE bool place_make_journal(const struct place *p, struct err *e);

/* Syncs a file by its name. */
MUST_USE bool place_sync(const char *path, struct err *e);

/* The name of a network file system by its number in statfs(2), or NULL for a local one. */
const char *place_network(unsigned long type);

#endif
