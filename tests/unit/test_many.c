/* Many runs by one worker: each as if it were alone, whatever the others do. */
#include "script_fixture.h"

#include <stdio.h>
#include <string.h>

enum { DEADLINE_MS = 400, RUNS_MAX = 400 };

struct seen {
    size_t n;
    char said[RUNS_MAX][80]; /* of run i: what the script said, or the code of its error */
};

static void note(void *user, size_t i, json_t *outcome)
{
    struct seen *seen = user;
    const json_t *error = json_object_get(outcome, "error");
    struct str said = json_is_object(error)
        ? json_member(error, "code")
        : json_member(json_array_get(json_object_get(outcome, "messages"), 0), "text");
    assert_int_equal(i, seen->n);
    assert_true(i < RUNS_MAX);
    (void)snprintf(seen->said[seen->n++], sizeof seen->said[0], "%.*s", STR_ARG(said));
}

/* Runs `script` with the base answers and each of the changes; what came of it goes to `seen`. */
static void run_many(struct script_host *host, const char *script, const char *changes,
                     struct seen *seen)
{
    json_t *program = fixture_program(script), *request = fixture_request("{'define/topic':'x'}"),
           *all = fixture_json(changes);
    struct script_many many = {.changes = all, .each = note, .user = seen};
    struct err e;
    seen->n = 0;
    if (!script_load(host, STR(""), program, &e) || !script_run_many(host, request, &many, &e))
        fail_msg("%s", e.text);
    assert_int_equal(seen->n, json_array_size(all));
    json_decref(program);
    json_decref(request);
    json_decref(all);
}

static struct script_host *open_host(void)
{
    return fixture_host(&(struct script_limits){.milliseconds = DEADLINE_MS,
                                                .memory = (size_t)4 << 20,
                                                .output = 4096,
                                                .instructions = 2000000000});
}

static const char script[] =
    "phase 'define'\nlocal t = ask 'topic'\n"
    "if t == 'hang' then ('x'):rep(40):find(('x*'):rep(40) .. 'y') end\n"
    "if t == 'spin' then while true do end end\n"
    "if t == 'eat' then local s = 'x' while true do s = s .. s end end\n"
    "if t == 'fail' then error 'no' end\n"
    "if t == 'talk' then for i = 1, 1000 do say(('x'):rep(100)) end end\n"
    "say(t .. (answers.n and ' ' .. answers.n or ''))\nlocal n = ask 'n'\n";

static void every_run_has_its_own_answers(void **state)
{
    struct script_host *host = open_host();
    struct seen seen;
    (void)state;
    run_many(host, script,
             "[{},{'define/topic':{'v':'y','day':'2026-11-02'}},"
             "{'define/topic':{'v':'z','day':'2026-11-02'},'define/n':{'v':3,'day':'2026-11-02'}},"
             "{'define/topic':null},{}]",
             &seen);
    static const char *const said[] = {"x", "y", "z", "", "x"};
    for (size_t i = 0; i < 5; i++)
        assert_string_equal(seen.said[i], said[i]);
    script_host_close(host);
}

static void no_change_at_all_is_no_run(void **state)
{
    struct script_host *host = open_host();
    struct seen seen;
    (void)state;
    run_many(host, script, "[]", &seen);
    script_host_close(host);
}

/* One run in the middle of each kind of trouble: it alone has an error. */
static void trouble_stays_where_it_is(void **state)
{
    static const struct {
        const char *topic, *code;
    } troubles[] = {
        {"hang", "E401"}, {"spin", "E401"}, {"eat", "E402"}, {"fail", "E309"}, {"talk", "E404"}};
    struct script_host *host = open_host();
    (void)state;
    for (size_t i = 0; i < sizeof troubles / sizeof troubles[0]; i++) {
        struct seen seen;
        char changes[256];
        (void)snprintf(changes, sizeof changes,
                       "[{},{'define/topic':{'v':'y','day':'2026-11-02'}},"
                       "{'define/topic':{'v':'%s','day':'2026-11-02'}},"
                       "{'define/topic':{'v':'z','day':'2026-11-02'}},{}]",
                       troubles[i].topic);
        run_many(host, script, changes, &seen);
        static const char *const said[] = {"x", "y", NULL, "z", "x"};
        for (size_t k = 0; k < 5; k++)
            if (strcmp(seen.said[k], said[k] ? said[k] : troubles[i].code) != 0)
                fail_msg("%s: run %zu gave %s", troubles[i].topic, k, seen.said[k]);
    }
    script_host_close(host);
}

/* The first and the last as well, and one run after another. */
static void all_may_hang(void **state)
{
    struct script_host *host = open_host();
    struct seen seen;
    (void)state;
    run_many(host, script,
             "[{'define/topic':{'v':'spin','day':'2026-11-02'}},"
             "{'define/topic':{'v':'spin','day':'2026-11-02'}}]",
             &seen);
    assert_string_equal(seen.said[0], "E401");
    assert_string_equal(seen.said[1], "E401");
    /* The host serves single runs afterwards as before. */
    json_t *outcome = fixture_run(host, script, "{'define/topic':'x','define/n':1}");
    assert_true(json_flag(outcome, "done", false));
    json_decref(outcome);
    script_host_close(host);
}

static void hundreds_of_runs_do_not_add_up(void **state)
{
    /* Each takes most of the memory a run may have, and most of the outcome. */
    static const char greedy[] = "phase 'define'\nlocal s = ('x'):rep(1000000)\n"
                                 "s = s .. s\nsay(ask 'topic')\nsay(('x'):rep(3000))\n";
    struct script_host *host = open_host();
    struct seen seen;
    struct arena *a = arena_new();
    struct buf b = {.a = a};
    (void)state;
    for (int i = 0; i < RUNS_MAX; i++)
        buf_format(&b, "%s{'define/topic':{'v':'t%d','day':'2026-11-02'}}", i ? "," : "[", i);
    buf_add_char(&b, ']');
    run_many(host, greedy, buf_str(&b).p, &seen);
    for (int i = 0; i < RUNS_MAX; i++)
        assert_string_equal(seen.said[i], str_format(a, "t%d", i).p);
    arena_free(a);
    script_host_close(host);
}

static void many_runs_need_a_program_and_a_free_host(void **state)
{
    struct script_host *host = open_host();
    struct seen seen;
    (void)state;
    json_t *program = fixture_program(script), *request = fixture_request(NULL), *outcome;
    struct script_many many = {.each = note, .user = &seen};
    struct err e;
    assert_false(script_run_many(host, request, &many, &e)); /* nothing is loaded */
    assert_true(script_load(host, STR(""), program, &e));
    assert_true(script_start(host, request, &e));
    assert_false(script_run_many(host, request, &many, &e)); /* a run is under way */
    assert_true(script_finish(host, &outcome, &e));
    json_decref(outcome);
    json_decref(program);
    json_decref(request);
    script_host_close(host);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_run_has_its_own_answers),
        cmocka_unit_test(no_change_at_all_is_no_run),
        cmocka_unit_test(trouble_stays_where_it_is),
        cmocka_unit_test(all_may_hang),
        cmocka_unit_test(hundreds_of_runs_do_not_add_up),
        cmocka_unit_test(many_runs_need_a_program_and_a_free_host),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
