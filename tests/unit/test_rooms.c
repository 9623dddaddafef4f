/* Journeys held open between requests: one sitting, as long as somebody is there and no longer. */
#include "web/rooms.h"

#include "practice_fixture.h"

static const char questions[] = "      - { id: aim, ask: What for?, type: text }\n"
                                "      - { id: last, ask: And last?, type: text }\n";
static const int64_t noon = 1795000000000, minute = 60000;

struct scene {
    struct fixture *f;
    struct rooms *rooms;
    struct str id;
};

static struct scene enter(struct fixture *f)
{
    struct scene s = {.f = f};
    clock_fix(noon);
    fixture_workflow(f, questions, "phase \"define\"\nstep \"first\"\n");
    struct journey *j = fixture_start(f, "Ada", "small", "en");
    s.id = str_copy(f->a, journey_record(j)->id);
    journey_close(j);
    s.rooms = rooms_new(f->p);
    return s;
}

static void answer(struct scene *s, const char *key)
{
    struct journey *j;
    assert_ok(room_enter(s->rooms, s->id, &j, &fixture_error));
    assert_int_equal(fixture_answer(j, key, "\"x\"", -1), ERR_NONE);
}

/* "from-to=minutes", in minutes after noon; "from-" is open still. */
static const char *sittings(struct scene *s)
{
    struct buf b = {.a = s->f->a};
    struct store_session *list;
    size_t n;
    assert_ok(
        store_session_list(practice_store(s->f->p), s->f->a, s->id, &list, &n, &fixture_error));
    for (size_t i = 0; i < n; i++) {
        buf_format(&b, "%s%lld-", i ? " " : "", (long long)((list[i].started - noon) / minute));
        if (list[i].ended)
            buf_format(&b, "%lld=%d", (long long)((list[i].ended - noon) / minute),
                       list[i].minutes);
    }
    return b.n ? buf_str(&b).p : "";
}

static void a_sitting_lasts_while_somebody_is_there(void **state)
{
    struct scene s = enter(*state);
    struct journey *j;
    answer(&s, "define/aim");
    clock_fix(noon + 20 * minute);
    assert_ok(room_enter(s.rooms, s.id, &j, &fixture_error)); /* a page is read */
    clock_fix(noon + 45 * minute);
    answer(&s, "define/last");
    assert_string_equal(sittings(&s), "0-");
    clock_fix(noon + 50 * minute);
    room_leave(s.rooms, s.id);
    assert_string_equal(sittings(&s), "0-50=50");
    rooms_free(s.rooms);
}

static void a_sitting_that_was_forgotten_ended_with_the_last_act(void **state)
{
    struct scene s = enter(*state);
    struct journey *j;
    answer(&s, "define/aim");
    clock_fix(noon + 10 * minute);
    assert_ok(room_enter(s.rooms, s.id, &j, &fixture_error));
    clock_fix(noon + 30 * minute);
    rooms_tidy(s.rooms);
    assert_ok(room_look(s.rooms, s.id, &j, &fixture_error)); /* a screen on the wall */
    assert_string_equal(sittings(&s), "0-");
    clock_fix(noon + 41 * minute);
    rooms_tidy(s.rooms);
    assert_string_equal(sittings(&s), "0-10=10");
    rooms_free(s.rooms);
}

/* As when the machine has slept: nothing was tidied, and the next act comes after hours. */
static void what_comes_after_hours_is_another_sitting(void **state)
{
    struct scene s = enter(*state);
    answer(&s, "define/aim");
    clock_fix(noon + 300 * minute);
    answer(&s, "define/last");
    assert_string_equal(sittings(&s), "0-0=0 300-");
    clock_fix(noon + 305 * minute);
    rooms_free(s.rooms); /* the server ends */
    assert_string_equal(sittings(&s), "0-0=0 300-305=5");
}

static void the_end_of_the_server_does_not_lengthen_what_was_over(void **state)
{
    struct scene s = enter(*state);
    answer(&s, "define/aim");
    clock_fix(noon + 7 * minute);
    answer(&s, "define/last");
    clock_fix(noon + 600 * minute);
    rooms_free(s.rooms);
    assert_string_equal(sittings(&s), "0-7=7");
}

static void who_only_looks_begins_no_sitting(void **state)
{
    struct scene s = enter(*state);
    struct journey *j;
    assert_ok(room_look(s.rooms, s.id, &j, &fixture_error));
    assert_ok(room_enter(s.rooms, s.id, &j, &fixture_error));
    assert_false(room_enter(s.rooms, STR("none"), &j, &fixture_error));
    assert_int_equal(fixture_error.code, ERR_NOT_FOUND);
    rooms_free(s.rooms);
    assert_string_equal(sittings(&s), "");
}

static void what_is_talked_about_is_known_while_the_room_is_open(void **state)
{
    struct scene s = enter(*state);
    struct journey *j;
    long long moves;
    assert_false(room_show(s.rooms, s.id, STR("define/aim"))); /* nobody is there */
    assert_ok(room_enter(s.rooms, s.id, &j, &fixture_error));
    assert_true(room_show(s.rooms, s.id, STR("define/aim")));
    assert_false(room_show(s.rooms, s.id, STR("define/aim")));
    assert_true(room_show(s.rooms, s.id, STR("define/last")));
    assert_string_equal(room_shown(s.rooms, s.id, &moves).p, "define/last");
    assert_int_equal(moves, 2);
    room_leave(s.rooms, s.id);
    assert_int_equal(room_shown(s.rooms, s.id, &moves).n, 0);
    rooms_free(s.rooms);
}

static int end(void **state)
{
    clock_fix(0);
    return fixture_close(state);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, fixture_open, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_sitting_lasts_while_somebody_is_there),
        TEST(a_sitting_that_was_forgotten_ended_with_the_last_act),
        TEST(what_comes_after_hours_is_another_sitting),
        TEST(the_end_of_the_server_does_not_lengthen_what_was_over),
        TEST(who_only_looks_begins_no_sitting),
        TEST(what_is_talked_about_is_known_while_the_room_is_open),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
