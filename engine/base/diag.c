#include "base/diag.h"

#include <assert.h>
#include <string.h>

static const struct {
    const char *code, *title, *text;
} codes[] = {
#define CODE(code, title, text) {code, title, text},
#include "base/codes.def"
#undef CODE
};

enum { CODES = sizeof codes / sizeof codes[0], EXCERPT_MAX = 200 };

bool diag_explain(struct str code, struct str *title, struct str *explanation)
{
    for (size_t i = 0; i < CODES; i++) {
        if (!str_is(code, codes[i].code))
            continue;
        *title = str_of(codes[i].title);
        *explanation = str_of(codes[i].text);
        return true;
    }
    return false;
}

void diag_codes(void (*each)(void *user, const char *code, const char *title, const char *text),
                void *user)
{
    for (size_t i = 0; i < CODES; i++)
        each(user, codes[i].code, codes[i].title, codes[i].text);
}

static struct str line_of(struct arena *a, struct str source, int line)
{
    struct str rest = source, part = STR("");
    for (int i = 0; i < line; i++)
        part = str_split(rest, '\n', &rest);
    if (part.n > EXCERPT_MAX)
        part.n = utf8_cut(part, EXCERPT_MAX);
    return text_safe(a, part, false);
}

/* The list is full.  An error takes the place of the last warning: it is never lost behind them. */
static bool make_room(struct diags *d, const struct diag *ready)
{
    size_t i = d->n;
    d->full = true;
    while (i > 0 && d->list[i - 1].code[0] == 'E')
        i--;
    if (ready->code[0] != 'E' || i == 0)
        return false;
    memmove(&d->list[i - 1], &d->list[i], (d->n - i) * sizeof *d->list);
    d->n--;
    return true;
}

void diag_add_ready(struct diags *d, struct diag ready)
{
    bool replaces = d->n >= DIAG_MAX;
    if (replaces && !make_room(d, &ready))
        return;
    if (!replaces && d->n % 8 == 0) {
        struct diag *list = arena_alloc(d->a, (d->n + 8) * sizeof *list);
        if (d->n)
            memcpy(list, d->list, d->n * sizeof *list);
        d->list = list;
    }
    d->list[d->n++] = ready;
    d->errors += ready.code[0] == 'E';
}

void diag_add(struct diags *d, const char *code, struct diag_place where, struct str text,
              struct str help)
{
    struct str title, explanation;
    assert(diag_explain(str_of(code), &title, &explanation));
    diag_add_ready(
        d,
        (struct diag){
            .code = code,
            .file = str_copy(d->a, where.file),
            .line = where.line,
            .column = where.column,
            .width = where.width > 0 ? where.width : 1,
            .excerpt = where.line > 0 ? line_of(d->a, where.source, where.line) : STR(""),
            .text = str_copy(d->a, text),
            .help = str_copy(d->a, help),
        });
}

static void add_excerpt(struct buf *b, const struct diag *m)
{
    buf_format(b, "\n%4d | %.*s\n       ", m->line, STR_ARG(m->excerpt));
    size_t before = m->column > 0 ? (size_t)m->column - 1 : 0;
    /* The column counts characters; the caret stands under the column of the terminal. */
    size_t at = 0;
    for (size_t i = 0; i < before && at < m->excerpt.n; i++)
        (void)utf8_next(m->excerpt, &at);
    for (size_t i = text_width(str_part(m->excerpt, 0, at)); i > 0; i--)
        buf_add_char(b, ' ');
    for (int i = 0; i < m->width && i < EXCERPT_MAX; i++)
        buf_add_char(b, '^');
    buf_add_char(b, '\n');
}

struct str diag_print(struct arena *a, const struct diag *m)
{
    struct buf b = {.a = a};
    buf_format(&b, "%s  %.*s", m->code, STR_ARG(text_safe(a, m->file, false)));
    if (m->line > 0)
        buf_format(&b, ":%d:%d", m->line, m->column);
    buf_format(&b, "   %.*s\n", STR_ARG(text_safe(a, m->text, true)));
    if (m->line > 0 && m->excerpt.n > 0)
        add_excerpt(&b, m);
    struct str rest = text_safe(a, m->help, true);
    while (rest.n > 0) {
        struct str line = str_split(rest, '\n', &rest);
        buf_format(&b, "  %.*s\n", STR_ARG(line));
    }
    return buf_str(&b);
}

json_t *diag_json(const struct diag *m)
{
    json_t *o = json_object();
    json_object_set_new(o, "code", json_string(m->code));
    json_object_set_new(o, "file", json_new_text(m->file));
    json_object_set_new(o, "line", json_integer(m->line));
    json_object_set_new(o, "column", json_integer(m->column));
    json_object_set_new(o, "text", json_new_text(m->text));
    json_object_set_new(o, "help", json_new_text(m->help));
    return o;
}
