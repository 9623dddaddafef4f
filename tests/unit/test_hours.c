/* The hours log: sessions of known length, their totals, and the days they are asked for. */
#include "practice/tables.h"
#include "practice_fixture.h"

static const char questions[] = "      - { id: name, ask: Your name?, type: text }\n";
static const char script[] = "phase \"define\"\nask \"name\"\n";

/* A session of so many minutes (-1: still open) on a day at noon. */
static void sit(struct fixture *f, struct journey *j, const char *day, int minutes)
{
    static int n;
    int64_t at;
    struct store *s = practice_store(f->p);
    assert_true(clock_parse(str_of(day), &at));
    at += 12 * 3600 * 1000;
    struct store_session x = {.id = str_format(f->a, "session-%d", ++n),
                              .journey = journey_record(j)->id,
                              .kind = STR("coaching"),
                              .started = at};
    assert_ok(store_begin(s, &fixture_error));
    assert_ok(store_session_add(s, &x, &fixture_error));
    if (minutes >= 0)
        assert_ok(store_session_end(s, x.id, at + minutes * 60000, minutes, &fixture_error));
    assert_ok(store_commit(s, &fixture_error));
}

static json_t *hours(struct fixture *f, const char *from, const char *to)
{
    json_t *log;
    assert_ok(practice_hours(f->p, str_of(from), str_of(to), &log, &fixture_error));
    return log;
}

static const char *at(const json_t *log, const char *list, size_t i, const char *member)
{
    return json_member(json_array_get(json_object_get(log, list), i), member).p;
}

static void begin(struct fixture *f)
{
    fixture_workflow(f, questions, script);
    struct journey *zoe = fixture_start(f, "Zoe", "small", "en"),
                   *ada = fixture_start(f, "Ada", "small", "en");
    sit(f, zoe, "2026-03-02", 45);
    sit(f, ada, "2026-01-31", 90);
    sit(f, zoe, "2026-02-01", 61);
    sit(f, zoe, "2026-03-03", -1);
    journey_close(zoe);
    journey_close(ada);
}

static void sessions_stand_in_the_order_of_time(void **state)
{
    struct fixture *f = *state;
    begin(f);
    json_t *log = hours(f, "", "");
    static const char *const rows[][4] = {{"2026-01-31", "Ada", "1.50", "90"},
                                          {"2026-02-01", "Zoe", "1.02", "61"},
                                          {"2026-03-02", "Zoe", "0.75", "45"}};
    assert_int_equal(json_array_size(json_object_get(log, "sessions")), 4);
    for (size_t i = 0; i < 3; i++) {
        assert_string_equal(at(log, "sessions", i, "date"), rows[i][0]);
        assert_string_equal(at(log, "sessions", i, "client"), rows[i][1]);
        assert_string_equal(at(log, "sessions", i, "hours"), rows[i][2]);
    }
    const json_t *open = json_array_get(json_object_get(log, "sessions"), 3);
    assert_true(json_flag(open, "open", false));
    assert_true(json_is_null(json_object_get(open, "minutes")));
    json_decref(log);
}

static void totals_are_those_of_the_days_asked_for(void **state)
{
    static const struct {
        const char *from, *to, *total, *first_client, *first, *last;
        long long sessions, clients;
    } rows[] = {
        {"", "", "3.27", "Ada", "2026-01-31", "2026-01-31", 4, 2},
        {"2026-02-01", "", "1.77", "Zoe", "2026-02-01", "2026-03-03", 3, 1},
        {"2026-02-01", "2026-02-01", "1.02", "Zoe", "2026-02-01", "2026-02-01", 1, 1},
        {"", "2026-01-31", "1.50", "Ada", "2026-01-31", "2026-01-31", 1, 1},
    };
    struct fixture *f = *state;
    begin(f);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        json_t *log = hours(f, rows[i].from, rows[i].to);
        const json_t *total = json_object_get(log, "total");
        assert_string_equal(json_member(total, "hours").p, rows[i].total);
        assert_int_equal(json_whole(total, "sessions", -1), rows[i].sessions);
        assert_int_equal(json_whole(total, "clients", -1), rows[i].clients);
        assert_string_equal(at(log, "totals", 0, "client"), rows[i].first_client);
        assert_string_equal(at(log, "totals", 0, "first"), rows[i].first);
        assert_string_equal(at(log, "totals", 0, "last"), rows[i].last);
        json_decref(log);
    }
    json_t *none = hours(f, "2027-01-01", "");
    assert_string_equal(json_member(json_object_get(none, "total"), "hours").p, "0.00");
    json_decref(none);
}

static void a_table_has_the_sessions_of_one_client_or_of_all(void **state)
{
    struct fixture *f = *state;
    begin(f);
    json_t *log = hours(f, "", ""), *zoe = table_new(STR("hours")), *all = table_new(STR("hours"));
    table_add_hours(zoe, log, STR("Zoe"));
    table_add_hours(all, log, STR(""));
    assert_int_equal(json_array_size(json_object_get(zoe, "rows")), 3);
    assert_int_equal(json_array_size(json_object_get(all, "rows")), 4);
    assert_null(table_new(STR("people")));
    json_decref(log);
    json_decref(zoe);
    json_decref(all);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(sessions_stand_in_the_order_of_time, fixture_open,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(totals_are_those_of_the_days_asked_for, fixture_open,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(a_table_has_the_sessions_of_one_client_or_of_all,
                                        fixture_open, fixture_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
