/* Where things stand in a template, for messages; and partials moved to the right. */
#include "document/mustache.h"

struct diag_place mustache_place_after(const struct mustache_source *source,
                                       struct mustache_line *line, size_t at, size_t width)
{
    if (line->number == 0 || at < line->start)
        *line = (struct mustache_line){.number = 1};
    for (; line->seen < at && line->seen < source->text.n; line->seen++) {
        if (source->text.p[line->seen] == '\n') {
            line->number++;
            line->start = line->seen + 1;
        }
    }
    size_t column = utf8_count(str_part(source->text, line->start, at));
    column -= column >= source->indent ? source->indent : column;
    struct str marked = str_part(source->text, at, at + width);
    marked = str_part(marked, 0, str_find(marked, STR("\n"), 0));
    return (struct diag_place){.file = source->name,
                               .source = source->original,
                               .line = line->number,
                               .column = (int)column + 1,
                               .width = (int)text_width(marked)};
}

struct diag_place mustache_place(const struct mustache_source *source, size_t at, size_t width)
{
    struct mustache_line first = {0};
    return mustache_place_after(source, &first, at, width);
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
