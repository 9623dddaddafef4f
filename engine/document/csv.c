#include "document/csv.h"

#include "base/clock.h"

#include <string.h>

static bool is_trigger(uint32_t c)
{
    static const uint32_t triggers[] = {'=', '+', '-', '@', 0xFF1D, 0xFF0B, 0xFF0D, 0xFF20};
    for (size_t i = 0; i < sizeof triggers / sizeof triggers[0]; i++)
        if (c == triggers[i])
            return true;
    return false;
}

/* What a spreadsheet may drop before it looks at the beginning of a cell; quotes, because those
 * that are doubled mean something else behind another separator. */
static bool is_blank(uint32_t c)
{
    return c <= ' ' || c == '"' || c == 0x7F || c == 0xA0 || c == 0xAD ||
        (c >= 0x2000 && c <= 0x200F) || (c >= 0x2028 && c <= 0x202F) ||
        (c >= 0x2060 && c <= 0x2064) || c == 0x3000 || c == 0xFEFF;
}

static bool begins_cell(uint32_t c)
{
    return c == ';' || c == '\t' || c == '\n' || c == '\r';
}

/* Would a cell that begins here be more than text? */
static bool is_risky(struct str text, size_t i)
{
    if (i < text.n && (text.p[i] == '\t' || text.p[i] == '\r' || text.p[i] == '\n') && i == 0)
        return true;
    while (i < text.n) {
        uint32_t c = utf8_next(text, &i);
        if (!is_blank(c))
            return is_trigger(c);
        if (begins_cell(c))
            return false; /* looked at when that one's turn comes */
    }
    return false;
}

static struct str guarded(struct arena *a, struct str text)
{
    struct buf b = {.a = a};
    bool begin = true;
    for (size_t i = 0; i < text.n;) {
        size_t from = i;
        if (begin && is_risky(text, i))
            buf_add_char(&b, '\'');
        begin = begins_cell(utf8_next(text, &i));
        buf_add(&b, str_part(text, from, i));
    }
    return buf_str(&b);
}

/* -12 or 1.50: what a spreadsheet reads as that number and as nothing else. */
static bool is_number(struct str s)
{
    size_t i = s.n > 0 && s.p[0] == '-', digits = 0, points = 0;
    for (; i < s.n; i++) {
        bool point = s.p[i] == '.' && digits > 0 && i + 1 < s.n;
        if (s.p[i] >= '0' && s.p[i] <= '9')
            digits++;
        else if (!point || points++ > 0)
            return false;
    }
    return digits > 0;
}

static bool fits(struct str type, struct str s)
{
    return (str_is(type, "number") && is_number(s)) || (str_is(type, "date") && clock_is_day(s));
}

static struct str text_of(struct arena *a, const json_t *cell)
{
    if (json_is_string(cell))
        return (struct str){json_string_value(cell), json_string_length(cell)};
    if (json_is_boolean(cell))
        return json_is_true(cell) ? STR("1") : STR("0");
    return cell && !json_is_null(cell) ? json_write(a, cell) : STR("");
}

static void add_cell(struct buf *out, struct str s)
{
    bool quoted = s.n > 0 && (s.p[0] == ' ' || s.p[s.n - 1] == ' ');
    for (size_t i = 0; i < s.n; i++)
        quoted = quoted || strchr(",;\"\r\n\t'", s.p[i]) != NULL;
    if (!quoted) {
        buf_add(out, s);
        return;
    }
    buf_add_char(out, '"');
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '"')
            buf_add_char(out, '"');
        buf_add_char(out, s.p[i]);
    }
    buf_add_char(out, '"');
}

struct str csv_write(struct arena *a, const json_t *table, struct csv_style style)
{
    struct buf out = {.a = a};
    const json_t *columns = json_object_get(table, "columns");
    size_t i, k;
    json_t *column, *row;
    if (style.mark)
        buf_add(&out, STR("\xEF\xBB\xBF"));
    json_array_foreach (columns, k, column) {
        buf_add(&out, k ? STR(",") : STR(""));
        add_cell(&out, json_member(column, "name"));
    }
    buf_add(&out, STR("\r\n"));
    json_array_foreach (json_object_get(table, "rows"), i, row) {
        json_array_foreach (columns, k, column) {
            struct str s = text_of(a, json_array_get(row, k));
            bool safe = style.raw || fits(json_member(column, "type"), s);
            buf_add(&out, k ? STR(",") : STR(""));
            add_cell(&out, safe ? s : guarded(a, s));
        }
        buf_add(&out, STR("\r\n"));
    }
    return buf_str(&out);
}
