/* say, each, wait, run, use, together: the shape of the conversation. */
#include "script/api.h"

#include "base/clock.h"
#include "script/convert.h"
#include "script/path.h"
#include "script/state.h"

#include <string.h>

/* A text that looks like an id but is nearly a message's id is a slip, not a text. */
static void check_message_id(lua_State *L, struct str text, const json_t *messages)
{
    struct run *r = run_of(L);
    if (!run_is_id(text) || str_find(text, STR("_"), 0) == text.n)
        return;
    run_fault(L, "E312", text,
              run_did_you_mean(r->a, text, messages,
                               STR("Messages stand under messages: in the file of a phase.")),
              "there is no message \"%.*s\"", STR_ARG(text));
}

int l_say(lua_State *L)
{
    struct run *r = run_of(L);
    api_guard(L, "say", false);
    struct str text = api_text(L, 1, "say");
    api_options(L, 2, "say");
    int opts = lua_istable(L, 2) ? 2 : 0;
    const json_t *messages = json_object_get(r->def, "messages");
    const json_t *message = json_object_get(messages, text.p);
    struct buf b = {.a = r->a};
    struct str vars;
    buf_format(&b, "{\"at\":%zu", r->n);
    if (message) {
        vars = vars_of(L, json_object_get(message, "placeholders"), opts);
    } else {
        check_message_id(L, text, messages);
        vars = vars_of_text(L, text, opts);
    }
    convert_add_member(&b, message ? "id" : "text", text);
    if (vars.n > 0)
        buf_format(&b, ",\"vars\":%.*s", STR_ARG(vars));
    buf_add_char(&b, '}');
    run_add(L, &r->messages, buf_str(&b));
    return 0;
}

static int l_next_item(lua_State *L)
{
    lua_Integer i = lua_tointeger(L, lua_upvalueindex(2)) + 1;
    lua_pushinteger(L, i);
    lua_replace(L, lua_upvalueindex(2));
    (void)lua_geti(L, lua_upvalueindex(1), i);
    lua_pushinteger(L, i);
    return 2;
}

int l_each(lua_State *L)
{
    lua_settop(L, 1);
    if (lua_type(L, 1) == LUA_TSTRING) {
        lua_pushcfunction(L, l_answers_index);
        lua_pushnil(L);
        lua_pushvalue(L, 1);
        lua_call(L, 2, 1);
        lua_replace(L, 1);
    }
    if (lua_isnil(L, 1))
        lua_newtable(L);
    else if (lua_istable(L, 1))
        lua_pushvalue(L, 1);
    else
        run_fault(L, "E307", STR("each"),
                  STR("Write: each \"id_of_a_list_question\", or each(a_list)"),
                  "each walks lists, not a %s", luaL_typename(L, 1));
    lua_pushinteger(L, 0);
    lua_pushcclosure(L, l_next_item, 2);
    return 1;
}

/* The day a wait ends: till (`until` is a word of Lua's own and needs ["until"]), or days after the
 * latest answer used. */
static struct str wait_until(lua_State *L, int opts)
{
    struct run *r = run_of(L);
    struct str until = api_option(L, opts, "till");
    if (until.n == 0)
        until = api_option(L, opts, "until");
    if (until.n > 0 && !clock_is_day(until))
        run_fault(L, "E307", until,
                  STR("Write: wait(\"id\", { days = 7 }) or { till = answers.some_date }"),
                  "\"%.*s\" is not a day", STR_ARG(until));
    if (until.n > 0 || lua_getfield(L, opts, "days") == LUA_TNIL)
        return until;
    if (!lua_isinteger(L, -1) || lua_tointeger(L, -1) < 0 || lua_tointeger(L, -1) > 3660)
        run_fault(L, "E307", STR("days"), STR("Write: wait(\"id\", { days = 7 })"),
                  "days = needs a whole number of days");
    char day[11];
    const struct str today = r->today[0] ? str_of(r->today) : r->today_given;
    if (clock_is_day(today) && clock_add_days(today, (int)lua_tointeger(L, -1), day))
        until = str_copy(r->a, str_of(day));
    lua_pop(L, 1);
    return until;
}

int l_wait(lua_State *L)
{
    struct run *r = run_of(L);
    api_guard(L, "wait", true);
    struct str id = api_text(L, 1, "wait"), item;
    api_options(L, 2, "wait");
    int opts = lua_istable(L, 2) ? 2 : 0;
    const json_t *message = json_object_get(json_object_get(r->def, "messages"), id.p);
    if (!run_is_id(id) || json_object_get(r->questions, id.p))
        run_fault(L, "E307", id,
                  STR("A wait has an id of its own, of small letters, digits and _."),
                  "\"%.*s\" cannot be the id of a wait", STR_ARG(id));
    struct str label = opts ? api_option(L, opts, "as") : STR("");
    size_t before = ask_enter_item(L, opts, &item);
    size_t n = path_add(L, id, label, NULL);
    struct entry *e = &r->path[n];
    e->wait = e->required = true;
    e->item = item;
    e->until = opts ? wait_until(L, opts) : STR("");
    e->who = opts ? api_option(L, opts, "who") : STR("");
    e->vars = vars_of(L, json_object_get(message, "placeholders"), opts);
    if (e->state == ENTRY_ANSWERED && !json_flag(e->value, "agreed", false))
        e->state = ENTRY_OPEN;
    path_settle(L, n);
    path_leave(r, before);
    if (ask_is_open(r, n))
        run_stop(L);
    path_push_value(L, n);
    return 1;
}

int l_run(lua_State *L)
{
    struct run *r = run_of(L);
    api_guard(L, "run", false);
    struct str label = api_text(L, 1, "run");
    luaL_checktype(L, 2, LUA_TFUNCTION);
    size_t before = path_enter(L, label);
    lua_call(L, lua_gettop(L) - 2, LUA_MULTRET);
    path_leave(r, before);
    return lua_gettop(L) - 1;
}

static struct str module_file(lua_State *L, struct str name)
{
    struct run *r = run_of(L);
    struct str file = str_format(r->a, "%.*s.lua", STR_ARG(name));
    if (json_object_get(r->sources, file.p))
        return file;
    struct str help = run_did_you_mean(
        r->a, file, r->sources, STR("Modules lie in scripts/lib of the library: use \"lib/name\""));
    run_fault(L, "E215", name, help, "there is no module \"%.*s\"", STR_ARG(name));
}

int l_use(lua_State *L)
{
    static const char loading;
    api_guard(L, "use", false);
    struct str name = api_text(L, 1, "use");
    run_push_table(L, TABLE_MODULES); /* modules          */
    int modules = lua_gettop(L);
    (void)lua_getfield(L, modules, name.p); /* modules value    */
    if (lua_islightuserdata(L, -1))
        run_fault(L, "E315", name, STR("Put what both need into a third module."),
                  "the module \"%.*s\" uses itself, by way of others", STR_ARG(name));
    if (!lua_isnil(L, -1))
        return 1;
    lua_pushlightuserdata(L, (void *)(uintptr_t)&loading);
    lua_setfield(L, modules, name.p);
    state_load_source(L, module_file(L, name)); /* modules nil chunk */
    lua_call(L, 0, 1);                          /* modules nil value */
    if (lua_isnil(L, -1)) {
        lua_pop(L, 1);
        lua_pushboolean(L, 1);
    }
    lua_pushvalue(L, -1);
    lua_setfield(L, modules, name.p);
    return 1;
}

/* Walks one lane, leaving its results (or nothing) on the stack; true if it came to its end. */
static bool walk_lane(lua_State *L, const char *lane, int *results)
{
    struct run *r = run_of(L);
    struct str phase = r->phase, step = r->step;
    const json_t *phase_def = r->phase_def;
    int base = lua_gettop(L);
    *results = 0;
    (void)lua_getfield(L, 1, lane);
    if (!lua_isfunction(L, -1)) {
        lua_pop(L, 1);
        return true;
    }
    size_t before = path_enter(L, str_of(lane));
    int status = lua_pcall(L, 0, LUA_MULTRET, 0);
    path_leave(r, before);
    r->phase = phase;
    r->step = step;
    r->phase_def = phase_def;
    if (status == LUA_OK) {
        *results = lua_gettop(L) - base;
        return true;
    }
    if (status != LUA_ERRRUN) {
        fault_from_status(r, status);
        run_raise_fault(L);
    }
    if (!run_is_stop(L, -1))
        (void)lua_error(L);
    lua_settop(L, base);
    return false;
}

int l_together(lua_State *L)
{
    struct run *r = run_of(L);
    api_guard(L, "together", true);
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 1);
    for (lua_pushnil(L); lua_next(L, 1); lua_pop(L, 1)) {
        lua_pushvalue(L, -2);
        struct str lane = run_text(L, -1);
        if ((!str_is(lane, "client") && !str_is(lane, "coach")) || !lua_isfunction(L, -2))
            run_fault(
                L, "E307", STR("together"),
                STR("Write: together{ client = function() ... end, coach = function() ... end }"),
                "together takes two functions, client and coach");
        lua_pop(L, 1);
    }
    int client, coach;
    bool client_done = walk_lane(L, "client", &client);
    bool coach_done = walk_lane(L, "coach", &coach);
    if (!client_done || !coach_done)
        run_stop(L);
    run_push_table(L, TABLE_JOINED);
    path_push_scoped(L, r->scope_n, STR(""));
    lua_pushboolean(L, 1);
    lua_rawset(L, -3);
    lua_pop(L, 1);
    r->joined = true;
    return client + coach;
}
