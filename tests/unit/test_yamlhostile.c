/* Every file of tests/hostile/yaml: mistaken or hostile, each with the messages it must give.
 * A file begins with lines "# expect: CODE LINE:COLUMN part of the sentence", or has a NAME.expect
 * beside it where it cannot carry them; "expect: none" for none, "..." for more of the same.  It is
 * read as the phase file of a small workflow, or "# as: workflow" or "# as: translation".  A folder
 * is a whole library with a workflow h, and names the file before LINE:COLUMN. */
#include "base/clock.h"
#include "workflow/workflow.h"

#include "unit.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#define FOLDER "tests/hostile/yaml"

enum { FILES_MAX = 400, MILLISECONDS_MAX = 100 };

static const char head[] =
    "espalier: 1\nworkflow: h\ntitle: Hostile\nlanguage: en\nscript: h.lua\nphases: [define]\n";
static const char extras[] = "lists: { decisions: { maintain: Maintain, reduce: Reduce } }\n"
                             "canvases: { talk: { blocks: [goal, today] } }\n";
static const char message[] = "messages: { hello: Hello }\n";
static const char translations[] = "translations: [fr]\n";
static const char french[] = "workflow: h\ntitle: Hostile\n";
static const char phase[] = "phase: define\n"
                            "title: Define\n"
                            "steps:\n"
                            "  - id: aim\n"
                            "    title: Aim\n"
                            "    questions:\n"
                            "      - { id: goal, type: text, ask: What do you want? }\n"
                            "      - id: where_now\n"
                            "        ask: Where?\n"
                            "        type: scale\n"
                            "        from: 1\n"
                            "        to: 10\n"
                            "        ends: [nothing, all]\n"
                            "      - id: obstacles\n"
                            "        ask: What is in the way?\n"
                            "        type: list\n"
                            "        item: { kind: { type: choice, options: { inside: In me, "
                            "outside: Around me } } }\n"
                            "messages: { hello: Hello }\n";

struct hostile {
    struct arena *a;
    const char *name;
    struct str text, expect;
    struct bundle bundle;
    struct diags d;
};

static void add(struct hostile *h, const char *name, struct str content)
{
    if (!h->bundle.files)
        h->bundle.files = arena_alloc(h->a, 8 * sizeof *h->bundle.files);
    size_t i = h->bundle.n++;
    for (; i > 0 && str_order(h->bundle.files[i - 1].name, str_of(name)) > 0; i--)
        h->bundle.files[i] = h->bundle.files[i - 1];
    h->bundle.files[i] = (struct file){str_of(name), content};
}

static void check_translations(struct hostile *h)
{
    struct workflow *w = NULL;
    add(h, "workflows/h/workflow.yaml", str_format(h->a, "%s%s", head, translations));
    add(h, "workflows/h/define.yaml", str_of(phase));
    add(h, "workflows/h/fr/workflow.yaml", str_of(french));
    add(h, "workflows/h/fr/define.yaml", h->text);
    if (!workflow_load(&h->bundle, &w, &h->d) || h->d.n)
        fail_msg("%s: the original has mistakes", h->name);
    workflow_check_translations(w, &h->d);
    /* Whatever is wrong with it, a translation never breaks a conversation. */
    const json_t *def = workflow_in_language(w, STR("fr"));
    assert_int_equal(json_object_size(json_object_get(def, "questions")), 3);
    workflow_free(w);
}

static void check_file(struct hostile *h, struct str as)
{
    struct workflow *w = NULL;
    h->bundle.name = STR("h");
    add(h, "scripts/h.lua", STR("phase \"define\"\n"));
    if (str_eq(as, STR("translation"))) {
        check_translations(h);
        return;
    }
    if (str_eq(as, STR("workflow"))) {
        add(h, "workflows/h/workflow.yaml", h->text);
        add(h, "workflows/h/define.yaml", str_of(phase));
    } else {
        bool with = str_eq(as, STR("phase-with-message"));
        add(h, "workflows/h/workflow.yaml",
            str_format(h->a, "%s%s%s", head, extras, with ? message : ""));
        add(h, "workflows/h/define.yaml", h->text);
    }
    bool ok = workflow_load(&h->bundle, &w, &h->d);
    assert_int_equal(ok, h->d.errors == 0);
    assert_true(ok == (w != NULL));
    workflow_free(w);
}

static void check_library(struct hostile *h)
{
    const char *folder = str_format(h->a, FOLDER "/%s", h->name).p;
    struct library library = {&folder, 1};
    struct workflow *w = NULL;
    struct err e = {0};
    if (!bundle_collect(h->a, &library, STR("h"), &h->bundle, &e))
        fail_msg("%s: %s", h->name, e.text);
    if (workflow_load(&h->bundle, &w, &h->d))
        workflow_check_translations(w, &h->d);
    workflow_free(w);
}

/* The value of the next line "expect: ..." or "as: ..." at the top. */
static bool next_line(struct str *text, const char *key, struct str *value)
{
    while (text->n > 0) {
        struct str line = str_split(*text, '\n', text);
        if (str_starts(line, STR("# ")))
            line = str_part(line, 2, line.n);
        bool known = str_starts(line, STR("expect: ")) || str_starts(line, STR("as: "));
        if (!known)
            return false;
        *value = str_split(line, ':', &line);
        bool wanted = str_is(*value, key);
        *value = str_trim(line);
        if (wanted)
            return true;
    }
    return false;
}

static void print_all(const struct hostile *h)
{
    for (size_t i = 0; i < h->d.n; i++)
        print_error("  got: %s %.*s:%d:%d %s\n", h->d.list[i].code, STR_ARG(h->d.list[i].file),
                    h->d.list[i].line, h->d.list[i].column, h->d.list[i].text.p);
}

static bool matches(struct hostile *h, struct str line, const struct diag *m)
{
    struct str part, code = str_split(line, ' ', &part), place = str_split(part, ' ', &part);
    struct str got = str_format(h->a, "%d:%d", m->line, m->column);
    bool placed =
        str_eq(place, got) || str_is(place, str_format(h->a, "%.*s:%s", STR_ARG(m->file), got.p).p);
    return str_is(code, m->code) && placed && str_find(m->text, part, 0) < m->text.n;
}

static bool compare(struct hostile *h)
{
    struct str rest = h->expect, line;
    size_t n = 0;
    bool more = false, lines = false;
    while (next_line(&rest, "expect", &line)) {
        lines = true;
        if (str_eq(line, STR("..."))) {
            more = true;
        } else if (str_eq(line, STR("full"))) {
            assert_true(h->d.full);
        } else if (!str_eq(line, STR("none"))) {
            if (n >= h->d.n || !matches(h, line, &h->d.list[n])) {
                print_error("%s\n  expected: %.*s\n", h->name, STR_ARG(line));
                print_all(h);
                return false;
            }
            n++;
        }
    }
    if (!lines || (n < h->d.n && !more)) {
        print_error("%s: more messages than expected, or no expectation\n", h->name);
        print_all(h);
        return false;
    }
    return true;
}

static bool every_message_is_whole(const struct hostile *h)
{
    for (size_t i = 0; i < h->d.n; i++) {
        const struct diag *m = &h->d.list[i];
        struct str title, explanation;
        bool whole = m->text.n > 0 && m->help.n > 0 && m->file.n > 0 &&
            utf8_valid(diag_print(h->a, m).p ? diag_print(h->a, m) : STR("\xff")) &&
            diag_explain(str_of(m->code), &title, &explanation);
        if (whole && m->line > 0 && m->column > 0)
            continue;
        if (whole && m->line == 0 && m->column == 0)
            continue;
        print_error("%s: the message %s is not whole\n", h->name, m->code);
        return false;
    }
    return true;
}

static double cpu_milliseconds(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static bool try_one(const char *name, bool folder)
{
    struct arena *a = arena_new();
    struct hostile h = {.a = a, .name = name, .d = {.a = a}};
    struct err e = {0};
    struct str as = STR("phase"), lines;
    const char *path = str_format(a, folder ? FOLDER "/%s/expect" : FOLDER "/%s", name).p;
    assert_true(files_read(a, path, 4 << 20, &h.text, &e));
    h.expect = h.text;
    if (!folder) {
        struct str beside = str_format(a, "%.*s.expect", (int)strlen(path) - 5, path);
        struct str text;
        if (files_read(a, beside.p, 4096, &text, &e))
            h.expect = text;
    }
    lines = h.expect;
    (void)next_line(&lines, "as", &as);
    double before = cpu_milliseconds();
    if (folder)
        check_library(&h);
    else
        check_file(&h, as);
    double took = cpu_milliseconds() - before;
    bool ok = compare(&h) && every_message_is_whole(&h);
    if (took > MILLISECONDS_MAX) {
        print_error("%s: took %.0f ms\n", name, took);
        ok = false;
    }
    arena_free(a);
    return ok;
}

static int order(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static size_t list(char **names)
{
    DIR *dir = opendir(FOLDER);
    assert_non_null(dir);
    size_t n = 0;
    for (const struct dirent *entry; (entry = readdir(dir));) {
        size_t length = strlen(entry->d_name);
        bool expectation = length > 7 && strcmp(entry->d_name + length - 7, ".expect") == 0;
        if (entry->d_name[0] == '.' || expectation)
            continue;
        assert_true(n < FILES_MAX);
        names[n++] = strdup(entry->d_name);
    }
    (void)closedir(dir);
    qsort(names, n, sizeof names[0], order);
    return n;
}

static void every_file_gives_its_messages(void **state)
{
    char *names[FILES_MAX];
    size_t n = list(names), failed = 0;
    (void)state;
    assert_true(n >= 90);
    for (size_t i = 0; i < n; i++) {
        struct stat st;
        char path[512];
        (void)snprintf(path, sizeof path, FOLDER "/%s", names[i]);
        assert_int_equal(stat(path, &st), 0);
        failed += !try_one(names[i], S_ISDIR(st.st_mode));
        free(names[i]);
    }
    print_message("%zu files\n", n);
    assert_int_equal(failed, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_file_gives_its_messages)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
