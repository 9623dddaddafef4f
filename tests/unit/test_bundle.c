/* Bundles: what is collected from libraries, the archive, and an unpacking that trusts nothing. */
#include "base/random.h"
#include "workflow/bundle.h"
#include "workflow/modules.h"
#include "workflow/names.h"

#include "unit.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct place {
    struct arena *a;
    char root[64];
};

static int set_up(void **state)
{
    struct place *p = mem_new(sizeof *p);
    p->a = arena_new();
    (void)snprintf(p->root, sizeof p->root, "/tmp/test_bundle.XXXXXX");
    assert_non_null(mkdtemp(p->root));
    *state = p;
    return 0;
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *walk)
{
    (void)st;
    (void)type;
    (void)walk;
    return remove(path);
}

static int tear_down(void **state)
{
    struct place *p = *state;
    assert_int_equal(nftw(p->root, remove_one, 8, FTW_DEPTH | FTW_PHYS), 0);
    arena_free(p->a);
    free(p);
    return 0;
}

static const char *path_of(struct place *p, const char *name)
{
    return str_format(p->a, "%s/%s", p->root, name).p;
}

/* Writes a file and the folders above it. */
static void put(struct place *p, const char *name, struct str content)
{
    char *path = strdup(path_of(p, name));
    for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        (void)mkdir(path, 0700);
        *slash = '/';
    }
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    assert_int_equal(fwrite(content.p, 1, content.n, f), content.n);
    assert_int_equal(fclose(f), 0);
    free(path);
}

static void put_text(struct place *p, const char *name, const char *content)
{
    put(p, name, str_of(content));
}

static const char head[] =
    "espalier: 1\nworkflow: walk\ntitle: Walk\nlanguage: en\nscript: walk.lua\nphases: [one]\n";

static void put_workflow(struct place *p, const char *library)
{
    put_text(p, str_format(p->a, "%s/workflows/walk/workflow.yaml", library).p, head);
    put_text(p, str_format(p->a, "%s/workflows/walk/one.yaml", library).p, "phase: one\n");
    put_text(p, str_format(p->a, "%s/scripts/walk.lua", library).p, "use \"lib/far\"\n");
}

static bool collect(struct place *p, const char *library, const char *name, struct bundle *b,
                    struct err *e)
{
    const char *folder = path_of(p, library);
    struct library l = {&folder, 1};
    return bundle_collect(p->a, &l, str_of(name), b, e);
}

static bool contains(const struct bundle *b, const char *name)
{
    struct str content;
    return bundle_find(b, str_of(name), &content);
}

static void files_of_a_workflow_are_collected(void **state)
{
    struct place *p = *state;
    struct bundle b;
    struct err e = {0};
    put_workflow(p, "lib");
    put_text(p, "lib/workflows/walk/fr/one.yaml", "phase: one\n");
    put_text(p, "lib/workflows/walk/documents/plan.md.mustache", "# {{title}}");
    put_text(p, "lib/workflows/walk/documents/walk.grid", "a a");
    put_text(p, "lib/workflows/walk/tests/a.yaml", "workflow: walk");
    put_text(p, "lib/workflows/walk/README.md", "how");
    put_text(p, "lib/workflows/walk/.one.yaml.swp", "editor");
    put_text(p, "lib/workflows/walk/one.yaml~", "editor");
    put_text(p, "lib/workflows/walk/photo.png", "no");
    put_text(p, "lib/workflows/walk/a..b.yaml", "no");
    put_text(p, "lib/workflows/other/workflow.yaml", "no");
    put_text(p, "lib/scripts/lib/far.lua", "use('lib/deep') -- use 'lib/comment'\n");
    put_text(p, "lib/scripts/lib/deep.lua", "use \"lib/far\"\n");
    put_text(p, "lib/scripts/lib/comment.lua", "");
    put_text(p, "lib/scripts/other.lua", "");
    assert_true(collect(p, "lib", "walk", &b, &e));
    static const char *const names[] = {
        "scripts/lib/deep.lua",
        "scripts/lib/far.lua",
        "scripts/walk.lua",
        "workflows/walk/README.md",
        "workflows/walk/documents/plan.md.mustache",
        "workflows/walk/documents/walk.grid",
        "workflows/walk/fr/one.yaml",
        "workflows/walk/one.yaml",
        "workflows/walk/tests/a.yaml",
        "workflows/walk/workflow.yaml",
    };
    assert_int_equal(b.n, sizeof names / sizeof names[0]);
    for (size_t i = 0; i < b.n; i++)
        assert_string_equal(b.files[i].name.p, names[i]);
}

static void the_hash_follows_from_the_files_alone(void **state)
{
    struct place *p = *state;
    struct bundle one, two;
    struct err e = {0};
    put_workflow(p, "x");
    put_text(p, "y/scripts/walk.lua", "use \"lib/far\"\n");
    put_text(p, "y/workflows/walk/one.yaml", "phase: one\n");
    put_text(p, "y/workflows/walk/workflow.yaml", head);
    assert_true(collect(p, "x", "walk", &one, &e) && collect(p, "y", "walk", &two, &e));
    assert_string_equal(one.hash, two.hash);
    assert_int_equal(strlen(one.hash), 64);
    put_text(p, "y/workflows/walk/one.yaml", "phase: one\n\n");
    assert_true(collect(p, "y", "walk", &two, &e));
    assert_string_not_equal(one.hash, two.hash);
}

static void modules_come_from_the_own_library_first(void **state)
{
    struct place *p = *state;
    struct str text;
    struct bundle b;
    struct err e = {0};
    put_workflow(p, "second");
    put_text(p, "first/scripts/lib/far.lua", "-- of the first\n");
    put_text(p, "second/scripts/lib/far.lua", "-- of the second\n");
    put_text(p, "first/scripts/lib/only.lua", "-- only here\n");
    const char *folders[] = {path_of(p, "first"), path_of(p, "second"), path_of(p, "absent")};
    struct library l = {folders, 3};
    assert_true(bundle_collect(p->a, &l, STR("walk"), &b, &e));
    assert_true(bundle_find(&b, STR("scripts/lib/far.lua"), &text));
    assert_string_equal(text.p, "-- of the second\n");
    put_text(p, "second/scripts/walk.lua", "use 'lib/only'");
    assert_true(bundle_collect(p->a, &l, STR("walk"), &b, &e));
    assert_true(contains(&b, "scripts/lib/only.lua"));
    /* What is missing is told when the workflow is loaded. */
    assert_int_equal(unlink(path_of(p, "first/scripts/lib/only.lua")), 0);
    assert_true(bundle_collect(p->a, &l, STR("walk"), &b, &e));
    assert_false(contains(&b, "scripts/lib/only.lua"));
}

static void links_are_not_followed(void **state)
{
    struct place *p = *state;
    struct bundle b;
    struct err e = {0};
    put_workflow(p, "lib");
    put_text(p, "secret.yaml", "password: 1");
    put_text(p, "outside/deep.yaml", "x: 1");
    const char *link = path_of(p, "lib/workflows/walk/link.yaml");
    assert_int_equal(symlink(path_of(p, "secret.yaml"), link), 0);
    assert_false(collect(p, "lib", "walk", &b, &e));
    assert_int_equal(e.code, ERR_DATA);
    assert_non_null(strstr(e.text, "workflows/walk/link.yaml is a link"));
    assert_int_equal(unlink(link), 0);

    /* An editor's lock is a hidden link to nowhere. */
    assert_int_equal(symlink("nowhere", path_of(p, "lib/workflows/walk/.#one.yaml")), 0);
    assert_true(collect(p, "lib", "walk", &b, &e));

    link = path_of(p, "lib/workflows/walk/fr");
    assert_int_equal(symlink(path_of(p, "outside"), link), 0);
    assert_false(collect(p, "lib", "walk", &b, &e));
    assert_int_equal(unlink(link), 0);

    link = path_of(p, "lib/workflows/linked");
    assert_int_equal(symlink(path_of(p, "lib/workflows/walk"), link), 0);
    assert_false(collect(p, "lib", "linked", &b, &e));
    assert_int_equal(e.code, ERR_NOT_FOUND);

    assert_int_equal(unlink(path_of(p, "lib/scripts/walk.lua")), 0);
    assert_int_equal(symlink(path_of(p, "secret.yaml"), path_of(p, "lib/scripts/walk.lua")), 0);
    assert_false(collect(p, "lib", "walk", &b, &e));
    assert_non_null(strstr(e.text, "symbolic link"));
    assert_int_equal(unlink(path_of(p, "lib/scripts/walk.lua")), 0);
    assert_true(collect(p, "lib", "walk", &b, &e));

    put_text(p, "lib/scripts/walk.lua", "use 'lib/far'");
    put_text(p, "outside/far.lua", "stolen");
    assert_int_equal(symlink(path_of(p, "outside"), path_of(p, "lib/scripts/lib")), 0);
    assert_true(collect(p, "lib", "walk", &b, &e));
    assert_false(contains(&b, "scripts/lib/far.lua"));
}

static void an_unknown_workflow_gets_a_proposal(void **state)
{
    struct place *p = *state;
    struct bundle b;
    struct err e = {0};
    put_workflow(p, "lib");
    assert_false(collect(p, "lib", "wlak", &b, &e) && e.code == ERR_NOT_FOUND);
    assert_false(collect(p, "lib", "walks", &b, &e));
    assert_string_equal(e.text, "There is no workflow \"walks\". Did you mean \"walk\"?");
    static const char *const bad[] = {"", "../lib", "/etc", "walk/", "Walk", "a\nb", "walk.yaml"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_false(collect(p, "lib", bad[i], &b, &e));
        assert_int_equal(e.code, ERR_NOT_FOUND);
    }
}

static void files_have_limits(void **state)
{
    struct place *p = *state;
    struct bundle b;
    struct err e = {0};
    struct str big = {arena_alloc(p->a, YAML_FILE_MAX + 1), YAML_FILE_MAX + 1};
    memset((char *)big.p, '#', big.n);
    put_workflow(p, "lib");
    for (size_t less = 0; less < 3; less++) {
        put(p, "lib/workflows/walk/big.yaml", str_part(big, less, big.n));
        assert_int_equal(collect(p, "lib", "walk", &b, &e), less > 0);
        assert_true(less > 0 || e.code == ERR_LIMIT);
    }
    for (size_t less = 0; less < 3; less++) {
        put(p, "lib/scripts/lib/far.lua", str_part(big, 0, SCRIPT_FILE_MAX + 1 - less));
        assert_int_equal(collect(p, "lib", "walk", &b, &e), less > 0);
        assert_true(less > 0 || e.code == ERR_LIMIT);
    }
    for (int i = 0; i < 4; i++)
        put(p, str_format(p->a, "lib/workflows/walk/big%d.yaml", i).p, str_part(big, 1, big.n));
    assert_false(collect(p, "lib", "walk", &b, &e));
    assert_int_equal(e.code, ERR_LIMIT);
    assert_non_null(strstr(e.text, "4 MiB"));
}

static void libraries_are_listed(void **state)
{
    struct place *p = *state;
    struct err e = {0};
    struct str *names;
    size_t n, found = 0;
    put_workflow(p, "lib");
    put_workflow(p, "other");
    put_text(p, "other/workflows/Bad Name/workflow.yaml", "");
    put_text(p, "other/workflows/empty/notes.txt", "");
    const char *folders[] = {path_of(p, "lib"), path_of(p, "other"), path_of(p, "absent")};
    struct library l = {folders, 3};
    assert_true(library_list(p->a, &l, &names, &n, &e));
    for (size_t i = 0; i < n; i++) {
        assert_true(i == 0 || str_order(names[i - 1], names[i]) < 0);
        assert_true(name_is_valid(names[i]) && !str_is(names[i], "empty"));
        found += str_is(names[i], "walk");
    }
    assert_int_equal(found, 1);
}

static struct bundle small_bundle(struct place *p)
{
    struct bundle b = {
        .name = STR("walk"), .files = arena_alloc(p->a, 3 * sizeof *b.files), .n = 3};
    b.files[0] = (struct file){STR("scripts/walk.lua"), STR("say 'hello'\n")};
    b.files[1] = (struct file){STR("workflows/walk/empty.txt"), STR("")};
    b.files[2] = (struct file){STR("workflows/walk/workflow.yaml"), str_of(head)};
    return b;
}

static void what_is_packed_is_unpacked(void **state)
{
    struct place *p = *state;
    struct bundle b = small_bundle(p), back;
    struct err e = {0};
    char hash[65];
    struct str archive = bundle_pack(p->a, &b);
    assert_true(bundle_unpack(p->a, archive, &back, &e));
    assert_int_equal(back.n, 3);
    assert_true(str_eq(back.name, b.name));
    for (size_t i = 0; i < 3; i++)
        assert_true(str_eq(back.files[i].name, b.files[i].name) &&
                    str_eq(back.files[i].content, b.files[i].content));
    hash_sha256(archive, hash);
    assert_string_equal(back.hash, hash);
    assert_true(str_eq(bundle_pack(p->a, &back), archive));
}

static void a_damaged_archive_is_refused_or_is_another(void **state)
{
    struct place *p = *state;
    struct bundle b = small_bundle(p), back;
    struct err e = {0};
    struct str archive = bundle_pack(p->a, &b);
    for (size_t n = 0; n < archive.n; n++) {
        assert_false(bundle_unpack(p->a, str_part(archive, 0, n), &back, &e));
        assert_true(e.code == ERR_DATA || e.code == ERR_LIMIT);
    }
    char hash[65];
    hash_sha256(archive, hash);
    char *changed = (char *)str_copy(p->a, archive).p;
    for (size_t i = 0; i < archive.n; i++) {
        changed[i] ^= 1;
        if (bundle_unpack(p->a, (struct str){changed, archive.n}, &back, &e))
            assert_string_not_equal(back.hash, hash);
        changed[i] ^= 1;
    }
}

static void an_unpacking_trusts_nothing(void **state)
{
    struct place *p = *state;
    static const char *const archives[] = {
        "",
        "end\n",
        "espalier bundle 2 walk\nend\n",
        "espalier bundle 1 Walk\nend\n",
        "espalier bundle 1 ../walk\nend\n",
        "espalier bundle 1 walk\n",
        "espalier bundle 1 walk\nend\nend\n",
        "espalier bundle 1 walk\nend\nx",
        "espalier bundle 1 walk\n1 workflows/walk/../../x.yaml\na\nend\n",
        "espalier bundle 1 walk\n1 /etc/x.yaml\na\nend\n",
        "espalier bundle 1 walk\n1 workflows/run/x.yaml\na\nend\n",
        "espalier bundle 1 walk\n1 workflows/walk/x.so\na\nend\n",
        "espalier bundle 1 walk\n1 workflows/walk/.x.yaml\na\nend\n",
        "espalier bundle 1 walk\n1 workflows/walk//x.yaml\na\nend\n",
        "espalier bundle 1 walk\n1 workflows/walk/x.yaml/\na\nend\n",
        "espalier bundle 1 walk\n1 workflows/walk/a/b/c/d/e.yaml\na\nend\n",
        "espalier bundle 1 walk\n1 workflows/walk/x\ty.yaml\na\nend\n",
        "espalier bundle 1 walk\n1 workflows/walk\na\nend\n",
        "espalier bundle 1 walk\n1 scripts/../x.lua\na\nend\n",
        "espalier bundle 1 walk\n1 scripts/x.so\na\nend\n",
        "espalier bundle 1 walk\n1 scripts/deep/x.lua\na\nend\n",
        "espalier bundle 1 walk\n1 db/schema.sql\na\nend\n",
        "espalier bundle 1 walk\n01 scripts/x.lua\na\nend\n",
        "espalier bundle 1 walk\n-1 scripts/x.lua\na\nend\n",
        "espalier bundle 1 walk\n+1 scripts/x.lua\na\nend\n",
        "espalier bundle 1 walk\n1x scripts/x.lua\na\nend\n",
        "espalier bundle 1 walk\n 1 scripts/x.lua\na\nend\n",
        "espalier bundle 1 walk\n9 scripts/x.lua\na\nend\n",
        "espalier bundle 1 walk\n99999999 scripts/x.lua\na\nend\n",
        "espalier bundle 1 walk\n18446744073709551616 scripts/x.lua\na\nend\n",
        "espalier bundle 1 walk\n2 scripts/x.lua\na\nend\n",
        "espalier bundle 1 walk\n0 scripts/x.lua\na\nend\n",
        "espalier bundle 1 walk\n1 scripts/x.lua\naXend\n",
        "espalier bundle 1 walk\n1 scripts/b.lua\na\n1 scripts/a.lua\na\nend\n",
        "espalier bundle 1 walk\n1 scripts/a.lua\na\n1 scripts/a.lua\nb\nend\n",
    };
    for (size_t i = 0; i < sizeof archives / sizeof archives[0]; i++) {
        struct bundle b;
        struct err e = {0};
        if (bundle_unpack(p->a, str_of(archives[i]), &b, &e))
            fail_msg("accepted: %s", archives[i]);
        assert_true(e.code == ERR_DATA || e.code == ERR_LIMIT);
    }
    struct bundle b;
    struct err e = {0};
    assert_true(
        bundle_unpack(p->a, STR("espalier bundle 1 walk\n1 scripts/a.lua\na\nend\n"), &b, &e));
    struct str nul = STR("espalier bundle 1 walk\n1 scripts/a\0.lua\na\nend\n");
    assert_false(bundle_unpack(p->a, nul, &b, &e));
    struct str large = {arena_alloc(p->a, BUNDLE_MAX + 1), BUNDLE_MAX + 1};
    assert_false(bundle_unpack(p->a, large, &b, &e));
    assert_int_equal(e.code, ERR_LIMIT);
}

static void files_of_an_archive_have_limits(void **state)
{
    struct place *p = *state;
    for (int more = -1; more <= 1; more++) {
        struct bundle b;
        struct err e = {0};
        struct buf archive = {.a = p->a};
        size_t n = (size_t)(SCRIPT_FILE_MAX + more);
        buf_format(&archive, "espalier bundle 1 walk\n%zu scripts/a.lua\n", n);
        while (n-- > 0)
            buf_add_char(&archive, '-');
        buf_add(&archive, STR("\nend\n"));
        assert_int_equal(bundle_unpack(p->a, buf_str(&archive), &b, &e), more <= 0);
        assert_true(more <= 0 || e.code == ERR_LIMIT);
    }
}

static void uses_are_found_in_the_text(void **state)
{
    static const struct {
        const char *script, *names;
        int line, column;
    } rows[] = {
        {"use \"lib/a\"", "lib/a", 1, 5},
        {"local r = use('lib/a')\nuse [[x]]", "lib/a", 1, 15},
        {"\n\n  use  (  \"lib/a\"  )", "lib/a", 3, 11},
        {"-- use 'lib/a'\nuse 'lib/b'", "lib/b", 2, 5},
        {"--[[ use 'lib/a'\n]] use 'lib/b'", "lib/b", 2, 8},
        {"--[==[ ]] use 'lib/a' ]==] use 'lib/b'", "lib/b", 1, 32},
        {"s = \"use 'lib/a'\" use 'lib/b'", "lib/b", 1, 23},
        {"s = [[ use 'lib/a' ]] use 'lib/b'", "lib/b", 1, 27},
        {"s = 'a\\'' use 'lib/b'", "lib/b", 1, 15},
        {"é = 1 use 'lib/b'", "lib/b", 1, 11},
        {"reuse 'lib/a' x.use 'lib/a' x:use 'lib/a' use = 'lib/a'", "", 0, 0},
        {"say('x')..use 'lib/b'", "lib/b", 1, 15},
        {"use(name) use \"open", "", 0, 0},
        {"use 'lib/a' use 'lib/b'", "lib/a lib/b", 1, 17},
    };
    (void)state;
    struct arena *a = arena_new();
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct module_use use = {.line = 0};
        struct buf names = {.a = a};
        for (size_t at = 0; module_next_use(str_of(rows[i].script), &at, &use);)
            buf_format(&names, "%s%.*s", names.n ? " " : "", STR_ARG(use.name));
        assert_string_equal(buf_str(&names).p, rows[i].names);
        assert_int_equal(use.line, rows[i].line);
        assert_int_equal(use.column, rows[i].column);
    }
    arena_free(a);
}

static void values_that_a_script_names_are_found(void **state)
{
    struct arena *a = arena_new();
    struct buf names = {.a = a};
    struct str name,
        script = STR("local x = 1 if after == 3 then -- b = 4\n"
                     "ask('c = 3', { before = 3, [d] = 4 }) e.f=g");
    (void)state;
    for (size_t at = 0; module_next_value(script, &at, &name);)
        buf_format(&names, "%.*s ", STR_ARG(name));
    assert_string_equal(buf_str(&names).p, "x before f ");
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(files_of_a_workflow_are_collected, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_hash_follows_from_the_files_alone, set_up, tear_down),
        cmocka_unit_test_setup_teardown(modules_come_from_the_own_library_first, set_up, tear_down),
        cmocka_unit_test_setup_teardown(links_are_not_followed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_unknown_workflow_gets_a_proposal, set_up, tear_down),
        cmocka_unit_test_setup_teardown(files_have_limits, set_up, tear_down),
        cmocka_unit_test_setup_teardown(libraries_are_listed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_packed_is_unpacked, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_damaged_archive_is_refused_or_is_another, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(an_unpacking_trusts_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(files_of_an_archive_have_limits, set_up, tear_down),
        cmocka_unit_test(uses_are_found_in_the_text),
        cmocka_unit_test(values_that_a_script_names_are_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
