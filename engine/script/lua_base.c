/* The safe part of Lua's base library: sorted pairs, a pcall that lets the private errors through,
 * errors that are texts, tostring without addresses; and what is absent, with what to use instead.
 */
#include "script/state.h"

#include <lualib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Copies named members of the table on top of the stack into the one below it. */
static void keep(lua_State *L, const char *const *names)
{
    for (; *names; names++) {
        (void)lua_getfield(L, -1, *names);
        lua_setfield(L, -3, *names);
    }
}

bool lua_absent_help(struct str name, struct str *help)
{
    static const struct {
        const char *name, *help;
    } absent[] = {
        {"io", "Scripts have no files. What is to be written goes into a document template."},
        {"os", "Scripts have no clock and no system. For dates use today() and days(n)."},
        {"debug", "Use say or advise to see a value while you try a script."},
        {"package", "A module is taken in with: use \"lib/name\""},
        {"require", "A module is taken in with: use \"lib/name\""},
        {"dofile", "A module is taken in with: use \"lib/name\""},
        {"loadfile", "A module is taken in with: use \"lib/name\""},
        {"load", "Write the code itself, as a function."},
        {"loadstring", "Write the code itself, as a function."},
        {"coroutine",
         "ask stops and goes on by itself; two people at once are: together{ client = f, coach = f "
         "}"},
        {"collectgarbage", "Memory is looked after by itself; leave this line out."},
        {"setmetatable", "Use plain tables and functions."},
        {"getmetatable", "Use plain tables and functions."},
        {"rawget", "Write: list[name]"},
        {"rawset", "Write: list[name] = value"},
        {"rawequal", "Write: a == b"},
        {"rawlen", "Write: #list"},
        {"next", "Use pairs(list), or is_empty(list) to see whether there is anything in it."},
        {"unpack", "Write: table.unpack(list)"},
        {"xpcall", "Use pcall."},
        {"print", "Use say \"...\" for people, advise(\"...\") for the coach."},
        {"warn", "Use advise(\"...\") to tell the coach."},
        {"string.dump", "Functions cannot be written out."},
        {"string.pack", "Use string.format."},
        {"string.unpack", "Use string.match."},
        {"string.packsize", "Use #text."},
        {"table.move", "Copy with a loop: for i, v in ipairs(list) do ... end"},
        {"math.random", "Use pick(label, list): one element, the same at every run."},
        {"math.randomseed", "Use pick(label, list): one element, the same at every run."},
    };
    for (size_t i = 0; i < sizeof absent / sizeof absent[0]; i++)
        if (str_is(name, absent[i].name)) {
            *help = str_of(absent[i].help);
            return true;
        }
    return false;
}

static int l_error(lua_State *L)
{
    if (lua_type(L, 1) != LUA_TSTRING && lua_type(L, 1) != LUA_TNUMBER)
        run_fault(L, "E309", STR("error"), STR("Write: error(\"what is wrong\")"),
                  "error was given a %s; it needs a text", luaL_typename(L, 1));
    lua_Integer level = luaL_optinteger(L, 2, 1);
    lua_settop(L, 1);
    if (level > 0 && level < 100) {
        luaL_where(L, (int)level);
        lua_insert(L, 1);
        lua_concat(L, 2);
    }
    return lua_error(L);
}

static int l_assert(lua_State *L)
{
    luaL_checkany(L, 1);
    if (lua_toboolean(L, 1))
        return lua_gettop(L);
    if (lua_gettop(L) < 2) {
        lua_settop(L, 0);
        (void)lua_pushliteral(L, "assertion failed!");
    } else {
        lua_settop(L, 2);
        lua_remove(L, 1);
    }
    lua_pushinteger(L, 1);
    return l_error(L);
}

static int l_pcall(lua_State *L)
{
    struct run *r = run_of(L);
    luaL_checkany(L, 1);
    size_t scope_n = r->scope_n;
    const json_t *expression_of = r->expression_of;
    int status = lua_pcall(L, lua_gettop(L) - 1, LUA_MULTRET, 0);
    if (status == LUA_OK) {
        lua_pushboolean(L, 1);
        lua_insert(L, 1);
        return lua_gettop(L);
    }
    /* Only an error that the script may handle ends here: not a stop, a fault, or the end of memory
     * or stack. */
    if (status != LUA_ERRRUN || lua_type(L, -1) != LUA_TSTRING) {
        if (run_is_stop(L, -1))
            run_stop(L);
        fault_from_status(r, status);
        run_raise_fault(L);
    }
    r->scope_n = scope_n;
    r->expression_of = expression_of;
    lua_pushboolean(L, 0);
    lua_insert(L, -2);
    return 2;
}

static int l_tostring(lua_State *L)
{
    luaL_checkany(L, 1);
    switch (lua_type(L, 1)) {
    case LUA_TNIL:
    case LUA_TBOOLEAN:
    case LUA_TNUMBER:
    case LUA_TSTRING:
        (void)luaL_tolstring(L, 1, NULL);
        return 1;
    default:
        lua_pushstring(L, luaL_typename(L, 1));
        return 1;
    }
}

/* A key while it is being sorted; the text belongs to the table that is walked. */
struct key {
    int type;
    lua_Number number;
    lua_Integer integer;
    bool whole;
    struct str text;
};

static int order_numbers(const struct key *a, const struct key *b)
{
    if (a->whole && b->whole)
        return (a->integer > b->integer) - (a->integer < b->integer);
    return (a->number > b->number) - (a->number < b->number);
}

static int order_keys(const void *left, const void *right)
{
    const struct key *a = left, *b = right;
    if (a->type != b->type)
        return (a->type > b->type) - (a->type < b->type);
    if (a->type == LUA_TNUMBER)
        return order_numbers(a, b);
    if (a->type == LUA_TSTRING)
        return str_order(a->text, b->text);
    return (a->integer > b->integer) - (a->integer < b->integer);
}

static struct key read_key(lua_State *L, int index)
{
    struct key k = {.type = lua_type(L, index)};
    if (k.type == LUA_TNUMBER) {
        int whole;
        k.integer = lua_tointegerx(L, index, &whole);
        k.number = lua_tonumber(L, index);
        k.whole = whole && lua_isinteger(L, index);
    } else if (k.type == LUA_TSTRING)
        k.text = run_text(L, index);
    else if (k.type == LUA_TBOOLEAN)
        k.integer = lua_toboolean(L, index);
    else
        run_fault(
            L, "E307", STR("pairs"),
            STR("Use texts or numbers as names in a table; for items take item.id."),
            "pairs cannot walk a table whose names are %ss, in an order that is always the same",
            luaL_typename(L, index));
    return k;
}

static void push_key(lua_State *L, const struct key *k)
{
    if (k->type == LUA_TSTRING)
        (void)lua_pushlstring(L, k->text.p, k->text.n);
    else if (k->type == LUA_TBOOLEAN)
        lua_pushboolean(L, (int)k->integer);
    else if (k->whole)
        lua_pushinteger(L, k->integer);
    else
        lua_pushnumber(L, k->number);
}

/* Pushes a list of the sorted keys of the table at `index`. */
static void push_sorted_keys(lua_State *L, int index)
{
    size_t n = 0;
    for (lua_pushnil(L); lua_next(L, index); lua_pop(L, 1))
        n++;
    /* Scratch memory that the collector owns: an error may come at any point. */
    struct key *keys = lua_newuserdatauv(L, (n + 1) * sizeof *keys, 0);
    size_t i = 0;
    for (lua_pushnil(L); lua_next(L, index); lua_pop(L, 1))
        keys[i++] = read_key(L, -2);
    qsort(keys, n, sizeof *keys, order_keys);
    lua_createtable(L, (int)n, 0);
    for (i = 0; i < n; i++) {
        push_key(L, &keys[i]);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    lua_remove(L, -2);
}

static int l_next_pair(lua_State *L)
{
    lua_Integer i = lua_tointeger(L, lua_upvalueindex(3));
    for (;;) {
        i++;
        lua_settop(L, 0);
        if (lua_rawgeti(L, lua_upvalueindex(1), i) == LUA_TNIL)
            return 1;
        lua_pushvalue(L, 1);
        /* An element removed meanwhile is passed over. */
        if (lua_rawget(L, lua_upvalueindex(2)) != LUA_TNIL)
            break;
    }
    lua_pushinteger(L, i);
    lua_replace(L, lua_upvalueindex(3));
    return 2;
}

static int l_pairs(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 1);
    lua_push_real(L, 1);
    if (lua_rawequal(L, 1, 2) && lua_getmetatable(L, 1))
        run_fault(L, "E307", STR("pairs"), STR("Ask for what you need by its name: answers.goal"),
                  "this cannot be walked: it is found by name only");
    /* given table         */
    push_sorted_keys(L, 2);              /* given table keys    */
    lua_insert(L, 2);                    /* given keys table    */
    lua_pushinteger(L, 0);               /* given keys table 0  */
    lua_pushcclosure(L, l_next_pair, 3); /* given iterator      */
    return 1;
}

static int l_read_only(lua_State *L)
{
    struct str name = run_text(L, 2);
    run_fault(L, "E314", name,
              STR("Keep what you work out in a local name of your own: local NAME = ..."),
              "\"%.*s\" cannot be changed here: this is read-only", STR_ARG(name));
}

static int l_length(lua_State *L)
{
    lua_pushinteger(L, (lua_Integer)lua_rawlen(L, lua_upvalueindex(1)));
    return 1;
}

void lua_freeze(lua_State *L)
{
    lua_newtable(L);          /* real view            */
    lua_createtable(L, 0, 5); /* real view meta       */
    lua_pushvalue(L, -3);     /* real view meta real  */
    lua_setfield(L, -2, "__index");
    lua_pushvalue(L, -3);
    lua_rawseti(L, -2, 1); /* where lua_push_real looks */
    lua_pushvalue(L, -3);
    lua_pushcclosure(L, l_length, 1);
    lua_setfield(L, -2, "__len");
    lua_pushcfunction(L, l_read_only);
    lua_setfield(L, -2, "__newindex");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    (void)lua_setmetatable(L, -2); /* real view            */
    lua_remove(L, -2);             /* view                 */
}

void lua_push_real(lua_State *L, int index)
{
    index = lua_absindex(L, index);
    if (!lua_getmetatable(L, index)) {
        lua_pushvalue(L, index);
        return;
    }
    if (lua_rawgeti(L, -1, 1) != LUA_TTABLE) {
        lua_pop(L, 1);
        lua_pushvalue(L, index);
    }
    lua_remove(L, -2);
}

void lua_base_open(lua_State *L)
{
    static const char *const kept[] = {"ipairs", "select", "tonumber", "type", NULL};
    static const luaL_Reg own[] = {{"assert", l_assert},     {"error", l_error},
                                   {"pairs", l_pairs},       {"pcall", l_pcall},
                                   {"tostring", l_tostring}, {NULL, NULL}};
    lua_pushcfunction(L, luaopen_base);
    lua_call(L, 0, 1);
    keep(L, kept);
    lua_pop(L, 1);
    luaL_setfuncs(L, own, 0);
}
