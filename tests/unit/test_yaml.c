/* The YAML reader: nodes and their places, no types, limits.  What is refused stands in
 * tests/hostile/yaml. */
#include "workflow/bundle.h"
#include "workflow/yaml.h"

#include "unit.h"

#include <string.h>
#include <time.h>

struct reading {
    struct arena *a;
    struct yaml_file f;
    struct diags d;
    bool ok;
};

static struct reading read_text(struct str text)
{
    struct reading r = {.a = arena_new(), .f = {.name = STR("t.yaml"), .text = text}};
    r.d.a = r.a;
    r.ok = yaml_read(r.a, &r.f, &r.d);
    return r;
}

static void end(struct reading *r)
{
    arena_free(r->a);
}

static void check_node(const struct node *node, const char *text, int line, int column, int width)
{
    assert_non_null(node);
    assert_string_equal(node->text.p, text);
    assert_int_equal(node->line, line);
    assert_int_equal(node->column, column);
    assert_int_equal(node->width, width);
}

static void every_node_knows_its_place(void **state)
{
    (void)state;
    struct reading r = read_text(STR("title: One\n"
                                     "steps:\n"
                                     "  - id: aim\n"
                                     "    ask: \"Où en êtes-vous ?\"   # comment\n"
                                     "  - { id: b, options: [x, été, z] }\n"
                                     "text: |\n"
                                     "  two\n"
                                     "  lines\n"
                                     "empty:\n"));
    assert_true(r.ok);
    assert_int_equal(r.d.n, 0);
    check_node(node_get(r.f.root, STR("title")), "One", 1, 8, 3);
    check_node(node_get(r.f.root, STR("title"))->key, "title", 1, 1, 5);
    const struct node *steps = node_get(r.f.root, STR("steps"));
    assert_int_equal(steps->kind, NODE_LIST);
    assert_int_equal(steps->n, 2);
    check_node(node_get(steps->first, STR("ask")), "Où en êtes-vous ?", 4, 10, 19);
    assert_true(node_get(steps->first, STR("ask"))->quoted);
    const struct node *options = node_get(steps->first->next, STR("options"));
    check_node(options->first->next, "été", 5, 27, 3);
    check_node(options->first->next->next, "z", 5, 32, 1);
    check_node(node_get(r.f.root, STR("text")), "two\nlines\n", 6, 7, 1);
    check_node(node_get(r.f.root, STR("empty")), "", 9, 7, 1);
    assert_null(node_get(r.f.root, STR("absent")));
    assert_null(node_get(steps, STR("id")));
    assert_null(node_get(NULL, STR("id")));
    end(&r);
}

static void nothing_has_a_type_by_its_look(void **state)
{
    (void)state;
    struct reading r = read_text(
        STR("[no, on, y, ~, null, 010, 12:30:45, 1.10, 1e3, .inf, 2026-11-23, 0x1F, true, '']"));
    static const char *const texts[] = {"no",         "on",       "y",    "~",   "null",
                                        "010",        "12:30:45", "1.10", "1e3", ".inf",
                                        "2026-11-23", "0x1F",     "true", ""};
    const struct node *node = r.f.root->first;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++, node = node->next)
        assert_string_equal(node->text.p, texts[i]);
    assert_null(node);
    end(&r);
}

static void files_of_all_systems_are_read(void **state)
{
    (void)state;
    struct reading r = read_text(STR("\xEF\xBB\xBFtitle: One\r\nminutes: 5\r\n"));
    assert_true(r.ok);
    check_node(node_get(r.f.root, STR("title")), "One", 1, 8, 3);
    check_node(node_get(r.f.root, STR("minutes")), "5", 2, 10, 1);
    end(&r);
    r = read_text(STR("---\ntitle: One\n...\n"));
    assert_true(r.ok);
    end(&r);
    r = read_text(STR("title: One"));
    assert_true(r.ok);
    end(&r);
}

static void a_tree_becomes_json(void **state)
{
    (void)state;
    struct reading r = read_text(STR("a: 1\nb: [x, { c: true }]\nd:\n"));
    json_t *json = node_json(r.f.root);
    assert_string_equal(json_write_line(r.a, json).p,
                        "{\"a\":\"1\",\"b\":[\"x\",{\"c\":\"true\"}],\"d\":\"\"}");
    json_decref(json);
    end(&r);
}

/* `before`, then `n` times `c`, then `after`. */
static struct str filled(struct arena *a, const char *before, char c, size_t n, const char *after)
{
    size_t b = strlen(before), e = strlen(after);
    char *p = arena_alloc(a, b + n + e + 1);
    memcpy(p, before, b);
    memset(p + b, c, n);
    memcpy(p + b + n, after, e);
    return (struct str){p, b + n + e};
}

static void check_limit(struct str text, bool fits, const char *code)
{
    struct reading r = read_text(text);
    assert_int_equal(r.ok, fits);
    assert_int_equal(r.d.n, fits ? 0 : 1);
    if (!fits)
        assert_string_equal(r.d.list[0].code, code);
    end(&r);
}

static void limits_hold_exactly(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    for (int more = -1; more <= 1; more++) {
        size_t file = (size_t)(YAML_FILE_MAX + more), scalar = (size_t)(YAML_SCALAR_MAX + more);
        check_limit(filled(a, "a: b\n#", 'x', file - 6, ""), more <= 0, "E110");
        check_limit(filled(a, "a: ", 'x', scalar, "\n"), more <= 0, "E112");
        size_t depth = (size_t)(YAML_DEPTH_MAX + more);
        struct str open = filled(a, "", '[', depth, "x");
        check_limit(filled(a, open.p, ']', depth, ""), more <= 0, "E111");
        /* Six events stand around the entries: stream, document and list begin and end. */
        struct buf list = {.a = a};
        for (int i = 0; i < YAML_EVENTS_MAX - 6 + more; i++)
            buf_add(&list, STR("- x\n"));
        check_limit(buf_str(&list), more <= 0, "E113");
    }
    arena_free(a);
}

static void messages_have_a_limit_too(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct buf text = {.a = a};
    for (int i = 0; i < 20000; i++)
        buf_add(&text, STR("\tx: y\n"));
    clock_t before = clock();
    struct reading r = read_text(buf_str(&text));
    assert_false(r.ok);
    assert_int_equal(r.d.n, DIAG_MAX);
    assert_true(r.d.full);
    end(&r);
    text.n = 0;
    for (int i = 0; i < 9000; i++)
        buf_format(&text, "&a%d k%d: x\n", i, i % 100);
    r = read_text(buf_str(&text));
    assert_int_equal(r.d.n, DIAG_MAX);
    end(&r);
    assert_true(clock() - before < CLOCKS_PER_SEC / 2);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_node_knows_its_place),
        cmocka_unit_test(nothing_has_a_type_by_its_look),
        cmocka_unit_test(files_of_all_systems_are_read),
        cmocka_unit_test(a_tree_becomes_json),
        cmocka_unit_test(limits_hold_exactly),
        cmocka_unit_test(messages_have_a_limit_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
