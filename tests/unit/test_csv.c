/* Tables for spreadsheets: what is parsed back is what was put in, and no text is a formula. */
#include "document/csv.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* A table of one text column. */
static json_t *one_column(const char *type, const char *const *cells, size_t n)
{
    json_t *table =
        json_pack("{s:[{s:s,s:s}],s:[]}", "columns", "name", "cell", "type", type, "rows");
    for (size_t i = 0; i < n; i++)
        json_array_append_new(json_object_get(table, "rows"), json_pack("[s]", cells[i]));
    return table;
}

/* The cells of a CSV text by RFC 4180 alone: a list of lists. */
static json_t *parse(struct arena *a, struct str text)
{
    json_t *rows = json_array(), *row = json_array();
    struct buf cell = {.a = a};
    bool quoted = false;
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        bool twice = c == '"' && quoted && i + 1 < text.n && text.p[i + 1] == '"';
        bool end = !quoted && (c == ',' || c == '\r');
        if (end) {
            json_array_append_new(row, json_new_text(buf_str(&cell)));
            cell.n = 0;
        } else if (c == '"') {
            quoted = twice ? quoted : !quoted;
            i += twice;
        }
        if (twice || (!end && c != '"'))
            buf_add_char(&cell, c);
        if (!end || c == ',')
            continue;
        assert_int_equal(text.p[++i], '\n');
        json_array_append_new(rows, row);
        row = json_array();
    }
    assert_int_equal(json_array_size(row), 0);
    json_decref(row);
    return rows;
}

static struct str cell_of(const json_t *rows, size_t row)
{
    return json_text(json_array_get(json_array_get(rows, row), 0));
}

/* One list for all: what is known to run in some spreadsheet, and its relatives. */
static const char *const payloads[] = {
    "=1+1",
    "=cmd|' /C calc'!A0",
    "=HYPERLINK(\"http://192.0.2.1/\",\"x\")",
    "=IMPORTXML(\"http://192.0.2.1\",\"//a\")",
    "=WEBSERVICE(\"http://192.0.2.1\")",
    "=DDE(\"cmd\";\"/C calc\";\"x\")",
    "+1+1",
    "+cmd|' /C calc'!A0",
    "-1+1",
    "-cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "@A1",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "\r\n=1+1",
    " =1+1",
    "   =1+1",
    "\xC2\xA0=1+1",
    "\xE2\x80\x8B=1+1",
    "\xE2\x80\x8E=1+1",
    "\xE2\x80\x8F-1",
    "\xE2\x80\xAE=1+1",
    "\xEF\xBB\xBF=1+1",
    "\xE3\x80\x80=1+1",
    "\xE2\x81\xA0@x",
    "\xE2\x80\xA8=1+1",
    "\xC2\xAD=1+1",
    "\xEF\xBC\x9D"
    "1+1",
    "\xEF\xBC\x8B"
    "1+1",
    "\xEF\xBC\x8D"
    "1+1",
    "\xEF\xBC\xA0SUM(1)",
    " \xEF\xBC\x9D"
    "1+1",
    "a;=1+1",
    "a; =1+1",
    "a;;=1+1",
    "a\t=1+1",
    "a\n=1+1",
    "a\r=1+1",
    "a\r\n=1+1",
    "a\n\n=1+1",
    "a\n\t=1+1",
    "a\";=1+1;\"",
    "a\";\"=1+1",
    "\"=1+1\"\n=2",
    "one\n-2+3+cmd|' /C calc'!A0",
    "one\n@x\n+y\n-z",
    "a;\xEF\xBC\x9D"
    "1",
    "=",
    "+",
    "-",
    "@",
    "==",
    "-\n-",
    "=\"\"&1",
    "=A1:A9",
    "=-+@1",
    "-1e9+1",
    "+49 30 1234567",
    "-5",
    "=1,=2",
    "\x7F=1",
    "\x01=1",
};
enum { PAYLOADS = sizeof payloads / sizeof payloads[0] };

/* By other means than the program's: cut at everything that may separate cells anywhere, drop what
 * is not seen, look at the first character. */
static bool could_run(const char *cell)
{
    static const char *const signs[] = {
        "=", "+", "-", "@", "\xEF\xBC\x9D", "\xEF\xBC\x8B", "\xEF\xBC\x8D", "\xEF\xBC\xA0"};
    static const char *const unseen[] = {" ",
                                         "\"",
                                         "\xC2\xA0",
                                         "\xE2\x80\x8B",
                                         "\xE2\x80\x8E",
                                         "\xE2\x80\x8F",
                                         "\xE2\x80\xAE",
                                         "\xEF\xBB\xBF",
                                         "\xE3\x80\x80",
                                         "\xE2\x81\xA0",
                                         "\xE2\x80\xA8",
                                         "\xC2\xAD",
                                         "\x7F",
                                         "\x01"};
    for (const char *at = cell; at; at = strpbrk(at, ";\t\r\n"), at = at ? at + 1 : NULL) {
        const char *shown = at;
        for (size_t i = 0; i < sizeof unseen / sizeof unseen[0]; i++) {
            if (strncmp(shown, unseen[i], strlen(unseen[i])) != 0)
                continue;
            shown += strlen(unseen[i]);
            i = (size_t)-1;
        }
        for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++)
            if (strncmp(shown, signs[i], strlen(signs[i])) == 0)
                return true;
    }
    return false;
}

static void no_text_is_a_formula(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    assert_true(PAYLOADS >= 60);
    json_t *table = one_column("text", payloads, PAYLOADS);
    json_t *guarded = parse(a, csv_write(a, table, (struct csv_style){0}));
    json_t *raw = parse(a, csv_write(a, table, (struct csv_style){.raw = true}));
    assert_int_equal(json_array_size(guarded), PAYLOADS + 1);
    for (size_t i = 0; i < PAYLOADS; i++) {
        if (could_run(cell_of(guarded, i + 1).p))
            fail_msg("\"%s\" could run", cell_of(guarded, i + 1).p);
        assert_true(could_run(payloads[i])); /* else the row shows nothing */
        assert_string_equal(cell_of(raw, i + 1).p, payloads[i]);
    }
    json_decref(table);
    json_decref(guarded);
    json_decref(raw);
    arena_free(a);
}

static void numbers_and_dates_stay_what_they_are(void **state)
{
    static const struct {
        const char *type, *cell, *written;
    } rows[] = {
        {"number", "-5", "-5"},
        {"number", "1.50", "1.50"},
        {"number", "-5+1", "'-5+1"},
        {"number", "--5", "'--5"},
        {"number", "-", "'-"},
        {"number", "-.5", "'-.5"},
        {"number", "-5.", "'-5."},
        {"number", "=5", "'=5"},
        {"number", "", ""},
        {"date", "2026-11-23", "2026-11-23"},
        {"date", "=TODAY()", "'=TODAY()"},
        {"date", "-2026-11-23", "'-2026-11-23"},
        {"text", "-5", "'-5"},
        {"text", "well-being = good", "well-being = good"},
    };
    (void)state;
    struct arena *a = arena_new();
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        json_t *table = one_column(rows[i].type, &rows[i].cell, 1);
        json_t *back = parse(a, csv_write(a, table, (struct csv_style){0}));
        assert_string_equal(cell_of(back, 1).p, rows[i].written);
        json_decref(table);
        json_decref(back);
    }
    arena_free(a);
}

static void the_form_is_that_of_rfc_4180(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    json_t *table =
        json_pack("{s:[{s:s,s:s},{s:s,s:s},{s:s,s:s}],s:[[s,i,n],[s],[b,f,s]]}", "columns", "name",
                  "a,b", "type", "text", "name", "n", "type", "number", "name", "c", "type", "text",
                  "rows", "say \"hi\"", -3, "two\nlines", 1, 0.5, " x");
    struct str text = csv_write(a, table, (struct csv_style){0});
    assert_string_equal(text.p,
                        "\"a,b\",n,c\r\n\"say \"\"hi\"\"\",-3,\r\n\"two\nlines\",,\r\n"
                        "1,0.5,\" x\"\r\n");
    text = csv_write(a, table, (struct csv_style){.mark = true});
    assert_memory_equal(text.p, "\xEF\xBB\xBF\"a,b\"", 8);
    json_decref(table);
    arena_free(a);
}

/* Texts of the characters that matter, in many orders, always the same ones. */
static void any_text_is_parsed_back_as_it_was(void **state)
{
    static const char *const bits[] = {"\"", ",", ";", "\r", "\n",   "\t", "=", "'",
                                       " ",  "a", "é", "日", "\"\"", "",   "-", "\xEF\xBC\x9D"};
    (void)state;
    uint32_t seed = 7;
    for (int round = 0; round < 3000; round++) {
        struct arena *a = arena_new();
        struct buf text = {.a = a};
        for (int i = 0; i < 12; i++) {
            seed = seed * 1664525 + 1013904223;
            buf_add(&text, str_of(bits[seed >> 28]));
        }
        const char *cell = buf_str(&text).p;
        json_t *table = one_column("text", &cell, 1);
        json_t *raw = parse(a, csv_write(a, table, (struct csv_style){.raw = true}));
        json_t *guarded = parse(a, csv_write(a, table, (struct csv_style){0}));
        assert_string_equal(cell_of(raw, 1).p, cell);
        assert_false(could_run(cell_of(guarded, 1).p));
        const char *left = cell; /* nothing but ' was added */
        for (const char *c = cell_of(guarded, 1).p; *c; c++)
            if (*c == *left)
                left++;
            else
                assert_int_equal(*c, '\'');
        assert_int_equal(*left, '\0');
        json_decref(table);
        json_decref(raw);
        json_decref(guarded);
        arena_free(a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_text_is_a_formula),
        cmocka_unit_test(numbers_and_dates_stay_what_they_are),
        cmocka_unit_test(the_form_is_that_of_rfc_4180),
        cmocka_unit_test(any_text_is_parsed_back_as_it_was),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
