/* What the tests of the practice share: a worker, a library on disk written by the test, a practice
 * in a scratch folder. */
#ifndef ESPALIER_TESTS_PRACTICE_FIXTURE_H
#define ESPALIER_TESTS_PRACTICE_FIXTURE_H

#include "practice/scripted.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

struct fixture {
    struct arena *a;
    struct script_host *host;
    struct practice *p;
    struct str folder;
    const char *libraries[1];
    struct library library;
};

/* The sanitizers' build is an order slower than the program. */
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define FIXTURE_MILLISECONDS 10000
#endif
#endif
#ifndef FIXTURE_MILLISECONDS
#define FIXTURE_MILLISECONDS 1000
#endif

static struct err fixture_error;
#define FIXTURE __attribute__((unused)) static

#define assert_ok(call)                                    \
    do {                                                   \
        fixture_error.text[0] = '\0';                      \
        if (!(call))                                       \
            fail_msg("%s: %s", #call, fixture_error.text); \
    } while (0)

FIXTURE void fixture_write(const char *folder, const char *name, const char *text)
{
    char path[4096];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    for (char *slash = path + 1; (slash = strchr(slash, '/')); *slash++ = '/') {
        *slash = '\0';
        (void)mkdir(path, 0700);
    }
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    (void)fputs(text, f);
    (void)fclose(f);
}

/* A workflow "small" with the given questions (lines of define.yaml, 6 spaces deep) and script. */
FIXTURE void fixture_workflow(struct fixture *f, const char *questions, const char *script)
{
    char text[16384];
    static const char head[] =
        "espalier: 1\nworkflow: small\ntitle: Small\nlanguage: en\nscript: small.lua\n"
        "phases: [define]\n"
        "canvases:\n  page: { title: Page, blocks: [one, two] }\n";
    (void)snprintf(text, sizeof text,
                   "phase: define\ntitle: Define\nsteps:\n  - id: first\n    title: First\n"
                   "    questions:\n%s",
                   questions);
    fixture_write(f->libraries[0], "workflows/small/workflow.yaml", head);
    fixture_write(f->libraries[0], "workflows/small/define.yaml", text);
    fixture_write(f->libraries[0], "scripts/small.lua", script);
}

FIXTURE int fixture_open(void **state)
{
    struct fixture *f = mem_new(sizeof *f);
    static char folder[64];
    f->a = arena_new();
    (void)snprintf(folder, sizeof folder, "/tmp/espalier-library-XXXXXX");
    assert_non_null(mkdtemp(folder));
    f->libraries[0] = folder;
    f->library = (struct library){f->libraries, 1};
    const struct script_limits limits = {.milliseconds = FIXTURE_MILLISECONDS};
    assert_ok(script_host_open(&limits, &f->host, &fixture_error));
    struct scripted_setup setup = {f->library, f->host};
    assert_ok(scratch_open(&setup, f->a, &f->p, &f->folder, &fixture_error));
    *state = f;
    return 0;
}

FIXTURE int fixture_close(void **state)
{
    struct fixture *f = *state;
    char command[128];
    scratch_close(f->p, f->folder);
    script_host_close(f->host);
    (void)snprintf(command, sizeof command, "rm -rf '%s'", f->libraries[0]);
    if (system(command) != 0)
        return -1;
    arena_free(f->a);
    free(f);
    return 0;
}

FIXTURE struct journey *fixture_start(struct fixture *f, const char *name, const char *workflow,
                                      const char *language)
{
    struct store_client client = {.name = str_of(name), .language = str_of(language)};
    struct diags d = {.a = f->a};
    struct store_journey journey = {.workflow = str_of(workflow)};
    struct journey *j;
    assert_ok(practice_client_add(f->p, &client, &fixture_error));
    if (!practice_start(f->p, f->a, &client, &journey, &d, &fixture_error)) {
        for (size_t i = 0; i < d.n; i++)
            print_error("%s", diag_print(f->a, &d.list[i]).p);
        fail_msg("%s", fixture_error.text);
    }
    assert_ok(journey_open(f->p, journey.id, STR(""), &j, &fixture_error));
    return j;
}

/* Answers KEY with JSON text; returns the error code, ERR_NONE if it was taken. */
FIXTURE enum err_code fixture_answer(struct journey *j, const char *key, const char *json,
                                     int64_t replaces)
{
    json_t *value = json_loads(json, JSON_DECODE_ANY, NULL);
    assert_non_null(value);
    struct change c = {.key = str_of(key), .value = value, .replaces = replaces};
    bool ok = journey_answer(j, &c, &fixture_error);
    json_decref(value);
    return ok ? ERR_NONE : fixture_error.code;
}

/* The keys of the open questions, separated by spaces, each with its state unless open. */
FIXTURE const char *fixture_open_keys(struct journey *j)
{
    static char text[4096];
    json_t *view = journey_view(j), *open;
    size_t i;
    text[0] = '\0';
    json_array_foreach (json_object_get(view, "open"), i, open) {
        size_t used = strlen(text);
        const char *state = json_member(open, "state").p;
        (void)snprintf(text + used, sizeof text - used, "%s%s%s%s", i ? " " : "",
                       json_member(open, "key").p, strcmp(state, "open") ? ":" : "",
                       strcmp(state, "open") ? state : "");
    }
    json_decref(view);
    return text;
}

FIXTURE long long fixture_progress(struct journey *j, const char *what)
{
    json_t *view = journey_view(j);
    long long n = json_whole(json_object_get(view, "progress"), what, -1);
    json_decref(view);
    return n;
}

#endif
