/* Every allocation of Lua fails in turn, once and then for good, through one run that uses all of
 * the author's functions.  Each run must end with an outcome: whole, or with the error E402;
 * nothing may crash, and nothing may leak (the sanitizers' build tells).  Runs in this process,
 * without worker and walls. */
#include "../unit/script_fixture.h"

#include "base/files.h"
#include "script/outcome.h"
#include "script/state.h"
#include "script/verify.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char script[] =
    "phase 'define' step 'aim' say('Hello {topic}.', { topic = answers.topic })\n"
    "ask 'obstacles' local m = use 'lib/twice'\n"
    "for o in each 'obstacles' do o.power = ask('power', { item = o }) end\n"
    "local worst = biggest(answers.obstacles, 'power')\n"
    "local place = ask('place', { items = answers.obstacles, start = { k1 = { to = 'keep' } } })\n"
    "table.sort(answers.obstacles, function(a, b) return a.power > b.power end)\n"
    "local t = {} for i = 1, 40 do t['k' .. i] = { i, string.format('%s', i) } end\n"
    "for k, v in pairs(t) do local ok = pcall(error, k) end\n"
    "action { text = worst.text, due = days(m.twice(7)), because = answers.goal, list = { 1, 2 } "
    "}\n"
    "record('insight', { text = pick('x', answers.obstacles) }) advise 'And {topic}?'\n"
    "put('talk', 'goal', worst, { mark = 'add' }) remind { text = join(answers.obstacles) }\n"
    "run('again', function() ask 'n' end)\n"
    "together { client = function() ask 'kind' end, coach = function() ask 'impression' end }\n"
    "say((('x'):rep(100):gsub('x', 'yy'))) wait('try_it', { days = 3 }) ask 'first_step'\n";

static const char answers[] =
    "{'define/topic':'Bread','define/goal':'Better "
    "bread','define/where_now':3,'define/boss_knows':true,"
    "'define/obstacles':[{'id':'k1','text':'time'},{'id':'k2','text':'nerves'}],"
    "'define/k1/power':3,'define/k2/power':7,'define/"
    "place':{'k1':{'to':'keep'},'k2':{'to':'drop'}},"
    "'define/again/n':1,'define/client/kind':'a','define/coach/impression':'good',"
    "'define/try_it':{'agreed':true}}";

/* One run; returns how many allocations there were, and the code of the error. */
static long long run_once(const json_t *program, const json_t *request, long long fail_at,
                          char code[8])
{
    static const struct script_limits limits = {
        .memory = (size_t)32 << 20, .output = (size_t)1 << 20, .instructions = 20000000};
    struct arena *a = arena_new();
    struct run *r = state_new(a, program, &limits);
    struct err e;
    json_t *outcome;
    r->fail_at = fail_at;
    state_open(r);
    state_execute(r, request);
    struct str whole = outcome_write(r);
    if (!json_read(whole, &outcome, &e) ||
        !verify_outcome(json_object_get(program, "def"), outcome, &e)) {
        printf("allocation %lld: %s\n", fail_at, e.text);
        exit(1);
    }
    (void)snprintf(code, 8, "%s", json_member(json_object_get(outcome, "error"), "code").p);
    long long allocations = r->allocations;
    json_decref(outcome);
    state_close(r);
    if (r->used != 0) {
        printf("allocation %lld: %zu bytes of Lua are lost\n", fail_at, r->used);
        exit(1);
    }
    arena_free(a);
    return allocations;
}

int main(void)
{
    json_t *program = fixture_program(script), *request = fixture_request(answers);
    char code[8];
    long long n = run_once(program, request, 0, code), clean = 0, failed = 0;
    if (code[0] != '\0') {
        printf("the run without failures ends with %s\n", code);
        return 1;
    }
    for (long long k = 1; k <= n; k++)
        for (int always = 0; always < 2; always++) {
            (void)run_once(program, request, always ? -k : k, code);
            if (strcmp(code, "") != 0 && strcmp(code, "E402") != 0) {
                printf("allocation %lld: ends with %s\n", always ? -k : k, code);
                return 1;
            }
            clean += code[0] == '\0';
            failed += code[0] != '\0';
        }
    json_decref(program);
    json_decref(request);
    printf("%lld allocations failed in turn, once and for good: %lld runs ended with E402, %lld "
           "were whole\n",
           n, failed, clean);
    return failed < n / 2; /* a fault that has no effect proves nothing */
}
