/* Boards as text: whole pages compared with tests/golden/board (run with "accept" to write them,
 * then read the difference), and what must hold for every board: lines join, widths are exact, no
 * word is lost. */
#include "base/files.h"
#include "document/document.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static bool accepting;

static json_t *load(struct arena *a, const char *name)
{
    struct err e;
    struct str text;
    json_t *board = NULL;
    struct str path = str_format(a, "tests/unit/data/board/%s.json", name);
    if (!files_read(a, path.p, 1 << 20, &text, &e) || !json_read(text, &board, &e))
        fail_msg("%s: %s", path.p, e.text);
    return board;
}

static void compare(struct arena *a, const char *golden, struct str got)
{
    struct err e;
    struct str expected, path = str_format(a, "tests/golden/board/%s", golden);
    if (accepting && !files_write(path.p, got, true, &e))
        fail_msg("%s", e.text);
    if (!files_read(a, path.p, 1 << 20, &expected, &e))
        fail_msg("%s", e.text);
    if (!str_eq(got, expected))
        fail_msg("%s differs:\n%.*s", path.p, STR_ARG(got));
}

/* The signs of lines and the directions they join: up 1, right 2, down 4, left 8. */
static int directions(struct str sign)
{
    static const char *const signs[16] = {NULL, NULL, NULL, "└", NULL, "│", "┌", "├",
                                          NULL, "┘",  "─",  "┴", "┐",  "┤", "┬", "┼"};
    for (int i = 0; i < 16; i++)
        if (signs[i] && str_is(sign, signs[i]))
            return i;
    return 0;
}

enum { COLUMNS = 201, ROWS = 400 };
static unsigned char joins[ROWS][COLUMNS];

/* Reads a line of the drawing into `joins`; its columns must be exactly `width`. */
static void read_line(struct str line, size_t row, size_t width)
{
    size_t column = 0;
    assert_int_equal(text_width(line), width);
    for (size_t i = 0; i < line.n;) {
        size_t n = text_grapheme(line, i);
        struct str sign = str_part(line, i, i + n);
        joins[row][column] = (unsigned char)directions(sign);
        column += text_width(sign);
        i += n;
    }
}

static void assert_joined(struct str drawing, size_t width)
{
    size_t rows = 0;
    memset(joins, 0, sizeof joins);
    while (drawing.n > 0 && rows < ROWS) {
        struct str line = str_split(drawing, '\n', &drawing);
        if (directions(str_part(line, 0, 3)) != 0)
            read_line(line, rows++, width);
    }
    assert_true(rows > 2);
    for (size_t y = 0; y < rows; y++) {
        for (size_t x = 0; x < width; x++) {
            int right = x + 1 < width && joins[y][x + 1] & 8,
                below = y + 1 < rows && joins[y + 1][x] & 1;
            assert_int_equal((joins[y][x] & 2) != 0, right);
            assert_int_equal((joins[y][x] & 4) != 0, below);
        }
    }
}

static void test_golden_pages(void **state)
{
    (void)state;
    static const char *const names[] = {"canvas", "long", "talk", "blank", "empty"};
    static const int widths[] = {60, 80, 100, 120, 160};
    struct arena *a = arena_new();
    for (size_t i = 0; i < 5; i++) {
        json_t *board = load(a, names[i]);
        for (size_t k = 0; k < 5; k++) {
            struct str text = board_to_text(a, board, (size_t)widths[k]);
            /* Beside an empty place a line is shorter. */
            if (i < 4)
                assert_joined(text, (size_t)widths[k]);
            compare(a, str_format(a, "%s-%d.txt", names[i], widths[k]).p, text);
        }
        compare(a, str_format(a, "%s.md", names[i]).p, board_to_markdown(a, board));
        json_object_set_new(board, "ascii", json_true());
        compare(a, str_format(a, "%s-ascii.txt", names[i]).p, board_to_text(a, board, 100));
        json_decref(board);
    }
    arena_free(a);
}

static void test_lines_join_at_every_width(void **state)
{
    (void)state;
    for (size_t width = 60; width <= 200; width++) {
        struct arena *a = arena_new();
        json_t *board = load(a, "long");
        assert_joined(board_to_text(a, board, width), width);
        json_decref(board);
        arena_free(a);
    }
}

/* A grid cut at random: rows of bands, each cut into columns, some of them cut again. */
static json_t *random_grid(unsigned *seed, json_t *blocks)
{
    json_t *grid = json_array();
    int n = 0, bands = 1 + rand_r(seed) % 3;
    for (int band = 0; band < bands; band++) {
        json_t *upper = json_array(), *lower = json_array();
        for (int column = 0; column < 12;) {
            int span = 1 + rand_r(seed) % 6, split = rand_r(seed) % 2;
            char id[16], under[16];
            (void)snprintf(id, sizeof id, "b%d", n++);
            (void)snprintf(under, sizeof under, "b%d", split ? n++ : n - 1);
            json_array_append_new(blocks,
                                  json_pack("{s:s,s:[s,s]}", "id", id, "items", "some words", id));
            if (split)
                json_array_append_new(blocks, json_pack("{s:s}", "id", under));
            for (; span > 0 && column < 12; span--, column++) {
                json_array_append_new(upper, json_string(id));
                json_array_append_new(lower, json_string(under));
            }
        }
        json_array_append_new(grid, upper);
        json_array_append_new(grid, lower);
    }
    return grid;
}

static void test_lines_join_in_any_grid(void **state)
{
    (void)state;
    unsigned seed = 7;
    for (int round = 0; round < 300; round++) {
        struct arena *a = arena_new();
        json_t *blocks = json_array(), *grid = random_grid(&seed, blocks);
        json_t *board = json_pack("{s:o,s:o}", "grid", grid, "blocks", blocks);
        struct err e;
        if (!grid_check(grid, &e))
            fail_msg("%s", e.text);
        size_t width = 60 + (size_t)rand_r(&seed) % 141;
        assert_joined(board_to_text(a, board, width), width);
        json_decref(board);
        arena_free(a);
    }
}

/* Any small grid of three letters and empty places, valid or not: blocks are shown, nothing breaks.
 */
static void test_any_small_grid(void **state)
{
    (void)state;
    unsigned seed = 3;
    for (int round = 0; round < 3000; round++) {
        struct arena *a = arena_new();
        json_t *grid = json_array();
        size_t rows = 1 + (size_t)rand_r(&seed) % 3, columns = 1 + (size_t)rand_r(&seed) % 6;
        for (size_t i = 0; i < rows; i++) {
            struct buf row = {.a = a};
            for (size_t k = 0; k < columns; k++)
                buf_format(&row, "%c ", "abc...."[rand_r(&seed) % 7]);
            json_array_append_new(grid, json_new_text(buf_str(&row)));
        }
        json_t *board = json_pack("{s:o,s:[{s:s,s:s},{s:s,s:s}]}", "grid", grid, "blocks", "id",
                                  "a", "label", "ALPHA", "id", "b", "label", "BETA");
        struct str text = board_to_text(a, board, 60 + (size_t)rand_r(&seed) % 141);
        assert_non_null(strstr(text.p, "ALPHA"));
        assert_non_null(strstr(text.p, "BETA"));
        json_decref(board);
        arena_free(a);
    }
}

static void test_no_word_is_lost(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    json_t *board = load(a, "canvas");
    static const char *const words[] = {"library",  "association", "Saturdays", "Bookkeeping",
                                        "Leaflets", "Thanks",      "delete",    "proud",
                                        "Amina",    "strategyzer"};
    for (size_t width = 60; width <= 200; width += 5)
        for (size_t i = 0; i < 10; i++)
            assert_non_null(strstr(board_to_text(a, board, width).p, words[i]));
    json_decref(board);
    arena_free(a);
}

static void test_boards_with_little_or_wrong_content(void **state)
{
    (void)state;
    static const char *const boards[] = {
        "{}",
        "{\"blocks\":[]}",
        "{\"title\":\"T\",\"blocks\":[{\"id\":\"a\"}]}",
        "{\"grid\":[[\"a\",\"b\"],[\"b\",\"a\"]],\"blocks\":[{\"id\":\"a\"},{\"id\":\"b\"}]}",
        "{\"grid\":[\"a a b\",\"d x b\",\"d c c\"],\"blocks\":[{\"id\":\"a\"},{\"id\":\"x\"}]}",
        "{\"grid\":[\"a b\"],\"blocks\":[{\"id\":\"c\",\"items\":[{\"text\":\"\"},{},3]}]}",
        "{\"grid\":7,\"blocks\":{\"id\":1},\"legend\":\"text\",\"title\":[]}",
        "[]",
    };
    for (size_t i = 0; i < sizeof boards / sizeof boards[0]; i++) {
        struct arena *a = arena_new();
        struct err e;
        json_t *board;
        assert_true(json_read(str_of(boards[i]), &board, &e));
        (void)board_to_markdown(a, board);
        struct str text = board_to_text(a, board, 10);
        if (text.n > 3 && strstr(text.p, "┌"))
            assert_joined(text, 60);
        json_decref(board);
        arena_free(a);
    }
}

static void test_grid_files(void **state)
{
    (void)state;
    static const struct {
        const char *text, *expect; /* JSON, or a part of the sentence */
    } rows[] = {
        {"a b\nc b\n", "[[\"a\",\"b\"],[\"c\",\"b\"]]"},
        {"# the canvas\n\n  a\ta  b # right\r\n", "[[\"a\",\"a\",\"b\"]]"},
        {"one_block", "[[\"one_block\"]]"},
        {"", "The grid is empty."},
        {"# nothing\n", "The grid is empty."},
        {"a b\nc\n", "Row 2 of the grid has 1 blocks, the first row has 2."},
        {"a\nb c\n", "Row 2 of the grid has 2 blocks"},
        {"a b\nb a\n", "\"a\" do not form one rectangle"},
        {"a a b\na c c\n", "\"a\" do not form one rectangle"},
        {"a b a\n", "\"a\" do not form one rectangle"},
        {"a a a\na b a\na a a\n", "\"a\" do not form one rectangle"},
        {"A b\n", "\"A\" is not the id of a block"},
        {"a 9\n", "\"9\" is not the id of a block"},
        {"a a a a a a a a a a a a a a a a a a a a a a a a a\n", "at most 24 rows of 24"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct arena *a = arena_new();
        struct err e = {0};
        json_t *grid;
        bool ok = grid_parse(str_of(rows[i].text), &grid, &e);
        struct str got = ok ? json_write(a, grid) : str_of(e.text);
        if (ok ? !str_is(got, rows[i].expect) : !strstr(got.p, rows[i].expect))
            fail_msg("\"%s\" gave %s", rows[i].text, got.p);
        assert_true(!ok || grid_check(grid, &e));
        json_decref(grid);
        arena_free(a);
    }
}

static void test_grids_with_spans(void **state)
{
    (void)state;
    static const struct {
        const char *json;
        bool fine;
    } rows[] = {
        {"[[{\"block\":\"a\",\"rows\":2},{\"block\":\"b\"}],[{\"block\":\"c\"}]]", true},
        {"[[{\"block\":\"a\",\"rows\":3},{\"block\":\"b\"}],[{\"block\":\"c\"}]]", false},
        {"[[{\"block\":\"a\",\"span\":0}]]", false},
        {"[[{\"block\":\"a\",\"span\":99999999999}]]", false},
        {"[[{\"span\":2}]]", false},
        {"[[{\"block\":\"\"},{\"block\":\"a\"},\".\"]]", true},
        {"[[\"a\",\"b\"],\"c c\"]", true},
        {"[[{\"block\":\"a\"},{\"block\":\"b\",\"rows\":2}],[{\"block\":\"c\",\"span\":2}]]",
         false},
        {"[]", false},
        {"{}", false},
        {"[[]]", false},
        {"[[1]]", false},
        {"[\"a\",7]", false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct err e = {0};
        json_t *grid;
        assert_true(json_read(str_of(rows[i].json), &grid, &e));
        if (grid_check(grid, &e) != rows[i].fine)
            fail_msg("%s: %s", rows[i].json, e.text);
        json_decref(grid);
    }
}

int main(int argc, char **argv)
{
    accepting = argc > 1 && strcmp(argv[1], "accept") == 0;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_golden_pages),
        cmocka_unit_test(test_lines_join_at_every_width),
        cmocka_unit_test(test_lines_join_in_any_grid),
        cmocka_unit_test(test_any_small_grid),
        cmocka_unit_test(test_no_word_is_lost),
        cmocka_unit_test(test_boards_with_little_or_wrong_content),
        cmocka_unit_test(test_grid_files),
        cmocka_unit_test(test_grids_with_spans),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
