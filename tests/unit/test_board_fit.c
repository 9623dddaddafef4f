/* Canvases in numbers: where the grid puts boxes, how rows share a height, which size of text is
 * chosen, and that boxes never overlap or leave the page, whatever is in them. */
#include "unit.h"

#include "draw/board.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Fonts and their configuration stay until the end: not ours to free. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:libfontconfig\nleak:libpango\nleak:libcairo\nleak:libglib\n";
}

static const struct rect area = {26, 60, 788, 460};

static struct board *open_board(struct arena *a, const json_t *json)
{
    struct about about = {.title = STR("t")};
    struct board *b = arena_alloc(a, sizeof *b);
    b->s = surface_new(a, FORMAT_PDF, 842, 595, &about);
    b->scale = 1;
    board_read(b, json);
    board_place(b);
    return b;
}

static void close_board(struct board *b)
{
    struct str bytes;
    struct err e;
    assert_true(surface_end(b->s, &bytes, &e));
}

/* Boxes as "row+rows,column+columns" in their order. */
static struct str places(struct arena *a, const struct board *b)
{
    struct buf out = {.a = a};
    for (size_t i = 0; i < b->n; i++) {
        struct place at = b->boxes[i].at;
        buf_format(&out, "%s%zu+%zu,%zu+%zu", i ? " " : "", at.row, at.rows, at.column, at.columns);
    }
    return buf_str(&out);
}

static json_t *read_json(const char *text)
{
    json_error_t fault;
    json_t *json = json_loads(text, 0, &fault);
    if (!json)
        fail_msg("%s: %s", text, fault.text);
    return json;
}

#define THREE "{\"id\":\"a\",\"items\":[]},{\"id\":\"b\",\"items\":[]},{\"id\":\"c\",\"items\":[]}"

static void test_the_grid_puts_boxes_in_their_places(void **state)
{
    static const struct {
        const char *sentence, *grid, *places;
    } rows[] = {
        {"rows of ids", "[[\"a\",\"a\",\"b\"],[\"c\",\"c\",\"b\"]]", "0+1,0+2 0+2,2+1 1+1,0+2"},
        {"rows as texts", "[\"a a b\",\" c  c b \"]", "0+1,0+2 0+2,2+1 1+1,0+2"},
        {"rows as in a table",
         "[[{\"block\":\"a\",\"span\":2},{\"block\":\"b\",\"rows\":2}],[{\"block\":\"c\",\"span\":"
         "2}]]",
         "0+1,0+2 0+2,2+1 1+1,0+2"},
        {"a point is an empty place", "[\"a . b\",\"c . b\"]", "0+1,0+1 0+2,2+1 1+1,0+1"},
        {"what the grid does not name stands below", "[\"a b\"]", "0+1,0+1 0+1,1+1 1+1,0+2"},
        {"no grid: columns of their own", "null", "0+1,0+2 0+1,2+2 0+1,4+2"},
        {"rows of unlike length are wrong", "[\"a b\",\"c\"]", NULL},
        {"a box that is no rectangle is wrong", "[\"a b\",\"b c\"]", NULL},
        {"a box in two parts is wrong", "[\"a b a\",\"c c c\"]", NULL},
        {"a hole is wrong", "[[{\"block\":\"a\",\"rows\":2},\"b\"],[]]", NULL},
        {"a span beyond the end is wrong", "[[{\"block\":\"a\",\"span\":25},\"b\"]]", NULL},
        {"rows beyond the end are wrong", "[[{\"block\":\"a\",\"rows\":9},\"b\",\"c\"]]", NULL},
        {"a span of nothing is wrong", "[[{\"block\":\"a\",\"span\":0},\"b\",\"c\"]]", NULL},
        {"what is no row is wrong", "[7]", NULL},
        {"what is no cell is wrong", "[[7]]", NULL},
        {"what is no grid is wrong", "\"a b c\"", NULL},
    };
    struct arena *a = arena_new();
    struct str none = STR("");
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        json_t *json =
            read_json(str_format(a, "{\"grid\":%s,\"blocks\":[" THREE "]}", rows[i].grid).p);
        struct board *b = open_board(a, json);
        struct str got = places(a, b);
        if (rows[i].places && strstr(rows[i].sentence, "no grid"))
            none = got;
        else if (!str_eq(got, rows[i].places ? str_of(rows[i].places) : none))
            fail_msg("%s: %.*s", rows[i].sentence, STR_ARG(got));
        assert_int_equal(b->left_out, 0);
        close_board(b);
        json_decref(json);
    }
    arena_free(a);
    (void)state;
}

static void test_rows_share_the_height(void **state)
{
    struct box boxes[] = {{.at = {0, 2, 0, 1}, .need = 200},
                          {.at = {0, 1, 1, 1}, .need = 50},
                          {.at = {1, 1, 1, 1}, .need = 120},
                          {.at = {2, 1, 0, 2}, .need = 40}};
    struct tracks t = {.rows = 3, .columns = 2, .gap = 6};
    assert_true(fabs(board_rows(boxes, 4, &t, 1e6) - (62 + 132 + 40 + 12)) < 0.01);
    for (double height = 60; height < 700; height += 40) {
        board_fill_rows(boxes, 4, &t, height);
        double all = t.height[0] + t.height[1] + t.height[2] + 12;
        assert_true(fabs(all - height) < 0.01);
        for (int i = 0; i < 3; i++)
            assert_true(t.height[i] >= 0);
        /* Where there is room for all, each has what it needs. */
        if (height >= 246)
            assert_true(t.height[0] >= 62 && t.height[1] >= 132 && t.height[2] >= 40);
    }
    (void)state;
}

/* A canvas of nine boxes, `n` items of `length` letters in the box `full` (-1: in all). */
static json_t *nine(int full, int n, size_t length, char letter)
{
    json_t *blocks = json_array();
    char *text = malloc(length + 1);
    assert_non_null(text);
    memset(text, letter, length);
    for (size_t i = 7; i < length && letter == 'w'; i += 8)
        text[i] = ' ';
    text[length] = 0;
    for (int i = 0; i < 9; i++) {
        json_t *items = json_array();
        for (int k = 0; k < (full < 0 || full == i ? n : 2); k++)
            json_array_append_new(items, json_pack("{s:s,s:s}", "text", text, "mark", "+"));
        char id[] = {'b', (char)('0' + i), 0};
        json_array_append_new(blocks, json_pack("{s:s,s:o}", "id", id, "items", items));
    }
    free(text);
    return json_pack("{s:[s,s,s],s:o}", "grid", "b0 b0 b1 b1 b3 b3 b4 b4 b6 b6",
                     "b0 b0 b2 b2 b3 b3 b5 b5 b6 b6", "b7 b7 b7 b7 b7 b8 b8 b8 b8 b8", "blocks",
                     blocks);
}

static bool apart(struct rect a, struct rect b)
{
    double slack = 0.01;
    return a.x + a.w <= b.x + slack || b.x + b.w <= a.x + slack || a.y + a.h <= b.y + slack ||
        b.y + b.h <= a.y + slack;
}

/* Inside the area, apart from each other, and high enough if everything is to be there. */
static void check_boxes(const struct board *b, bool all)
{
    for (size_t i = 0; i < b->n; i++) {
        struct rect one = board_rect(&b->tracks, b->boxes[i].at, area);
        assert_true(one.x >= area.x - 0.01 && one.x + one.w <= area.x + area.w + 0.01);
        assert_true(one.y >= area.y - 0.01 && one.y + one.h <= area.y + area.h + 0.01);
        assert_true(one.w > 0 && one.h > 0);
        if (all)
            assert_true(b->boxes[i].need <= one.h + 0.01);
        for (size_t k = 0; k < i; k++)
            assert_true(apart(one, board_rect(&b->tracks, b->boxes[k].at, area)));
    }
}

static void test_text_shrinks_only_as_far_as_it_must(void **state)
{
    static const struct {
        const char *sentence;
        int full, n;
        size_t length;
        char letter;
        double most, least;
    } rows[] = {
        {"few items are large", -1, 4, 20, 'w', 10.5, 10.5},
        {"on a page that is half empty they are larger", -1, 1, 20, 'w', 13, 13},
        {"more items are smaller", -1, 6, 50, 'w', 9.5, 7.5},
        {"one full box makes all smaller", 2, 20, 30, 'w', 9.5, 6.5},
        {"too many are at the least", -1, 60, 30, 'w', 6.5, 6.5},
        {"500 items in one box", 1, 500, 30, 'w', 6.5, 6.5},
        {"a word of 20 kB", 4, 2, 20000, 'x', 6.5, 6.5},
        {"a word of 20 kB in each box", -1, 3, 20000, 'i', 6.5, 6.5},
        {"no items", -1, 0, 0, 'w', 13, 13},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct arena *a = arena_new();
        json_t *json = nine(rows[i].full, rows[i].n, rows[i].length, rows[i].letter);
        struct board *b = open_board(a, json);
        board_fit(b, area);
        if (b->size > rows[i].most || b->size < rows[i].least)
            fail_msg("%s: %.1f points", rows[i].sentence, b->size);
        check_boxes(b, b->size > 6.5);
        close_board(b);
        json_decref(json);
        arena_free(a);
    }
    (void)state;
}

/* What cannot fit is not set in type again and again. */
static void test_a_flood_of_items_takes_no_time(void **state)
{
    struct arena *a = arena_new();
    json_t *json = nine(-1, 500, 40, 'w');
    struct board *b = open_board(a, json);
    clock_t before = clock();
    board_fit(b, area);
    assert_true((double)(clock() - before) / CLOCKS_PER_SEC < 1.0);
    check_boxes(b, false);
    close_board(b);
    json_decref(json);
    arena_free(a);
    (void)state;
}

static void test_boxes_without_a_grid_stand_apart(void **state)
{
    for (size_t n = 1; n <= 70; n++) {
        struct arena *a = arena_new();
        json_t *blocks = json_array();
        for (size_t i = 0; i < n; i++)
            json_array_append_new(blocks, json_pack("{s:s,s:[s]}", "id", "x", "items", "one"));
        json_t *json = json_pack("{s:o}", "blocks", blocks);
        struct board *b = open_board(a, json);
        board_fit(b, area);
        assert_int_equal(b->n + b->left_out, n);
        assert_true(b->left_out == 0 || b->n == 48);
        check_boxes(b, b->size > 6.5);
        close_board(b);
        json_decref(json);
        arena_free(a);
    }
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_grid_puts_boxes_in_their_places),
        cmocka_unit_test(test_rows_share_the_height),
        cmocka_unit_test(test_text_shrinks_only_as_far_as_it_must),
        cmocka_unit_test(test_a_flood_of_items_takes_no_time),
        cmocka_unit_test(test_boxes_without_a_grid_stand_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
