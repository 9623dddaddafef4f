/* The contract of db/store.h: clients, journeys, sessions; what is refused; changes that are taken
 * back. */
#include "store_fixture.h"

static void a_client_comes_back_as_it_was(void **state)
{
    struct fixture *f = *state;
    struct store_client c = {.id = STR("c2"),
                             .name = STR("Zo\xc3\xab"),
                             .pseudonym = STR("Z"),
                             .email = STR("z@example.org"),
                             .language = STR("fr"),
                             .coach = STR("coach"),
                             .created = INT64_MAX},
                        got, *list;
    size_t n;
    MUST(store_begin(f->s, &f->e));
    MUST(store_client_add(f->s, &c, &f->e));
    MUST(store_commit(f->s, &f->e));
    open_again(f, &using);
    MUST(store_client_get(f->s, f->a, STR("c2"), &got, &f->e));
    assert_str(got.name, "Zo\xc3\xab");
    assert_str(got.pseudonym, "Z");
    assert_str(got.email, "z@example.org");
    assert_str(got.language, "fr");
    assert_str(got.coach, "coach");
    assert_true(got.created == INT64_MAX);
    MUST(store_client_list(f->s, f->a, STR(""), 10, &list, &n, &f->e));
    assert_int_equal(n, 2);
}

static void clients_are_listed_by_id_in_pages(void **state)
{
    struct fixture *f = *state;
    struct store_client *list;
    size_t n;
    MUST(store_begin(f->s, &f->e));
    for (int i = 30; i > 10; i--) {
        struct store_client c = {.id = str_format(f->a, "d%d", i), .name = STR("x")};
        MUST(store_client_add(f->s, &c, &f->e));
    }
    MUST(store_commit(f->s, &f->e));
    struct str after = STR("");
    size_t seen = 0;
    do {
        MUST(store_client_list(f->s, f->a, after, 8, &list, &n, &f->e));
        for (size_t i = 0; i < n; i++, seen++) {
            assert_true(str_order(after, list[i].id) < 0);
            after = list[i].id;
        }
    } while (n == 8);
    assert_int_equal(seen, 21);
    MUST(store_client_list(f->s, f->a, STR(""), 0, &list, &n, &f->e));
    assert_int_equal(n, 0);
    MUST(store_client_list(f->s, f->a, STR(""), SIZE_MAX, &list, &n, &f->e));
    assert_int_equal(n, 21);
}

/* What fails, by what it is and how it must fail. */
static bool add_client_twice(struct store *s, struct err *e)
{
    struct store_client c = {.id = STR("c1"), .name = STR("again")};
    return store_client_add(s, &c, e);
}

static bool add_client_without_id(struct store *s, struct err *e)
{
    struct store_client c = {.name = STR("nobody")};
    return store_client_add(s, &c, e);
}

static bool add_journey_of_nobody(struct store *s, struct err *e)
{
    struct store_journey j = {
        .id = STR("j9"), .client = STR("nobody"), .bundle = STR("b1"), .cycle = 1};
    return store_journey_add(s, &j, e);
}

static bool add_journey_without_bundle(struct store *s, struct err *e)
{
    struct store_journey j = {
        .id = STR("j9"), .client = STR("c1"), .bundle = STR("b9"), .cycle = 1};
    return store_journey_add(s, &j, e);
}

static bool add_journey_of_cycle_0(struct store *s, struct err *e)
{
    struct store_journey j = {.id = STR("j9"), .client = STR("c1"), .bundle = STR("b1")};
    return store_journey_add(s, &j, e);
}

static bool pin_to_no_bundle(struct store *s, struct err *e)
{
    return store_journey_pin(s, STR("j1"), STR("b9"), e);
}

static bool close_no_journey(struct store *s, struct err *e)
{
    return store_journey_close(s, STR("j9"), 1, e);
}

static bool end_no_session(struct store *s, struct err *e)
{
    return store_session_end(s, STR("s9"), 1, 1, e);
}

static bool add_session_of_no_journey(struct store *s, struct err *e)
{
    struct store_session x = {.id = STR("s9"), .journey = STR("j9"), .kind = STR("coaching")};
    return store_session_add(s, &x, e);
}

static bool append_with(struct store *s, struct str journey, struct store_event v, struct err *e)
{
    bool conflict;
    return store_event_append(s, journey, 0, &v, 1, &conflict, e);
}

static bool append_to_no_journey(struct store *s, struct err *e)
{
    return append_with(s, STR("j9"), answer(STR("1")), e);
}

static bool append_in_no_session(struct store *s, struct err *e)
{
    struct store_event v = answer(STR("1"));
    v.session = STR("s9");
    return append_with(s, STR("j1"), v, e);
}

static bool append_as_nobody(struct store *s, struct err *e)
{
    struct store_event v = answer(STR("1"));
    v.role = STR("stranger");
    return append_with(s, STR("j1"), v, e);
}

static bool append_too_much(struct store *s, struct err *e)
{
    static char text[5 << 20];
    struct store_event v = answer((struct str){text, sizeof text});
    return append_with(s, STR("j1"), v, e);
}

static bool note_for_everybody(struct store *s, struct err *e)
{
    struct store_note n = {.id = STR("n9"), .journey = STR("j1"), .visibility = STR("public")};
    return store_note_add(s, &n, e);
}

static bool note_at_no_journey(struct store *s, struct err *e)
{
    struct store_note n = {.id = STR("n9"), .journey = STR("j9"), .visibility = STR("private")};
    return store_note_add(s, &n, e);
}

static bool outcome_of_no_journey(struct store *s, struct err *e)
{
    return store_outcome_put(s, STR("j9"), 1, STR("{}"), e);
}

static const struct {
    const char *name;
    bool (*act)(struct store *s, struct err *e);
    enum err_code code;
} refusals[] = {
    {"a client is added once", add_client_twice, ERR_CONFLICT},
    {"a client needs an id", add_client_without_id, ERR_DATA},
    {"a journey needs its client", add_journey_of_nobody, ERR_NOT_FOUND},
    {"a journey needs its bundle", add_journey_without_bundle, ERR_NOT_FOUND},
    {"a journey has a cycle", add_journey_of_cycle_0, ERR_DATA},
    {"a journey is pinned to what is kept", pin_to_no_bundle, ERR_NOT_FOUND},
    {"only a journey is closed", close_no_journey, ERR_NOT_FOUND},
    {"only a session is ended", end_no_session, ERR_NOT_FOUND},
    {"a session needs its journey", add_session_of_no_journey, ERR_NOT_FOUND},
    {"an event needs its journey", append_to_no_journey, ERR_NOT_FOUND},
    {"an event needs its session", append_in_no_session, ERR_NOT_FOUND},
    {"an event has a known role", append_as_nobody, ERR_DATA},
    {"a row has a largest size", append_too_much, ERR_LIMIT},
    {"a note has a known visibility", note_for_everybody, ERR_DATA},
    {"a note needs its journey", note_at_no_journey, ERR_NOT_FOUND},
    {"an outcome needs its journey", outcome_of_no_journey, ERR_NOT_FOUND},
};

/* Each is refused with its code and a sentence, and takes with it what else was in the change. */
static void what_does_not_fit_is_refused(void **state)
{
    struct fixture *f = *state;
    struct store_client c = {.id = STR("d1"), .name = STR("x")}, got;
    for (size_t i = 0; i < sizeof refusals / sizeof refusals[0]; i++) {
        MUST(store_begin(f->s, &f->e));
        MUST(store_client_add(f->s, &c, &f->e));
        bool done = refusals[i].act(f->s, &f->e);
        if (done || f->e.code != refusals[i].code)
            fail_msg("%s: %d %s", refusals[i].name, f->e.code, f->e.text);
        size_t length = strlen(f->e.text);
        assert_true(length > 10 && strchr(".!?", f->e.text[length - 1]));
        if (i % 2)
            store_rollback(f->s);
        else if (f->e.code != ERR_NOT_FOUND)
            assert_false(store_commit(f->s, &f->e));
        store_rollback(f->s);
        assert_false(store_client_get(f->s, f->a, STR("d1"), &got, &f->e));
        assert_int_equal(f->e.code, ERR_NOT_FOUND);
    }
    assert_int_equal(count_events(f, "j1"), 0);
}

static void a_journey_is_pinned_and_closed(void **state)
{
    struct fixture *f = *state;
    struct store_journey j;
    MUST(store_begin(f->s, &f->e));
    MUST(store_bundle_put(f->s, STR("b2"), STR("talk"), STR("new"), 6, &f->e));
    MUST(store_journey_pin(f->s, STR("j1"), STR("b2"), &f->e));
    MUST(store_journey_close(f->s, STR("j1"), 99, &f->e));
    MUST(store_commit(f->s, &f->e));
    open_again(f, &reading);
    MUST(store_journey_get(f->s, f->a, STR("j1"), &j, &f->e));
    assert_str(j.id, "j1");
    assert_str(j.client, "c1");
    assert_str(j.workflow, "talk");
    assert_str(j.bundle, "b2");
    assert_str(j.seed, "5eed");
    assert_str(j.language, "en");
    assert_int_equal(j.cycle, 1);
    assert_int_equal(j.started, 7);
    assert_int_equal(j.closed, 99);
}

static void journeys_are_listed_by_client_or_all(void **state)
{
    struct fixture *f = *state;
    struct store_journey *list;
    size_t n;
    add_journey(f, "c0", "j2");
    add_journey(f, "c2", "j0");
    MUST(store_journey_list(f->s, f->a, STR(""), &list, &n, &f->e));
    assert_int_equal(n, 3);
    assert_str(list[0].id, "j0");
    assert_str(list[2].id, "j2");
    MUST(store_journey_list(f->s, f->a, STR("c0"), &list, &n, &f->e));
    assert_int_equal(n, 1);
    assert_str(list[0].id, "j2");
    MUST(store_journey_list(f->s, f->a, STR("nobody"), &list, &n, &f->e));
    assert_int_equal(n, 0);
}

static void sessions_are_kept(void **state)
{
    struct fixture *f = *state;
    struct store_session x = {.id = STR("s2"),
                              .journey = STR("j1"),
                              .kind = STR("coaching"),
                              .started = 20},
                         *list;
    size_t n;
    MUST(store_begin(f->s, &f->e));
    MUST(store_session_add(f->s, &x, &f->e));
    x.id = STR("s1");
    MUST(store_session_add(f->s, &x, &f->e));
    MUST(store_session_end(f->s, STR("s1"), 90, 45, &f->e));
    MUST(store_commit(f->s, &f->e));
    MUST(store_session_list(f->s, f->a, STR("j1"), &list, &n, &f->e));
    assert_int_equal(n, 2);
    assert_str(list[0].id, "s1");
    assert_int_equal(list[0].ended, 90);
    assert_int_equal(list[0].minutes, 45);
    assert_str(list[1].kind, "coaching");
    assert_int_equal(list[1].started, 20);
    assert_int_equal(list[1].ended, 0);
}

static void what_is_rolled_back_was_never_there(void **state)
{
    struct fixture *f = *state;
    struct store_event v = answer(STR("1"));
    bool conflict;
    store_rollback(f->s);
    MUST(store_begin(f->s, &f->e));
    MUST(store_event_append(f->s, STR("j1"), 0, &v, 1, &conflict, &f->e));
    assert_int_equal(count_events(f, "j1"), 1);
    store_rollback(f->s);
    store_rollback(f->s);
    assert_int_equal(count_events(f, "j1"), 0);
    assert_int_equal(append(f, "j1", 0, STR("1")), 1);
    MUST(store_begin(f->s, &f->e));
    MUST(store_event_append(f->s, STR("j1"), 1, &v, 1, &conflict, &f->e));
    open_again(f, &using);
    assert_int_equal(count_events(f, "j1"), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_client_comes_back_as_it_was, set_up, tear_down),
        cmocka_unit_test_setup_teardown(clients_are_listed_by_id_in_pages, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_does_not_fit_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_journey_is_pinned_and_closed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(journeys_are_listed_by_client_or_all, set_up, tear_down),
        cmocka_unit_test_setup_teardown(sessions_are_kept, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_rolled_back_was_never_there, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
