/* Which page a path means, what stands for its parts, and that no path but those of the table leads
 * anywhere. */
#include "web/pages.h"

#include "unit.h"

#include <string.h>

/* "pattern part part ...", or the methods there are in brackets, or "nothing". */
static const struct {
    const char *method, *path, *wanted;
} rows[] = {
    {"GET", "/", "/"},
    {"HEAD", "/", "/"},
    {"POST", "/", "[GET, HEAD]"},
    {"GET", "", "nothing"},
    {"GET", "//", "nothing"},
    {"GET", "/enter", "[POST]"},
    {"POST", "/enter", "/enter"},
    {"PUT", "/enter", "[POST]"},
    {"", "/enter", "[POST]"},
    {"get", "/", "[GET, HEAD]"},
    {"GET", "/Enter", "nothing"},
    {"GET", "/assets/app.js", "/assets/:file app.js"},
    {"GET", "/assets/", "nothing"},
    {"GET", "/assets", "nothing"},
    {"GET", "/assets/a/b", "nothing"},
    {"GET", "/journeys/j1", "/journeys/:journey j1"},
    {"GET", "/journeys/j1/", "nothing"},
    {"GET", "/journeys//board", "nothing"},
    {"GET", "/journeys/j1/board", "/journeys/:journey/board j1"},
    {"POST", "/journeys/j1/board", "[GET, HEAD]"},
    {"POST", "/journeys/j1/board/undo", "/journeys/:journey/board/undo j1"},
    {"GET", "/journeys/j1/board/undo", "[POST]"},
    {"GET", "/journeys/j1/preview", "/journeys/:journey/preview j1"},
    {"PUT", "/journeys/j1/preview", "[GET, HEAD, POST]"},
    {"GET", "/journeys/j1/plan", "/journeys/:journey/plan j1"},
    {"GET", "/journeys/j1/plan.pdf", "/journeys/:journey/plan.:format j1 pdf"},
    {"GET", "/journeys/j1/plan.", "nothing"},
    {"GET", "/journeys/j1/plan.tar.gz", "/journeys/:journey/plan.:format j1 tar.gz"},
    {"GET", "/journeys/j1/planpdf", "nothing"},
    {"GET", "/journeys/j1/worksheet.html", "/journeys/:journey/worksheet.html j1"},
    {"GET", "/journeys/j1/tables/items.csv", "/journeys/:journey/tables/:table j1 items.csv"},
    {"GET", "/journeys/j1/nothing", "nothing"},
    {"GET", "/journeys/j1/board/", "nothing"},
    {"GET", "/screen/abc", "/screen/:secret abc"},
    {"GET", "/screen/abc/live", "/screen/:secret/live abc"},
    {"POST", "/screen/abc", "[GET, HEAD]"},
    {"GET", "/journeys/:journey", "/journeys/:journey :journey"},
};

static struct str found(struct arena *a, struct str method, struct str path)
{
    struct str parts[PARTS_MAX] = {{NULL, 0}}, allowed = STR("");
    struct buf b = {.a = a};
    const struct route *route = route_find(method, path, parts, a, &allowed);
    if (!route)
        return allowed.n > 0 ? str_format(a, "[%s]", str_copy(a, allowed).p) : STR("nothing");
    buf_add(&b, str_of(route->path));
    for (size_t i = 0; i < PARTS_MAX && parts[i].n > 0; i++)
        buf_format(&b, " %s", str_copy(a, parts[i]).p);
    return buf_str(&b);
}

static void a_path_means_one_page(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct arena *a = arena_new();
        assert_string_equal(found(a, str_of(rows[i].method), str_of(rows[i].path)).p,
                            rows[i].wanted);
        arena_free(a);
    }
}

/* Each row of the table is found by its own path: none stands in the way of another. */
static void every_route_can_be_reached(void **state)
{
    (void)state;
    for (const struct route *route = routes; route->path; route++) {
        struct str parts[PARTS_MAX], allowed;
        struct arena *a = arena_new();
        assert_ptr_equal(route_find(str_of(route->method), str_of(route->path), parts, a, &allowed),
                         route);
        arena_free(a);
    }
}

/* What changes something needs somebody who is logged in, but for coming in and for how pages look.
 * A screen of the client's changes nothing. */
static void only_the_coach_changes_anything(void **state)
{
    static const char *const for_all[] = {"/enter", "/language", "/theme"};
    (void)state;
    for (const struct route *route = routes; route->path; route++) {
        bool open = false, safe = strcmp(route->method, "GET") == 0;
        for (size_t i = 0; i < sizeof for_all / sizeof *for_all; i++)
            open = open || strcmp(route->path, for_all[i]) == 0;
        assert_true(safe || strcmp(route->method, "POST") == 0);
        if (!safe && !open)
            assert_int_equal(route->need, NEED_COACH);
        if (strncmp(route->path, "/journeys", 9) == 0 || strncmp(route->path, "/clients", 8) == 0)
            assert_int_equal(route->need, NEED_COACH);
        if (strncmp(route->path, "/screen", 7) == 0)
            assert_int_equal(route->need, NEED_SCREEN);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_path_means_one_page),
        cmocka_unit_test(every_route_can_be_reached),
        cmocka_unit_test(only_the_coach_changes_anything),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
