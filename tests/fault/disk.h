/* A disk in memory, as SQLite sees one: the VFS "disk".  A file has what was written (all reading
 * sees it) and what is surely on the platter (what it was at its last sync).  When the power goes,
 * every 512-byte sector written since then is independently the new one, the old one, half of each,
 * or garbage; sizes, new names and removed names likewise. disk_register(); disk_put("/practice",
 * bytes, n); disk_watch(save, NULL); ... disk_cut(state, seed); */
#ifndef ESPALIER_TESTS_DISK_H
#define ESPALIER_TESTS_DISK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct disk_state;

void disk_register(void);

/* Empties the disk, ends all faults and the watch. */
void disk_clear(void);

/* A file that is safely there. */
void disk_put(const char *name, const void *bytes, size_t n);

/* What a file holds now; false if it is not there. */
bool disk_get(const char *name, const void **bytes, size_t *n);

/* Calls `each` before every write, truncation, sync, creation and removal. */
void disk_watch(void (*each)(void *user), void *user);

/* The disk as it is now, with what is safe and what is not.  Freed by disk_free. */
struct disk_state *disk_save(void);
void disk_free(struct disk_state *s);

/* The power goes in state `s` and comes back: the disk holds what survived, and all of it is safe
 * now. */
void disk_cut(const struct disk_state *s, uint64_t seed);

/* Syncs report success and do nothing. */
void disk_lie(bool on);

/* The `nth` sync from now (1, 2 ...) fails; as in Linux, what it should have written counts as
 * written from then on but is not.  0: none. */
void disk_fail_sync(int nth);

/* Syncs so far. */
int disk_syncs(void);

/* A small generator of chance: the same seed gives the same numbers. */
uint64_t chance(uint64_t *state);

#endif
