/* Memory in three lifetimes: program (static tables), handle (mem_new, freed by who opened it),
 * step (one arena).  Out of memory ends the program here, in one place, with a sentence: every
 * change is a transaction, so nothing that was called saved is lost.  Limits of Lua and SQLite do
 * not come here; they end in clean errors.
 *
 *     struct arena *a = arena_new();
 *     ... arena_free(a);
 */
#ifndef ESPALIER_BASE_MEM_H
#define ESPALIER_BASE_MEM_H

#include <stddef.h>

struct arena;

/* An empty arena.  Owns all that is allocated from it until arena_free. */
struct arena *arena_new(void);

/* Frees the arena and all of its memory.  NULL is allowed. */
void arena_free(struct arena *a);

/* `n` zeroed bytes, aligned for any type, living as long as the arena.  n may be 0. */
void *arena_alloc(struct arena *a, size_t n);

/* Bytes handed out so far, for limits and tests. */
size_t arena_used(const struct arena *a);

/* Zeroed memory of handle lifetime, released with free(). */
void *mem_new(size_t n);

/* Grows a block of handle lifetime to `count` elements of `size` bytes; checks the product for
 * overflow. */
void *mem_grow(void *block, size_t count, size_t size);

/* Says that memory is used up and ends the program with the status of ERR_MEMORY. */
_Noreturn void mem_exhausted(void);

#endif
