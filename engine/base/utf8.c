/* UTF-8 and what a terminal makes of it; the other half of text.h. */
#include "base/text.h"

#include <stdlib.h>
#include <utf8proc.h>

static utf8proc_ssize_t decode(struct str s, size_t i, utf8proc_int32_t *c)
{
    return utf8proc_iterate((const utf8proc_uint8_t *)s.p + i, (utf8proc_ssize_t)(s.n - i), c);
}

bool utf8_valid(struct str s)
{
    for (size_t i = 0; i < s.n;) {
        utf8proc_int32_t c;
        utf8proc_ssize_t used = decode(s, i, &c);
        if (used <= 0)
            return false;
        i += (size_t)used;
    }
    return true;
}

uint32_t utf8_next(struct str s, size_t *i)
{
    utf8proc_int32_t c;
    if ((unsigned char)s.p[*i] < 0x80) /* most texts, most of the time */
        return (unsigned char)s.p[(*i)++];
    utf8proc_ssize_t used = decode(s, *i, &c);
    if (used <= 0) {
        *i += 1;
        return 0xFFFD;
    }
    *i += (size_t)used;
    return (uint32_t)c;
}

size_t utf8_cut(struct str s, size_t limit)
{
    if (s.n <= limit)
        limit = s.n;
    /* Step back over continuation bytes to the last lead byte; keep its character only if it is
     * whole. */
    size_t lead = limit;
    for (int back = 0; back < 4 && lead > 0; back++) {
        lead--;
        if (((unsigned char)s.p[lead] & 0xC0) != 0x80)
            break;
    }
    size_t end = lead;
    if (lead < s.n)
        (void)utf8_next(str_part(s, 0, limit), &end);
    utf8proc_int32_t c;
    bool whole = lead < limit && decode(str_part(s, 0, limit), lead, &c) > 0;
    return whole || limit == 0 ? limit : lead;
}

size_t utf8_count(struct str s)
{
    size_t count = 0;
    for (size_t i = 0; i < s.n; count++)
        (void)utf8_next(s, &i);
    return count;
}

bool text_is_control(uint32_t c)
{
    if (c == '\n' || c == '\t')
        return false;
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029 || c == 0xFEFF ||
        (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

int text_direction(uint32_t c)
{
    if (c < 0x80)
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    switch (utf8proc_get_property((utf8proc_int32_t)c)->bidi_class) {
    case UTF8PROC_BIDI_CLASS_L:
        return 1;
    case UTF8PROC_BIDI_CLASS_R:
    case UTF8PROC_BIDI_CLASS_AL:
        return -1;
    default:
        return 0;
    }
}

int text_first_direction(struct str s)
{
    int direction = 0;
    for (size_t i = 0; i < s.n && direction == 0;)
        direction = text_direction(utf8_next(s, &i));
    return direction;
}

bool text_language_is_rtl(struct str language)
{
    static const char *const codes[] = {"ar", "he", "fa", "ur", "ps",
                                        "yi", "dv", "ug", "sd", "ckb"};
    struct str rest, main = str_split(language, '-', &rest);
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++)
        if (str_is(main, codes[i]))
            return true;
    return false;
}

size_t text_grapheme(struct str s, size_t i)
{
    size_t start = i;
    utf8proc_int32_t state = 0;
    uint32_t before = utf8_next(s, &i);
    while (i < s.n) {
        size_t next = i;
        uint32_t c = utf8_next(s, &next);
        if (utf8proc_grapheme_break_stateful((utf8proc_int32_t)before, (utf8proc_int32_t)c, &state))
            break;
        before = c;
        i = next;
    }
    return i - start;
}

/* The widest character of a cluster counts: an emoji family is two columns, an accent none. */
static size_t cluster_width(struct str cluster)
{
    size_t width = 0;
    for (size_t i = 0; i < cluster.n;) {
        uint32_t c = utf8_next(cluster, &i);
        int w = text_is_control(c) ? 0 : utf8proc_charwidth((utf8proc_int32_t)c);
        bool flag = c >= 0x1F1E6 && c <= 0x1F1FF;
        if (flag || (c == 0xFE0F && width == 1))
            width = 2;
        if (w > 0 && (size_t)w > width)
            width = (size_t)w;
    }
    return width;
}

size_t text_width(struct str s)
{
    size_t width = 0;
    for (size_t i = 0; i < s.n;) {
        size_t n = text_grapheme(s, i);
        width += cluster_width(str_part(s, i, i + n));
        i += n;
    }
    return width;
}

struct str text_safe(struct arena *a, struct str s, bool lines)
{
    struct buf b = {.a = a};
    for (size_t i = 0; i < s.n;) {
        size_t start = i;
        uint32_t c = utf8_next(s, &i);
        if (c == 0xFFFD)
            buf_add(&b, STR("\xEF\xBF\xBD"));
        else if (c == '\n')
            buf_add_char(&b, lines ? '\n' : ' ');
        else if (c == '\t')
            buf_add_char(&b, ' ');
        else if (text_is_control(c))
            buf_format(&b, c < 0x100 ? "\\x%02x" : "\\u%04x", (unsigned)c);
        else
            buf_add(&b, str_part(s, start, i));
    }
    return buf_str(&b);
}

/* The end of the line that starts at `from`: the last space that fits, else the last grapheme that
 * fits. */
static size_t line_end(struct str s, size_t from, size_t width)
{
    size_t columns = 0, i = from, space = from;
    while (i < s.n && s.p[i] != '\n') {
        size_t n = text_grapheme(s, i);
        columns += cluster_width(str_part(s, i, i + n));
        if (columns > width && i > from)
            return s.p[i] == ' ' ? i : space > from ? space : i;
        if (s.p[i] == ' ')
            space = i;
        i += n;
    }
    return i;
}

void text_wrap(struct str s, size_t width, void (*line)(void *user, struct str part), void *user)
{
    if (width == 0)
        width = 1;
    size_t i = 0;
    do {
        size_t end = line_end(s, i, width);
        line(user, str_trim(str_part(s, i, end)));
        i = end;
        if (i < s.n && s.p[i] == '\n') {
            i++;
            if (i == s.n)
                break;
        } else {
            while (i < s.n && s.p[i] == ' ')
                i++;
        }
    } while (i < s.n);
}

struct str text_fold(struct arena *a, struct str s)
{
    utf8proc_uint8_t *folded = NULL;
    utf8proc_ssize_t n =
        utf8proc_map((const utf8proc_uint8_t *)s.p, (utf8proc_ssize_t)s.n, &folded,
                     UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK);
    struct str copy = n < 0 ? s : str_copy(a, (struct str){(const char *)folded, (size_t)n});
    free(folded);
    return copy;
}
