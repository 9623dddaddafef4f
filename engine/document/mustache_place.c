/* Where things stand in a template, for messages; and partials moved to the right. */
#include "document/mustache.h"

struct diag_place mustache_place(const struct mustache_source *source, size_t at, size_t width)
{
    size_t start = 0;
    int line = 1;
    for (size_t i = 0; i < at && i < source->text.n; i++) {
        if (source->text.p[i] == '\n') {
            line++;
            start = i + 1;
        }
    }
    size_t column = utf8_count(str_part(source->text, start, at));
    column -= column >= source->indent ? source->indent : column;
    struct str marked = str_part(source->text, at, at + width);
    marked = str_part(marked, 0, str_find(marked, STR("\n"), 0));
    return (struct diag_place){.file = source->name,
                               .source = source->original,
                               .line = line,
                               .column = (int)column + 1,
                               .width = (int)text_width(marked)};
}

void mustache_report(struct diags *d, const char *code, const struct mustache_mark *mark,
                     struct str text, struct str help)
{
    diag_add(d, code, mustache_place(mark->source, mark->at, mark->width), text, help);
}

struct mustache_source mustache_partial(struct arena *a, struct str name, struct str text,
                                        struct str indent)
{
    struct mustache_source source = {
        .name = name, .original = text, .text = text, .indent = indent.n};
    if (indent.n == 0)
        return source;
    struct buf b = {.a = a};
    while (text.n > 0) {
        size_t end = str_find(text, STR("\n"), 0);
        end += end < text.n;
        if (text.p[0] != '\n' && text.p[0] != '\r')
            buf_add(&b, indent);
        buf_add(&b, str_part(text, 0, end));
        text = str_part(text, end, text.n);
    }
    source.text = buf_str(&b);
    return source;
}
