/* What a question of the bundled workflows offers to begin with can be taken as it is. */
#include "rules_look.h"

/* Takes every offer that is open now; the rest waits. */
static int take_offers(struct journey *j)
{
    json_t *view = journey_view(j), *open;
    size_t i;
    int taken = 0;
    json_array_foreach (json_object_get(view, "open"), i, open) {
        const json_t *start = json_object_get(open, "start");
        struct change c = {.key = json_member(open, "key"), .value = start, .replaces = -1};
        if (!start)
            continue;
        if (!journey_answer(j, &c, &fixture_error))
            fail_msg("%s: what is offered is refused: %s", c.key.p, fixture_error.text);
        taken++;
    }
    json_decref(view);
    return taken;
}

/* Walks to the end, taking every offer; says how many there were. */
static int walk(struct fixture *f, struct journey *j, const char *answers)
{
    int taken = 0;
    for (int i = 0; i < WALK_MAX && !rules_done(j); i++) {
        rules_apply(f, j, answers);
        int now = take_offers(j);
        taken += now;
        if (now == 0)
            rules_pass(j);
    }
    assert_true(rules_done(j));
    return taken;
}

static void the_model_offers_what_can_be_taken(void **state)
{
    struct fixture *f = *state;
    struct journey *j = rules_begin(f);
    int taken = walk(f, j,
                     "ka: [Cooking], cs: [Families], blocks_now: [ka, kp, cs], "
                     "kp: [The baker], "
                     "ka_sort: { Cooking: reduce }, cs_sort: { Families: delete }, "
                     "kp_sort: { The baker: strengthen }, ka_add: [{ text: Teaching, why: Joy }], "
                     "changes: [{ text: Fewer evenings, now: four, wanted: two }], "
                     "round1/draft1/proto_name: Less, round1/draft1/proto_blocks: [ka, cs], "
                     "verdict: { Teaching: pivot }");
    assert_true(taken >= 6);
    journey_close(j);
}

static void the_review_offers_what_can_be_taken(void **state)
{
    struct fixture *f = *state;
    struct journey *j = fixture_start(f, "Ada", "thirty-days", "en");
    int taken = walk(f, j,
                     "promises: [Run, Write, Sing], "
                     "fate: { Run: kept, Write: partly, Sing: { to: not_yet, why: A cold } }");
    assert_int_equal(taken, 1);
    journey_close(j);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        RULE(the_model_offers_what_can_be_taken),
        RULE(the_review_offers_what_can_be_taken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
