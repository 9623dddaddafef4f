#include "web/slots.h"

#include "base/random.h"

json_t *slot_add(struct arena *a, struct slots *s, struct str html)
{
    struct slot *one = arena_alloc(a, sizeof *one);
    random_secret(one->secret);
    one->html = html;
    one->next = s->first;
    s->first = one;
    return json_string(one->secret);
}

/* The slot that stands first in the page behind `from`; its place in `*at`. */
static const struct slot *next_slot(const struct slots *s, struct str page, size_t from, size_t *at)
{
    const struct slot *first = NULL;
    *at = page.n;
    for (const struct slot *one = s->first; one; one = one->next) {
        size_t place = str_find(page, str_of(one->secret), from);
        if (place < *at) {
            *at = place;
            first = one;
        }
    }
    return first;
}

struct str slots_fill(struct arena *a, const struct slots *s, struct str page)
{
    struct buf b = {.a = a};
    size_t from = 0, at;
    if (!s->first)
        return page;
    for (const struct slot *one; (one = next_slot(s, page, from, &at)); from = at + 64) {
        buf_add(&b, str_part(page, from, at));
        buf_add(&b, one->html);
    }
    buf_add(&b, str_part(page, from, page.n));
    return buf_str(&b);
}
