/* Properties of every journey, on generated ones: resuming after each change gives the same view;
 * the outcome does not depend on the order in which answers arrive; changing an answer and changing
 * it back gives the same outcome byte for byte; undoing everything and redoing it too.  SOAK=1
 * holds more journeys. */
#include "practice_fixture.h"

#include "practice/state.h"

#include "../generate.h"

enum { ANSWERS_MAX = 400 };

static const struct {
    const char *workflow, *language;
} kinds[] = {
    {"first-talk", "en"}, {"first-talk", "fr"}, {"business-model", "en"}, {"business-model", "fr"}};

static int journeys(void)
{
    return getenv("SOAK") ? 25 : FIXTURE_MILLISECONDS > 1000 ? 1 : 2;
}

/* A long journey is left and taken up again after each n-th change; a short one after each. */
static int resume_after(int kind)
{
    return kind < 2 || getenv("SOAK") ? 1 : FIXTURE_MILLISECONDS > 1000 ? 25 : 5;
}

static char *dumped(const json_t *value)
{
    char *text = json_dumps(value, JSON_SORT_KEYS | JSON_ENCODE_ANY);
    assert_non_null(text);
    return text;
}

static void assert_same_json(const json_t *a, const json_t *b, const char *what)
{
    if (json_equal(a, b))
        return;
    char *x = dumped(a), *y = dumped(b);
    size_t i = 0;
    while (x[i] && x[i] == y[i])
        i++;
    fail_msg("%s: they differ at byte %zu: ...%.120s... and ...%.120s...", what, i,
             x + (i > 40 ? i - 40 : 0), y + (i > 40 ? i - 40 : 0));
}

/* The first question that is not answered and not only to check; NULL at the end. */
static json_t *next_open(struct journey *j)
{
    json_t *view = journey_view(j);
    json_t *open = json_incref(json_array_get(json_object_get(view, "open"), 0));
    json_decref(view);
    return open;
}

/* Answers or skips the open question as number and seed say. */
static void answer_next(struct journey *j, const json_t *open, uint64_t number)
{
    struct change c = {.key = json_member(open, "key"), .replaces = -1, .why = STR("generated")};
    bool skip = generate_mix(number) % 23 == 0;
    json_t *value = generate_answer(open, number);
    c.value = value;
    if (skip || !journey_answer(j, &c, &fixture_error)) {
        if (!skip && fixture_error.code != ERR_INPUT)
            fail_msg("%s: %s", c.key.p, fixture_error.text);
        assert_ok(journey_skip(j, &c, &fixture_error));
    }
    json_decref(value);
    const json_t *trouble = json_object_get(journey_outcome(j), "error");
    if (json_is_object(trouble))
        fail_msg("after %s the script failed: %s:%lld %s", c.key.p, json_member(trouble, "file").p,
                 json_whole(trouble, "line", 0), json_member(trouble, "text").p);
}

static void resume(struct fixture *f, struct journey **j, const char *what)
{
    struct str id = str_copy(f->a, journey_record(*j)->id);
    json_t *before = journey_view(*j), *after;
    journey_close(*j);
    assert_ok(journey_open(f->p, id, STR(""), j, &fixture_error));
    after = journey_view(*j);
    assert_same_json(before, after, what);
    json_decref(before);
    json_decref(after);
}

/* Walks a journey to its end with made-up answers, leaving and resuming after each. */
static struct journey *walk(struct fixture *f, int kind, int number, bool resuming)
{
    char name[64];
    (void)snprintf(name, sizeof name, "Client %d %d %d", kind, number, resuming);
    struct journey *j = fixture_start(f, name, kinds[kind].workflow, kinds[kind].language);
    json_t *open;
    for (int i = 0; (open = next_open(j)); i++) {
        if (i == ANSWERS_MAX)
            fail_msg("%s does not come to an end; open: %s", kinds[kind].workflow,
                     json_member(open, "key").p);
        answer_next(j, open, (uint64_t)(number * 1000 + i));
        if (resuming && i % resume_after(kind) == 0)
            resume(f, &j, json_member(open, "key").p);
        json_decref(open);
    }
    assert_true(fixture_progress(j, "answered") > 3);
    return j;
}

static void each_prefix_resumes_to_the_same_view(void **state)
{
    struct fixture *f = *state;
    for (int kind = 0; kind < 4; kind++)
        for (int i = 0; i < journeys(); i++)
            journey_close(walk(f, kind, i, true));
}

static json_t *run_with(struct journey *j, json_t *answers)
{
    json_t *request =
               json_pack("{s:o,s:O}", "seed", json_new_text(j->record.seed), "answers", answers),
           *outcome;
    assert_ok(script_load(j->p->host, j->record.bundle, workflow_program(j->w), &fixture_error));
    assert_ok(script_run(j->p->host, request, &outcome, &fixture_error));
    json_decref(request);
    return outcome;
}

/* The same members in an order that the seed decides. */
static json_t *shuffled(json_t *object, uint64_t seed)
{
    json_t *order = json_array(), *result = json_object(), *value;
    const char *key;
    size_t i;
    json_object_foreach (object, key, value)
        json_array_insert_new(order, generate_seed(key, seed) % (json_array_size(order) + 1),
                              json_string(key));
    json_array_foreach (order, i, value)
        json_object_set(result, json_string_value(value),
                        json_object_get(object, json_string_value(value)));
    json_decref(order);
    return result;
}

static void the_outcome_does_not_depend_on_the_order_of_arrival(void **state)
{
    struct fixture *f = *state;
    for (int kind = 0; kind < 4; kind++) {
        struct journey *j = walk(f, kind, 7, false);
        for (uint64_t seed = 1; seed <= (uint64_t)journeys() * 4; seed++) {
            json_t *all;
            assert_ok(json_read(fold_request(f->a, &j->fold, NULL, NULL), &all, &fixture_error));
            json_t *answers = shuffled(all, seed), *outcome = run_with(j, answers);
            assert_same_json(outcome, journey_outcome(j), "another order of arrival");
            json_decref(all);
            json_decref(answers);
            json_decref(outcome);
        }
        journey_close(j);
    }
}

/* Changes the i-th answer and changes it back, if another made-up value fits. */
static void there_and_back(struct journey *j, const json_t *entry, uint64_t number)
{
    struct change c = {.key = json_member(entry, "key"), .replaces = -1};
    json_t *old = json_deep_copy(json_object_get(entry, "value")),
           *other = generate_answer(entry, number);
    json_t *before = json_incref((json_t *)(uintptr_t)journey_outcome(j));
    c.value = other;
    if (old && journey_answer(j, &c, &fixture_error)) {
        c.value = old;
        assert_ok(journey_answer(j, &c, &fixture_error));
        char *x = dumped(before), *y = dumped(journey_outcome(j));
        if (strcmp(x, y) != 0)
            fail_msg("changing %s and changing it back gives another outcome", c.key.p);
        free(x);
        free(y);
    }
    json_decref(before);
    json_decref(old);
    json_decref(other);
}

static void changing_an_answer_and_changing_it_back_gives_the_same_outcome(void **state)
{
    struct fixture *f = *state;
    for (int kind = 0; kind < 4; kind++) {
        struct journey *j = walk(f, kind, 11, false);
        json_t *review = journey_review(j), *entry;
        size_t i, step = getenv("SOAK") ? 1 : FIXTURE_MILLISECONDS > 1000 ? 40 : 7;
        json_array_foreach (json_object_get(review, "answered"), i, entry)
            if (i % step == 0)
                there_and_back(j, entry, 5000 + i);
        json_decref(review);
        journey_close(j);
    }
}

static void undoing_everything_and_redoing_it_gives_the_same_outcome(void **state)
{
    struct fixture *f = *state;
    for (int kind = 0; kind < 4; kind += 2) {
        struct journey *j = walk(f, kind, 13, false);
        json_t *end = json_incref((json_t *)(uintptr_t)journey_outcome(j));
        struct str key;
        int undone = 0;
        while (journey_undo(j, f->a, &key, &fixture_error))
            undone++;
        assert_int_equal(fixture_error.code, ERR_REFUSED);
        assert_int_equal(fixture_progress(j, "answered"), 0);
        for (; undone > 0; undone--)
            assert_ok(journey_redo(j, f->a, &key, &fixture_error));
        assert_same_json(end, journey_outcome(j), "undo and redo of everything");
        json_decref(end);
        journey_close(j);
    }
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_open, fixture_close)
    const struct CMUnitTest tests[] = {
        TEST(each_prefix_resumes_to_the_same_view),
        TEST(the_outcome_does_not_depend_on_the_order_of_arrival),
        TEST(changing_an_answer_and_changing_it_back_gives_the_same_outcome),
        TEST(undoing_everything_and_redoing_it_gives_the_same_outcome),
    };
    int64_t now;
    if (clock_parse(STR("2026-11-23T10:00:00Z"), &now))
        clock_fix(now);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
