/* Lines of two versions of a text, and which of the one are in the other. */
#include "practice/why.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Beyond this only what both begin and end with is compared line by line. */
enum { TABLE_MAX = 4 << 20 };

struct why_lines why_split(struct arena *a, struct str text)
{
    size_t n = 0;
    for (size_t i = 0; i < text.n; i++)
        n += text.p[i] == '\n';
    struct why_lines lines = {arena_alloc(a, (n + 1) * sizeof *lines.list), 0};
    for (size_t at = 0; at < text.n;) {
        size_t end = str_find(text, STR("\n"), at);
        lines.list[lines.n++] = (struct why_line){.text = str_part(text, at, end), .at = at};
        at = end + 1;
    }
    return lines;
}

/* A part of both texts: lines a0 to a1 of the one, b0 to b1 of the other. */
struct part {
    const struct why_lines *a, *b;
    size_t a0, a1, b0, b1;
    size_t *to;
};

static bool same(const struct part *p, size_t i, size_t k)
{
    return str_eq(p->a->list[i].text, p->b->list[k].text);
}

static void take_ends(struct part *p)
{
    for (; p->a0 < p->a1 && p->b0 < p->b1 && same(p, p->a0, p->b0); p->a0++, p->b0++)
        p->to[p->a0] = p->b0;
    for (; p->a0 < p->a1 && p->b0 < p->b1 && same(p, p->a1 - 1, p->b1 - 1); p->a1--, p->b1--)
        p->to[p->a1 - 1] = p->b1 - 1;
}

/* The longest common part: length[i][k] is that of the lines from i and k on. */
static void take_common(struct part *p)
{
    size_t rows = p->a1 - p->a0, columns = p->b1 - p->b0, wide = columns + 1;
    if (rows == 0 || columns == 0 || rows > TABLE_MAX / wide)
        return;
    uint32_t *length = mem_new((rows + 1) * wide * sizeof *length);
    for (size_t i = rows; i-- > 0;)
        for (size_t k = columns; k-- > 0;) {
            uint32_t below = length[(i + 1) * wide + k], beside = length[i * wide + k + 1];
            length[i * wide + k] = same(p, p->a0 + i, p->b0 + k)
                ? length[(i + 1) * wide + k + 1] + 1
                : (below > beside ? below : beside);
        }
    for (size_t i = 0, k = 0; i < rows && k < columns;) {
        if (same(p, p->a0 + i, p->b0 + k))
            p->to[p->a0 + i++] = p->b0 + k++;
        else if (length[(i + 1) * wide + k] >= length[i * wide + k + 1])
            i++;
        else
            k++;
    }
    free(length);
}

size_t *why_align(struct arena *arena, const struct why_lines *a, const struct why_lines *b)
{
    struct part p = {a, b, 0, a->n, 0, b->n, arena_alloc(arena, (a->n + 1) * sizeof *p.to)};
    for (size_t i = 0; i < a->n; i++)
        p.to[i] = SIZE_MAX;
    take_ends(&p);
    take_common(&p);
    return p.to;
}
