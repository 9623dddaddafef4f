/* The public Mustache rules, case by case, from the files in tests/unit/data/mustache: each a
 * sentence, a template, data, perhaps partials, and what must come out.  A folder given as argument
 * is read instead. */
#include "base/files.h"
#include "document/document.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

static const char *folder = "tests/unit/data/mustache";
static size_t cases;

static bool find_partial(void *user, struct str name, struct str *text)
{
    const json_t *found = json_object_getn(user, name.p, name.n);
    *text = json_text(found);
    return found;
}

static void run_case(struct arena *a, const char *file, const json_t *c)
{
    struct diags d = {.a = a};
    struct template t = {.name = str_of(file),
                         .text = json_member(c, "template"),
                         .partial = find_partial,
                         .user = json_object_get(c, "partials")};
    struct str out, expect = json_member(c, "expect");
    bool ok = mustache_render(a, &t, json_object_get(c, "data"), &d, &out);
    if (!ok || !str_eq(out, expect))
        fail_msg("%s: %s\ntemplate: %.*s\nexpected: %.*s\ngot:      %.*s\n%s", file,
                 json_member(c, "case").p, STR_ARG(t.text), STR_ARG(expect), STR_ARG(out),
                 d.n ? diag_print(a, &d.list[0]).p : "");
    cases++;
}

static void run_file(const char *file)
{
    struct arena *a = arena_new();
    struct err e;
    struct str text;
    json_t *list;
    struct str path = str_format(a, "%s/%s.json", folder, file);
    if (!files_read(a, path.p, 1 << 20, &text, &e) || !json_read(text, &list, &e))
        fail_msg("%s: %s", path.p, e.text);
    for (size_t i = 0; i < json_array_size(list); i++)
        run_case(a, file, json_array_get(list, i));
    json_decref(list);
    arena_free(a);
}

static void test_comments(void **state)
{
    (void)state;
    run_file("comments");
}
static void test_delimiters(void **state)
{
    (void)state;
    run_file("delimiters");
}
static void test_interpolation(void **state)
{
    (void)state;
    run_file("interpolation");
}
static void test_inverted(void **state)
{
    (void)state;
    run_file("inverted");
}
static void test_partials(void **state)
{
    (void)state;
    run_file("partials");
}
static void test_sections(void **state)
{
    (void)state;
    run_file("sections");
}

/* A case that got lost must be noticed. */
static void test_all_cases_were_run(void **state)
{
    (void)state;
    assert_true(cases >= 136);
}

int main(int argc, char **argv)
{
    if (argc > 1)
        folder = argv[1];
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_comments),           cmocka_unit_test(test_delimiters),
        cmocka_unit_test(test_interpolation),      cmocka_unit_test(test_inverted),
        cmocka_unit_test(test_partials),           cmocka_unit_test(test_sections),
        cmocka_unit_test(test_all_cases_were_run),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
