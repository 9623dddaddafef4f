#include "document/calendar.h"

#include "base/clock.h"

enum { LINE_BYTES = 75 }; /* without CR LF: RFC 5545, 3.1 */

/* Lines longer than allowed go on in the next one, behind a space. */
static void add_line(struct buf *out, struct str line)
{
    size_t room = LINE_BYTES;
    while (line.n > room) {
        size_t cut = utf8_cut(line, room);
        buf_add(out, str_part(line, 0, cut));
        buf_add(out, STR("\r\n "));
        line = str_part(line, cut, line.n);
        room = LINE_BYTES - 1;
    }
    buf_add(out, line);
    buf_add(out, STR("\r\n"));
}

/* RFC 5545, 3.3.11.  What must not reach a terminal has no business in a calendar either. */
static void add_text(struct buf *line, struct str text)
{
    for (size_t i = 0; i < text.n;) {
        size_t from = i;
        uint32_t c = utf8_next(text, &i);
        if (c == '\n')
            buf_add(line, STR("\\n"));
        else if (c == '\\' || c == ';' || c == ',')
            buf_format(line, "\\%c", (int)c);
        else if (c == 0xFFFD)
            buf_add(line, STR("\xEF\xBF\xBD"));
        else if (!text_is_control(c))
            buf_add(line, str_part(text, from, i));
    }
}

static void put(struct buf *out, const char *name, struct str value)
{
    struct buf line = {.a = out->a};
    buf_format(&line, "%s:", name);
    buf_add(&line, value);
    add_line(out, buf_str(&line));
}

static void put_escaped(struct buf *out, const char *name, struct str text)
{
    struct buf value = {.a = out->a};
    add_text(&value, text);
    if (value.n > 0)
        put(out, name, buf_str(&value));
}

/* "2026-11-23T10:00:00Z" as "20261123T100000Z", "2026-11-23" as "20261123". */
static struct str without_marks(struct arena *a, struct str time)
{
    struct buf b = {.a = a};
    for (size_t i = 0; i < time.n; i++)
        if (time.p[i] != '-' && time.p[i] != ':')
            buf_add_char(&b, time.p[i]);
    return buf_str(&b);
}

static struct str stamp_of(struct arena *a, const json_t *event, const json_t *calendar)
{
    static const char never[] = "1970-01-01T00:00:00Z";
    struct str stamp = json_member(event, "stamp");
    int64_t ms;
    char text[21];
    if (stamp.n == 0)
        stamp = json_member(calendar, "stamp");
    if (!clock_parse(stamp, &ms))
        return without_marks(a, str_of(never));
    clock_stamp(ms, text);
    return without_marks(a, str_of(text));
}

static void add_event(struct buf *out, const json_t *event, const json_t *calendar)
{
    struct str uid = json_member(event, "uid"), day = json_member(event, "day"),
               text = str_trim(json_member(event, "text"));
    char next[11];
    if (uid.n == 0 || text.n == 0 || !clock_is_day(day) || !clock_add_days(day, 1, next))
        return;
    struct str stamp = stamp_of(out->a, event, calendar);
    put(out, "BEGIN", STR("VEVENT"));
    put_escaped(out, "UID", uid);
    put(out, "DTSTAMP", stamp);
    put(out, "LAST-MODIFIED", stamp);
    put(out, "SEQUENCE", str_format(out->a, "%lld", json_whole(event, "sequence", 0)));
    put(out, "DTSTART;VALUE=DATE", without_marks(out->a, day));
    put(out, "DTEND;VALUE=DATE", without_marks(out->a, str_of(next)));
    put_escaped(out, "SUMMARY", text);
    put_escaped(out, "DESCRIPTION", json_member(event, "note"));
    put_escaped(out, "CATEGORIES", json_member(event, "kind"));
    put(out, "CLASS", STR("PRIVATE"));
    put(out, "TRANSP", STR("TRANSPARENT"));
    put(out, "END", STR("VEVENT"));
}

struct str calendar_write(struct arena *a, const json_t *calendar)
{
    struct buf out = {.a = a};
    struct str language = json_member(calendar, "language");
    size_t i;
    json_t *event;
    put(&out, "BEGIN", STR("VCALENDAR"));
    put(&out, "VERSION", STR("2.0"));
    put(&out, "PRODID",
        str_is(language, "fr") ? STR("-//Espalier//Espalier 1//FR")
                               : STR("-//Espalier//Espalier 1//EN"));
    put(&out, "CALSCALE", STR("GREGORIAN"));
    put_escaped(&out, "X-WR-CALNAME", json_member(calendar, "name"));
    json_array_foreach (json_object_get(calendar, "events"), i, event)
        add_event(&out, event, calendar);
    put(&out, "END", STR("VCALENDAR"));
    return buf_str(&out);
}
