/* A canvas as the template of the pages takes it: classes for places and tints, signs with what the
 * legend says of them, and nothing of a text that is more than text. */
#include "web/board_tree.h"

#include "unit.h"

#include <string.h>

static json_t *read(const char *text)
{
    json_t *tree = json_loads(text, 0, NULL);
    assert_non_null(tree);
    return tree;
}

/* The board of one note in one block; `more` are members of the note. */
static json_t *note_with(struct arena *a, const char *more)
{
    json_t *board = read(
        str_format(a,
                   "{\"state\":\"target\",\"legend\":[\"+ add\",\"xx far off\",\"x leave out\"],"
                   "\"blocks\":[{\"id\":\"b\",\"items\":[{\"id\":\"n\",\"text\":"
                   "\"t\"%s}]}]}",
                   more)
            .p);
    json_t *tree = board_tree(a, board, false);
    json_t *note = json_incref(json_array_get(
        json_object_get(json_array_get(json_object_get(tree, "blocks"), 0), "notes"), 0));
    json_decref(tree);
    json_decref(board);
    return note;
}

/* What a note shows, each as its name, or "name=text". */
static struct str signs_of(struct arena *a, const json_t *note)
{
    static const char *const flags[] = {"like",   "dislike", "hypothesis", "private",
                                        "is_new", "is_gone", "is_changed", "signs"};
    static const char *const texts[] = {"symbol", "label", "was", "kind"};
    struct buf b = {.a = a};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (json_member(note, texts[i]).n > 0)
            buf_format(&b, "%s=%s ", texts[i], json_member(note, texts[i]).p);
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
        if (json_flag(note, flags[i], false))
            buf_format(&b, "%s ", flags[i]);
    return b.n ? str_trim(buf_str(&b)) : STR("");
}

static void a_note_has_the_signs_of_its_item(void **state)
{
    static const char *const rows[][2] = {
        {"", ""},
        {",\"mark\":\" + \"", "symbol=+ label=add signs"},
        {",\"mark\":\"x\"", "symbol=x label=leave out signs"},
        {",\"mark\":\"?\"", "symbol=? signs"}, /* the legend does not know it */
        {",\"feeling\":\"like\"", "like signs"},
        {",\"feeling\":\"dislike\"", "dislike signs"},
        {",\"feeling\":\"likely\"", ""},
        {",\"hypothesis\":true", "hypothesis signs"},
        {",\"private\":true", ""}, /* a page says so itself, of the list that it knows */
        {",\"change\":\"new\"", "is_new signs"},
        {",\"change\":\"gone\"", "is_gone signs"},
        {",\"change\":\"changed\",\"was\":\"old\"", "was=old is_changed signs"},
        {",\"change\":\"same\"", ""},
        {",\"kind\":\"inside\"", "kind=inside"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct arena *a = arena_new();
        json_t *note = note_with(a, rows[i][0]);
        assert_string_equal(str_copy(a, signs_of(a, note)).p, rows[i][1]);
        assert_true(json_is_null(json_object_get(note, "edit")));
        assert_true(json_is_null(json_object_get(note, "open")));
        json_decref(note);
        arena_free(a);
    }
}

static void signs_are_said_anew_after_a_change(void **state)
{
    struct arena *a = arena_new();
    json_t *note = note_with(a, "");
    (void)state;
    json_object_set_new(note, "private", json_true());
    board_tree_signs(note);
    assert_true(json_flag(note, "signs", false));
    json_object_set_new(note, "private", json_false());
    board_tree_signs(note);
    assert_false(json_flag(note, "signs", true));
    json_decref(note);
    arena_free(a);
}

/* A board with a grid, and how its blocks are placed: "columns; place tint; ..." */
static const char *const grids[][2] = {
    {"", "stacked; wide; wide"},
    {"\"grid\":[[\"a\",\"b\"]],", "placed c2; x1 y1 w1 h1; x2 y1 w1 h1"},
    {"\"grid\":[[\"a\",\"a\",\"b\"],[\"a\",\"a\",\"b\"]],", "placed c3; x1 y1 w2 h2; x3 y1 w1 h2"},
    {"\"grid\":[[\"a\"],[\"b\"]],", "placed c1; x1 y1 w1 h1; x1 y2 w1 h1"},
    {"\"grid\":[[\"a\"]],", "placed c1; x1 y1 w1 h1; wide"},            /* one has no place */
    {"\"grid\":[[\"a\",\"b\"],[\"b\",\"a\"]],", "stacked; wide; wide"}, /* none that is whole */
    {"\"grid\":\"a b\",", "stacked; wide; wide"},
};

static void blocks_have_their_places_as_classes(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof grids / sizeof *grids; i++) {
        struct arena *a = arena_new();
        struct buf b = {.a = a};
        json_t *board =
            read(str_format(a, "{%s\"blocks\":[{\"id\":\"a\",\"items\":[]},{\"id\":\"b\"}]}",
                            grids[i][0])
                     .p);
        json_t *tree = board_tree(a, board, true), *block;
        size_t k;
        buf_add(&b, json_member(tree, "grid"));
        json_array_foreach (json_object_get(tree, "blocks"), k, block)
            buf_format(&b, "; %s", json_member(block, "place").p);
        assert_string_equal(buf_str(&b).p, grids[i][1]);
        assert_true(json_flag(tree, "compact", false));
        assert_false(json_flag(tree, "any", true));
        json_decref(tree);
        json_decref(board);
        arena_free(a);
    }
}

static void the_rest_is_taken_over_as_it_is(void **state)
{
    struct arena *a = arena_new();
    (void)state;
    json_t *board = read("{\"state\":\"diff\",\"state_label\":\"Both\",\"title\":\"<T>\","
                         "\"purpose\":\"P\",\"attribution\":\"A\",\"legend\":[\"~ hypothesis\"],"
                         "\"blocks\":[{\"id\":\"b\",\"label\":\"  \",\"items\":[{\"text\":"
                         "\"<b>&\"}]},{\"id\":\"c\",\"label\":\" See \",\"items\":[]}]}");
    json_t *tree = board_tree(a, board, false), *blocks = json_object_get(tree, "blocks");
    const json_t *b = json_array_get(blocks, 0), *c = json_array_get(blocks, 1);
    static const char *const texts[][2] = {{"state", "diff"},
                                           {"state_label", "Both"},
                                           {"title", "<T>"},
                                           {"purpose", "P"},
                                           {"attribution", "A"}};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_string_equal(json_member(tree, texts[i][0]).p, texts[i][1]);
    assert_true(json_flag(tree, "diff", false) && json_flag(tree, "any", false));
    assert_true(json_flag(tree, "has_legend", false));
    const json_t *sign = json_array_get(json_object_get(tree, "legend"), 0);
    assert_string_equal(json_member(sign, "sign").p, "~");
    assert_string_equal(json_member(sign, "text").p, "hypothesis");
    assert_string_equal(json_member(b, "label").p, "b"); /* a block without a name has its id */
    assert_string_equal(json_member(c, "label").p, "See");
    assert_int_equal(json_whole(b, "count", -1), 1);
    assert_true(!json_flag(b, "empty", true) && json_flag(c, "empty", false));
    assert_string_equal(json_member(json_array_get(json_object_get(b, "notes"), 0), "text").p,
                        "<b>&");
    json_decref(tree);
    json_decref(board);
    arena_free(a);
}

static void a_board_of_nothing_is_one(void **state)
{
    struct arena *a = arena_new();
    json_t *board = read("{}"), *tree = board_tree(a, board, false);
    (void)state;
    assert_string_equal(json_member(tree, "grid").p, "stacked");
    assert_false(json_flag(tree, "has_legend", true));
    assert_int_equal(json_array_size(json_object_get(tree, "blocks")), 0);
    json_decref(tree);
    json_decref(board);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_note_has_the_signs_of_its_item),
        cmocka_unit_test(signs_are_said_anew_after_a_change),
        cmocka_unit_test(blocks_have_their_places_as_classes),
        cmocka_unit_test(the_rest_is_taken_over_as_it_is),
        cmocka_unit_test(a_board_of_nothing_is_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
