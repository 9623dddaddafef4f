/* Damage inside rows, and edits of the audit log, are found and named; sound neighbours stay
 * readable. */
#include "store_fixture.h"

#include "db/inner.h"

/* Runs SQL as a stranger would: without our guard, triggers and references. */
static void tamper(struct fixture *f, const char *sql)
{
    sqlite3 *db;
    assert_int_equal(sqlite3_open(f->path, &db), SQLITE_OK);
    (void)sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
        fail_msg("%s: %s", sql, sqlite3_errmsg(db));
    (void)sqlite3_close(db);
}

static void fill(struct fixture *f)
{
    struct store_session x = {.id = STR("s1"), .journey = STR("j1"), .kind = STR("coaching")};
    struct store_note n = {
        .id = STR("n1"), .journey = STR("j1"), .text = STR("calm"), .visibility = STR("private")};
    add_journey(f, "c2", "j2");
    for (int i = 0; i < 5; i++) {
        (void)append(f, "j1", i, STR("kept"));
        (void)append(f, "j2", i, STR("kept"));
    }
    MUST(store_begin(f->s, &f->e));
    MUST(store_session_add(f->s, &x, &f->e));
    MUST(store_note_add(f->s, &n, &f->e));
    MUST(store_wording_put(f->s, STR("w1"), STR("What?"), &f->e));
    MUST(store_draft_put(
        f->s,
        &(struct store_draft){
            .journey = STR("j1"), .key = STR("define/goal"), .fields = STR("v=half"), .at = 7},
        &f->e));
    MUST(store_outcome_put(f->s, STR("j1"), 5, STR("{}"), &f->e));
    for (int i = 0; i < 6; i++)
        MUST(store_audit_add(f->s, STR("client.export"), STR("c1"), i, &f->e));
    MUST(store_commit(f->s, &f->e));
}

/* The findings as one text. */
static struct str examine(struct fixture *f, bool *healthy)
{
    struct str *lines;
    struct buf b = {.a = f->a};
    size_t n;
    MUST(store_examine(f->s, f->a, true, &lines, &n, healthy, &f->e));
    for (size_t i = 0; i < n; i++)
        buf_format(&b, "%.*s\n", STR_ARG(lines[i]));
    return buf_str(&b);
}

static const struct {
    const char *sql, *says;
} edits[] = {
    {"UPDATE event SET value = x'6b657074ff' WHERE journey = 'j1' AND seq = 3",
     "fault Entry 3: The journey j1"},
    {"UPDATE event SET key = 'other' WHERE journey = 'j1' AND seq = 3",
     "fault Entry 3: The journey j1"},
    {"UPDATE event SET kind = 'skipped' WHERE journey = 'j1' AND seq = 1",
     "fault Entry 1: The journey j1"},
    {"UPDATE event SET refers = 9 WHERE journey = 'j1' AND seq = 5",
     "fault Entry 5: The journey j1"},
    {"UPDATE event SET sum = 0 WHERE journey = 'j1' AND seq = 5", "fault Entry 5: The journey j1"},
    {"DELETE FROM event WHERE journey = 'j1' AND seq = 2",
     "fault Entry 2 of the journey j1 is missing"},
    {"UPDATE client SET name = x'41' WHERE id = 'c1'", "fault The client c1"},
    {"UPDATE journey SET seed = '5eee' WHERE id = 'j1'", "fault The journey j1"},
    {"UPDATE journey SET closed = 5 WHERE id = 'j1'", "fault The journey j1"},
    {"UPDATE session SET minutes = 60 WHERE id = 's1'", "fault The session s1"},
    {"UPDATE note SET visibility = 'shared' WHERE id = 'n1'", "fault The note n1"},
    {"UPDATE draft SET fields = x'41'", "fault A draft of the journey j1"},
    {"UPDATE draft SET key = 'other'", "fault A draft of the journey j1"},
    {"UPDATE wording SET text = x'41' WHERE hash = 'w1'", "fault The wording w1"},
    {"UPDATE bundle SET archive = x'41' WHERE hash = 'b1'", "fault The workflow b1"},
    {"DELETE FROM client WHERE id = 'c2'", "fault everything belongs to something: journey"},
    {"UPDATE audit SET subject = 'c2' WHERE seq = 2", "fault Row 2 of the audit log"},
    {"UPDATE audit SET at = 99 WHERE seq = 6", "fault Row 6 of the audit log"},
    {"DELETE FROM audit WHERE seq = 1", "fault Row 1 of the audit log"},
    {"DELETE FROM audit WHERE seq = 4", "fault Row 4 of the audit log"},
    {"DELETE FROM audit WHERE seq = 6", "fault The audit log ends at row 5, but 6"},
    {"DELETE FROM audit", "fault The audit log ends at row 0, but 6"},
    {"UPDATE audit SET seq = CASE seq WHEN 2 THEN 33 WHEN 3 THEN 2 ELSE seq END WHERE seq IN (2, "
     "3)",
     "fault Row 2 of the audit log"},
};

/* Each edit in a practice of its own. */
static void every_edit_behind_our_back_is_named(void **state)
{
    struct fixture *f = *state;
    for (size_t i = 0; i < sizeof edits / sizeof edits[0]; i++) {
        bool healthy = true;
        if (i) {
            assert_int_equal(tear_down(state), 0);
            assert_int_equal(set_up(state), 0);
            f = *state;
        }
        fill(f);
        (void)examine(f, &healthy);
        assert_true(healthy);
        tamper(f, edits[i].sql);
        struct str found = examine(f, &healthy);
        if (healthy || str_find(found, str_of(edits[i].says), 0) == found.n)
            fail_msg("%s:\n%.*s", edits[i].sql, STR_ARG(found));
    }
}

static void a_damaged_journey_does_not_hide_the_others(void **state)
{
    struct fixture *f = *state;
    struct store_event *list;
    size_t n;
    fill(f);
    tamper(f, edits[0].sql);
    assert_false(store_event_list(f->s, f->a, STR("j1"), 0, &list, &n, &f->e));
    assert_int_equal(f->e.code, ERR_DATA);
    assert_int_equal(count_events(f, "j2"), 5);
    MUST(store_event_list(f->s, f->a, STR("j1"), 3, &list, &n, &f->e));
    assert_int_equal(n, 2);
}

static void a_damaged_outcome_is_none(void **state)
{
    struct fixture *f = *state;
    int64_t seq;
    struct str outcome;
    fill(f);
    tamper(f, "UPDATE outcome SET outcome = x'7b'");
    MUST(store_outcome_get(f->s, f->a, STR("j1"), &seq, &outcome, &f->e));
    assert_true(seq == 0 && outcome.n == 0);
}

/* After a tail was cut off, a new row does not close the gap. */
static void a_cut_audit_log_stays_cut(void **state)
{
    struct fixture *f = *state;
    bool healthy = true;
    fill(f);
    tamper(f, "DELETE FROM audit WHERE seq = 6");
    MUST(store_begin(f->s, &f->e));
    MUST(store_audit_add(f->s, STR("client.export"), STR("c1"), 9, &f->e));
    MUST(store_commit(f->s, &f->e));
    struct str found = examine(f, &healthy);
    assert_false(healthy);
    assert_true(str_find(found, STR("Row 6 of the audit log"), 0) < found.n);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_edit_behind_our_back_is_named, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_damaged_journey_does_not_hide_the_others, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_damaged_outcome_is_none, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_cut_audit_log_stays_cut, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
