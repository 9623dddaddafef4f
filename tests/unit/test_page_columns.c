/* How the width of a page is shared among the columns of a table. */
#include "draw/page_columns.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static const struct row {
    const char *sentence;
    size_t n;
    double room;
    struct column columns[4]; /* least, most, and the width that is wanted */
} rows[] = {
    {"a small table is as wide as its words", 2, 400, {{20, 60, 60}, {30, 40, 40}}},
    {"one that nearly fills the page fills it", 2, 400, {{20, 100, 133.3}, {30, 200, 266.7}}},
    {"short columns keep their lines, the long one wraps",
     3,
     400,
     {{20, 60, 60}, {40, 900, 280}, {20, 60, 60}}},
    {"two long columns share by what they have", 2, 300, {{50, 650, 125}, {50, 1050, 175}}},
    {"no column gets less than its longest word", 2, 300, {{200, 220, 200.6}, {90, 390, 99.4}}},
    {"a column within its share gives way to another one's word",
     2,
     300,
     {{60, 140, 64.1}, {200, 900, 235.9}}},
    {"a word wider than the page leaves short ones whole",
     3,
     300,
     {{50, 80, 50}, {900, 900, 200}, {50, 60, 50}}},
    {"words that are all too wide give way alike",
     3,
     300,
     {{500, 500, 100}, {900, 900, 100}, {700, 800, 100}}},
    {"empty columns are allowed", 2, 300, {{0, 0, 0}, {20, 50, 50}}},
};

static void widths_are_as_wanted(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct column columns[4];
        double sum = 0;
        for (size_t k = 0; k < rows[i].n; k++)
            columns[k] = (struct column){rows[i].columns[k].least, rows[i].columns[k].most, 5};
        columns_share(columns, rows[i].n, rows[i].room);
        for (size_t k = 0; k < rows[i].n; k++) {
            double off = columns[k].width - rows[i].columns[k].width;
            if (off > 0.1 || off < -0.1)
                fail_msg("%s: column %zu gets %.1f", rows[i].sentence, k, columns[k].width);
            sum += columns[k].width;
        }
        assert_true(sum < rows[i].room + 0.01);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(widths_are_as_wanted)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
