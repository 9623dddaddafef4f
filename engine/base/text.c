#include "base/text.h"

#include <assert.h>
#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct str str_of(const char *text)
{
    return text ? (struct str){text, strlen(text)} : STR("");
}

bool str_eq(struct str a, struct str b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

bool str_is(struct str a, const char *text)
{
    return str_eq(a, str_of(text));
}

bool str_starts(struct str s, struct str prefix)
{
    return s.n >= prefix.n && str_eq(str_part(s, 0, prefix.n), prefix);
}

bool str_ends(struct str s, struct str suffix)
{
    return s.n >= suffix.n && str_eq(str_part(s, s.n - suffix.n, s.n), suffix);
}

int str_order(struct str a, struct str b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    int order = n ? memcmp(a.p, b.p, n) : 0;
    return order ? order : (a.n > b.n) - (a.n < b.n);
}

size_t str_find(struct str s, struct str needle, size_t from)
{
    if (from >= s.n || needle.n == 0)
        return needle.n == 0 && from < s.n ? from : s.n;
    const char *at = memmem(s.p + from, s.n - from, needle.p, needle.n);
    return at ? (size_t)(at - s.p) : s.n;
}

struct str str_part(struct str s, size_t from, size_t to)
{
    if (to > s.n)
        to = s.n;
    if (from > to)
        from = to;
    /* An unset text has no address to count from. */
    return s.p ? (struct str){s.p + from, to - from} : STR("");
}

struct str str_trim(struct str s)
{
    size_t from = 0, to = s.n;
    while (from < to && strchr(" \t\r\n", s.p[from]) && s.p[from])
        from++;
    while (to > from && strchr(" \t\r\n", s.p[to - 1]) && s.p[to - 1])
        to--;
    return str_part(s, from, to);
}

struct str str_split(struct str s, char separator, struct str *rest)
{
    size_t at = str_find(s, (struct str){&separator, 1}, 0);
    *rest = str_part(s, at + 1, s.n);
    return str_part(s, 0, at);
}

struct str str_copy(struct arena *a, struct str s)
{
    char *p = arena_alloc(a, s.n + 1);
    if (s.n)
        memcpy(p, s.p, s.n);
    return (struct str){p, s.n};
}

PRINTF_LIKE(2, 0) static void add_formatted(struct buf *b, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    assert(n >= 0);
    char *p = arena_alloc(b->a, (size_t)n + 1);
    (void)vsnprintf(p, (size_t)n + 1, format, again);
    va_end(again);
    buf_add(b, (struct str){p, (size_t)n});
}

struct str str_format(struct arena *a, const char *format, ...)
{
    struct buf b = {.a = a};
    va_list args;
    va_start(args, format);
    add_formatted(&b, format, args);
    va_end(args);
    return buf_str(&b);
}

void buf_add(struct buf *b, struct str s)
{
    if (b->room - b->n < s.n + 1) {
        size_t room = 2 * (b->n + s.n + 1);
        char *p = arena_alloc(b->a, room);
        if (b->n)
            memcpy(p, b->p, b->n);
        b->p = p;
        b->room = room;
    }
    if (s.n)
        memcpy(b->p + b->n, s.p, s.n);
    b->n += s.n;
    b->p[b->n] = '\0';
}

void buf_add_char(struct buf *b, char c)
{
    buf_add(b, (struct str){&c, 1});
}

void buf_format(struct buf *b, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    add_formatted(b, format, args);
    va_end(args);
}

struct str buf_str(struct buf *b)
{
    if (!b->p)
        buf_add(b, STR(""));
    return (struct str){b->p, b->n};
}

enum { NEAREST_LONGEST = 64 };

static bool same_letter(char a, char b)
{
    return tolower((unsigned char)a) == tolower((unsigned char)b);
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Edits from one word to the other: a letter left out, added, wrong, or two that changed places. */
static size_t distance(struct str a, struct str b)
{
    size_t rows[3][NEAREST_LONGEST + 1];
    for (size_t k = 0; k <= b.n; k++)
        rows[0][k] = k;
    for (size_t i = 1; i <= a.n; i++) {
        size_t *row = rows[i % 3], *above = rows[(i + 2) % 3], *two_above = rows[(i + 1) % 3];
        row[0] = i;
        for (size_t k = 1; k <= b.n; k++) {
            row[k] = least(above[k], row[k - 1]) + 1;
            row[k] = least(row[k], above[k - 1] + !same_letter(a.p[i - 1], b.p[k - 1]));
            if (i > 1 && k > 1 && same_letter(a.p[i - 1], b.p[k - 2]) &&
                same_letter(a.p[i - 2], b.p[k - 1]))
                row[k] = least(row[k], two_above[k - 2] + 1);
        }
    }
    return rows[a.n % 3][b.n];
}

struct str text_nearest(struct str word, const struct str *known, size_t n)
{
    struct str best = {"", 0};
    size_t best_distance = (word.n / 3 > 1 ? word.n / 3 : 1) + 1;
    if (word.n == 0 || word.n > NEAREST_LONGEST)
        return best;
    for (size_t k = 0; k < n; k++) {
        if (known[k].n == 0 || known[k].n > NEAREST_LONGEST)
            continue;
        size_t edits = distance(word, known[k]);
        if (edits < best_distance) {
            best_distance = edits;
            best = known[k];
        }
    }
    return best;
}
