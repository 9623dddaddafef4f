/* The head of a request, by the strict reading of RFC 9112: what two programs could read in two
 * ways is refused. */
#include "web/door.h"

#include <string.h>

static bool is_token(struct str s)
{
    static const char signs[] = "!#$%&'*+-.^_`|~";
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!letter && (c == '\0' || !strchr(signs, c)))
            return false;
    }
    return s.n > 0;
}

/* Visible characters of ASCII, and in values spaces between them. */
static bool is_plain(struct str s, bool value)
{
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c < 0x21 && !(value && (c == ' ' || c == '\t')))
            return false;
        if (c == 0x7f || (c >= 0x80 && !value))
            return false;
    }
    return true;
}

static bool same_name(struct str a, const char *b)
{
    return a.n == strlen(b) && strncasecmp(a.p, b, a.n) == 0;
}

static int read_request_line(struct str line, struct door_head *out)
{
    struct str target, version;
    out->method = str_split(line, ' ', &target);
    target = str_split(target, ' ', &version);
    if (line.n > DOOR_LINE_MAX)
        return 414;
    if (!is_token(out->method) || target.n == 0 || target.p[0] != '/' || !is_plain(target, false) ||
        str_find(target, STR("#"), 0) < target.n)
        return 400;
    if (!str_is(version, "HTTP/1.1"))
        return str_starts(version, STR("HTTP/")) && is_plain(version, false) ? 505 : 400;
    out->path = str_part(target, 0, str_find(target, STR("?"), 0));
    return str_is(out->method, "GET") || str_is(out->method, "HEAD") || str_is(out->method, "POST")
        ? 0
        : 405;
}

/* Digits only, and few enough for any limit of ours. */
static bool read_length(struct str value, size_t *length)
{
    *length = 0;
    for (size_t i = 0; i < value.n; i++) {
        if (value.p[i] < '0' || value.p[i] > '9')
            return false;
        *length = 10 * *length + (size_t)(value.p[i] - '0');
    }
    return value.n > 0 && value.n <= 10;
}

/* Headers that decide something: of two of them nobody could say which one holds. */
enum single { HOST, LENGTH, ORIGIN, SITE, TOKEN, TYPE, COOKIE, EXPECT, SINGLES };
static const char *const singles[SINGLES] = {"host",           "content-length", "origin",
                                             "sec-fetch-site", "x-token",        "content-type",
                                             "cookie",         "expect"};

struct seen {
    size_t headers, codings, bytes;
    bool single[SINGLES];
};

/* False: there was one of that name already. */
static bool note_single(struct seen *seen, struct str name)
{
    for (size_t i = 0; i < SINGLES; i++) {
        if (!same_name(name, singles[i]))
            continue;
        if (seen->single[i])
            return false;
        seen->single[i] = true;
    }
    return true;
}

static int read_header(struct str line, struct seen *seen, struct door_head *out)
{
    struct str value, name = str_split(line, ':', &value);
    if (name.n == line.n || !is_token(name) || !is_plain(value, true))
        return 400;
    value = str_trim(value);
    seen->headers++;
    seen->bytes += line.n + 2;
    seen->codings += same_name(name, "transfer-encoding");
    if (!note_single(seen, name) ||
        (same_name(name, "content-length") && !read_length(value, &out->length)))
        return 400;
    if (same_name(name, "expect") && !same_name(value, "100-continue"))
        return 417;
    return seen->headers > DOOR_HEADERS || seen->bytes + 2 > DOOR_HEADERS_MAX ? 431 : 0;
}

static int judge(const struct seen *seen, const struct door_head *head)
{
    bool post = str_is(head->method, "POST");
    if (!seen->single[HOST] || (seen->codings > 0 && seen->single[LENGTH]))
        return 400;
    if (seen->codings > 0)
        return 501;
    if (post && !seen->single[LENGTH])
        return 411;
    return !post && head->length > 0 ? 400 : 0;
}

int door_read_head(struct str head, struct door_head *out)
{
    struct seen seen = {0};
    size_t from = 0, lines = 0;
    *out = (struct door_head){0};
    while (from < head.n) {
        size_t end = str_find(head, STR("\r\n"), from);
        struct str line = str_part(head, from, end);
        if (end >= head.n)
            return 400;
        from = end + 2;
        if (line.n == 0)
            break;
        int status = lines++ == 0 ? read_request_line(line, out) : read_header(line, &seen, out);
        if (status != 0)
            return status;
    }
    return lines == 0 ? 400 : judge(&seen, out);
}
