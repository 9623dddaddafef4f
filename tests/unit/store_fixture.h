/* A practice in a folder of its own with one client "c1" and one journey "j1" in it, for the tests
 * of the store. It knows db/store.h alone: another store must pass the same tests. */
#ifndef ESPALIER_TESTS_STORE_FIXTURE_H
#define ESPALIER_TESTS_STORE_FIXTURE_H

#include "db/store.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

struct fixture {
    char folder[64], path[80];
    struct store *s;
    struct arena *a;
    struct err e;
};

#define MUST(call) assert_true_text((call), &f->e, #call)

static inline void assert_true_text(bool ok, const struct err *e, const char *call)
{
    if (!ok)
        fail_msg("%s: %s", call, e->text);
}

static const struct store_options making = {.create = true}, using = {.create = false},
                                  reading = {.read_only = true};

static inline void add_journey(struct fixture *f, const char *client, const char *journey)
{
    struct store_client c = {
        .id = str_of(client), .name = STR("Ada"), .language = STR("en"), .coach = STR("coach")};
    struct store_journey j = {.id = str_of(journey),
                              .client = str_of(client),
                              .workflow = STR("talk"),
                              .bundle = STR("b1"),
                              .seed = STR("5eed"),
                              .language = STR("en"),
                              .cycle = 1,
                              .started = 7};
    MUST(store_begin(f->s, &f->e));
    MUST(store_bundle_put(f->s, STR("b1"), STR("talk"), STR("archive"), 5, &f->e));
    MUST(store_client_add(f->s, &c, &f->e));
    MUST(store_journey_add(f->s, &j, &f->e));
    MUST(store_commit(f->s, &f->e));
}

static inline int set_up(void **state)
{
    struct fixture *f = mem_new(sizeof *f);
    (void)snprintf(f->folder, sizeof f->folder, "/tmp/espalier-store-XXXXXX");
    assert_non_null(mkdtemp(f->folder));
    (void)snprintf(f->path, sizeof f->path, "%s/practice", f->folder);
    f->a = arena_new();
    MUST(store_open(f->path, &making, &f->s, &f->e));
    add_journey(f, "c1", "j1");
    *state = f;
    return 0;
}

static inline int tear_down(void **state)
{
    struct fixture *f = *state;
    char journal[100];
    store_close(f->s);
    (void)snprintf(journal, sizeof journal, "%s-journal", f->path);
    (void)unlink(journal);
    (void)unlink(f->path);
    assert_int_equal(rmdir(f->folder), 0);
    arena_free(f->a);
    free(f);
    return 0;
}

static inline void open_again(struct fixture *f, const struct store_options *o)
{
    store_close(f->s);
    f->s = NULL;
    MUST(store_open(f->path, o, &f->s, &f->e));
}

static inline struct store_event answer(struct str value)
{
    return (struct store_event){.kind = EVENT_ANSWERED,
                                .key = STR("define/goal"),
                                .value = value,
                                .wording = STR("w1"),
                                .language = STR("en"),
                                .actor = STR("coach"),
                                .role = STR("client"),
                                .at = 11,
                                .day = STR("2026-11-23")};
}

/* Appends one answer in a change of its own; gives its seq. */
static inline int64_t append(struct fixture *f, const char *journey, int64_t expected,
                             struct str value)
{
    struct store_event v = answer(value);
    bool conflict = true;
    MUST(store_begin(f->s, &f->e));
    MUST(store_event_append(f->s, str_of(journey), expected, &v, 1, &conflict, &f->e));
    assert_false(conflict);
    MUST(store_commit(f->s, &f->e));
    return v.seq;
}

static inline size_t count_events(struct fixture *f, const char *journey)
{
    struct store_event *list;
    size_t n;
    MUST(store_event_list(f->s, f->a, str_of(journey), 0, &list, &n, &f->e));
    return n;
}

#define assert_str(s, literal) assert_true(str_is((s), literal))

#endif
