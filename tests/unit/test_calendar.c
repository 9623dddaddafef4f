/* Calendars: the form of RFC 5545, and texts that stay texts. */
#include "document/calendar.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct str written(struct arena *a, const char *day, const char *text, const char *note)
{
    json_t *calendar = json_pack("{s:s,s:s,s:[{s:s,s:s,s:s,s:s,s:s,s:i}]}", "name", "Ada", "stamp",
                                 "2026-11-23T10:00:00Z", "events", "uid", "j1-action-1", "day", day,
                                 "text", text, "note", note, "kind", "Action", "sequence", 12);
    struct str out = calendar_write(a, calendar);
    json_decref(calendar);
    return out;
}

/* Lines joined again where they were folded; asserts the form of each. */
static struct str unfolded(struct arena *a, struct str text)
{
    struct buf b = {.a = a};
    for (size_t i = 0; i < text.n;) {
        size_t end = str_find(text, STR("\r\n"), i);
        struct str line = str_part(text, i, end);
        assert_true(end < text.n && line.n > 0 && line.n <= 75 && utf8_valid(line));
        assert_null(memchr(line.p, '\n', line.n));
        assert_null(memchr(line.p, '\r', line.n));
        bool more = line.p[0] == ' ';
        if (b.n > 0 && !more)
            buf_add_char(&b, '\n');
        buf_add(&b, str_part(line, more, line.n));
        i = end + 2;
    }
    buf_add_char(&b, '\n');
    return buf_str(&b);
}

static bool has(struct str text, const char *part)
{
    return str_find(text, str_of(part), 0) < text.n;
}

static size_t count(struct str text, const char *part)
{
    size_t n = 0, i = 0;
    while ((i = str_find(text, str_of(part), i)) < text.n && ++n)
        i++;
    return n;
}

static void a_day_is_an_event_of_the_whole_day(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct str text = unfolded(a, written(a, "2026-12-31", "Call Ida", "She has the keys"));
    assert_string_equal(text.p,
                        "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Espalier//Espalier 1//EN\n"
                        "CALSCALE:GREGORIAN\nX-WR-CALNAME:Ada\nBEGIN:VEVENT\nUID:j1-action-1\n"
                        "DTSTAMP:20261123T100000Z\nLAST-MODIFIED:20261123T100000Z\nSEQUENCE:12\n"
                        "DTSTART;VALUE=DATE:20261231\nDTEND;VALUE=DATE:20270101\n"
                        "SUMMARY:Call Ida\nDESCRIPTION:She has the keys\nCATEGORIES:Action\n"
                        "CLASS:PRIVATE\nTRANSP:TRANSPARENT\nEND:VEVENT\nEND:VCALENDAR\n");
    arena_free(a);
}

static void texts_are_escaped(void **state)
{
    static const struct {
        const char *text, *line;
    } rows[] = {
        {"a, b; c\\d", "SUMMARY:a\\, b\\; c\\\\d\n"},
        {"two\nlines", "SUMMARY:two\\nlines\n"},
        {"two\r\nlines", "SUMMARY:two\\nlines\n"},
        {"x\rATTACH:http://192.0.2.1/", "SUMMARY:xATTACH:http://192.0.2.1/\n"},
        {"x\nEND:VEVENT\nBEGIN:VALARM", "SUMMARY:x\\nEND:VEVENT\\nBEGIN:VALARM\n"},
        {"bell\a and \x1b[31m", "SUMMARY:bell and [31m\n"},
        {"\xE2\x80\xAEturned", "SUMMARY:turned\n"},
        {"quotes \" and: colons", "SUMMARY:quotes \" and: colons\n"},
        {"日本語、عربى", "SUMMARY:日本語、عربى\n"},
    };
    (void)state;
    struct arena *a = arena_new();
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct str text = unfolded(a, written(a, "2026-12-01", rows[i].text, rows[i].text));
        if (!has(text, rows[i].line))
            fail_msg("not \"%s\" in:\n%s", rows[i].line, text.p);
        assert_int_equal(count(text, "\nBEGIN:VEVENT\n"), 1);
        assert_int_equal(count(text, "\nBEGIN:"), 1);
        assert_int_equal(count(text, "\nATTACH"), 0);
    }
    arena_free(a);
}

static void long_lines_are_folded_between_characters(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    for (size_t n = 60; n < 90; n++) {
        struct buf text = {.a = a}, line = {.a = a};
        for (size_t i = 0; i < n; i++)
            buf_add(&text, i % 3 ? STR("x") : STR("日"));
        buf_format(&line, "SUMMARY:%s\n", buf_str(&text).p);
        assert_true(
            has(unfolded(a, written(a, "2026-12-01", buf_str(&text).p, "")), buf_str(&line).p));
    }
    arena_free(a);
}

static void what_is_no_event_is_left_out(void **state)
{
    static const char *const rows[][2] = {
        {"2026-02-30", "x"}, {"soon", "x"}, {"", "x"}, {"2026-12-01", " "}, {"9999-12-31", "x"}};
    (void)state;
    struct arena *a = arena_new();
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        assert_false(has(written(a, rows[i][0], rows[i][1], ""), "VEVENT"));
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_day_is_an_event_of_the_whole_day),
        cmocka_unit_test(texts_are_escaped),
        cmocka_unit_test(long_lines_are_folded_between_characters),
        cmocka_unit_test(what_is_no_event_is_left_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
