#include "document/escape.h"

#include <ctype.h>
#include <string.h>

/* Line ends of any system as one line feed. */
static struct str plain_lines(struct arena *a, struct str value)
{
    struct buf b = {.a = a};
    for (size_t i = 0; i < value.n; i++) {
        if (value.p[i] != '\r')
            buf_add_char(&b, value.p[i]);
        else if (i + 1 == value.n || value.p[i + 1] != '\n')
            buf_add_char(&b, '\n');
    }
    return buf_str(&b);
}

/* Code points that are no characters: allowed in UTF-8, forbidden in HTML. */
static bool is_noncharacter(uint32_t c)
{
    return (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF);
}

void escape_html(struct buf *out, struct str value)
{
    static const char signs[] = "&<>\"'";
    static const char *const entities[] = {"&amp;", "&lt;", "&gt;", "&quot;", "&#39;"};
    value = text_safe(out->a, plain_lines(out->a, value), true);
    for (size_t i = 0, start = 0; i < value.n; start = i) {
        uint32_t c = utf8_next(value, &i);
        const char *sign = c < 0x80 ? memchr(signs, (int)c, 5) : NULL;
        if (sign)
            buf_add(out, str_of(entities[sign - signs]));
        else if (is_noncharacter(c))
            buf_format(out, "\\u%04x", (unsigned)c);
        else
            buf_add(out, str_part(value, start, i));
    }
}

void escape_text(struct buf *out, struct str value)
{
    buf_add(out, text_safe(out->a, plain_lines(out->a, value), true));
}

/* U+FFFE and U+FFFF are UTF-8 like any other and still not allowed in XML. */
void escape_xml(struct buf *out, struct str value)
{
    struct str safe = text_safe(out->a, plain_lines(out->a, value), true);
    size_t from = 0;
    for (size_t i = 0; i + 3 <= safe.n; i++) {
        bool none = memcmp(safe.p + i, "\xEF\xBF", 2) == 0 && (unsigned char)safe.p[i + 2] >= 0xBE;
        if (!none)
            continue;
        escape_html(out, str_part(safe, from, i));
        buf_add(out, (unsigned char)safe.p[i + 2] == 0xBE ? STR("\\ufffe") : STR("\\uffff"));
        from = i + 3;
    }
    escape_html(out, str_part(safe, from, safe.n));
}

enum { LINE_SEEN = 16 << 10 };

/* The line that the output ends with, or nearly all of it: many values on one endless line must not
 * make each of them look at all before it. */
static struct str last_line(const struct buf *out)
{
    struct str seen = {out->p ? out->p : "", out->n};
    if (seen.n > LINE_SEEN)
        seen = str_part(seen, seen.n - LINE_SEEN, seen.n);
    const char *end = memrchr(seen.p, '\n', seen.n);
    return end ? str_part(seen, (size_t)(end - seen.p) + 1, seen.n) : seen;
}

/* Does only indentation and marks of lists, quotes and headings stand before?  Then a sign could
 * begin a block.  Two asterisks begin strong text, and nothing after them begins a block. */
static bool at_block_start(struct str line)
{
    for (size_t i = 0; i < line.n; i++)
        if (!strchr(" \t>-+*#0123456789.)|\\", line.p[i]) || !line.p[i])
            return false;
    return str_find(line, STR("**"), 0) == line.n;
}

/* A heading or a table row ends with its line: a break inside would cut it. */
static bool is_single_line(struct str line)
{
    if (line.n == LINE_SEEN)
        return true;
    line = str_trim(line);
    while (line.n > 0 && (line.p[0] == '>' || line.p[0] == ' '))
        line = str_part(line, 1, line.n);
    return line.n > 0 && (line.p[0] == '#' || line.p[0] == '|');
}

/* Bytes of a mark that opens a block at `at`: "> ", "- ", "12. "; 0 if there is none. */
static size_t mark_length(struct str line, size_t at)
{
    size_t i = at;
    if (i < line.n && line.p[i] == '>')
        return 1;
    if (i < line.n && strchr("-+*", line.p[i]) && line.p[i])
        i++;
    else
        while (i < line.n && isdigit((unsigned char)line.p[i]))
            i++;
    if (i > at && isdigit((unsigned char)line.p[at]))
        i += i < line.n && (line.p[i] == '.' || line.p[i] == ')');
    return i > at && i < line.n && line.p[i] == ' ' ? i - at : 0;
}

/* What a further line of the same paragraph begins with: marks of quotes again, spaces for list
 * marks. */
static struct str continuation(struct arena *a, struct str line)
{
    struct buf b = {.a = a};
    size_t i = 0;
    while (i < line.n) {
        size_t mark = mark_length(line, i);
        if (mark == 0 && line.p[i] != ' ')
            break;
        for (size_t k = 0; k < (mark ? mark : 1); k++)
            buf_add_char(&b, line.p[i] == '>' ? '>' : ' ');
        i += mark ? mark : 1;
    }
    return str_copy(a, buf_str(&b));
}

static bool is_word(struct str s, size_t i)
{
    return i < s.n && (isalnum((unsigned char)s.p[i]) || (unsigned char)s.p[i] >= 0x80);
}

/* Signs that mean something anywhere, or where they stand in this line. */
static bool is_sign(struct str line, size_t i)
{
    char c = line.p[i];
    if (strchr("\\`*_[]|~$", c) && c)
        return true;
    if (c == '#')
        return i == 0 || !is_word(line, i - 1);
    if (c == '&')
        return i + 1 == line.n || line.p[i + 1] == '#' || is_word(line, i + 1);
    return c == '!' && i + 1 == line.n;
}

/* The sign that would begin a block if `line` began one, or line.n. */
static size_t block_sign(struct str line)
{
    if (line.n > 0 && strchr("-+=>:%.)", line.p[0]))
        return 0;
    size_t i = 0;
    while (i < line.n && isdigit((unsigned char)line.p[i]))
        i++;
    return i < line.n && (line.p[i] == '.' || line.p[i] == ')') ? i : line.n;
}

static void add_markdown_line(struct buf *out, struct str line, bool block)
{
    size_t sign = block ? block_sign(line) : line.n;
    for (size_t i = 0; i < line.n; i++) {
        if (line.p[i] == '<') {
            buf_add(out, STR("&lt;"));
            continue;
        }
        if (i == sign || is_sign(line, i))
            buf_add_char(out, '\\');
        buf_add_char(out, line.p[i]);
    }
}

static struct str trim_end(struct str s)
{
    while (s.n > 0 && (s.p[s.n - 1] == ' ' || s.p[s.n - 1] == '\n'))
        s.n--;
    return s;
}

void escape_markdown(struct buf *out, struct str value)
{
    struct arena *a = out->a;
    struct str rest = text_safe(a, plain_lines(a, value), true), line = last_line(out);
    bool single = is_single_line(line), block = at_block_start(line), first = true;
    struct str indent = continuation(a, line);
    struct str trimmed = trim_end(rest);
    if (block || str_find(rest, STR("\n"), trimmed.n) < rest.n)
        rest = trimmed;
    do {
        line = str_split(rest, '\n', &rest);
        if (!first || block)
            while (line.n > 0 && line.p[0] == ' ')
                line = str_part(line, 1, line.n);
        add_markdown_line(out, line, block || (!first && !single));
        if (rest.n > 0 && single)
            buf_add_char(out, ' ');
        else if (rest.n > 0)
            buf_format(out, "\\\n%.*s", STR_ARG(indent));
        first = false;
        block = block && line.n == 0;
    } while (rest.n > 0);
}
