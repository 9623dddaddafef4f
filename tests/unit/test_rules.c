/* The 28 rules of the method, each held against the bundled business-model: what a client meets and
 * what comes of it.  A client answers what the rule is about and passes over the rest. */
#include "practice/documents.h"
#include "rules_look.h"

#include "document/document.h"

static void r01_the_same_nine_blocks_describe_today_and_the_target(void **state)
{
    struct fixture *f = *state;
    struct journey *j = rules_new(f, PAGE "ka_sort: { Cooking: reduce }, ka_add: [Teaching]", NULL);
    static const char *const notes[] = {"Listening",      "Cooking",  "Families",
                                        "A warm evening", "A poster", "At the table",
                                        "The baker",      "Thanks",   "Evenings"};
    for (size_t i = 0; i < BLOCKS; i++) {
        assert_non_null(rules_note(f, j, "business_model", blocks[i], notes[i]));
        assert_non_null(rules_note(f, j, "target", blocks[i], notes[i]));
    }
    assert_string_equal(rules_note(f, j, "business_model", "ka", "Cooking"), "");
    assert_string_equal(rules_note(f, j, "target", "ka", "Cooking"), "reduce");
    assert_null(rules_note(f, j, "business_model", "ka", "Teaching"));
    assert_string_equal(rules_note(f, j, "target", "ka", "Teaching"), "add");
    journey_close(j);
}

static void r02_without_a_job_the_last_one_is_described(void **state)
{
    struct fixture *f = *state;
    struct journey *j = rules_new(f, "client_type: between, job_scope: last, job: Cook", "kr");
    assert_true(said(j, "last_job"));
    journey_close(j);
    j = rules_new(f, "client_type: employee, job_scope: current, job: Cook", "kr");
    assert_false(said(j, "last_job"));
    journey_close(j);
}

static void r03_it_is_about_work_that_earns_a_living_or_should(void **state)
{
    struct fixture *f = *state;
    struct journey *j = rules_new(f, "client_type: volunteer", "job");
    assert_true(rules_place(j, "earns_elsewhere") >= 0);
    assert_true(holds(json_member(rules_question(j, "job_scope"), "help"), "earns your living"));
    journey_close(j);
    j = rules_new(f, "client_type: employee", "job");
    assert_int_equal(rules_place(j, "earns_elsewhere"), -1);
    journey_close(j);
}

static void r04_the_client_marks_what_is_liked_and_what_is_not(void **state)
{
    struct fixture *f = *state;
    struct journey *j = rules_new(f, PAGE, "likes");
    json_t *open = rules_open(j, "likes");
    assert_int_equal(json_array_size(json_object_get(open, "rows")), BLOCKS);
    assert_string_equal(rules_ids(f, open, "columns"), "like neutral dislike");
    json_decref(open);
    rules_walk(
        f, j,
        "likes: { Listening: like, Cooking: dislike, Families: like, A warm evening: like, "
        "A poster: neutral, At the table: like, The baker: like, Thanks: like, "
        "Evenings: dislike }, ka_sort: { Cooking: maintain }, kr_sort: { Listening: delete }",
        "changes");
    assert_true(advised_on(j, "remark_disliked_stays", "Cooking"));
    assert_true(advised_on(j, "remark_liked_goes", "Listening"));
    journey_close(j);
}

static void r05_activities_are_for_somebody_and_not_yet_of_value(void **state)
{
    struct fixture *f = *state;
    struct journey *j =
        rules_new(f, "ka: [{ text: Cooking, whom: Families }, { text: Statistics }]", "validated");
    assert_true(advised_on(j, "remark_ka_nobody", "Statistics"));
    assert_false(advised_on(j, "remark_ka_nobody", "Cooking"));
    assert_true(holds(json_member(rules_question(j, "ka"), "help"), "not yet what good it does"));
    journey_close(j);
}

static void r06_value_is_more_than_an_activity(void **state)
{
    struct fixture *f = *state;
    struct journey *j = rules_new(f, "ka: [Cooking]", "vp");
    assert_true(holds(rules_told(f, j, "vp", "help"), "journalist"));
    rules_walk(f, j, "vp: [cooking, A warm evening]", "validated");
    assert_true(advised_on(j, "remark_vp_task", "cooking"));
    assert_false(advised_on(j, "remark_vp_task", "A warm evening"));
    journey_close(j);
}

static void r07_how_you_help_is_named_as_the_part_that_matters_most(void **state)
{
    struct fixture *f = *state;
    struct journey *j = rules_begin(f);
    for (size_t i = 0; i < BLOCKS; i++) {
        rules_walk(f, j, "", blocks[i]);
        json_t *view = journey_view(j);
        struct str intro = json_member(json_object_get(view, "step"), "intro");
        assert_int_equal(holds(intro, "matters most"), strcmp(blocks[i], "vp") == 0);
        json_decref(view);
    }
    journey_close(j);
}

static void r08_what_cannot_be_counted_comes_after_the_money(void **state)
{
    struct fixture *f = *state;
    struct journey *j = rules_new(f, "rv: [{ text: A salary, kind: hard }]", "validated");
    assert_true(rules_place(j, "rv") < rules_place(j, "rv_for"));
    assert_true(rules_place(j, "rv_for") < rules_place(j, "rv_soft"));
    assert_string_equal(rules_ids(f, rules_field(j, "rv", "kind"), "options"),
                        "hard material soft");
    assert_true(advised(j, "remark_rv_both"));
    journey_close(j);
}

static void r09_costs_are_soft_and_hard(void **state)
{
    struct fixture *f = *state;
    struct journey *j = rules_new(f, "co: [{ text: Fares, kind: hard }]", "validated");
    assert_true(advised(j, "remark_co_both"));
    journey_close(j);
    j = rules_new(f, "co: [{ text: Fares, kind: hard }, { text: Worry, kind: soft }]", "validated");
    assert_false(advised(j, "remark_co_both"));
    journey_close(j);
}

static void r10_channels_go_through_five_moments(void **state)
{
    struct fixture *f = *state;
    struct journey *j = rules_new(f, "ch: [{ text: A poster, moment: awareness }]", "validated");
    assert_string_equal(rules_ids(f, rules_field(j, "ch", "moment"), "options"),
                        "awareness evaluation purchase delivery after");
    assert_true(advised(j, "remark_ch_moments"));
    assert_false(advised(j, "remark_ch_unheard"));
    journey_close(j);
    j = rules_new(
        f,
        "ch: [{ text: Visits, moment: evaluation }, { text: A letter, moment: purchase }, "
        "{ text: By hand, moment: delivery }, { text: A call, moment: after }]",
        "validated");
    assert_false(advised(j, "remark_ch_moments"));
    assert_true(advised(j, "remark_ch_unheard"));
    journey_close(j);
}

static void r11_relations_are_seen_from_the_other_side(void **state)
{
    struct fixture *f = *state;
    struct journey *j = rules_new(f, "", "cr");
    assert_true(rules_asks(j, "cr_expected"));
    assert_string_equal(rules_ids(f, rules_field(j, "cr", "length"), "options"), "once ongoing");
    const char *aims = rules_ids(f, rules_question(j, "cr_aim"), "options");
    assert_non_null(strstr(aims, "found"));
    assert_non_null(strstr(aims, "kept"));
    rules_walk(f, j,
               PAGE "their_side: [{ text: The town, want: A report, now: A report, apart: 1 }, "
                    "{ text: Families, want: A call, now: E-mails, apart: 8 }]",
               "changes");
    assert_true(said_of(j, "their_gap", "Families"));
    journey_close(j);
}

static void r12_customers_are_inside_and_outside_paying_and_sponsored(void **state)
{
    struct fixture *f = *state;
    static const char cs[] = "cs: [{ text: Families, place: outside, pays: sponsored }], ";
    struct str free_of_charge =
        str_format(f->a, "client_type: employee, %s cs_not_paying: false", cs);
    struct journey *j = rules_new(f, free_of_charge.p, "validated");
    assert_true(advised_on(j, "remark_cs_sponsor", "Families"));
    assert_true(advised(j, "remark_cs_inside"));
    assert_true(rules_place(j, "cs_boss") >= 0);
    assert_int_equal(rules_place(j, "cs_sponsors"), -1);
    journey_close(j);
    struct str carried = str_format(
        f->a, "client_type: self_employed, %s cs_not_paying: true, cs_sponsors: [The town]", cs);
    j = rules_new(f, carried.p, "validated");
    assert_false(advised(j, "remark_cs_sponsor"));
    assert_false(advised(j, "remark_cs_inside"));
    assert_int_equal(rules_place(j, "cs_boss"), -1);
    assert_true(rules_place(j, "cs_buyers") >= 0);
    assert_non_null(rules_note(f, j, "business_model", "cs", "The town"));
    journey_close(j);
}

static void r13_after_each_block_the_page_is_looked_at(void **state)
{
    struct fixture *f = *state;
    struct journey *j = rules_new(f, "kr: [Listening]", "ka");
    assert_non_null(rules_note(f, j, "business_model", "kr", "Listening"));
    assert_true(said(j, "page_grows"));
    assert_int_equal(rules_count(j, "went"), 1);
    rules_walk(f, j, PAGE, "validated");
    assert_int_equal(rules_count(j, "went"), BLOCKS);
    journey_close(j);
}

static void r14_the_page_is_confirmed_before_the_second_table(void **state)
{
    struct fixture *f = *state;
    struct journey *j = rules_new(f, PAGE, "validated");
    assert_int_equal(rules_place(j, "likes"), -1);
    assert_int_equal(fixture_answer(j, "define/validated", "{\"agreed\":false}", -1), ERR_INPUT);
    assert_int_equal(rules_place(j, "likes"), -1);
    rules_apply(f, j, "validated: { agreed: true, who: Ada }");
    assert_true(rules_place(j, "likes") >= 0);
    assert_false(advised(j, "remark_unvalidated"));
    journey_close(j);
    j = rules_new(f, PAGE, "likes");
    assert_true(advised(j, "remark_unvalidated"));
    journey_close(j);
}

static void r15_every_element_gets_one_of_five_decisions(void **state)
{
    struct fixture *f = *state;
    struct journey *j = rules_new(f, "kr: [Listening, Singing], " REST, "kr_sort");
    json_t *open = rules_open(j, "kr_sort");
    const json_t *rows = json_object_get(open, "rows");
    assert_int_equal(json_array_size(rows), 2);
    assert_string_equal(rules_ids(f, open, "columns"), "maintain strengthen reduce delete");
    struct str one =
        str_format(f->a, "{\"%s\":\"reduce\"}", json_member(json_array_get(rows, 0), "id").p);
    assert_int_equal(fixture_answer(j, json_member(open, "key").p, one.p, -1), ERR_INPUT);
    json_decref(open);
    rules_walk(f, j, REST "kr_sort: { Listening: maintain, Singing: delete }", "changes");
    for (size_t i = 0; i < BLOCKS; i++) {
        assert_true(rules_place(j, str_format(f->a, "%s_sort", blocks[i]).p) >= 0);
        assert_true(rules_place(j, str_format(f->a, "%s_add", blocks[i]).p) >= 0);
    }
    journey_close(j);
}

static void r16_the_result_says_precisely_what_to_change(void **state)
{
    struct fixture *f = *state;
    struct journey *j = rules_new(
        f, TASKS "changes: [{ text: Fewer evenings, now: four, wanted: two }, More joy]", NULL);
    assert_true(advised_on(j, "remark_change_vague", "More joy"));
    assert_false(advised_on(j, "remark_change_vague", "Fewer evenings"));
    const char *plan = rules_document(f, j, "plan");
    assert_non_null(strstr(plan, "Fewer evenings"));
    assert_non_null(strstr(plan, "four"));
    assert_non_null(strstr(plan, "two"));
    journey_close(j);
}

static void r17_one_or_more_drafts_with_change_and_impact_for_each_block(void **state)
{
    struct fixture *f = *state;
    struct journey *j =
        rules_new(f,
                  TASKS "draft1/proto_name: Small, draft1/proto_blocks: [ka], draft1/ka_change: "
                        "[{ text: Cooking, decision: reduce }, "
                        "{ text: Teaching, decision: add, impact: Two more cook }], "
                        "draft1/proto_another: true, draft2/proto_name: Large, "
                        "draft2/proto_another: false",
                  "proto_choice");
    json_t *open = rules_open(j, "proto_choice");
    assert_int_equal(json_array_size(json_object_get(open, "rows")), 2);
    json_decref(open);
    rules_walk(f, j, "proto_choice: [Small, Large]", NULL);
    assert_true(advised_on(j, "remark_no_impact", "Cooking"));
    assert_false(advised_on(j, "remark_no_impact", "Teaching"));
    assert_non_null(strstr(rules_document(f, j, "plan"), "Two more cook"));
    for (size_t i = 0; i < BLOCKS; i++) {
        struct str change = str_format(f->a, "%s_change", blocks[i]);
        assert_non_null(rules_field(j, change.p, "decision"));
        assert_non_null(rules_field(j, change.p, "impact"));
    }
    journey_close(j);
}

static void r18_assumptions_become_hypotheses_and_are_tested(void **state)
{
    struct fixture *f = *state;
    struct journey *j = rules_new(f, TASKS "ka_add: [Teaching]", "beliefs");
    json_t *open = rules_open(j, "beliefs");
    char *start = json_dumps(json_object_get(open, "start"), JSON_ENCODE_ANY);
    assert_non_null(start);
    assert_non_null(strstr(start, "Teaching"));
    free(start);
    json_decref(open);
    rules_walk(f, j,
               "beliefs: [{ text: Somebody wants to learn, importance: 5 }, "
               "{ text: I can teach, evidence: strong }]",
               NULL);
    assert_int_equal(rules_count(j, "test_card"), 1);
    assert_non_null(rules_output(j, "hypothesis", "Somebody wants to learn"));
    assert_null(rules_output(j, "hypothesis", "I can teach"));
    journey_close(j);
}

static void r19_wanting_and_paying_are_two_tests(void **state)
{
    struct fixture *f = *state;
    struct journey *j = rules_new(f, TASKS BELIEF "want: \"yes\", pay: \"no\"", NULL);
    assert_true(rules_place(j, "want") < rules_place(j, "pay"));
    assert_true(said(j, "wanted_not_paid"));
    journey_close(j);
    j = rules_new(f, TASKS BELIEF "want: \"yes\", pay: \"yes\"", NULL);
    assert_false(said(j, "wanted_not_paid"));
    journey_close(j);
}

static void r20_strangers_are_never_the_only_way(void **state)
{
    struct fixture *f = *state;
    for (int comfort = 2; comfort <= 9; comfort += 7) {
        struct str answers = str_format(f->a, TASKS BELIEF "cold_comfort: %d", comfort);
        struct journey *j = rules_new(f, answers.p, "route");
        json_t *open = rules_open(j, "route");
        assert_string_equal(rules_ids(f, open, "options"), "partner customer");
        assert_string_equal(json_member(open, "start").p, comfort < 6 ? "partner" : "customer");
        assert_int_equal(said(j, "partner_first"), comfort < 6);
        json_decref(open);
        journey_close(j);
    }
}

static void r21_the_circle_of_partners_is_recorded(void **state)
{
    struct fixture *f = *state;
    struct journey *j = rules_new(f,
                                  TASKS BELIEF "route: { Families come: partner }, "
                                               "prospects: [The baker], loop_turns: "
                                               "[{ text: The baker, way: A note on the counter, "
                                               "people: Families, number: 3, new: The school }]",
                                  NULL);
    const json_t *turn = rules_output(j, "loop", "The baker");
    assert_non_null(turn);
    assert_string_equal(json_member(turn, "way").p, "A note on the counter");
    assert_string_equal(json_member(turn, "people").p, "Families");
    assert_string_equal(json_member(turn, "new").p, "The school");
    journey_close(j);
}

static void r22_a_partner_answers_honestly_and_completes_what_one_has(void **state)
{
    struct fixture *f = *state;
    struct journey *j = rules_new(
        f,
        BELIEF "blocks_now: [kp], kp: [{ text: The baker, gives: resources }, The choir], "
               "route: { Families come: partner }, prospects: "
               "[{ text: The school, does: Has the room I lack, feedback: true }]",
        NULL);
    assert_true(advised_on(j, "remark_kp_gives", "The choir"));
    assert_false(advised_on(j, "remark_kp_gives", "The baker"));
    const json_t *partner = rules_output(j, "partner", "The school");
    assert_true(json_flag(partner, "feedback", false));
    assert_string_equal(json_member(partner, "does").p, "Has the room I lack");
    journey_close(j);
}

static void r23_personality_and_environment_are_shown_again_in_test(void **state)
{
    struct fixture *f = *state;
    static const char tendencies[] =
        "tendencies: { realistic: { self: 1, around: 1 }, investigative: { self: 1, around: 1 }, "
        "artistic: { self: 1, around: 1 }, social: { self: 9, around: 2 }, "
        "enterprising: { self: 1, around: 1 }, conventional: { self: 1, around: 1 } }";
    for (int with = 0; with <= 1; with++) {
        struct str answers = str_format(f->a, TASKS BELIEF "route: { Families come: partner }, %s",
                                        with ? tendencies : "cold_comfort: 2");
        struct journey *j = rules_new(f, answers.p, "prospects");
        assert_int_equal(said(j, "tendencies_again"), with);
        if (with)
            assert_true(said_of(j, "tendencies_again", "9"));
        journey_close(j);
    }
}

static void r24_getting_out_goes_by_way_of_partners(void **state)
{
    struct fixture *f = *state;
    struct journey *j =
        rules_new(f, TASKS BELIEF "route: { Families come: partner }", "talk_questions");
    assert_true(rules_place(j, "talks") >= 0);
    assert_true(said(j, "get_out_partner"));
    assert_false(said(j, "get_out_customer"));
    journey_close(j);
    j = rules_new(f,
                  TASKS "beliefs: [Families come], route: { Families come: customer }, test_card: "
                        "{ Families come: { what: Ask five of them, by: 2099-01-31 } }",
                  "out_there");
    assert_true(said(j, "get_out_customer"));
    json_t *open = rules_open(j, "out_there");
    assert_string_equal(json_member(json_object_get(open, "wait"), "until").p, "2099-01-31");
    assert_true(holds(json_member(open, "ask"), "Ask five of them"));
    json_decref(open);
    journey_close(j);
}

static void r25_at_least_as_much_comes_in_as_goes_out(void **state)
{
    struct fixture *f = *state;
    static const char money[] = "money_in: { amount: 1000, currency: EUR, period: month }, "
                                "money_work: { amount: 2400, currency: EUR, period: year }, "
                                "money_living: { amount: %d, currency: EUR, period: month }";
    for (int living = 800; living <= 1000; living += 200) {
        char answers[256];
        (void)snprintf(answers, sizeof answers, money, living);
        struct journey *j = rules_new(f, answers, "changes");
        assert_int_equal(said_of(j, "costs_open", "200 EUR"), living == 1000);
        assert_int_equal(said_of(j, "costs_covered", "\"0 EUR"), living == 800);
        journey_close(j);
    }
}

static void r26_purpose_and_roles_come_before_relations_are_looked_at_again(void **state)
{
    struct fixture *f = *state;
    static const char *const orders[] = {"person", "customer", "page"};
    for (size_t i = 0; i < 3; i++) {
        struct str answers =
            str_format(f->a, PAGE "block_order: %s, roles: [Mother, Cook]", orders[i]);
        struct journey *j = rules_new(f, answers.p, "changes");
        static const char *const later[] = {"stock_relation", "their_side", "cr_sort"};
        for (size_t k = 0; k < 3; k++) {
            assert_true(rules_place(j, "roles_rate") < rules_place(j, later[k]));
            assert_true(rules_place(j, "purpose") < rules_place(j, later[k]));
        }
        assert_true(rules_place(j, "roles_rate") >= 0 && rules_place(j, "purpose") >= 0);
        journey_close(j);
    }
}

static void r27_each_block_compares_and_coaches_add_their_own_questions(void **state)
{
    struct fixture *f = *state;
    struct journey *j = rules_begin(f);
    for (size_t i = 0; i < BLOCKS; i++) {
        rules_walk(f, j, "", blocks[i]);
        assert_true(rules_told(f, j, blocks[i], "compare").n > 0);
    }
    journey_close(j);
    rules_copy_with_question(f);
    j = rules_new(f, "", "season");
    assert_string_equal(rules_told(f, j, "season", "ask").p, "Which season?");
    journey_close(j);
}

static void r28_it_can_be_repeated_in_parts_and_on_a_blank_sheet(void **state)
{
    struct fixture *f = *state;
    struct journey *j = rules_new(f, PAGE "blocks_now: [ka, vp], job: Cook", NULL);
    assert_true(rules_place(j, "ka") >= 0 && rules_place(j, "vp") >= 0);
    assert_int_equal(rules_place(j, "kr"), -1);
    json_t *blank;
    assert_ok(
        journey_board(j, &(struct board_wish){.state = STR("blank")}, &blank, &fixture_error));
    assert_false(holds(board_to_text(f->a, blank, 100), "Cooking"));
    json_decref(blank);
    journey_close(j);
    struct store_client client;
    struct diags d = {.a = f->a};
    struct store_journey again = {.workflow = STR("business-model")};
    assert_ok(practice_client_find(f->p, f->a, STR("Client"), &client, &fixture_error));
    assert_ok(practice_start(f->p, f->a, &client, &again, &d, &fixture_error));
    assert_ok(journey_open(f->p, again.id, STR(""), &j, &fixture_error));
    assert_int_equal(journey_record(j)->cycle, 2);
    rules_walk(f, j, "", "job");
    assert_string_equal(rules_told(f, j, "job", "start").p, "Cook");
    journey_close(j);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        RULE(r01_the_same_nine_blocks_describe_today_and_the_target),
        RULE(r02_without_a_job_the_last_one_is_described),
        RULE(r03_it_is_about_work_that_earns_a_living_or_should),
        RULE(r04_the_client_marks_what_is_liked_and_what_is_not),
        RULE(r05_activities_are_for_somebody_and_not_yet_of_value),
        RULE(r06_value_is_more_than_an_activity),
        RULE(r07_how_you_help_is_named_as_the_part_that_matters_most),
        RULE(r08_what_cannot_be_counted_comes_after_the_money),
        RULE(r09_costs_are_soft_and_hard),
        RULE(r10_channels_go_through_five_moments),
        RULE(r11_relations_are_seen_from_the_other_side),
        RULE(r12_customers_are_inside_and_outside_paying_and_sponsored),
        RULE(r13_after_each_block_the_page_is_looked_at),
        RULE(r14_the_page_is_confirmed_before_the_second_table),
        RULE(r15_every_element_gets_one_of_five_decisions),
        RULE(r16_the_result_says_precisely_what_to_change),
        RULE(r17_one_or_more_drafts_with_change_and_impact_for_each_block),
        RULE(r18_assumptions_become_hypotheses_and_are_tested),
        RULE(r19_wanting_and_paying_are_two_tests),
        RULE(r20_strangers_are_never_the_only_way),
        RULE(r21_the_circle_of_partners_is_recorded),
        RULE(r22_a_partner_answers_honestly_and_completes_what_one_has),
        RULE(r23_personality_and_environment_are_shown_again_in_test),
        RULE(r24_getting_out_goes_by_way_of_partners),
        RULE(r25_at_least_as_much_comes_in_as_goes_out),
        RULE(r26_purpose_and_roles_come_before_relations_are_looked_at_again),
        RULE(r27_each_block_compares_and_coaches_add_their_own_questions),
        RULE(r28_it_can_be_repeated_in_parts_and_on_a_blank_sheet),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
