/* Texts: parts, UTF-8, width in columns, wrapping, the nearest word. */
#include "base/text.h"

#include "unit.h"

#include <stdio.h>
#include <string.h>

static void parts_are_clamped_to_the_text(void **state)
{
    (void)state;
    assert_true(str_is(str_part(STR("garden"), 2, 4), "rd"));
    assert_true(str_is(str_part(STR("garden"), 4, 99), "en"));
    assert_true(str_is(str_part(STR("garden"), 5, 2), ""));
    assert_true(str_is(str_trim(STR(" \t a b \r\n")), "a b"));
    assert_int_equal(str_find(STR("abcabc"), STR("ca"), 0), 2);
    assert_int_equal(str_find(STR("abc"), STR("abcd"), 0), 3);
    assert_true(str_order(STR("a"), STR("ab")) < 0);
}

static void splitting_gives_what_is_before_and_behind(void **state)
{
    struct str rest;
    (void)state;
    assert_true(str_is(str_split(STR("key=a=b"), '=', &rest), "key"));
    assert_true(str_is(rest, "a=b"));
    assert_true(str_is(str_split(STR("alone"), '=', &rest), "alone"));
    assert_int_equal(rest.n, 0);
}

static void utf8_is_valid_or_not(void **state)
{
    static const struct {
        const char *text;
        bool valid;
    } rows[] = {
        {"", true},
        {"plain", true},
        {"été", true},
        {"日本", true},
        {"🌱", true},
        {"\xC3", false},
        {"\xC3\x28", false},
        {"\xC0\xAF", false},
        {"\xED\xA0\x80", false},
        {"\xF5\x80\x80\x80", false},
        {"a\x80", false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        assert_int_equal(utf8_valid(str_of(rows[i].text)), rows[i].valid);
}

static void a_cut_never_divides_a_character(void **state)
{
    static const struct {
        const char *text;
        size_t limit, cut;
    } rows[] = {
        {"été", 0, 0}, {"été", 1, 0},  {"été", 2, 2},  {"été", 3, 3}, {"été", 4, 3}, {"été", 5, 5},
        {"été", 9, 5}, {"日本", 4, 3}, {"日本", 5, 3}, {"🌱", 3, 0},   {"abc", 2, 2},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        assert_int_equal(utf8_cut(str_of(rows[i].text), rows[i].limit), rows[i].cut);
}

static void width_counts_columns_of_a_terminal(void **state)
{
    static const struct {
        const char *text;
        size_t width;
    } rows[] = {
        {"", 0},  {"abc", 3},         {"été", 3}, {"e\xCC\x81", 1}, {"日本", 4},
        {"🌱", 2}, {"👩‍🌾", 2}, {"🇫🇷", 2},  {"مرحبا", 5},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        assert_int_equal(text_width(str_of(rows[i].text)), rows[i].width);
}

static void printing_is_made_safe(void **state)
{
    struct arena *a = arena_new();
    (void)state;
    assert_true(str_is(text_safe(a, STR("a\x1b[31mb"), true), "a\\x1b[31mb"));
    assert_true(str_is(text_safe(a, STR("a\nb\tc"), true), "a\nb c"));
    assert_true(str_is(text_safe(a, STR("a\nb"), false), "a b"));
    assert_true(str_is(text_safe(a, STR("x\xE2\x80\xAEy"), true), "x\\u202ey"));
    assert_true(str_is(text_safe(a, STR("\xC2\x9B"), true), "\\x9b"));
    assert_true(str_is(text_safe(a, STR("\xFF"), true), "\xEF\xBF\xBD"));
    arena_free(a);
}

struct wrapped {
    char text[512];
};

static void add_line(void *user, struct str part)
{
    struct wrapped *w = user;
    size_t used = strlen(w->text);
    (void)snprintf(w->text + used, sizeof w->text - used, "%.*s|", STR_ARG(part));
}

static void wrapping_breaks_at_spaces_and_cuts_long_words(void **state)
{
    static const struct {
        const char *text;
        size_t width;
        const char *lines;
    } rows[] = {
        {"one two three", 7, "one two|three|"},
        {"one two three", 80, "one two three|"},
        {"abcdefghij", 4, "abcd|efgh|ij|"},
        {"a\nb", 10, "a|b|"},
        {"a\n\nb", 10, "a||b|"},
        {"", 10, "|"},
        {"日本日本", 4, "日本|日本|"},
        {"één twee", 3, "één|twe|e|"},
        {"one  two", 5, "one|two|"},
        {"end\n", 10, "end|"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct wrapped w = {""};
        text_wrap(str_of(rows[i].text), rows[i].width, add_line, &w);
        assert_string_equal(w.text, rows[i].lines);
    }
}

static void the_nearest_word_is_found_or_none(void **state)
{
    const struct str known[] = {STR("where_now"), STR("goal"), STR("obstacles")};
    static const struct {
        const char *word, *nearest;
    } rows[] = {{"whre_now", "where_now"}, {"gaol", "goal"}, {"gols", ""}, {"goals", "goal"},
                {"obstacle", "obstacles"}, {"xyz", ""},      {"", ""}};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        assert_true(str_is(text_nearest(str_of(rows[i].word), known, 3), rows[i].nearest));
}

static void names_are_compared_without_case_and_accents(void **state)
{
    static const struct {
        const char *text, *folded;
    } rows[] = {{"Zoé", "zoe"},   {"ZOE\xCC\x81", "zoe"}, {"Straße", "strasse"},
                {"Ünal", "unal"}, {"山田", "山田"},       {"", ""},
                {"\xff", "\xff"}};
    struct arena *a = arena_new();
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        assert_true(str_is(text_fold(a, str_of(rows[i].text)), rows[i].folded));
    arena_free(a);
}

static void a_buffer_grows(void **state)
{
    struct arena *a = arena_new();
    struct buf b = {.a = a};
    (void)state;
    for (int i = 0; i < 5000; i++)
        buf_format(&b, "%d,", i % 10);
    assert_int_equal(buf_str(&b).n, 10000);
    assert_int_equal(buf_str(&b).p[10000], 0);
    assert_true(arena_used(a) >= 10000);
    arena_free(a);
}

static void test_languages_from_the_right(void **state)
{
    (void)state;
    static const struct {
        const char *language;
        bool rtl;
    } rows[] = {{"ar", true},  {"he-IL", true}, {"ckb", true}, {"en", false},
                {"fr", false}, {"arn", false},  {"", false}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (text_language_is_rtl(str_of(rows[i].language)) != rows[i].rtl)
            fail_msg("%s", rows[i].language);
}

static void test_the_first_direction_decides(void **state)
{
    (void)state;
    assert_int_equal(text_first_direction(STR("12 (\u05D0 a")), -1);
    assert_int_equal(text_first_direction(STR("- a \u0627")), 1);
    assert_int_equal(text_first_direction(STR("12, 13")), 0);
    assert_int_equal(text_first_direction(STR("")), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_are_clamped_to_the_text),
        cmocka_unit_test(splitting_gives_what_is_before_and_behind),
        cmocka_unit_test(utf8_is_valid_or_not),
        cmocka_unit_test(a_cut_never_divides_a_character),
        cmocka_unit_test(width_counts_columns_of_a_terminal),
        cmocka_unit_test(printing_is_made_safe),
        cmocka_unit_test(wrapping_breaks_at_spaces_and_cuts_long_words),
        cmocka_unit_test(the_nearest_word_is_found_or_none),
        cmocka_unit_test(names_are_compared_without_case_and_accents),
        cmocka_unit_test(a_buffer_grows),
        cmocka_unit_test(test_languages_from_the_right),
        cmocka_unit_test(test_the_first_direction_decides),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
