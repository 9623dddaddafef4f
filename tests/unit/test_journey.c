/* Journeys: answers, states, undo, conflicts, set-aside answers, batches, waits; each test a
 * sentence of ARCHITECTURE.md sections 1, 4 and 5. */
#include "practice/documents.h"
#include "practice_fixture.h"

static const char plain[] =
    "      - { id: name, ask: Your name?, type: text }\n"
    "      - { id: team, ask: \"{name}, do you lead a team?\", type: yes_no }\n"
    "      - { id: size, ask: How many?, type: integer, min: 1, max: 99 }\n"
    "      - { id: alone, ask: What do you like about it?, type: text }\n"
    "      - { id: end, ask: Anything else?, type: text, required: false }\n";
static const char plain_script[] =
    "phase \"define\"\nask \"name\"\n"
    "if ask \"team\" then\n  ask \"size\"\nelse\n  ask \"alone\"\nend\nask \"end\"\n";

static struct journey *plain_journey(struct fixture *f)
{
    fixture_workflow(f, plain, plain_script);
    return fixture_start(f, "Ada", "small", "en");
}

static void the_first_question_is_open(void **state)
{
    struct journey *j = plain_journey(*state);
    assert_string_equal(fixture_open_keys(j), "define/name");
    journey_close(j);
}

static void an_answer_opens_the_next_question(void **state)
{
    struct journey *j = plain_journey(*state);
    assert_int_equal(fixture_answer(j, "define/name", "\"Ada\"", 0), ERR_NONE);
    assert_string_equal(fixture_open_keys(j), "define/team");
    json_t *view = journey_view(j);
    const json_t *open = json_array_get(json_object_get(view, "open"), 0);
    assert_string_equal(json_member(open, "ask").p, "Ada, do you lead a team?");
    json_decref(view);
    journey_close(j);
}

static void an_unfit_answer_changes_nothing(void **state)
{
    struct journey *j = plain_journey(*state);
    assert_int_equal(fixture_answer(j, "define/name", "17.5", -1), ERR_INPUT);
    assert_int_equal(fixture_answer(j, "define/name", "\"\"", -1), ERR_INPUT);
    assert_int_equal(fixture_answer(j, "define/size", "3", -1), ERR_NOT_FOUND);
    assert_string_equal(fixture_open_keys(j), "define/name");
    json_t *history;
    assert_ok(journey_history(j, STR(""), &history, &fixture_error));
    assert_int_equal(json_array_size(history), 0);
    json_decref(history);
    journey_close(j);
}

static void answers_of_a_left_branch_are_set_aside_and_come_back(void **state)
{
    struct journey *j = plain_journey(*state);
    assert_int_equal(fixture_answer(j, "define/name", "\"Ada\"", -1), ERR_NONE);
    assert_int_equal(fixture_answer(j, "define/team", "true", -1), ERR_NONE);
    assert_int_equal(fixture_answer(j, "define/size", "7", -1), ERR_NONE);
    assert_int_equal(fixture_answer(j, "define/team", "false", -1), ERR_NONE);
    assert_string_equal(fixture_open_keys(j), "define/alone");
    assert_int_equal(fixture_progress(j, "set_aside"), 1);
    assert_int_equal(fixture_answer(j, "define/team", "true", -1), ERR_NONE);
    assert_int_equal(fixture_progress(j, "set_aside"), 0);
    assert_string_equal(fixture_open_keys(j), "define/end");
    assert_int_equal(fixture_progress(j, "answered"), 3);
    journey_close(j);
}

static void a_question_worded_differently_is_to_check_until_confirmed(void **state)
{
    struct journey *j = plain_journey(*state);
    assert_int_equal(fixture_answer(j, "define/name", "\"Ada\"", -1), ERR_NONE);
    assert_int_equal(fixture_answer(j, "define/team", "true", -1), ERR_NONE);
    assert_int_equal(fixture_answer(j, "define/name", "\"Grace\"", -1), ERR_NONE);
    assert_string_equal(fixture_open_keys(j), "define/size define/team:to_check");
    assert_int_equal(fixture_answer(j, "define/team", "true", -1), ERR_NONE);
    assert_string_equal(fixture_open_keys(j), "define/size");
    assert_int_equal(fixture_answer(j, "define/name", "\"Ada\"", -1), ERR_NONE);
    assert_int_equal(fixture_progress(j, "to_check"), 1);
    journey_close(j);
}

static void the_same_submission_twice_is_stored_once(void **state)
{
    struct journey *j = plain_journey(*state);
    json_t *history;
    assert_int_equal(fixture_answer(j, "define/name", "\"Ada\"", 0), ERR_NONE);
    assert_int_equal(fixture_answer(j, "define/name", "\"Ada\"", 0), ERR_NONE);
    assert_ok(journey_history(j, STR(""), &history, &fixture_error));
    assert_int_equal(json_array_size(history), 1);
    json_decref(history);
    journey_close(j);
}

static void a_stale_submission_is_refused_with_both_values(void **state)
{
    struct fixture *f = *state;
    struct journey *one = plain_journey(f), *other;
    assert_ok(journey_open(f->p, journey_record(one)->id, STR(""), &other, &fixture_error));
    assert_int_equal(fixture_answer(one, "define/name", "\"Ada\"", 0), ERR_NONE);
    assert_int_equal(fixture_answer(other, "define/name", "\"Grace\"", 0), ERR_CONFLICT);
    assert_non_null(strstr(fixture_error.text, "Ada"));
    assert_non_null(strstr(fixture_error.text, "Grace"));
    const json_t *conflict = journey_conflict(other);
    assert_string_equal(json_member(conflict, "yours").p, "Grace");
    assert_string_equal(json_member(conflict, "theirs").p, "Ada");
    /* Another question is not stale just because something else was answered. */
    assert_int_equal(fixture_answer(other, "define/team", "true", 0), ERR_NONE);
    assert_int_equal(fixture_answer(one, "define/size", "4", 1), ERR_NONE);
    journey_close(other);
    journey_close(one);
}

static void undo_takes_back_and_redo_brings_back(void **state)
{
    struct fixture *f = *state;
    struct journey *j = plain_journey(f);
    struct str key;
    assert_int_equal(fixture_answer(j, "define/name", "\"Ada\"", -1), ERR_NONE);
    assert_int_equal(fixture_answer(j, "define/team", "true", -1), ERR_NONE);
    assert_int_equal(fixture_answer(j, "define/name", "\"Grace\"", -1), ERR_NONE);
    assert_ok(journey_undo(j, f->a, &key, &fixture_error));
    assert_string_equal(key.p, "define/name");
    assert_int_equal(fixture_progress(j, "to_check"), 0);
    assert_ok(journey_undo(j, f->a, &key, &fixture_error));
    assert_string_equal(key.p, "define/team");
    assert_string_equal(fixture_open_keys(j), "define/team");
    assert_ok(journey_redo(j, f->a, &key, &fixture_error));
    assert_ok(journey_redo(j, f->a, &key, &fixture_error));
    assert_string_equal(key.p, "define/name");
    assert_int_equal(fixture_progress(j, "to_check"), 1);
    assert_false(journey_redo(j, f->a, &key, &fixture_error));
    assert_int_equal(fixture_error.code, ERR_REFUSED);
    journey_close(j);
}

static void a_new_answer_ends_what_can_be_redone(void **state)
{
    struct fixture *f = *state;
    struct journey *j = plain_journey(f);
    struct str key;
    assert_int_equal(fixture_answer(j, "define/name", "\"Ada\"", -1), ERR_NONE);
    assert_ok(journey_undo(j, f->a, &key, &fixture_error));
    assert_false(journey_undo(j, f->a, &key, &fixture_error));
    assert_int_equal(fixture_answer(j, "define/name", "\"Grace\"", -1), ERR_NONE);
    assert_false(journey_redo(j, f->a, &key, &fixture_error));
    journey_close(j);
}

static void a_skip_has_a_reason_and_passes(void **state)
{
    struct journey *j = plain_journey(*state);
    struct change c = {.key = STR("define/name"), .why = STR("not now"), .replaces = -1};
    assert_ok(journey_skip(j, &c, &fixture_error));
    assert_string_equal(fixture_open_keys(j), "define/team");
    json_t *view = journey_review(j);
    const json_t *first = json_array_get(json_object_get(view, "answered"), 0);
    assert_string_equal(json_member(first, "skipped").p, "not now");
    json_decref(view);
    journey_close(j);
}

static void back_opens_a_question_with_its_old_answer(void **state)
{
    struct journey *j = plain_journey(*state);
    struct change c = {.key = STR("define/name"), .replaces = -1};
    assert_false(journey_clear(j, &c, &fixture_error));
    assert_int_equal(fixture_error.code, ERR_REFUSED);
    assert_int_equal(fixture_answer(j, "define/name", "\"Ada\"", -1), ERR_NONE);
    assert_ok(journey_clear(j, &c, &fixture_error));
    assert_string_equal(fixture_open_keys(j), "define/name");
    json_t *q;
    assert_ok(journey_question(j, STR("name"), &q, &fixture_error));
    assert_string_equal(json_member(q, "previous").p, "Ada");
    json_decref(q);
    journey_close(j);
}

static void a_batch_is_stored_whole_or_not_at_all(void **state)
{
    struct journey *j = plain_journey(*state);
    assert_ok(journey_batch_begin(j, &fixture_error));
    assert_int_equal(fixture_answer(j, "define/name", "\"Ada\"", -1), ERR_NONE);
    assert_int_equal(fixture_answer(j, "define/team", "\"perhaps\"", -1), ERR_INPUT);
    assert_ok(journey_batch_end(j, false, &fixture_error));
    assert_string_equal(fixture_open_keys(j), "define/name");
    assert_ok(journey_batch_begin(j, &fixture_error));
    assert_int_equal(fixture_answer(j, "define/name", "\"Ada\"", -1), ERR_NONE);
    assert_int_equal(fixture_answer(j, "define/team", "true", -1), ERR_NONE);
    assert_ok(journey_batch_end(j, true, &fixture_error));
    assert_string_equal(fixture_open_keys(j), "define/size");
    journey_close(j);
}

static void an_answer_is_there_after_the_handle_is_opened_again(void **state)
{
    struct fixture *f = *state;
    struct journey *j = plain_journey(f), *again;
    assert_int_equal(fixture_answer(j, "define/name", "\"Ada\"", -1), ERR_NONE);
    json_t *before = journey_view(j);
    assert_ok(journey_open(f->p, journey_record(j)->id, STR(""), &again, &fixture_error));
    json_t *after = journey_view(again);
    assert_true(json_equal(before, after));
    json_decref(before);
    json_decref(after);
    journey_close(j);
    journey_close(again);
}

static void editing_the_files_does_not_touch_a_running_journey(void **state)
{
    struct fixture *f = *state;
    struct journey *j = plain_journey(f), *again;
    assert_int_equal(fixture_answer(j, "define/name", "\"Ada\"", -1), ERR_NONE);
    fixture_workflow(f, "      - { id: other, ask: Other?, type: text }\n",
                     "phase \"define\"\nask \"other\"\n");
    assert_ok(journey_open(f->p, journey_record(j)->id, STR(""), &again, &fixture_error));
    assert_string_equal(fixture_open_keys(again), "define/team");
    journey_close(again);
    journey_close(j);
}

static void a_failing_script_never_costs_an_answer(void **state)
{
    struct fixture *f = *state;
    fixture_workflow(
        f,
        "      - { id: name, ask: Name?, type: text }\n      - { id: more, ask: More?, type: text "
        "}\n",
        "phase \"define\"\nlocal n = ask \"name\"\nlocal x = n.first.second\nask \"more\"\n");
    struct journey *j = fixture_start(f, "Ada", "small", "en"), *again;
    assert_int_equal(fixture_answer(j, "define/name", "\"Ada\"", -1), ERR_NONE);
    json_t *view = journey_view(j);
    const json_t *trouble = json_object_get(view, "trouble");
    assert_non_null(trouble);
    assert_int_equal(json_whole(trouble, "line", 0), 3);
    json_decref(view);
    assert_ok(journey_open(f->p, journey_record(j)->id, STR(""), &again, &fixture_error));
    assert_int_equal(fixture_progress(again, "answered"), 1);
    journey_close(again);
    journey_close(j);
}

static void a_script_that_never_ends_is_stopped_and_the_answer_kept(void **state)
{
    struct fixture *f = *state;
    fixture_workflow(f, "      - { id: name, ask: Name?, type: text }\n",
                     "phase \"define\"\nask \"name\"\nwhile true do end\n");
    struct journey *j = fixture_start(f, "Ada", "small", "en");
    assert_int_equal(fixture_answer(j, "define/name", "\"Ada\"", -1), ERR_NONE);
    json_t *view = journey_view(j);
    assert_non_null(json_object_get(view, "trouble"));
    json_decref(view);
    json_t *history;
    assert_ok(journey_history(j, STR(""), &history, &fixture_error));
    assert_int_equal(json_array_size(history), 1);
    json_decref(history);
    journey_close(j);
}

static void a_check_refuses_with_its_sentence(void **state)
{
    struct fixture *f = *state;
    fixture_workflow(f,
                     "      - { id: name, ask: Name?, type: text, check: \"#value > 3 or 'Longer, "
                     "please.'\" }\n",
                     "phase \"define\"\nask \"name\"\n");
    struct journey *j = fixture_start(f, "Ada", "small", "en");
    assert_int_equal(fixture_answer(j, "define/name", "\"Ada\"", -1), ERR_INPUT);
    assert_string_equal(fixture_error.text, "Longer, please.");
    assert_string_equal(fixture_open_keys(j), "define/name");
    assert_int_equal(fixture_answer(j, "define/name", "\"Adalovelace\"", -1), ERR_NONE);
    journey_close(j);
}

static void a_check_may_name_a_message_in_two_languages(void **state)
{
    struct fixture *f = *state;
    fixture_workflow(
        f,
        "      - { id: name, ask: Name?, type: text, check: \"#value > 3 or 'longer'\" }\n"
        "messages: { longer: \"A little longer, please.\" }\n",
        "phase \"define\"\nask \"name\"\n");
    struct journey *j = fixture_start(f, "Ada", "small", "en");
    assert_int_equal(fixture_answer(j, "define/name", "\"Ada\"", -1), ERR_INPUT);
    assert_string_equal(fixture_error.text, "A little longer, please.");
    journey_close(j);
}

static void a_wait_may_have_a_day(void **state)
{
    struct fixture *f = *state;
    fixture_workflow(f, "      - { id: end, ask: End?, type: text }\n",
                     "phase \"define\"\nwait(\"rest\", { till = \"2031-05-01\" })\nask \"end\"\n");
    struct journey *j = fixture_start(f, "Ada", "small", "en");
    json_t *q;
    assert_ok(journey_question(j, STR("rest"), &q, &fixture_error));
    assert_string_equal(json_member(json_object_get(q, "wait"), "until").p, "2031-05-01");
    json_decref(q);
    journey_close(j);
}

static void a_new_cycle_offers_what_was_said_before(void **state)
{
    struct fixture *f = *state;
    fixture_workflow(
        f,
        "      - { id: things, ask: What?, type: list, min: 1, item: { text: { max: 80 } } }\n"
        "      - { id: power, ask: \"How strong is {item.text}?\", type: scale, from: 0, to: 9 }\n",
        "phase \"define\"\nfor thing in each(ask \"things\") do\n"
        "  ask(\"power\", { item = thing })\nend\n");
    struct journey *j = fixture_start(f, "Ada", "small", "en"), *next;
    struct store_client client;
    struct store_journey record = {.workflow = STR("small")};
    struct diags d = {.a = f->a};
    json_t *q;
    assert_ok(practice_client_find(f->p, f->a, STR("Ada"), &client, &fixture_error));
    assert_false(practice_start(f->p, f->a, &client, &record, &d, &fixture_error));
    assert_int_equal(fixture_answer(j, "define/things", "[{\"id\":\"aaa\",\"text\":\"a\"}]", -1),
                     ERR_NONE);
    assert_int_equal(fixture_answer(j, "define/aaa/power", "4", -1), ERR_NONE);
    journey_close(j);
    assert_ok(practice_start(f->p, f->a, &client, &record, &d, &fixture_error));
    assert_int_equal(record.cycle, 2);
    assert_ok(journey_open(f->p, record.id, STR(""), &next, &fixture_error));
    assert_string_equal(fixture_open_keys(next), "define/things");
    assert_ok(journey_question(next, STR("things"), &q, &fixture_error));
    assert_int_equal(json_array_size(json_object_get(q, "start")), 1);
    json_decref(q);
    assert_int_equal(fixture_answer(next, "define/things", "[\"a\"]", -1), ERR_NONE);
    assert_ok(journey_question(next, STR("define/aaa/power"), &q, &fixture_error));
    assert_int_equal(json_integer_value(json_object_get(q, "start")), 4);
    json_decref(q);
    journey_close(next);
}

static void bookends_are_not_counted_among_the_phases(void **state)
{
    struct journey *j = fixture_start(*state, "Ada", "business-model", "en");
    const json_t *definition = workflow_in_language(journey_workflow(j), STR("en"));
    size_t of;
    assert_int_equal(json_array_size(json_object_get(definition, "phases")), 6);
    assert_int_equal(fixture_progress(j, "phases"), 4);
    assert_int_equal(workflow_phase_number(definition, STR("agree"), &of), 0);
    assert_int_equal(workflow_phase_number(definition, STR("define"), &of), 1);
    assert_int_equal(workflow_phase_number(definition, STR("test"), &of), 4);
    journey_close(j);
}

static void a_changed_list_asks_the_sort_again_with_what_is_known(void **state)
{
    struct fixture *f = *state;
    fixture_workflow(
        f,
        "      - { id: things, ask: What?, type: list, min: 1, item: { text: { max: 80 } } }\n"
        "      - id: fate\n        ask: Keep or drop?\n        type: sort\n"
        "        columns: { keep: Keep, drop: Drop }\n",
        "phase \"define\"\nlocal things = ask \"things\"\nask(\"fate\", { rows = things })\n");
    struct journey *j = fixture_start(f, "Ada", "small", "en");
    assert_int_equal(fixture_answer(j, "define/things", "[\"a\",\"b\"]", -1), ERR_NONE);
    assert_int_equal(fixture_answer(j, "define/fate", "{\"a\":\"keep\"}", -1), ERR_INPUT);
    assert_int_equal(fixture_answer(j, "define/fate", "{\"a\":\"keep\",\"b\":\"drop\"}", -1),
                     ERR_NONE);
    assert_string_equal(fixture_open_keys(j), "");
    assert_int_equal(fixture_answer(j, "define/things", "[\"a\",\"b\",\"c\"]", -1), ERR_NONE);
    assert_string_equal(fixture_open_keys(j), "define/fate:invalid");
    json_t *q;
    assert_ok(journey_question(j, STR("fate"), &q, &fixture_error));
    assert_int_equal(json_object_size(json_object_get(q, "previous")), 2);
    json_decref(q);
    assert_int_equal(fixture_answer(j, "define/things", "[\"a\",\"b\"]", -1), ERR_NONE);
    assert_string_equal(fixture_open_keys(j), "");
    journey_close(j);
}

static void a_wait_passes_when_its_day_has_come(void **state)
{
    struct fixture *f = *state;
    int64_t start;
    assert_true(clock_parse(STR("2026-11-02T10:00:00Z"), &start));
    clock_fix(start);
    fixture_workflow(f,
                     "      - { id: name, ask: Name?, type: text }\n      - { id: end, ask: End?, "
                     "type: text }\n",
                     "phase \"define\"\nask \"name\"\nwait(\"rest\", { days = 7 })\nask \"end\"\n");
    struct journey *j = fixture_start(f, "Ada", "small", "en"), *later;
    assert_int_equal(fixture_answer(j, "define/name", "\"Ada\"", -1), ERR_NONE);
    assert_string_equal(fixture_open_keys(j), "define/rest");
    clock_fix(start + (int64_t)6 * 86400000);
    assert_ok(journey_open(f->p, journey_record(j)->id, STR(""), &later, &fixture_error));
    assert_string_equal(fixture_open_keys(later), "define/rest");
    journey_close(later);
    clock_fix(start + (int64_t)7 * 86400000);
    assert_ok(journey_open(f->p, journey_record(j)->id, STR(""), &later, &fixture_error));
    assert_string_equal(fixture_open_keys(later), "define/end");
    journey_close(later);
    journey_close(j);
    clock_fix(0);
}

static void a_wait_can_be_closed_by_the_coach(void **state)
{
    struct fixture *f = *state;
    fixture_workflow(f, "      - { id: end, ask: End?, type: text }\n",
                     "phase \"define\"\nwait(\"rest\", {})\nask \"end\"\n");
    struct journey *j = fixture_start(f, "Ada", "small", "en");
    assert_int_equal(fixture_answer(j, "define/rest", "true", -1), ERR_NONE);
    assert_string_equal(fixture_open_keys(j), "define/end");
    journey_close(j);
}

static void every_event_carries_its_session(void **state)
{
    struct fixture *f = *state;
    struct journey *j = plain_journey(f);
    struct store_session *sessions;
    struct store_event *events;
    size_t n, m;
    struct str id = journey_record(j)->id;
    id = str_copy(f->a, id);
    assert_int_equal(fixture_answer(j, "define/name", "\"Ada\"", -1), ERR_NONE);
    assert_int_equal(fixture_answer(j, "define/team", "true", -1), ERR_NONE);
    journey_close(j);
    assert_ok(store_session_list(practice_store(f->p), f->a, id, &sessions, &n, &fixture_error));
    assert_int_equal(n, 1);
    assert_true(sessions[0].ended >= sessions[0].started);
    assert_ok(store_event_list(practice_store(f->p), f->a, id, 0, &events, &m, &fixture_error));
    assert_int_equal(m, 2);
    assert_true(str_eq(events[1].session, sessions[0].id));
}

static void notes_keep_their_place_and_visibility(void **state)
{
    struct journey *j = plain_journey(*state);
    json_t *notes;
    assert_ok(
        journey_note(j, STR("define/name"), STR("hesitates"), STR("private"), &fixture_error));
    assert_false(journey_note(j, STR(""), STR("  "), STR("private"), &fixture_error));
    assert_false(journey_note(j, STR(""), STR("x"), STR("public"), &fixture_error));
    assert_ok(journey_notes(j, &notes, &fixture_error));
    assert_int_equal(json_array_size(notes), 1);
    json_decref(notes);
    journey_close(j);
}

static void an_answer_file_is_applied_in_the_order_of_the_questions(void **state)
{
    struct fixture *f = *state;
    struct journey *j = plain_journey(f);
    struct diags d = {.a = f->a};
    json_t *file, *report;
    assert_true(answer_file_read(
        f->a, STR("x.yaml"),
        STR("answers: { size: 4, team: true, name: Ada, nome: x }\nskip: { end: tired }\n"), &file,
        &d));
    assert_ok(journey_apply(j, file, &report, &fixture_error));
    assert_int_equal(json_whole(report, "answered", 0), 3);
    assert_int_equal(json_whole(report, "skipped", 0), 1);
    assert_int_equal(json_array_size(json_object_get(report, "problems")), 1);
    assert_string_equal(
        json_member(json_array_get(json_object_get(report, "problems"), 0), "entry").p, "nome");
    json_decref(report);
    assert_ok(journey_apply(j, file, &report, &fixture_error));
    assert_int_equal(json_whole(report, "unchanged", 0), 4);
    json_decref(report);
    json_decref(file);
    journey_close(j);
}

static void private_answers_are_not_in_the_tree_of_a_client(void **state)
{
    struct fixture *f = *state;
    fixture_workflow(
        f,
        "      - { id: open, ask: Open?, type: text, canvas: page.one }\n"
        "      - { id: secret, ask: Secret?, type: text, private: true, canvas: page.two }\n"
        "      - { id: sore, ask: Sore?, type: text, sensitive: true }\n",
        "phase \"define\"\nask \"open\"\nask \"secret\"\nask \"sore\"\n");
    struct journey *j = fixture_start(f, "Ada", "small", "en");
    static const char *const audiences[] = {"client", "coach", "sponsor"};
    static const bool sees[3][3] = {
        {true, false, false}, {true, true, false}, {false, false, false}};
    assert_int_equal(fixture_answer(j, "define/open", "\"daylight\"", -1), ERR_NONE);
    assert_int_equal(fixture_answer(j, "define/secret", "\"moonlight\"", -1), ERR_NONE);
    assert_int_equal(fixture_answer(j, "define/sore", "\"starlight\"", -1), ERR_NONE);
    for (int i = 0; i < 3; i++) {
        json_t *tree = journey_tree(j, str_of(audiences[i]), false);
        struct str text = json_write(f->a, tree);
        assert_int_equal(str_find(text, STR("daylight"), 0) < text.n, sees[i][0]);
        assert_int_equal(str_find(text, STR("moonlight"), 0) < text.n, sees[i][1]);
        assert_int_equal(str_find(text, STR("starlight"), 0) < text.n, sees[i][2]);
        json_decref(tree);
    }
    journey_close(j);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_open, fixture_close)
    const struct CMUnitTest tests[] = {
        TEST(the_first_question_is_open),
        TEST(an_answer_opens_the_next_question),
        TEST(an_unfit_answer_changes_nothing),
        TEST(answers_of_a_left_branch_are_set_aside_and_come_back),
        TEST(a_question_worded_differently_is_to_check_until_confirmed),
        TEST(the_same_submission_twice_is_stored_once),
        TEST(a_stale_submission_is_refused_with_both_values),
        TEST(undo_takes_back_and_redo_brings_back),
        TEST(a_new_answer_ends_what_can_be_redone),
        TEST(a_skip_has_a_reason_and_passes),
        TEST(back_opens_a_question_with_its_old_answer),
        TEST(a_batch_is_stored_whole_or_not_at_all),
        TEST(an_answer_is_there_after_the_handle_is_opened_again),
        TEST(editing_the_files_does_not_touch_a_running_journey),
        TEST(a_failing_script_never_costs_an_answer),
        TEST(a_script_that_never_ends_is_stopped_and_the_answer_kept),
        TEST(a_check_refuses_with_its_sentence),
        TEST(a_check_may_name_a_message_in_two_languages),
        TEST(a_wait_may_have_a_day),
        TEST(a_new_cycle_offers_what_was_said_before),
        TEST(bookends_are_not_counted_among_the_phases),
        TEST(a_changed_list_asks_the_sort_again_with_what_is_known),
        TEST(a_wait_passes_when_its_day_has_come),
        TEST(a_wait_can_be_closed_by_the_coach),
        TEST(every_event_carries_its_session),
        TEST(notes_keep_their_place_and_visibility),
        TEST(an_answer_file_is_applied_in_the_order_of_the_questions),
        TEST(private_answers_are_not_in_the_tree_of_a_client),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
