#include "script_fixture.h"

#include "base/files.h"

#include <stdio.h>
#include <string.h>

/* A row: what a script does with some answers.  `open`: keys that wait for an answer; `error`: its
 * code; `has` and `has_not`: parts of the outcome as compact JSON. */
struct row {
    const char *sentence, *script, *answers, *open, *error, *has, *has_not;
};

static struct script_host *host;

static int open_host(void **state)
{
    (void)state;
    /* Time enough for the sanitizers' build; deadlines have tests of their own. */
    host = fixture_host(&(struct script_limits){.milliseconds = 20000});
    return 0;
}

static int close_host(void **state)
{
    (void)state;
    script_host_close(host);
    return 0;
}

static struct str open_keys(struct arena *a, const json_t *outcome)
{
    struct buf b = {.a = a};
    size_t i;
    json_t *entry;
    json_array_foreach (json_object_get(outcome, "path"), i, entry) {
        struct str state = json_member(entry, "state");
        if (!str_is(state, "open") && !str_is(state, "invalid"))
            continue;
        if (b.n > 0)
            buf_add_char(&b, ' ');
        buf_add(&b, json_member(entry, "key"));
    }
    return buf_str(&b);
}

static void check_row(const struct row *row)
{
    struct arena *a = arena_new();
    json_t *outcome = fixture_run(host, row->script, row->answers);
    struct str whole = json_write(a, outcome), open = open_keys(a, outcome);
    struct str code = json_member(json_object_get(outcome, "error"), "code");
    if (!str_is(code, row->error ? row->error : ""))
        fail_msg("%s: error %s, in %s", row->sentence, code.p, whole.p);
    if (row->open && !str_is(open, row->open))
        fail_msg("%s: open is \"%s\", in %s", row->sentence, open.p, whole.p);
    if (row->has && !strstr(whole.p, row->has))
        fail_msg("%s: no %s in %s", row->sentence, row->has, whole.p);
    if (row->has_not && strstr(whole.p, row->has_not))
        fail_msg("%s: %s in %s", row->sentence, row->has_not, whole.p);
    json_decref(outcome);
    arena_free(a);
}

#define ROWS(name, ...)                                           \
    static void name(void **state)                                \
    {                                                             \
        static const struct row rows[] = {__VA_ARGS__};           \
        (void)state;                                              \
        for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) \
            check_row(&rows[i]);                                  \
    }

#define ITEMS  \
    "'define/" \
    "obstacles':[{'id':'k1','text':'time','kind':'a'},{'id':'k2','text':'nerves','kind':'b'}]"

ROWS(walks_the_path, {"an empty script is done", "", NULL, "", NULL, "\"done\":true", NULL},
     {"ask stops at an open question", "phase 'define' ask 'topic' ask 'n'", NULL, "define/topic",
      NULL, "\"done\":false", NULL},
     {"ask goes on with an answer", "phase 'define' ask 'topic' ask 'n'", "{'define/topic':'x'}",
      "define/n", NULL, NULL, NULL},
     {"a skipped question is nil", "phase 'define' if ask 'topic' == nil then say 'Nil.' end",
      "{'define/topic':{'skip':'later'}}", "", NULL, "Nil.", NULL},
     {"the line stands in the path", "phase 'define'\n\nask 'topic'", NULL, NULL, NULL,
      "\"line\":3", NULL},
     {"a step asks all its questions at once", "phase 'define' step 'aim'", NULL,
      "define/topic define/goal define/where_now", NULL, "\"step\":\"aim\"", NULL},
     {"a step passes optional questions by", "phase 'define' step 'aim' step 'hurdles'",
      "{'define/topic':'x','define/goal':'y','define/where_now':3}",
      "define/boss_knows define/obstacles", NULL, "\"required\":false", NULL},
     {"a condition that is false leaves the question out", "phase 'define' step 'aim'",
      "{'define/topic':'x','define/goal':'y','define/where_now':7}", "", NULL, "\"done\":true",
      "boss_knows"},
     {"a condition over an open answer is undecided", "phase 'define' step 'aim'",
      "{'define/topic':'x','define/goal':'y','define/where_now':3}", "define/boss_knows", NULL,
      NULL, "why_not"},
     {"a condition over a skipped answer is false", "phase 'define' step 'aim'",
      "{'define/topic':'x','define/goal':'y','define/where_now':{'skip':'?'}}", "", NULL, NULL,
      "boss_knows"},
     {"a condition that holds asks", "phase 'define' step 'aim'",
      "{'define/topic':'x','define/goal':'y','define/where_now':3,'define/boss_knows':false}",
      "define/why_not", NULL, NULL, NULL},
     {"ask of an optional question stops too", "phase 'define' ask 'boss_knows' ask 'topic'", NULL,
      "define/boss_knows", NULL, NULL, "topic"},
     {"phases entered again are named once", "phase 'define' phase 'test' phase 'define'", NULL, "",
      NULL, "\"phases_entered\":[\"define\",\"test\"]", NULL},
     {"the phase is where the run stopped", "phase 'define' phase 'test' ask 'topic'", NULL,
      "test/topic", NULL, "\"phase\":\"test\",\"phases", NULL},
     {"a script that fails keeps its path", "phase 'define' ask 'topic' error 'no'",
      "{'define/topic':'x'}", NULL, "E309", "\"key\":\"define/topic\"", NULL})

ROWS(makes_keys,
     {"a label is part of the key", "phase 'test' ask('where_now', { as = 'after' })", NULL,
      "test/where_now@after", NULL, NULL, NULL},
     {"an item is a scope",
      "phase 'define' for o in each(ask 'obstacles') do ask('power', { item = o }) end",
      "{" ITEMS ",'define/k1/power':3}", "define/k2/power", NULL, "\"item\":\"k2\"", NULL},
     {"run is a scope", "phase 'rework' run('round1', function() ask 'topic' end)", NULL,
      "rework/round1/topic", NULL, NULL, NULL},
     {"runs nest", "phase 'rework' run('a', function() run('b', function() ask 'topic' end) end)",
      NULL, "rework/a/b/topic", NULL, NULL, NULL},
     {"the same line again counts", "phase 'define' while ask 'topic' ~= 'end' do end",
      "{'define/topic':'x','define/topic#2':'y'}", "define/topic#3", NULL, NULL, NULL},
     {"the same question on another line is an error", "phase 'define' ask 'topic'\nask 'topic'",
      "{'define/topic':'x'}", NULL, "E308", "as = \\\"after\\\"", NULL},
     {"so is a step that asks it again", "phase 'define' ask 'topic'\nstep 'aim'",
      "{'define/topic':'x'}", NULL, "E308", NULL, NULL},
     {"a label repairs it", "phase 'define' ask 'topic'\nask('topic', { as = 'again' })",
      "{'define/topic':'x'}", "define/topic@again", NULL, NULL, NULL},
     {"in another phase it is another question",
      "phase 'define' ask 'topic' phase 'test'\nask 'topic'", "{'define/topic':'x'}", "test/topic",
      NULL, NULL, NULL},
     {"a step may be asked for an item",
      "phase 'define' ask 'obstacles' phase 'reflect' for o in each 'obstacles' do step('look', { "
      "item = o }) end",
      "{" ITEMS "}", "reflect/k1/power reflect/k1/kind", NULL, NULL, NULL},
     {"labels are checked", "phase 'define' run('a/b', function() end)", NULL, NULL, "E307", NULL,
      NULL},
     {"numbers make labels",
      "phase 'rework' for n = 1, 2 do run('round' .. n, function() ask 'n' end) end",
      "{'rework/round1/n':1}", "rework/round2/n", NULL, NULL, NULL},
     {"scopes do not nest for ever",
      "phase 'define' local function f() run('aaaaaaaaaaaaaaaaaaaa', f) end f()", NULL, NULL,
      "E408", NULL, NULL})

ROWS(
    reads_answers,
    {"answers are found by id", "phase 'define' ask 'topic' say(answers.topic)",
     "{'define/topic':'Bread'}", "", NULL, "\"text\":\"Bread\"", NULL},
    {"not asked yet is nil", "if answers.topic == nil then say 'Nil.' end", NULL, "", NULL, "Nil.",
     NULL},
    {"an unknown id is an error with the nearest", "local x = answers.were_now", NULL, NULL, "E214",
     "did you mean \\\"where_now\\\", define.yaml line 24?", NULL},
    {"a label has its own answer",
     "phase 'define' ask 'n' ask('n', { as = 'after' }) say('' .. answers.n .. answers['n@after'])",
     "{'define/n':1,'define/n@after':2}", "", NULL, "\"text\":\"12\"", NULL},
    {"the innermost scope comes first",
     "phase 'define' ask 'n'\nrun('a', function() ask 'n' say('' .. answers.n) end) say('' .. "
     "answers.n)",
     "{'define/n':1,'define/a/n':2}", "", NULL, "\"text\":\"2\"},{\"at\":2,\"text\":\"1\"", NULL},
    {"then outward", "phase 'define' ask 'n' run('a', function() say('' .. answers.n) end)",
     "{'define/n':1}", "", NULL, "\"text\":\"1\"", NULL},
    {"answers of a run stay inside",
     "phase 'define' run('a', function() ask 'n' end) say(tostring(answers.n))", "{'define/a/n':1}",
     "", NULL, "\"text\":\"nil\"", NULL},
    {"answers cannot be changed", "answers.topic = 'x'", NULL, NULL, "E314", NULL, NULL},
    {"items can be added to",
     "phase 'define' ask 'obstacles' for o in each 'obstacles' do o.power = 3 end say('' .. "
     "sum(answers.obstacles, 'power'))",
     "{" ITEMS "}", "", NULL, "\"text\":\"6\"", NULL},
    {"money has a number", "phase 'define' local p = ask 'price' say('' .. p.number + 1)",
     "{'define/price':{'amount':'12.50','currency':'EUR'}}", "", NULL, "13.5", NULL},
    {"yes and no are booleans", "phase 'define' if ask 'boss_knows' == false then say 'No.' end",
     "{'define/boss_knows':false}", "", NULL, "No.", NULL},
    {"choices are lists of ids", "phase 'define' say(join(ask 'kinds'))",
     "{'define/kinds':['b','a']}", "", NULL, "b, a", NULL},
    {"a sort is by item",
     "phase 'define' ask 'obstacles' local p = ask('place', { items = answers.obstacles }) "
     "say(p.k2.to)",
     "{" ITEMS ",'define/place':{'k1':{'to':'keep'},'k2':{'to':'drop'}}}", "", NULL,
     "\"text\":\"drop\"", NULL},
    {"lists are read-only", "lists.decisions[1].label = 'x'", NULL, NULL, "E314", NULL, NULL},
    {"lists are walked",
     "for _, d in ipairs(lists.decisions) do say(d.label) end say('' .. #lists.decisions)", NULL,
     "", NULL, "\"text\":\"2\"", NULL},
    {"data is read", "say('' .. data.prices.low)", NULL, "", NULL, "\"text\":\"10\"", NULL},
    {"unknown data is an error", "local x = data.price", NULL, NULL, "E312", "prices", NULL},
    {"each of nil walks nothing",
     "for x in each(nil) do say 'No.' end for x in each 'obstacles' do say 'No.' end", NULL, "",
     NULL, NULL, "No."})

ROWS(judges_answers,
     {"a number outside of the scale is invalid", "phase 'define' ask 'where_now'",
      "{'define/where_now':11}", "define/where_now", NULL, "\"state\":\"invalid\"", NULL},
     {"a text where a number belongs is invalid", "phase 'define' ask 'n'", "{'define/n':'x'}",
      "define/n", NULL, "\"why\":", NULL},
     {"an option that is gone is invalid", "phase 'define' ask 'kind'", "{'define/kind':'z'}",
      "define/kind", NULL, NULL, NULL},
     {"a text that is too long is invalid", "phase 'define' ask 'goal'",
      "{'define/goal':'01234567890123456789012345678901234567890'}", "define/goal", NULL, NULL,
      NULL},
     {"an empty list is too short", "phase 'define' ask 'obstacles'", "{'define/obstacles':[]}",
      "define/obstacles", NULL, NULL, NULL},
     {"no day of the calendar", "phase 'define' ask 'start'", "{'define/start':'2026-02-30'}",
      "define/start", NULL, NULL, NULL},
     {"agreed = false is no agreement", "phase 'define' ask 'agreed'",
      "{'define/agreed':{'agreed':false}}", "define/agreed", NULL, NULL, NULL},
     {"an invalid answer is nil to scripts",
      "phase 'define' step 'aim' say(tostring(answers.where_now))",
      "{'define/topic':'x','define/goal':'y','define/where_now':99}", "define/where_now", NULL,
      NULL, "nil"},
     {"a check gives its sentence", "phase 'define' ask 'impression'", "{'define/impression':'no'}",
      "define/impression", NULL, "Say more.", NULL},
     {"a check that holds", "phase 'define' ask 'impression'", "{'define/impression':'good'}", "",
      NULL, "\"done\":true", NULL},
     {"a new row makes a sort invalid",
      "phase 'define' ask 'obstacles' ask('place', { items = answers.obstacles })",
      "{" ITEMS ",'define/place':{'k1':{'to':'keep'}}}", "define/place", NULL,
      "A new item has come", NULL},
     {"a row that is gone is dropped",
      "phase 'define' local p = ask('place', { items = { { id = 'k1', text = 'x' } } }) "
      "say(tostring(p.k9))",
      "{'define/place':{'k1':{'to':'keep'},'k9':{'to':'drop'}}}", "", NULL, "\"text\":\"nil\"",
      NULL},
     {"a rank needs the same set", "phase 'define' ask 'order'", "{'define/order':['a']}",
      "define/order", NULL, NULL, NULL},
     {"a rank that is complete", "phase 'define' say(ask('order')[1])",
      "{'define/order':['b','a']}", "", NULL, "\"text\":\"b\"", NULL},
     {"nothing to place is not asked",
      "phase 'define' local p = ask('place', { items = {} }) if is_empty(p) then say 'None.' end",
      NULL, "", NULL, "None.", "define/place"},
     {"a sort without items is an error", "phase 'define' ask 'place'", NULL, NULL, "E307", NULL,
      NULL},
     {"rows are shown",
      "phase 'define' ask('roles', { rows = { 'Friend', { id = 'x', text = 'Boss' } } })", NULL,
      "define/roles", NULL, "\"text\":\"Friend\"", NULL},
     {"an expression that cannot be read", "phase 'define' ask 'broken'", NULL, "define/broken",
      NULL, NULL, NULL})

ROWS(tells_and_shows,
     {"a message by id", "phase 'define' ask 'topic' say 'well_done'", "{'define/topic':'Ann'}", "",
      NULL, "\"id\":\"well_done\",\"vars\":{\"topic\":{\"q\":\"topic\",\"v\":\"Ann\"}}", NULL},
     {"placeholders in a text", "phase 'define' ask 'topic' say 'Hello {topic}, {nothing}.'",
      "{'define/topic':'Ann'}", "", NULL, "\"vars\":{\"topic\"", "\"nothing\":"},
     {"a message id that nobody knows", "say 'wel_done'", NULL, NULL, "E312", "well_done", NULL},
     {"options are variables", "phase 'define' ask('first_step', { about = 'the goal' })", NULL,
      NULL, NULL, "\"about\":{\"v\":\"the goal\"}", NULL},
     {"an item stands for its text",
      "phase 'define' ask 'obstacles' ask('first_step', { about = answers.obstacles[1] })",
      "{" ITEMS "}", NULL, NULL, "\"about\":{\"v\":\"time\"}", NULL},
     {"a field of an item",
      "phase 'define' ask 'obstacles' for o in each 'obstacles' do ask('power', { item = o }) end",
      "{" ITEMS "}", NULL, NULL,
      "\"item.text\":{\"field\":\"text\",\"q\":\"obstacles\",\"v\":\"time\"}", NULL},
     {"a draft to begin with", "phase 'define' ask('topic', { start = 'Bread' })", NULL, NULL, NULL,
      "\"start\":\"Bread\"", NULL},
     {"messages know their place", "phase 'define' say 'One.' ask 'topic' say 'Two.'",
      "{'define/topic':'x'}", "", NULL, "{\"at\":1,\"text\":\"Two.\"}", NULL},
     {"advice", "phase 'define' advise('Ask about {n}.', { about = 'money' })", NULL, "", NULL,
      "\"advice\":[{\"about\":\"money\"", NULL})

ROWS(gives_outputs,
     {"an action", "phase 'define' action { text = 'Call', due = '2026-12-01' }", NULL, "", NULL,
      "{\"fields\":{\"due\":\"2026-12-01\",\"text\":\"Call\"},\"from\":[],\"kind\":\"action\","
      "\"phase\":\"define\"}",
      NULL},
     {"an action knows its answers", "phase 'define' ask 'topic' action { text = answers.topic }",
      "{'define/topic':'Bread'}", "", NULL, "\"from\":[\"define/topic\"]", NULL},
     {"an action without a text is left out",
      "phase 'define' action { text = nil, due = '2026-12-01' }", NULL, "", NULL, "left out",
      "\"kind\":\"action\""},
     {"a misspelt text is an error", "phase 'define' action { txt = 'Call' }", NULL, NULL, "E311",
      "Did you mean", NULL},
     {"a goal", "phase 'define' goal { text = 'Fly' }", NULL, "", NULL, "\"kind\":\"goal\"", NULL},
     {"a reminder", "phase 'define' remind { text = 'Write', on = days(7, '2026-01-01') }", NULL,
      "", NULL, "2026-01-08", NULL},
     {"a declared kind", "phase 'define' record('insight', { text = 'Aha', weight = 2 })", NULL, "",
      NULL, "\"kind\":\"insight\"", NULL},
     {"an unknown kind", "record('insigt', { text = 'Aha' })", NULL, NULL, "E311", "insight", NULL},
     {"an unknown field", "record('insight', { txt = 'Aha' })", NULL, NULL, "E311",
      "Did you mean \\\"text\\\"", NULL},
     {"a field of another type", "record('insight', { text = 'Aha', weight = 'much' })", NULL, NULL,
      "E311", NULL, NULL},
     {"a canvas item", "put('talk', 'goal', 'Fly', { mark = 'add', size = 3 })", NULL, "", NULL,
      "\"mark\":\"add\",\"text\":\"Fly\"", NULL},
     {"an item of a list on a canvas",
      "phase 'define' ask 'obstacles' put('talk', 'goal', answers.obstacles[1])", "{" ITEMS "}", "",
      NULL, "\"from\":[\"define/obstacles\"],\"item\":\"k1\"", NULL},
     {"an unknown canvas", "put('tulk', 'goal', 'x')", NULL, NULL, "E209", NULL, NULL},
     {"an unknown block", "put('talk', 'goals', 'x')", NULL, NULL, "E210", "goal", NULL},
     {"an unknown mark", "put('talk', 'goal', 'x', { mark = 'plus' })", NULL, NULL, "E311", NULL,
      NULL},
     {"what is no UTF-8 is replaced", "phase 'define' action { text = 'a\\xFFb' }", NULL, "", NULL,
      "a\xEF\xBF\xBD"
      "b",
      NULL},
     {"a number that is none is refused", "action { text = 'x', size = 0/0 }", NULL, NULL, "E307",
      NULL, NULL},
     {"a function is refused", "action { text = 'x', f = pcall }", NULL, NULL, "E307", NULL, NULL},
     {"a table in itself is refused", "local t = {} t[1] = t action { text = 'x', t = t }", NULL,
      NULL, "E408", NULL, NULL})

ROWS(waits_and_lanes,
     {"a wait is open until its day",
      "phase 'define' ask 'topic' phase 'test' wait('try_it', { days = 7, who = 'client' })",
      "{'define/topic':'x'}", "test/try_it", NULL,
      "\"wait\":{\"until\":\"2026-11-09\",\"who\":\"client\"}", NULL},
     {"a wait passes when it is agreed", "phase 'test' wait 'try_it' say 'Back.'",
      "{'test/try_it':{'agreed':true}}", "", NULL, "Back.", NULL},
     {"a wait until a day", "phase 'test' wait('try_it', { ['until'] = '2027-01-01' })", NULL,
      "test/try_it", NULL, "2027-01-01", NULL},
     {"a wait until no day", "phase 'test' wait('try_it', { ['until'] = 'soon' })", NULL, NULL,
      "E307", NULL, NULL},
     {"a wait is no question", "phase 'test' wait 'topic'", NULL, NULL, "E307", NULL, NULL},
     {"both lanes are open",
      "phase 'define' together { client = function() ask 'topic' end, coach = function() ask "
      "'impression' end } say 'Done.'",
      NULL, "define/client/topic define/coach/impression", NULL, NULL, "Done."},
     {"one lane may be ahead",
      "phase 'define' together { client = function() ask 'topic' end, coach = function() ask "
      "'impression' ask 'n' end }",
      "{'define/coach/impression':'good'}", "define/client/topic define/coach/n", NULL, NULL, NULL},
     {"lanes are joined",
      "phase 'define' together { client = function() ask 'topic' end, coach = function() ask 'n' "
      "end } say(answers.topic .. answers.n)",
      "{'define/client/topic':'x','define/coach/n':4}", "", NULL, "\"text\":\"x4\"", NULL},
     {"lanes give their results",
      "phase 'define' local a, b = together { client = function() return 1 end, coach = function() "
      "return 2 end } say('' .. a + b)",
      NULL, "", NULL, "\"text\":\"3\"", NULL},
     {"a lane that fails fails the run",
      "phase 'define' together { client = function() error 'no' end, coach = function() ask 'n' "
      "end }",
      NULL, NULL, "E309", NULL, NULL},
     {"there are two lanes", "phase 'define' together { sponsor = function() end }", NULL, NULL,
      "E307", NULL, NULL})

ROWS(helps,
     {"today is the latest day used", "phase 'define' ask 'topic' ask 'n' say(today())",
      "{'define/topic':'x','define/n':1,'define/goal':'y'}", "", NULL, "\"text\":\"2026-11-03\"",
      NULL},
     {"today is nil before any answer", "say(tostring(today()))", NULL, "", NULL,
      "\"text\":\"nil\"", NULL},
     {"days count over the year", "say(days(40, '2026-12-01'))", NULL, "", NULL, "2027-01-10",
      NULL},
     {"sum and average", "say(sum({ 1, 2, 3 }) .. ' ' .. average({ 1, 2, 3 }))", NULL, "", NULL,
      "\"6 2.0\"", NULL},
     {"of nothing", "say(sum(nil) .. tostring(average({})) .. tostring(biggest(nil)))", NULL, "",
      NULL, "\"0nilnil\"", NULL},
     {"biggest and smallest",
      "local l = { { v = 2 }, { v = 3 }, { v = 1 } } say(biggest(l, 'v').v .. ' ' .. smallest(l, "
      "'v').v)",
      NULL, "", NULL, "\"3 1\"", NULL},
     {"count and is_empty",
      "say(count({ 1, 5, 9 }, function(x) return x > 3 end) .. tostring(is_empty '') .. "
      "tostring(is_empty { 1 }))",
      NULL, "", NULL, "\"2truefalse\"", NULL},
     {"join takes items", "say(join({ { text = 'a' }, 'b' }, ' and '))", NULL, "", NULL, "a and b",
      NULL},
     {"pick is the same for a label",
      "say(pick('x', { 'a', 'b', 'c' }) == pick('x', { 'c', 'b', 'a' }) and 'Same.' or 'Other.')",
      NULL, "", NULL, "Same.", NULL},
     {"pick of nothing is nil", "say(tostring(pick('x', {})) .. tostring(pick('x', nil)))", NULL,
      "", NULL, "nilnil", NULL},
     {"modules", "local m = use 'lib/twice' say('' .. m.twice(4))", NULL, "", NULL,
      "\"text\":\"8\"", NULL},
     {"modules may ask", "phase 'define' local m = use 'lib/twice' m.ask_topic()", NULL,
      "define/topic", NULL, "\"line\":6", NULL},
     {"an unknown module", "use 'lib/twise'", NULL, NULL, "E215", "lib/twice", NULL},
     {"modules in a circle", "use 'lib/circle'", NULL, NULL, "E315", NULL, NULL})

ROWS(keeps_lua_tame,
     {"pairs are sorted",
      "local t = { b = 1, a = 2, 'x', [10] = 3, [2.5] = 4 } local s = '' for k in pairs(t) do s = "
      "s .. tostring(k) .. ' ' end say(s)",
      NULL, "", NULL, "1 2.5 10 a b ", NULL},
     {"pairs may lose elements meanwhile",
      "local t = { a = 1, b = 2 } for k in pairs(t) do t.b = nil say('k ' .. k) end", NULL, "",
      NULL, "k a", "k b"},
     {"sort is stable",
      "local t = {} for i = 1, 200 do t[i] = { k = i % 2, n = i } end table.sort(t, function(a, b) "
      "return a.k < b.k end) say(t[1].n .. ' ' .. t[2].n .. ' ' .. t[101].n .. ' ' .. t[200].n)",
      NULL, "", NULL, "\"2 4 1 199\"", NULL},
     {"sort without a function", "local t = { 3, 1, 2 } table.sort(t) say(table.concat(t))", NULL,
      "", NULL, "123", NULL},
     {"ask works in a sort",
      "phase 'define' local t = { 1, 2 } table.sort(t, function(a, b) return ask 'n' > 0 end)",
      NULL, "define/n", NULL, NULL, NULL},
     {"ask works in gsub",
      "phase 'define' local s = ('a'):gsub('a', function() return ask 'topic' end) say(s)",
      "{'define/topic':'bread'}", "", NULL, "\"text\":\"bread\"", NULL},
     {"pcall does not hold up a question",
      "phase 'define' pcall(function() ask 'topic' end) say 'On.'", NULL, "define/topic", NULL,
      NULL, "On."},
     {"pcall catches errors",
      "local ok, why = pcall(function() error('no', 0) end) say(tostring(ok) .. why)", NULL, "",
      NULL, "falseno", NULL},
     {"pcall catches slips", "local ok, why = pcall(function() local x = nil + 1 end) say(why)",
      NULL, "", NULL, "arithmetic", NULL},
     {"pcall gives scopes back",
      "phase 'define' pcall(run, 'a', function() error 'x' end) ask 'topic'", NULL, "define/topic",
      NULL, NULL, NULL},
     {"tostring has no addresses",
      "say(tostring({}) .. tostring(pcall) .. string.format('%s', {}))", NULL, "", NULL,
      "\"tablefunctiontable\"", NULL},
     {"methods of texts", "say(('ab'):rep(2):upper())", NULL, "", NULL, "ABAB", NULL},
     {"unknown methods of texts", "say(('ab'):uper())", NULL, NULL, "E302", "string.upper", NULL},
     {"errors are texts", "error({})", NULL, NULL, "E309", "needs a text", NULL},
     {"assert", "assert(false, 'Too small.')", NULL, NULL, "E309", "Too small.", NULL},
     {"unpack has a ceiling", "table.unpack({}, 1, 1000)", NULL, NULL, "E408", NULL, NULL},
     {"libraries are read-only", "string.rep = nil", NULL, NULL, "E314", NULL, NULL})

ROWS(speaks_to_authors,
     {"syntax", "phase 'define'\nif x then\n", NULL, NULL, "E301", "\"line\":3", NULL},
     {"an unknown name", "local x = anwsers.topic", NULL, NULL, "E302", "answers", NULL},
     {"its column", "local x =   foo + 1", NULL, NULL, "E302", "\"column\":13", NULL},
     {"a name that is absent", "print 'x'", NULL, NULL, "E303", "say", NULL},
     {"a member that is absent", "local x = math.random()", NULL, NULL, "E303", "pick", NULL},
     {"a global", "total = 1", NULL, NULL, "E304", "local total", NULL},
     {"a function that is not local", "function f() end", NULL, NULL, "E304", NULL, NULL},
     {"one's own function under an author's name", "say = 1", NULL, NULL, "E304", NULL, NULL},
     {"a part of nothing", "phase 'define' local first = ask 'first_step'\nsay(first.what)",
      "{'define/first_step':{'skip':'x'}}", NULL, "E305", "\\\"first\\\" has no value here", NULL},
     {"a comparison with nothing", "if answers.where_now > 3 then end", NULL, NULL, "E305", NULL,
      NULL},
     {"a sum with nothing", "local x = answers.n + 1", NULL, NULL, "E305", "\\\"n\\\"", NULL},
     {"a text joined to nothing", "local x = 'a' .. answers.topic", NULL, NULL, "E305", NULL, NULL},
     {"a number has no parts", "local x = 5 local y = x.z", NULL, NULL, "E306", NULL, NULL},
     {"a call of nothing", "local t = {} t.f()", NULL, NULL, "E302", "\\\"f\\\"", NULL},
     {"ask before a phase", "ask 'topic'", NULL, NULL, "E310", NULL, NULL},
     {"an unknown question", "phase 'define' ask 'whre_now'", NULL, NULL, "E214",
      "No phase file of first-talk has a question with this id.", NULL},
     {"a step of another phase", "phase 'define' step 'look'", NULL, NULL, "E310",
      "phase \\\"reflect\\\"", NULL},
     {"an unknown step", "phase 'define' step 'aym'", NULL, NULL, "E312", "aim", NULL},
     {"an unknown phase", "phase 'defin'", NULL, NULL, "E312", "define", NULL},
     {"ask without an id", "phase 'define' ask(5)", NULL, NULL, "E307", NULL, NULL},
     {"ask with a list for options", "phase 'define' ask('topic', 5)", NULL, NULL, "E307", NULL,
      NULL},
     {"a question in a condition", "phase 'define' ask 'topic'", "{'define/topic':5}",
      "define/topic", NULL, NULL, NULL},
     {"each over a number", "for x in each(5) do end", NULL, NULL, "E307", NULL, NULL},
     {"item = nothing to speak of", "phase 'define' ask('power', { item = {} })", NULL, NULL,
      "E307", NULL, NULL},
     {"a loop without end", "while true do end", NULL, NULL, "E403", NULL, NULL},
     {"a function without end",
      "local function f()"
      " return (('x'):gsub('x', f)) end f()",
      NULL, NULL, "E408", NULL, NULL},
     {"a pattern has a ceiling", "('x'):find(('x'):rep(257))", NULL, NULL, "E408", NULL, NULL},
     {"a text as it stands has none",
      "local w = ('W'):rep(20000) say(tostring(('a' .. w):find(w, 1, true)))", NULL, "", NULL,
      "\"2\"", NULL},
     {"unless the search would take too long",
      "('a'):rep(1 << 20):find(('a'):rep(1 << 19), 1, true)", NULL, NULL, "E408",
      "too long to be searched", NULL},
     {"a table without end", "local t = {} while true do t[#t + 1] = ('x'):rep(1000) .. #t end",
      NULL, NULL, "E402", NULL, NULL},
     {"messages without end", "for i = 1, 1e9 do say(('x'):rep(1000)) end", NULL, NULL, "E404",
      NULL, NULL},
     {"questions without end", "phase 'define' for i = 1, 30000 do pcall(ask, 'topic') end", "{}",
      "define/topic", NULL, NULL, NULL})

static void conditions_that_ask_are_errors(void **state)
{
    (void)state;
    json_t *program = fixture_program("phase 'define' step 'aim'"), *outcome,
           *request = fixture_request(NULL);
    struct err e;
    json_t *phases = json_object_get(json_object_get(program, "def"), "phases");
    json_t *step = json_array_get(json_object_get(json_array_get(phases, 0), "steps"), 0);
    static const char *const questions[] = {"asking", "broken"};
    for (int i = 0; i < 2; i++) {
        (void)json_object_set_new(step, "questions", json_pack("[s]", questions[i]));
        assert_true(script_load(host, STR(""), program, &e));
        assert_true(script_run(host, request, &outcome, &e));
        assert_string_equal(json_member(json_object_get(outcome, "error"), "code").p, "E313");
        json_decref(outcome);
    }
    json_decref(program);
    json_decref(request);
}

static void equal_runs_give_equal_outcomes(void **state)
{
    (void)state;
    static const char script[] = "phase 'define' ask 'obstacles' local t = {} for i = 1, 300 do "
                                 "t['k' .. i] = i end local s = '' "
                                 "for k, v in pairs(t) do s = s .. k end action { text = s, picked "
                                 "= pick('x', answers.obstacles), f = 1 / 3 }";
    struct arena *a = arena_new();
    struct str first = {"", 0};
    for (int i = 0; i < 20; i++) {
        json_t *outcome = fixture_run(host, script, "{" ITEMS "}");
        struct str whole = json_write(a, outcome);
        if (!json_is_null(json_object_get(outcome, "error")))
            fail_msg("%s", whole.p);
        assert_true(i == 0 || str_eq(first, whole));
        first = whole;
        json_decref(outcome);
    }
    arena_free(a);
}

static void many_answers_take_linear_time(void **state)
{
    (void)state;
    enum { MANY = 20000 };
    json_t *answers = json_object(), *request, *outcome;
    struct err e;
    for (int i = 1; i <= MANY; i++) {
        char key[40];
        (void)snprintf(key, sizeof key, i == 1 ? "define/n" : "define/n#%d", i);
        (void)json_object_set_new(answers, key,
                                  json_pack("{s:i,s:s}", "v", i, "day", "2026-11-01"));
    }
    request = json_pack("{s:s,s:o}", "seed", "0", "answers", answers);
    json_t *program = fixture_program("phase 'define' while true do ask 'n' end");
    assert_true(script_load(host, STR("many"), program, &e));
    assert_true(script_run(host, request, &outcome, &e));
    assert_true(json_is_null(json_object_get(outcome, "error")));
    assert_int_equal(json_array_size(json_object_get(outcome, "path")), MANY + 1);
    json_decref(outcome);
    json_decref(request);
    json_decref(program);
}

/* What check says of a script, as "CODE:LINE:COLUMN CODE:..."  */
static void check_says(const char *script, const char *wanted)
{
    struct arena *a = arena_new();
    struct diags d = {.a = a};
    struct err e;
    json_t *program = fixture_program(script);
    struct buf b = {.a = a};
    (void)json_object_del(json_object_get(json_object_get(program, "def"), "questions"), "broken");
    (void)json_object_del(json_object_get(program, "sources"), "lib/circle.lua");
    assert_true(script_check(host, program, &d, &e));
    for (size_t i = 0; i < d.n; i++)
        buf_format(&b, "%s%s:%d:%d+%d", i ? " " : "", d.list[i].code, d.list[i].line,
                   d.list[i].column, d.list[i].width);
    if (!str_is(buf_str(&b), wanted))
        fail_msg("%s: %s instead of %s", script, buf_str(&b).p, wanted);
    json_decref(program);
    arena_free(a);
}

static void checks_without_running(void **state)
{
    static const struct {
        const char *script, *wanted;
    } rows[] = {
        {"phase 'define' step 'aim'", ""},
        {"local x = (", "E301:1:1+11"},
        {"foo()", "E302:1:1+3"},
        {"local foo = foo", "E302:1:13+3"},
        {"local function f() return f end", ""},
        {"local a <const> = 1 return a", ""},
        {"for i = 1, 2 do local x = i end local y = i", "E302:1:43+1"},
        {"repeat local z = 1 until z == 1 local q = z", "E302:1:43+1"},
        {"-- foo\n--[[ bar ]] local s = [[ baz ]] .. 'q\\'uux' return s", ""},
        {"local t = { foo = 1, [2] = 3 } t.bar = t.foo", ""},
        {"goto done ::done::", ""},
        {"io.open 'x'", "E303:1:1+2"},
        {"local x = string.dump", "E303:1:18+4"},
        {"local x = string.foo", "E302:1:18+3"},
        {"total = 1", "E304:1:1+5"},
        {"local a a, total = 1, 2", "E304:1:12+5"},
        {"function f() end", "E304:1:10+1"},
        {"phase 'define'\nlocal now = ask \"whre_now\"", "E214:2:17+10"},
        {"phase 'define' ask('whre_now')", "E214:1:20+10"},
        {"phase 'define' for o in each 'obstacle' do end", "E214:1:30+10"},
        {"phase 'define' step 'aym'", "E312:1:21+5"},
        {"phase 'defin'", "E312:1:7+7"},
        {"say 'wel_done' say 'Hello'", "E312:1:5+10"},
        {"local x = answers.gaol", "E214:1:19+4"},
        {"phase 'test' wait 'try_it' local x = answers.try_it", ""},
        {"local x = lists.decision", "E312:1:17+8"},
        {"use 'lib/none'", "E215:1:5+10"},
        {"phase 'define' ask 'topic'\nask 'topic'", "W301:2:5+7"},
        {"phase 'define' ask 'topic'\nask('topic', { as = 'x' })", ""},
        {"phase 'define' if true then ask 'topic' else ask 'topic' end", ""},
        {"phase 'define' if true then ask 'topic' end ask 'topic'", "W301:1:49+7"},
        {"phase 'define' step 'aim'\nask 'topic'", "W301:2:5+7"},
        {"phase 'define' ask 'topic' phase 'test' ask 'topic'", ""},
        {"phase 'define' ask('top' .. 'ic')", ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        check_says(rows[i].script, rows[i].wanted);
}

static void prints_an_unknown_question_as_the_manual_shows_it(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct diags d = {.a = a};
    struct err e;
    json_t *program = fixture_program("phase 'define'\n\n\n\n\nlocal now = ask \"whre_now\"");
    (void)json_object_del(json_object_get(json_object_get(program, "def"), "questions"), "broken");
    (void)json_object_del(json_object_get(program, "sources"), "lib/circle.lua");
    assert_true(script_check(host, program, &d, &e));
    assert_int_equal(d.n, 1);
    assert_string_equal(
        diag_print(a, &d.list[0]).p,
        "E214  t.lua:6:17   unknown question \"whre_now\"\n\n"
        "   6 | local now = ask \"whre_now\"\n"
        "                       ^^^^^^^^^^\n"
        "  No phase file of first-talk has a question with this id.\n"
        "  Either correct the spelling (did you mean \"where_now\", define.yaml line 24?)\n"
        "  or add a question \"whre_now\" to a step.\n");
    json_decref(program);
    arena_free(a);
}

static void annotations_are_those_of_the_table(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct str committed, made = script_api_annotations(a), luacheck;
    struct err e;
    assert_true(files_find(STR("scripts/api.lua"), &committed));
    if (!str_eq(committed, made))
        fail_msg("scripts/api.lua should be:\n%s", made.p);
    assert_true(files_read(a, ".luacheckrc", 1 << 16, &luacheck, &e));
    while (made.n > 0) {
        struct str line = str_split(made, '\n', &made);
        if (!str_starts(line, STR("function ")))
            continue;
        struct str name = str_part(line, 9, str_find(line, STR("("), 0));
        struct str quoted = str_format(a, "\"%.*s\"", STR_ARG(name));
        if (str_find(luacheck, quoted, 0) == luacheck.n)
            fail_msg(".luacheckrc lacks %s", quoted.p);
    }
    arena_free(a);
}

static void one_run_at_a_time(void **state)
{
    (void)state;
    struct script_host *other = fixture_host(NULL);
    json_t *program = fixture_program("phase 'define'"), *request = fixture_request(NULL), *outcome;
    struct err e;
    assert_false(script_run(other, request, &outcome, &e));
    assert_int_equal(e.code, ERR_SCRIPT);
    assert_true(script_load(other, STR("x"), program, &e));
    assert_false(script_finish(other, &outcome, &e));
    assert_true(script_start(other, request, &e));
    assert_false(script_start(other, request, &e));
    assert_true(script_finish(other, &outcome, &e));
    json_decref(outcome);
    json_decref(program);
    json_decref(request);
    script_host_close(other);
    script_host_close(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(walks_the_path),
        cmocka_unit_test(makes_keys),
        cmocka_unit_test(reads_answers),
        cmocka_unit_test(judges_answers),
        cmocka_unit_test(tells_and_shows),
        cmocka_unit_test(gives_outputs),
        cmocka_unit_test(waits_and_lanes),
        cmocka_unit_test(helps),
        cmocka_unit_test(keeps_lua_tame),
        cmocka_unit_test(speaks_to_authors),
        cmocka_unit_test(conditions_that_ask_are_errors),
        cmocka_unit_test(equal_runs_give_equal_outcomes),
        cmocka_unit_test(many_answers_take_linear_time),
        cmocka_unit_test(checks_without_running),
        cmocka_unit_test(prints_an_unknown_question_as_the_manual_shows_it),
        cmocka_unit_test(annotations_are_those_of_the_table),
        cmocka_unit_test(one_run_at_a_time),
    };
    return cmocka_run_group_tests(tests, open_host, close_host);
}
