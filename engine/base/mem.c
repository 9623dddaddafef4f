#include "base/mem.h"

#include "base/err.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

enum { BLOCK_SIZE = 16 * 1024 };

struct block {
    struct block *next;
    size_t size, used;
    alignas(max_align_t) unsigned char bytes[];
};

struct arena {
    struct block *newest;
    size_t used;
};

_Noreturn void mem_exhausted(void)
{
    static const char text[] =
        "espalier: the machine has no memory left. "
        "Everything that was called saved is saved; close other programs and start again.\n";
    ssize_t ignored = write(STDERR_FILENO, text, sizeof text - 1);
    (void)ignored;
    _exit(err_exit_status(ERR_MEMORY));
}

void *mem_new(size_t n)
{
    void *p = calloc(1, n ? n : 1);
    if (!p)
        mem_exhausted();
    return p;
}

void *mem_grow(void *block, size_t count, size_t size)
{
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes))
        mem_exhausted();
    void *p = realloc(block, bytes ? bytes : 1);
    if (!p)
        mem_exhausted();
    return p;
}

struct arena *arena_new(void)
{
    return mem_new(sizeof(struct arena));
}

void arena_free(struct arena *a)
{
    if (!a)
        return;
    for (struct block *b = a->newest; b;) {
        struct block *next = b->next;
        free(b);
        b = next;
    }
    free(a);
}

/* A new block; a large wish gets a block of its own size. */
static struct block *block_new(struct arena *a, size_t n)
{
    size_t size = n > BLOCK_SIZE ? n : BLOCK_SIZE;
    if (size > SIZE_MAX - sizeof(struct block))
        mem_exhausted();
    struct block *b = mem_new(sizeof *b + size);
    b->size = size;
    b->next = a->newest;
    a->newest = b;
    return b;
}

void *arena_alloc(struct arena *a, size_t n)
{
    const size_t align = alignof(max_align_t);
    if (n > SIZE_MAX - align)
        mem_exhausted();
    n = (n + align - 1) / align * align;
    struct block *b = a->newest;
    if (!b || b->size - b->used < n)
        b = block_new(a, n);
    void *p = b->bytes + b->used;
    b->used += n;
    a->used += n;
    return p;
}

size_t arena_used(const struct arena *a)
{
    return a->used;
}
