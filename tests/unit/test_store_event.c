/* The contract of db/store.h: events, their order, conflicts, several writers. */
#include "store_fixture.h"

#include <sys/wait.h>

static void events_come_back_in_order_with_everything(void **state)
{
    struct fixture *f = *state;
    struct store_event v[EVENT_KINDS], *list;
    struct store_session x = {.id = STR("s1"), .journey = STR("j1"), .kind = STR("coaching")};
    size_t n;
    bool conflict;
    for (int i = 0; i < EVENT_KINDS; i++) {
        v[i] = answer(str_format(f->a, "%d", i));
        v[i].kind = (enum store_kind)i;
        v[i].refers = i;
        v[i].at = -i;
        v[i].session = i % 2 ? STR("s1") : STR("");
        v[i].day = i % 2 ? STR("2026-11-24") : STR("");
        v[i].role = i % 3 ? STR("coach") : STR("clock");
    }
    MUST(store_begin(f->s, &f->e));
    MUST(store_session_add(f->s, &x, &f->e));
    MUST(store_event_append(f->s, STR("j1"), 0, v, EVENT_KINDS, &conflict, &f->e));
    MUST(store_commit(f->s, &f->e));
    MUST(store_event_list(f->s, f->a, STR("j1"), 2, &list, &n, &f->e));
    assert_int_equal(n, EVENT_KINDS - 2);
    for (size_t i = 0; i < n; i++) {
        const struct store_event *got = &list[i], *put = &v[i + 2];
        assert_true(got->seq == (int64_t)i + 3 && put->seq == got->seq);
        assert_true(got->kind == put->kind && got->refers == put->refers && got->at == put->at);
        assert_true(str_eq(got->key, put->key) && str_eq(got->value, put->value));
        assert_true(str_eq(got->wording, put->wording) && str_eq(got->language, put->language));
        assert_true(str_eq(got->session, put->session) && str_eq(got->actor, put->actor));
        assert_true(str_eq(got->role, put->role) && str_eq(got->day, put->day));
    }
    MUST(store_event_list(f->s, f->a, STR("j1"), 1000, &list, &n, &f->e));
    assert_int_equal(n, 0);
}

static void a_stale_append_is_a_conflict_and_writes_nothing(void **state)
{
    struct fixture *f = *state;
    static const int64_t stale[] = {0, 1, 3, -1, INT64_MAX};
    assert_int_equal(append(f, "j1", 0, STR("1")), 1);
    assert_int_equal(append(f, "j1", 1, STR("2")), 2);
    for (size_t i = 0; i < sizeof stale / sizeof stale[0]; i++) {
        struct store_event v = answer(STR("stale"));
        bool conflict = false;
        MUST(store_begin(f->s, &f->e));
        MUST(store_event_append(f->s, STR("j1"), stale[i], &v, 1, &conflict, &f->e));
        assert_true(conflict);
        MUST(store_commit(f->s, &f->e));
    }
    assert_int_equal(count_events(f, "j1"), 2);
}

static void journeys_count_their_events_apart(void **state)
{
    struct fixture *f = *state;
    add_journey(f, "c2", "j2");
    for (int i = 0; i < 5; i++) {
        assert_int_equal(append(f, "j1", i, STR("one")), i + 1);
        assert_int_equal(append(f, "j2", i, STR("two")), i + 1);
    }
    assert_int_equal(count_events(f, "j1"), 5);
    assert_int_equal(count_events(f, "j2"), 5);
}

#define BYTES(literal)               \
    {                                \
        literal, sizeof(literal) - 1 \
    }

static const struct str texts[] = {
    BYTES(""),
    BYTES("\0"),
    BYTES("a\0b\0"),
    BYTES("'; DROP TABLE event; --"),
    BYTES("\xf0\x9f\x8c\xb1 e\xcc\x81 \xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d \xe4\xb8\xad"),
    BYTES("\xff\xfe not UTF-8"),
    BYTES("line\r\nline\n"),
};

static void any_text_comes_back_byte_for_byte(void **state)
{
    struct fixture *f = *state;
    struct store_event *list;
    size_t n, count = sizeof texts / sizeof texts[0];
    for (size_t i = 0; i < count; i++)
        (void)append(f, "j1", (int64_t)i, texts[i]);
    open_again(f, &using);
    MUST(store_event_list(f->s, f->a, STR("j1"), 0, &list, &n, &f->e));
    assert_int_equal(n, count);
    for (size_t i = 0; i < n; i++)
        assert_true(str_eq(list[i].value, texts[i]));
}

static void answers_up_to_the_limit_come_back(void **state)
{
    struct fixture *f = *state;
    static const size_t sizes[] = {1, 1000, 4095, 4096, 4097, 65535, 65536, 4 << 20};
    struct store_event *list;
    size_t n, count = sizeof sizes / sizeof sizes[0];
    char *text = arena_alloc(f->a, 4 << 20);
    for (size_t i = 0; i < 4 << 20; i++)
        text[i] = (char)(i * 2654435761U >> 24);
    for (size_t i = 0; i < count; i++)
        (void)append(f, "j1", (int64_t)i, (struct str){text, sizes[i]});
    MUST(store_event_list(f->s, f->a, STR("j1"), 0, &list, &n, &f->e));
    for (size_t i = 0; i < count; i++)
        assert_true(str_eq(list[i].value, (struct str){text, sizes[i]}));
}

/* Appends until `count` events were, starting over from what is there after each conflict. */
static int write_against_others(const char *path, int count)
{
    struct store *s;
    struct err e;
    struct arena *a = arena_new();
    if (!store_open(path, &using, &s, &e))
        return 1;
    for (int done = 0; done < count;) {
        struct store_event v = answer(STR("mine")), *list;
        size_t n;
        bool conflict;
        if (!store_event_list(s, a, STR("j1"), 0, &list, &n, &e) || !store_begin(s, &e))
            return 2;
        if (!store_event_append(s, STR("j1"), (int64_t)n, &v, 1, &conflict, &e) ||
            !store_commit(s, &e))
            return 3;
        done += !conflict;
    }
    store_close(s);
    arena_free(a);
    return 0;
}

static void of_several_writing_processes_none_loses(void **state)
{
    enum { PROCESSES = 3, EACH = 20 };
    struct fixture *f = *state;
    pid_t child[PROCESSES];
    store_close(f->s);
    f->s = NULL;
    for (int i = 0; i < PROCESSES; i++) {
        child[i] = fork();
        assert_true(child[i] >= 0);
        if (child[i] == 0)
            _exit(write_against_others(f->path, EACH));
    }
    for (int i = 0; i < PROCESSES; i++) {
        int status;
        assert_int_equal(waitpid(child[i], &status, 0), child[i]);
        assert_int_equal(status, 0);
    }
    MUST(store_open(f->path, &using, &f->s, &f->e));
    assert_int_equal(count_events(f, "j1"), PROCESSES * EACH);
}

static void a_second_writer_waits_for_the_first(void **state)
{
    struct fixture *f = *state;
    int ready[2], status;
    char byte;
    assert_int_equal(pipe(ready), 0);
    store_close(f->s);
    f->s = NULL;
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        struct store *s;
        struct err e;
        if (!store_open(f->path, &using, &s, &e) || !store_begin(s, &e) ||
            write(ready[1], "x", 1) != 1)
            _exit(1);
        (void)usleep(200000);
        store_close(s);
        _exit(0);
    }
    assert_int_equal(read(ready[0], &byte, 1), 1);
    MUST(store_open(f->path, &using, &f->s, &f->e));
    assert_int_equal(append(f, "j1", 0, STR("waited")), 1);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    (void)close(ready[0]);
    (void)close(ready[1]);
}

static void two_handles_of_one_process_see_each_other(void **state)
{
    struct fixture *f = *state;
    struct store *other;
    struct store_event v = answer(STR("2")), *list;
    size_t n;
    bool conflict;
    MUST(store_open(f->path, &using, &other, &f->e));
    assert_int_equal(append(f, "j1", 0, STR("1")), 1);
    MUST(store_begin(other, &f->e));
    MUST(store_event_append(other, STR("j1"), 0, &v, 1, &conflict, &f->e));
    assert_true(conflict);
    MUST(store_event_append(other, STR("j1"), 1, &v, 1, &conflict, &f->e));
    assert_false(conflict);
    MUST(store_commit(other, &f->e));
    MUST(store_event_list(f->s, f->a, STR("j1"), 1, &list, &n, &f->e));
    assert_int_equal(n, 1);
    assert_str(list[0].value, "2");
    store_close(other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(events_come_back_in_order_with_everything, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_stale_append_is_a_conflict_and_writes_nothing, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(journeys_count_their_events_apart, set_up, tear_down),
        cmocka_unit_test_setup_teardown(any_text_comes_back_byte_for_byte, set_up, tear_down),
        cmocka_unit_test_setup_teardown(answers_up_to_the_limit_come_back, set_up, tear_down),
        cmocka_unit_test_setup_teardown(of_several_writing_processes_none_loses, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_second_writer_waits_for_the_first, set_up, tear_down),
        cmocka_unit_test_setup_teardown(two_handles_of_one_process_see_each_other, set_up,
                                        tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
