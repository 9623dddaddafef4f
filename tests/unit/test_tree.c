/* What documents and the review say of questions: no wording with a hole in it, nothing that a
 * reader may not see. */
#include "practice/documents.h"
#include "practice_fixture.h"

static const char questions[] =
    "      - { id: name, ask: Your name?, type: text }\n"
    "      - { id: secret, ask: Secret?, type: text, private: true }\n"
    "      - { id: plain, ask: \"{name}, and then?\", type: text }\n"
    "      - { id: sore, ask: \"{name}, why {secret}?\", type: text }\n";
static const char script[] =
    "phase \"define\"\nask \"name\"\nask \"secret\"\n"
    "if answers.name == \"Ada\" then\n  ask \"plain\"\n  ask \"sore\"\nend\n";

static struct journey *with_two_left_out(struct fixture *f)
{
    struct change plain = {.key = STR("define/plain"), .why = STR("tired"), .replaces = -1},
                  sore = {.key = STR("define/sore"), .why = STR("tired"), .replaces = -1};
    fixture_workflow(f, questions, script);
    struct journey *j = fixture_start(f, "Ada", "small", "en");
    assert_int_equal(fixture_answer(j, "define/name", "\"Ada\"", -1), ERR_NONE);
    assert_int_equal(fixture_answer(j, "define/secret", "\"moonlight\"", -1), ERR_NONE);
    assert_ok(journey_skip(j, &plain, &fixture_error));
    assert_ok(journey_skip(j, &sore, &fixture_error));
    return j;
}

static void a_document_names_left_out_questions_as_they_were_asked(void **state)
{
    struct fixture *f = *state;
    struct journey *j = with_two_left_out(f);
    static const char *const audiences[] = {"client", "coach"};
    static const char *const asks[] = {"Ada, why …?", "Ada, why moonlight?"};
    for (int i = 0; i < 2; i++) {
        json_t *tree = journey_tree(j, str_of(audiences[i]), false);
        const json_t *skipped = json_object_get(tree, "skipped");
        assert_int_equal(json_array_size(skipped), 2);
        assert_string_equal(json_member(json_array_get(skipped, 0), "ask").p, "Ada, and then?");
        assert_string_equal(json_member(json_array_get(skipped, 1), "ask").p, asks[i]);
        json_decref(tree);
    }
    journey_close(j);
}

static void a_question_set_aside_is_named_without_braces(void **state)
{
    struct fixture *f = *state;
    struct journey *j = with_two_left_out(f);
    assert_int_equal(fixture_answer(j, "define/name", "\"Grace\"", -1), ERR_NONE);
    json_t *review = journey_review(j);
    const json_t *aside = json_object_get(review, "aside");
    assert_int_equal(json_array_size(aside), 2);
    for (size_t i = 0; i < 2; i++)
        assert_null(strchr(json_member(json_array_get(aside, i), "ask").p, '{'));
    json_decref(review);
    journey_close(j);
}

static void sensitive_notes_are_for_the_coach_who_asks_for_them(void **state)
{
    struct fixture *f = *state;
    fixture_workflow(f, questions, script);
    struct journey *j = fixture_start(f, "Ada", "small", "en");
    static const char *const audiences[] = {"client", "coach", "sponsor"};
    assert_ok(journey_note(j, STR(""), STR("sore"), STR("sensitive"), &fixture_error));
    for (int i = 0; i < 6; i++) {
        bool coach = i / 2 == 1, asked = i % 2;
        json_t *tree = journey_tree(j, str_of(audiences[i / 2]), asked);
        size_t n = json_array_size(json_object_get(tree, "notes"));
        assert_int_equal(n, coach && asked ? 1 : 0);
        json_decref(tree);
    }
    journey_close(j);
}

static void the_words_of_an_answer_are_no_placeholders(void **state)
{
    struct fixture *f = *state;
    fixture_workflow(f,
                     "      - { id: name, ask: Your name?, type: text }\n"
                     "messages: { rest: \"Rest, {name}.\" }\n",
                     "phase \"define\"\nask \"name\"\nwait(\"rest\", {})\n");
    struct journey *j = fixture_start(f, "Ada", "small", "en");
    json_t *q;
    assert_int_equal(fixture_answer(j, "define/name", "\"{Ada}\"", -1), ERR_NONE);
    assert_ok(journey_question(j, STR("rest"), &q, &fixture_error));
    assert_string_equal(json_member(q, "ask").p, "Rest, {Ada}.");
    json_decref(q);
    journey_close(j);
}

static void a_number_of_the_script_is_said_with_its_fraction(void **state)
{
    struct fixture *f = *state;
    fixture_workflow(f,
                     "      - { id: name, ask: Your name?, type: text }\n"
                     "messages: { mean: \"On average {mean}.\" }\n",
                     "phase \"define\"\nsay(\"mean\", { mean = 5 / 2 })\nask \"name\"\n");
    struct journey *j = fixture_start(f, "Ada", "small", "en");
    json_t *view = journey_view(j);
    assert_string_equal(json_text(json_array_get(json_object_get(view, "said"), 0)).p,
                        "On average 2.5.");
    json_decref(view);
    journey_close(j);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, fixture_open, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_document_names_left_out_questions_as_they_were_asked),
        TEST(a_question_set_aside_is_named_without_braces),
        TEST(sensitive_notes_are_for_the_coach_who_asks_for_them),
        TEST(the_words_of_an_answer_are_no_placeholders),
        TEST(a_number_of_the_script_is_said_with_its_fraction),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
