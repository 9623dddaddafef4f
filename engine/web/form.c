#include "web/form.h"

#include <string.h>

static int hex(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* A browser ends lines with CR LF in a form; everywhere else a line ends with LF. */
static struct str one_kind_of_line(char *p, size_t n)
{
    size_t to = 0;
    for (size_t i = 0; i < n; i++)
        if (p[i] != '\r' || i + 1 >= n || p[i + 1] != '\n')
            p[to++] = p[i];
    p[to] = '\0';
    return (struct str){p, to};
}

static bool decode(struct arena *a, struct str text, struct str *out, struct err *e)
{
    char *p = arena_alloc(a, text.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if (c == '%') {
            int high = i + 2 < text.n ? hex(text.p[i + 1]) : -1;
            int low = i + 2 < text.n ? hex(text.p[i + 2]) : -1;
            if (high < 0 || low < 0)
                return err_set(e, ERR_DATA, "A field of the form is not encoded as it should be.");
            c = (char)(high * 16 + low);
            i += 2;
        } else if (c == '+') {
            c = ' ';
        }
        if (c == '\0')
            return err_set(e, ERR_DATA, "A field of the form has a character that is none.");
        p[n++] = c;
    }
    *out = one_kind_of_line(p, n);
    return utf8_valid(*out) || err_set(e, ERR_DATA, "A field of the form is not UTF-8 text.");
}

static size_t count_fields(struct str text)
{
    size_t n = text.n > 0;
    for (size_t i = 0; i < text.n; i++)
        n += text.p[i] == '&';
    return n;
}

bool form_read(struct arena *a, struct str text, struct form *out, struct err *e)
{
    size_t n = count_fields(text);
    *out = (struct form){0};
    if (n > FORM_FIELDS)
        return err_set(e, ERR_LIMIT, "A form may have %d fields.", FORM_FIELDS);
    out->fields = arena_alloc(a, (n + 1) * sizeof *out->fields);
    while (text.n > 0) {
        struct str value, name = str_split(str_split(text, '&', &text), '=', &value);
        struct field *f = &out->fields[out->n];
        if (name.n == 0)
            continue;
        if (!decode(a, name, &f->name, e) || !decode(a, value, &f->value, e))
            return false;
        out->n++;
    }
    return true;
}

struct str form_get(const struct form *f, const char *name)
{
    for (size_t i = 0; i < f->n; i++)
        if (str_is(f->fields[i].name, name))
            return f->fields[i].value;
    return STR("");
}

bool form_has(const struct form *f, const char *name)
{
    for (size_t i = 0; i < f->n; i++)
        if (str_is(f->fields[i].name, name))
            return true;
    return false;
}

int64_t form_revision(const struct form *f)
{
    struct str given = form_get(f, "replaces");
    int64_t n = 0;
    for (size_t i = 0; i < given.n; i++) {
        if (given.p[i] < '0' || given.p[i] > '9' || n > INT32_MAX)
            return 0;
        n = 10 * n + (given.p[i] - '0');
    }
    return given.n > 0 ? n : -1;
}
