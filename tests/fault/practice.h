/* A new practice as bytes, for tests that put it on a disk of their own. */
#ifndef ESPALIER_TESTS_PRACTICE_H
#define ESPALIER_TESTS_PRACTICE_H

#include "base/files.h"
#include "db/store.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* A folder of its own, in memory if there is such a place, because these tests sync a great deal;
 * else below TMPDIR. Ends the program if that fails. */
static inline void make_folder(char *out, size_t room)
{
    const char *above = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : getenv("TMPDIR");
    (void)snprintf(out, room, "%s/espalier-fault-XXXXXX", above && *above ? above : "/tmp");
    if (!mkdtemp(out)) {
        perror(out);
        exit(1);
    }
}

static inline void remove_practice(const char *path)
{
    char journal[512];
    (void)snprintf(journal, sizeof journal, "%s-journal", path);
    (void)unlink(journal);
    (void)unlink(path);
}

static inline struct str new_practice(struct arena *a)
{
    char folder[256], path[300];
    const struct store_options o = {.create = true};
    struct store *s;
    struct str bytes;
    struct err e;
    make_folder(folder, sizeof folder);
    (void)snprintf(path, sizeof path, "%s/practice", folder);
    bool ok = store_open(path, &o, &s, &e);
    store_close(s);
    if (!ok || !files_read(a, path, 1 << 20, &bytes, &e)) {
        (void)fprintf(stderr, "%s\n", e.text);
        exit(1);
    }
    remove_practice(path);
    (void)rmdir(folder);
    return bytes;
}

#endif
