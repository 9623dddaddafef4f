#include "script/state.h"

#include "base/files.h"
#include "script/api.h"
#include "script/convert.h"

#include <assert.h>
#include <lualib.h>
#include <stdlib.h>
#include <string.h>

enum { HOOK_STEP = 1000, REFUSALS_MAX = 3 };

/* After some failures every request fails: a script near the ceiling would otherwise spend its
 * whole time in the collector, which runs after each failed allocation. */
static void *allocate(void *user, void *block, size_t old, size_t size)
{
    struct run *r = user;
    if (!block)
        old = 0;
    if (size == 0) {
        free(block);
        r->used -= old;
        return NULL;
    }
    r->allocations++;
    bool injected = (r->fail_at > 0 && r->allocations == r->fail_at) ||
        (r->fail_at < 0 && r->allocations >= -r->fail_at);
    if (size > old &&
        (injected || r->refusals > REFUSALS_MAX || r->used - old + size > r->limits.memory)) {
        r->refusals++;
        return NULL;
    }
    void *p = realloc(block, size);
    if (p)
        r->used += size - old;
    return p;
}

static void hook(lua_State *L, lua_Debug *ar)
{
    (void)ar;
    struct run *r = run_of(L);
    r->instructions += HOOK_STEP;
    if (lua_getinfo(L, "Sl", ar) && ar->source[0] == '@') {
        r->line = ar->currentline;
        if (r->page)
            r->page->line = ar->currentline;
    }
    if (r->instructions <= r->limits.instructions)
        return;
    /* Armed again with 1: whatever catches this runs one instruction and is stopped again. */
    lua_sethook(L, hook, LUA_MASKCOUNT, 1);
    run_fault(L, "E403", STR(""),
              STR("Is there a loop that never ends? A while needs something that changes in it."),
              "the script takes more than %lld steps", r->limits.instructions);
}

struct run *state_new(struct arena *a, const json_t *program, const struct script_limits *limits)
{
    struct run *r = arena_alloc(a, sizeof *r);
    r->a = a;
    r->def = json_object_get(program, "def");
    r->questions = json_object_get(r->def, "questions");
    r->sources = json_object_get(program, "sources");
    r->script = json_member(program, "script");
    r->limits = *limits;
    struct buf *bufs[] = {&r->messages, &r->canvas, &r->outputs, &r->advice, &r->log, &r->phases};
    for (size_t i = 0; i < sizeof bufs / sizeof bufs[0]; i++)
        bufs[i]->a = a;
    return r;
}

static const char tables[RUN_TABLES];

void run_push_table(lua_State *L, enum run_table which)
{
    (void)lua_rawgetp(L, LUA_REGISTRYINDEX, &tables[which]);
}

static void make_tables(lua_State *L)
{
    for (int i = 0; i < RUN_TABLES; i++) {
        lua_newtable(L);
        lua_rawsetp(L, LUA_REGISTRYINDEX, &tables[i]);
    }
    /* Items whose list is gone need not be remembered. */
    run_push_table(L, TABLE_ORIGIN); /* origin        */
    lua_newtable(L);                 /* origin meta   */
    (void)lua_pushliteral(L, "k");   /* origin meta k */
    lua_setfield(L, -2, "__mode");   /* origin meta   */
    (void)lua_setmetatable(L, -2);   /* origin        */
    lua_pop(L, 1);                   /* -             */
}

static int l_unknown_global(lua_State *L)
{
    struct run *r = run_of(L);
    struct str name = run_text(L, 2), help;
    if (lua_absent_help(name, &help))
        run_fault(L, "E303", name, help, "\"%.*s\" is not available in scripts", STR_ARG(name));
    help = api_did_you_mean(
        r->a, name,
        STR("A name of your own needs a definition before its first use: local NAME = ..."));
    run_fault(L, "E302", name, help, "unknown name \"%.*s\"", STR_ARG(name));
}

static int l_set_global(lua_State *L)
{
    struct run *r = run_of(L);
    struct str name = run_text(L, 2);
    struct str help = str_format(r->a, "Write: local %.*s = ...", STR_ARG(name));
    run_fault(L, "E304", name, help, "\"%.*s\" is given a value, but it is not local",
              STR_ARG(name));
}

/* ENV is empty; reading falls through to the API, then to the error; writing is always an error. */
static void make_env(lua_State *L)
{
    run_push_table(L, TABLE_ENV);           /* env             */
    lua_newtable(L);                        /* env meta        */
    run_push_table(L, TABLE_API);           /* env meta api    */
    lua_newtable(L);                        /* env meta api m  */
    lua_pushcfunction(L, l_unknown_global); /* env meta api m f */
    lua_setfield(L, -2, "__index");         /* env meta api m  */
    (void)lua_setmetatable(L, -2);          /* env meta api    */
    lua_setfield(L, -2, "__index");         /* env meta        */
    lua_pushcfunction(L, l_set_global);     /* env meta f      */
    lua_setfield(L, -2, "__newindex");      /* env meta        */
    (void)lua_setmetatable(L, -2);          /* env             */
    lua_pop(L, 1);                          /* -               */
}

bool state_load_chunk(lua_State *L, struct str source, const char *name)
{
    int status = luaL_loadbufferx(L, source.p, source.n, name, "t");
    if (status == LUA_ERRMEM) {
        fault_from_status(run_of(L), status);
        run_raise_fault(L);
    }
    if (status != LUA_OK)
        return false;
    run_push_table(L, TABLE_ENV); /* chunk env */
    const char *upvalue = lua_setupvalue(L, -2, 1);
    if (!upvalue)
        lua_pop(L, 1);
    return true;
}

/* Helpers written in Lua: a chunk that is given the API table and adds to it. */
static void load_prelude(lua_State *L)
{
    struct str source;
    bool found = files_find(STR("scripts/lib/prelude.lua"), &source);
    assert(found);
    if (!state_load_chunk(L, source, "=prelude"))
        (void)lua_error(L);
    run_push_table(L, TABLE_API);
    lua_call(L, 1, 0);
}

static int l_prepare(lua_State *L)
{
    make_tables(L);
    run_push_table(L, TABLE_API);
    lua_base_open(L);
    lua_table_open(L);
    lua_string_open(L);
    api_open(L);
    lua_pop(L, 1);
    /* Nothing may be reached by way of the registry's own globals. */
    lua_newtable(L);
    lua_rawseti(L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
    make_env(L);
    load_prelude(L);
    if (run_of(L)->script.n == 0)
        return 0; /* a state for looking at sources, not for running one */
    state_load_source(L, run_of(L)->script);
    return 1;
}

void state_load_source(lua_State *L, struct str name)
{
    struct run *r = run_of(L);
    const json_t *source = json_object_get(r->sources, str_copy(r->a, name).p);
    if (!source)
        run_fault(L, "E213", name, STR("It must lie in the scripts folder of the library."),
                  "there is no script \"%.*s\"", STR_ARG(name));
    if (state_load_chunk(L, json_text(source), str_format(r->a, "@%.*s", STR_ARG(name)).p))
        return;
    struct fault f = state_syntax_fault(r, name, run_text(L, -1));
    fault_set(r, f);
    (void)lua_error(L);
}

void state_open(struct run *r)
{
    r->L = lua_newstate(allocate, r);
    if (!r->L) {
        fault_from_status(r, LUA_ERRMEM);
        return;
    }
    *(struct run **)lua_getextraspace(r->L) = r;
    lua_pushcfunction(r->L, run_handle_error); /* handler       */
    lua_pushcfunction(r->L, l_prepare);        /* handler f     */
    int status = lua_pcall(r->L, 0, 1, 1);     /* handler chunk */
    fault_from_status(r, status);
    assert(lua_gettop(r->L) == 2);
}

void state_execute(struct run *r, const json_t *request)
{
    r->answers = json_object_get(request, "answers");
    r->seed = json_member(request, "seed");
    r->today_given = json_member(request, "today");
    if (r->fault.code || !r->L)
        return;
    lua_State *L = r->L; /* handler chunk */
    lua_sethook(L, hook, LUA_MASKCOUNT, HOOK_STEP);
    int status = lua_pcall(L, 0, 0, 1); /* handler [error] */
    lua_sethook(L, NULL, 0, 0);
    r->done = status == LUA_OK;
    fault_from_status(r, status);
    lua_settop(L, 1);
}

void state_close(struct run *r)
{
    if (r->L)
        lua_close(r->L);
    r->L = NULL;
}
