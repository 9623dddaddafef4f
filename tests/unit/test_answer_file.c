/* Answer files and scripted clients: what is written in the wrong shape is told, never passed over;
 * what is not used is reported for what it is. */
#include "practice_fixture.h"

static const char questions[] =
    "      - { id: goal, ask: Goal?, type: text }\n"
    "      - { id: secret, ask: Secret?, type: commitment, private: true }\n"
    "      - { id: things, ask: Things?, type: list, private: true, min: 1,\n"
    "          item: { text: { max: 80 }, note: { type: text, max: 80, required: false } } }\n";

static void what_is_expected_in_the_wrong_shape_is_a_mistake(void **state)
{
    static const char *const wrong[] = {
        "expect: { done: true }",
        "expect: done",
        "expect: [done]",
        "expect_then: { says: x }",
        "expect_document: [x]",
        "expect_document: { plan: x }",
        "expect_canvas: { page: { one: x } }",
        "answers: [x]",
    };
    struct fixture *f = *state;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct diags d = {.a = f->a};
        json_t *file = NULL;
        if (answer_file_read(f->a, STR("x.yaml"), str_of(wrong[i]), &file, &d))
            fail_msg("taken: %s", wrong[i]);
        assert_int_equal(d.errors, 1);
        assert_string_equal(d.list[0].code, "E115");
    }
}

static void what_is_expected_in_the_right_shape_is_taken(void **state)
{
    struct fixture *f = *state;
    struct diags d = {.a = f->a};
    json_t *file;
    assert_true(answer_file_read(f->a, STR("x.yaml"),
                                 STR("answers:\nskip:\nexpect: [{ done: true }, { says: x }]\n"
                                     "expect_then:\nexpect_document: { plan: [x], plan_not: [] }\n"
                                     "expect_canvas: { page: [x] }\n"),
                                 &file, &d));
    json_decref(file);
}

static void a_shorter_name_beside_a_longer_one_is_reported_as_such(void **state)
{
    struct fixture *f = *state;
    json_t *report,
        *file = json_pack("{s:{s:s,s:s}}", "answers", "goal", "no", "define/goal", "yes");
    fixture_workflow(f, questions, "phase \"define\"\nask \"goal\"\n");
    struct journey *j = fixture_start(f, "Ada", "small", "en");
    assert_ok(journey_apply(j, file, &report, &fixture_error));
    const json_t *problem = json_array_get(json_object_get(report, "problems"), 0);
    assert_string_equal(json_member(problem, "entry").p, "goal");
    assert_null(strstr(json_member(problem, "text").p, "skipped"));
    json_decref(report);
    json_decref(file);
    journey_close(j);
}

/* The failures of a scripted client whose script gives this of a private answer to the client. */
static size_t failures_with(struct fixture *f, const char *given)
{
    struct scripted_setup setup = {f->library, f->host};
    struct diags d = {.a = f->a};
    json_t *failures;
    char script[1024];
    struct file test = {STR("x.yaml"),
                        STR("answers: { goal: x, secret: { what: a, know: b }, things: [c] }\n")};
    (void)snprintf(script, sizeof script,
                   "phase \"define\"\nstep \"first\"\nput(\"page\", \"one\", %s)\n", given);
    fixture_workflow(f, questions, script);
    assert_ok(scripted_run(&setup, STR("small"), &test, &failures, &d, &fixture_error));
    size_t n = json_array_size(failures);
    json_decref(failures);
    return n;
}

static void a_private_word_is_found_in_every_part_of_an_answer(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(failures_with(f, "answers.goal"), 0);
    assert_true(failures_with(f, "answers.things[1].text") > 0);
    assert_true(failures_with(f, "answers.things[1].note or \"-\"") > 0);
    assert_true(failures_with(f, "answers.secret.what") > 0);
    assert_true(failures_with(f, "answers.secret.know") > 0);
}

/* Of a client whose script puts these rows before the client. */
static size_t failures_with_rows(struct fixture *f, const char *rows)
{
    struct scripted_setup setup = {f->library, f->host};
    struct diags d = {.a = f->a};
    json_t *failures;
    char made[512];
    struct file test = {STR("x.yaml"), STR("answers: { secret: [a], order: [p] }\n")};
    (void)snprintf(made, sizeof made,
                   "phase \"define\"\nask \"secret\"\nask(\"order\", { items = %s })\n", rows);
    fixture_workflow(f,
                     "      - { id: secret, ask: Secret?, type: list, private: true }\n"
                     "      - { id: order, ask: Order?, type: rank }\n",
                     made);
    assert_ok(scripted_run(&setup, STR("small"), &test, &failures, &d, &fixture_error));
    size_t n = json_array_size(failures);
    json_decref(failures);
    return n;
}

static void a_private_word_is_found_in_rows_of_a_sheet(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(failures_with_rows(f, "{ { id = \"p\", text = \"ours\" } }"), 0);
    assert_true(failures_with_rows(
                    f, "{ { id = \"p\", text = \"about \" .. answers.secret[1].text } }") > 0);
    /* As it was said it does not get there at all. */
    assert_int_equal(failures_with_rows(f, "{ { id = \"p\", text = answers.secret[1].text } }"), 0);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, fixture_open, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_is_expected_in_the_wrong_shape_is_a_mistake),
        TEST(what_is_expected_in_the_right_shape_is_taken),
        TEST(a_shorter_name_beside_a_longer_one_is_reported_as_such),
        TEST(a_private_word_is_found_in_every_part_of_an_answer),
        TEST(a_private_word_is_found_in_rows_of_a_sheet),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
