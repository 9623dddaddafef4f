/* Where pages end, with invented lines of ten points on pages of a hundred. */
#include "draw/page_flow.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

/* A line is a letter: . free, r rather with the one before, f firm, a always, A a page of its own,
 * t half a page high, T higher than a page, h with a head repeated above it.  A page in what is
 * wanted is the number of its lines. */
static const struct row {
    const char *sentence, *lines;
    size_t pages[8];
} rows[] = {
    {"no lines give no pages", "", {0}},
    {"what fits is one page", "..........", {10}},
    {"what does not fit goes to the next page", "............", {10, 2}},
    {"a line stays with the one before it if both fit below", ".........f...", {10, 3}},
    {"a firm bond moves both to the next page",
     ".........."
     "f.",
     {9, 3}},
    {"a chain of headings moves as a whole", ".......aaaaaff.", {6, 9}},
    {"a weak bond is kept where the page is full enough",
     "........."
     ".rr..",
     {9, 5}},
    {"a weak bond is cut where most of the page would be empty", "...rrrrrrrrrrr", {10, 4}},
    {"a firm bond is kept even then",
     ".."
     ".fffffffff",
     {2, 10}},
    {"a firm bond longer than a page is cut where the page ends", ".fffffffffffff", {10, 4}},
    {"weak bonds are cut before firm ones", ".ffffffrffffff", {7, 7}},
    {"a bond of always is cut only if nothing else is left", ".aaaaaaaafaaa", {9, 4}},
    {"a canvas has a page of its own", "...A...", {3, 1, 3}},
    {"canvases follow each other", "AA.", {1, 1, 1}},
    {"what is higher than a page stands alone and nothing is lost", "..T..", {2, 1, 2}},
    {"two halves fill a page", "ttt", {2, 1}},
    {"what is repeated at the head of a page takes its room",
     "hhhhhhhhhhhhhhhhhhhhhhhhh",
     {8, 8, 8, 1}},
};

static struct flow_line line_of(char c)
{
    struct flow_line line = {.height = 10};
    line.keep = c == 'r' ? KEEP_RATHER : c == 'f' ? KEEP_FIRM : c == 'a' ? KEEP_ALWAYS : KEEP_FREE;
    line.alone = c == 'A';
    line.height = c == 't' ? 50 : c == 'T' ? 140 : 10;
    line.again = c == 'h' ? 20 : 0;
    return line;
}

static void pages_end_as_wanted(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct arena *a = arena_new();
        struct flow_line lines[64];
        struct flow_page *pages;
        size_t n = strlen(rows[i].lines), from = 0;
        for (size_t k = 0; k < n; k++)
            lines[k] = line_of(rows[i].lines[k]);
        size_t count = flow_pages(a, lines, n, 100, &pages);
        for (size_t k = 0; k < count; k++) {
            if (pages[k].from != from || pages[k].to - from != rows[i].pages[k])
                fail_msg("%s: page %zu has lines %zu to %zu", rows[i].sentence, k + 1,
                         pages[k].from, pages[k].to);
            from = pages[k].to;
        }
        assert_int_equal(from, n);
        assert_int_equal(rows[i].pages[count], 0);
        arena_free(a);
    }
}

static void white_at_the_head_of_a_page_falls_away(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct flow_line lines[4] = {{.height = 90, .gap = 40},
                                 {.height = 60, .gap = 60},
                                 {.height = 20, .gap = 20},
                                 {.height = 20, .gap = 0.5}};
    struct flow_page *pages;
    assert_int_equal(flow_pages(a, lines, 4, 100, &pages), 3);
    assert_int_equal(pages[1].to - pages[1].from, 2);
    arena_free(a);
}

/* What a paragraph of n lines becomes: as in rows above. */
static void paragraphs_keep_two_lines(void **state)
{
    static const struct {
        size_t n, whole;
        const char *keeps;
    } cases[] = {{1, 3, "."},      {2, 0, ".f"},    {3, 0, ".ff"}, {4, 0, ".f.f"},
                 {6, 3, ".f...f"}, {5, 5, ".frrf"}, {0, 3, ""}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct flow_line lines[8];
        memset(lines, 0, sizeof lines);
        flow_keep_paragraph(lines, 0, cases[i].n, cases[i].whole);
        for (size_t k = 0; k < cases[i].n; k++)
            assert_int_equal(lines[k].keep, line_of(cases[i].keeps[k]).keep);
    }
}

static void pages_hold_what_they_have_room_for(void **state)
{
    (void)state;
    unsigned seed = 7;
    struct arena *a = arena_new();
    for (int round = 0; round < 300; round++) {
        struct flow_line lines[60];
        struct flow_page *pages;
        for (size_t k = 0; k < 60; k++) {
            seed = seed * 1103515245u + 12345u;
            lines[k] = line_of("....rrffa.t.hAT"[seed >> 16 & 15 ? (seed >> 16) % 15 : 0]);
            lines[k].gap = (double)(seed >> 20 & 7);
        }
        size_t n = flow_pages(a, lines, 60, 100, &pages), next = 0;
        for (size_t k = 0; k < n; k++) {
            assert_int_equal(pages[k].from, next);
            assert_true(pages[k].to > pages[k].from);
            next = pages[k].to;
            double used = lines[pages[k].from].again + lines[pages[k].from].height;
            for (size_t i = pages[k].from + 1; i < next; i++)
                used += lines[i].gap + lines[i].height;
            assert_true(used < 100.1 || next == pages[k].from + 1);
        }
        assert_int_equal(next, 60);
    }
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pages_end_as_wanted),
        cmocka_unit_test(white_at_the_head_of_a_page_falls_away),
        cmocka_unit_test(paragraphs_keep_two_lines),
        cmocka_unit_test(pages_hold_what_they_have_room_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
