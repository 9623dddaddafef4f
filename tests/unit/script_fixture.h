/* A host with a small workflow, for the tests of the script room: programs are made by hand, no
 * YAML. */
#ifndef ESPALIER_TESTS_SCRIPT_FIXTURE_H
#define ESPALIER_TESTS_SCRIPT_FIXTURE_H

#include "script/script.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const char fixture_definition[] =
    "{'workflow':'first-talk','language':'en','script':'t.lua',"
    "'phases':[{'id':'define','steps':["
    "  {'id':'aim','questions':['topic','goal','where_now','boss_knows','why_not']},"
    "  {'id':'hurdles','questions':['obstacles']}]},"
    " {'id':'reflect','steps':[{'id':'look','questions':['power','kind']}]},"
    " {'id':'rework','steps':[]},{'id':'test','steps':[]}],"
    "'questions':{"
    "'topic':{'id':'topic','type':'text','step':'aim'},"
    "'goal':{'id':'goal','type':'long_text','max':40,'placeholders':['topic'],'step':'aim'},"
    "'where_now':{'id':'where_now','type':'scale','from':1,'to':10,'file':'define.yaml','line':24},"
    "'boss_knows':{'id':'boss_knows','type':'yes_no','required':false,'when':'answers.where_now < "
    "5'},"
    "'why_not':{'id':'why_not','type':'text','when':'answers.boss_knows == false'},"
    "'obstacles':{'id':'obstacles','type':'list','min':1,"
    "  'item':{'text':{'type':'text'},'kind':{'type':'choice'}}},"
    "'power':{'id':'power','type':'scale','from':1,'to':10,'placeholders':['item.text']},"
    "'kind':{'id':'kind','type':'choice','options':[{'id':'a','label':'A'},{'id':'b','label':'B'}]}"
    ","
    "'kinds':{'id':'kinds','type':'choices','options':[{'id':'a','label':'A'},{'id':'b','label':'B'"
    "}]},"
    "'place':{'id':'place','type':'sort','columns':[{'id':'keep'},{'id':'drop'}]},"
    "'order':{'id':'order','type':'rank','options':[{'id':'a'},{'id':'b'}]},"
    "'roles':{'id':'roles','type':'grid','scales':[{'id':'weight'}]},"
    "'price':{'id':'price','type':'money'},'hours':{'id':'hours','type':'duration'},"
    "'start':{'id':'start','type':'date'},'share':{'id':'share','type':'number'},"
    "'n':{'id':'n','type':'integer'},'agreed':{'id':'agreed','type':'confirm'},"
    "'first_step':{'id':'first_step','type':'commitment','placeholders':['about','about.kind']},"
    "'impression':{'id':'impression','type':'text','check':'#value > 3 or [[Say more.]]'},"
    "'broken':{'id':'broken','type':'text','when':'1 +'},"
    "'asking':{'id':'asking','type':'text','when':'ask [[topic]]','file':'define.yaml','line':9}},"
    "'messages':{'well_done':{'text':'Well done, {topic}.','placeholders':['topic']}},"
    "'lists':{'decisions':[{'id':'maintain','label':'Maintain'},{'id':'add','label':'Add'}]},"
    "'data':{'prices':{'low':10}},"
    "'canvases':{'talk':{'blocks':[{'id':'goal'},{'id':'step'}]}},"
    "'outputs':{'insight':{'fields':{'text':{'type':'text'},'weight':'number'}}}}";

/* JSON written with ' for ". */
static inline json_t *fixture_json(const char *text)
{
    struct arena *a = arena_new();
    struct str s = str_copy(a, str_of(text));
    char *p = (char *)(uintptr_t)s.p;
    struct err e;
    json_t *tree;
    for (size_t i = 0; i < s.n; i++)
        p[i] = p[i] == '\'' ? '"' : p[i];
    if (!json_read(s, &tree, &e))
        fail_msg("%s in %s", e.text, s.p);
    arena_free(a);
    return tree;
}

static inline json_t *fixture_program(const char *script)
{
    json_t *program = json_object(), *sources = json_object();
    assert_int_equal(json_object_set_new(program, "def", fixture_json(fixture_definition)), 0);
    assert_int_equal(json_object_set_new(program, "script", json_string("t.lua")), 0);
    assert_int_equal(json_object_set_new(sources, "t.lua", json_string(script)), 0);
    assert_int_equal(
        json_object_set_new(sources, "lib/twice.lua",
                            json_string("local m = {}\nfunction m.twice(n)\n  return 2 * n\nend\n"
                                        "function m.ask_topic()\n  return ask \"topic\"\nend\n"
                                        "return m\n")),
        0);
    assert_int_equal(
        json_object_set_new(sources, "lib/circle.lua", json_string("use \"lib/circle\"")), 0);
    assert_int_equal(json_object_set_new(program, "sources", sources), 0);
    return program;
}

/* {"seed","answers"} from {KEY: VALUE}: values as they are, {"skip":WHY} for a skip; the n-th is
 * given on the n-th day of November. */
static inline json_t *fixture_request(const char *answers)
{
    json_t *given = fixture_json(answers ? answers : "{}"), *all = json_object(), *value;
    const char *key;
    int day = 0;
    json_object_foreach (given, key, value) {
        char date[16];
        (void)snprintf(date, sizeof date, "2026-11-%02d", ++day % 28 + 1);
        json_t *one = json_object();
        const json_t *skip = json_object_get(value, "skip");
        (void)json_object_set(one, skip ? "skip" : "v", skip ? (json_t *)(uintptr_t)skip : value);
        (void)json_object_set_new(one, "day", json_string(date));
        (void)json_object_set_new(all, key, one);
    }
    json_decref(given);
    return json_pack("{s:s,s:o,s:n}", "seed", "0123", "answers", all, "today");
}

static inline struct script_host *fixture_host(const struct script_limits *limits)
{
    struct script_host *host;
    struct err e;
    if (!script_host_open(limits, &host, &e))
        fail_msg("%s", e.text);
    return host;
}

/* Runs a script; the outcome is a new reference. */
static inline json_t *fixture_run(struct script_host *host, const char *script, const char *answers)
{
    json_t *program = fixture_program(script), *request = fixture_request(answers);
    json_t *outcome = NULL;
    struct err e;
    if (!script_load(host, STR(""), program, &e) || !script_run(host, request, &outcome, &e))
        fail_msg("%s", e.text);
    json_decref(program);
    json_decref(request);
    return outcome;
}

#endif
