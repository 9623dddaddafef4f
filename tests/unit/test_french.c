/* Errors in French: for every sentence of the table the same values in the same order, and what is
 * in no table as it was. */
#include "practice/french.h"

#include "base/err.h"
#include "unit.h"

#include <stdio.h>
#include <string.h>

static const struct {
    const char *english, *french;
} rows[] = {
#define FRENCH(english, french) {english, french},
#include "practice/french.def"
#undef FRENCH
};

enum { ROWS = sizeof rows / sizeof rows[0] };

/* The conversions of a format: "%.*s", "%d". */
static void conversions(const char *format, char *out, size_t room)
{
    size_t n = 0;
    for (const char *p = strchr(format, '%'); p; p = strchr(p, '%')) {
        size_t length = strcspn(p + 1, "diouxXsc%") + 2;
        assert_true(n + length + 2 < room);
        memcpy(out + n, p, length);
        n += length;
        p += length;
        out[n++] = ' ';
    }
    out[n] = '\0';
}

static void both_take_the_same_values(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS; i++) {
        char english[256], french[256];
        conversions(rows[i].english, english, sizeof english);
        conversions(rows[i].french, french, sizeof french);
        if (strcmp(english, french) != 0)
            fail_msg("%s: %s", rows[i].french, french);
        assert_true(utf8_valid(str_of(rows[i].french)) && rows[i].french[0] != '\0');
        assert_string_not_equal(rows[i].english, rows[i].french);
        for (size_t k = 0; k < i; k++)
            assert_string_not_equal(rows[i].english, rows[k].english);
    }
}

static const char *said(const char *language)
{
    static struct err e;
    practice_speak(str_of(language));
    (void)err_set(&e, ERR_INPUT, "A %s may have %d bytes; this one has %zu.", err_word("name"), 5,
                  (size_t)7);
    practice_speak(STR(""));
    return e.text;
}

static void the_language_that_is_spoken(void **state)
{
    static const char en[] = "A name may have 5 bytes; this one has 7.",
                      fr[] = "C’est trop long (nom) : au plus 5 octets, il y en a 7.";
    (void)state;
    assert_string_equal(said("fr"), fr);
    assert_string_equal(said("fr-CA"), fr);
    assert_string_equal(said("en"), en);
    assert_string_equal(said("fry"), en);
    assert_string_equal(said(""), en);
}

static void what_has_no_french_is_as_it_was(void **state)
{
    struct err e;
    (void)state;
    practice_speak(STR("fr"));
    (void)err_set(&e, ERR_INPUT, "Nobody has put this sentence in %d tables.", 2);
    (void)err_before(&e, "%s", err_word("Before: "));
    assert_string_equal(e.text, "Before: Nobody has put this sentence in 2 tables.");
    (void)err_before(&e, "The workflow of this journey: ");
    assert_true(strncmp(e.text, "Le mod", 6) == 0);
    practice_speak(STR(""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_take_the_same_values),
        cmocka_unit_test(the_language_that_is_spoken),
        cmocka_unit_test(what_has_no_french_is_as_it_was),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
