/* Text: `struct str` (pointer and length, never owning), growing buffers in an arena, UTF-8, width
 * in terminal columns, the nearest known word.  Text from outside is (pointer, length), never
 * trusted to end with NUL; copies made here do end with one, so that `.p` may be passed to C
 * functions. */
#ifndef ESPALIER_BASE_TEXT_H
#define ESPALIER_BASE_TEXT_H

#include "base/err.h"
#include "base/mem.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct str {
    const char *p;
    size_t n; /* bytes */
};

#define STR(literal) ((struct str){"" literal, sizeof(literal) - 1})
#define STR_ARG(s) (int)(s).n, (s).p /* for "%.*s" */

/* A view of a NUL-terminated text; NULL becomes the empty text. */
struct str str_of(const char *text);

bool str_eq(struct str a, struct str b);
bool str_is(struct str a, const char *text);
bool str_starts(struct str s, struct str prefix);
bool str_ends(struct str s, struct str suffix);

/* Bytewise order, for sorting: <0, 0, >0. */
int str_order(struct str a, struct str b);

/* Position of `needle` in `s` at or after `from`, or s.n. */
size_t str_find(struct str s, struct str needle, size_t from);

/* The part [from, to) clamped to the text. */
struct str str_part(struct str s, size_t from, size_t to);

/* Without spaces, tabs and line ends at both ends. */
struct str str_trim(struct str s);

/* Cuts the text before the first `separator`; `*rest` gets what follows, or an empty text. */
struct str str_split(struct str s, char separator, struct str *rest);

/* A NUL-terminated copy living in `a`. */
struct str str_copy(struct arena *a, struct str s);
struct str str_format(struct arena *a, const char *format, ...) PRINTF_LIKE(2, 3);

/* A text that grows, in an arena.  Zero-initialise with the arena set. */
struct buf {
    struct arena *a;
    char *p;
    size_t n, room;
};
void buf_add(struct buf *b, struct str s);
void buf_add_char(struct buf *b, char c);
void buf_format(struct buf *b, const char *format, ...) PRINTF_LIKE(2, 3);
struct str buf_str(struct buf *b); /* NUL-terminated view, valid until the next addition */

/* Is the text valid UTF-8 (no overlong forms, no surrogates)? */
bool utf8_valid(struct str s);

/* The next code point at `*i`, which moves behind it; U+FFFD for an invalid byte.  Call while *i <
 * s.n. */
uint32_t utf8_next(struct str s, size_t *i);

/* The largest length <= `limit` that does not cut a character of `s`. */
size_t utf8_cut(struct str s, size_t limit);

/* Number of code points. */
size_t utf8_count(struct str s);

/* A copy for comparing names as people type them: without case, without accents.  The text itself
 * if it is not valid UTF-8. */
struct str text_fold(struct arena *a, struct str s);

/* Control characters but line feed and tab, and bidirectional overrides: what must never reach a
 * terminal. */
bool text_is_control(uint32_t c);

/* Columns that a text takes in a terminal (East Asian wide = 2, combining = 0). */
size_t text_width(struct str s);

/* The direction that a character gives a text: 1 from left to right, -1 from right to left (Arabic,
 * Hebrew ...), 0 none (digits, signs, spaces). */
int text_direction(uint32_t c);

/* The direction of the first character that has one: 1, -1, or 0 if none has. */
int text_first_direction(struct str s);

/* Is a language ("ar", "he-IL") written from right to left? */
bool text_language_is_rtl(struct str language);

/* Length in bytes of the next character as a person sees it (grapheme cluster) at `i`. */
size_t text_grapheme(struct str s, size_t i);

/* A copy that is safe to print: control characters as "\x1b", invalid bytes as U+FFFD; line feeds
 * kept if `lines`. */
struct str text_safe(struct arena *a, struct str s, bool lines);

/* Wraps to `width` columns at spaces (a longer word is cut at graphemes): calls `line` for every
 * line. */
void text_wrap(struct str s, size_t width, void (*line)(void *user, struct str part), void *user);

/* The known word nearest to `word` (edit distance <= 1/3 of its length, at least 1), or an empty
 * text. */
struct str text_nearest(struct str word, const struct str *known, size_t n);

#endif
