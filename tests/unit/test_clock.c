/* Days and times. */
#include "base/clock.h"

#include "unit.h"

#include <stdlib.h>

static void days_are_of_the_calendar_or_not(void **state)
{
    static const struct {
        const char *day;
        bool valid;
    } rows[] = {
        {"2026-11-23", true},   {"2024-02-29", true},  {"2026-02-29", false}, {"1900-02-29", false},
        {"2000-02-29", true},   {"2026-13-01", false}, {"2026-00-10", false}, {"2026-04-31", false},
        {"1899-12-31", false},  {"9999-12-31", true},  {"2026-1-01", false},  {"", false},
        {"2026-11-23T", false}, {"٢٠٢٦-11-23", false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        assert_int_equal(clock_is_day(str_of(rows[i].day)), rows[i].valid);
}

static void days_are_counted_over_months_and_years(void **state)
{
    static const struct {
        const char *from;
        int days;
        const char *to;
    } rows[] = {
        {"2026-11-23", 7, "2026-11-30"}, {"2026-12-31", 1, "2027-01-01"},
        {"2024-02-28", 1, "2024-02-29"}, {"2026-03-01", -1, "2026-02-28"},
        {"2038-01-19", 1, "2038-01-20"},
    };
    char out[11];
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        assert_true(clock_add_days(str_of(rows[i].from), rows[i].days, out));
        assert_string_equal(out, rows[i].to);
    }
    assert_false(clock_add_days(STR("9999-12-31"), 1, out));
    assert_false(clock_add_days(STR("never"), 1, out));
}

static void stamps_are_read_and_written(void **state)
{
    int64_t ms;
    char out[21];
    (void)state;
    assert_true(clock_parse(STR("2038-01-19T03:14:08Z"), &ms));
    assert_int_equal(ms, 2147483648000);
    clock_stamp(ms, out);
    assert_string_equal(out, "2038-01-19T03:14:08Z");
    assert_true(clock_parse(STR("1970-01-01"), &ms));
    assert_int_equal(ms, 0);
    assert_false(clock_parse(STR("2038-01-19T25:00:00Z"), &ms));
    assert_false(clock_parse(STR("2038-01-19 03:14:08"), &ms));
}

static void the_clock_can_be_fixed(void **state)
{
    (void)state;
    assert_int_equal(setenv("ESPALIER_CLOCK", "2026-11-23T10:00:00Z", 1), 0);
    assert_int_equal(clock_now(), 1795428000000);
    clock_fix(5);
    assert_int_equal(clock_now(), 5);
    clock_fix(0);
    assert_int_equal(unsetenv("ESPALIER_CLOCK"), 0);
    assert_true(clock_now() > 1700000000000);
    assert_true(clock_steady() <= clock_steady());
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_are_of_the_calendar_or_not),
        cmocka_unit_test(days_are_counted_over_months_and_years),
        cmocka_unit_test(stamps_are_read_and_written),
        cmocka_unit_test(the_clock_can_be_fixed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
