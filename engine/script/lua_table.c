/* The safe part of Lua's table library: a stable sort whose comparator may ask, unpack with a
 * ceiling. */
#include "script/state.h"

#include <lualib.h>

enum { UNPACK_MAX = 200 };

/* Is the element at stack index `b` to come before `a`?  Stable: only then are they exchanged.
 * Raises. */
static bool comes_before(lua_State *L, int b, int a)
{
    bool less;
    b = lua_absindex(L, b);
    a = lua_absindex(L, a);
    if (lua_isnoneornil(L, 2))
        return lua_compare(L, b, a, LUA_OPLT);
    lua_pushvalue(L, 2);
    lua_pushvalue(L, b);
    lua_pushvalue(L, a);
    lua_call(L, 2, 1);
    less = lua_toboolean(L, -1);
    lua_pop(L, 1);
    return less;
}

/* Merges [from, middle) and [middle, to) of the list at stack index `in` into the list at `out`. */
static void merge(lua_State *L, const int lists[2], lua_Integer from, lua_Integer middle,
                  lua_Integer to)
{
    lua_Integer i = from, j = middle;
    for (lua_Integer k = from; k < to; k++) {
        bool right = i == middle;
        if (!right && j < to) {
            (void)lua_rawgeti(L, lists[0], i);
            (void)lua_rawgeti(L, lists[0], j);
            right = comes_before(L, -1, -2);
            lua_pop(L, 2);
        }
        (void)lua_rawgeti(L, lists[0], right ? j++ : i++);
        lua_rawseti(L, lists[1], k);
    }
}

static int l_sort(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    if (!lua_isnoneornil(L, 2))
        luaL_checktype(L, 2, LUA_TFUNCTION);
    lua_settop(L, 2);
    lua_Integer n = luaL_len(L, 1);
    luaL_argcheck(L, n <= 1000000, 1, "list too long");
    int lists[2] = {3, 4};
    lua_newtable(L);
    lua_newtable(L);
    for (lua_Integer i = 1; i <= n; i++) {
        if (lua_geti(L, 1, i) == LUA_TNIL)
            run_fault(L, "E305", STR("sort"), STR("Take care that the list has no gaps."),
                      "the list to be sorted has no value at place %lld", (long long)i);
        lua_rawseti(L, lists[0], i);
    }
    for (lua_Integer width = 1; width < n; width *= 2) {
        for (lua_Integer from = 1; from <= n; from += 2 * width) {
            lua_Integer middle = from + width < n + 1 ? from + width : n + 1;
            lua_Integer to = from + 2 * width < n + 1 ? from + 2 * width : n + 1;
            merge(L, lists, from, middle, to);
        }
        int other = lists[0];
        lists[0] = lists[1];
        lists[1] = other;
    }
    for (lua_Integer i = 1; i <= n; i++) {
        (void)lua_rawgeti(L, lists[0], i);
        lua_seti(L, 1, i);
    }
    return 0;
}

static int l_unpack(lua_State *L)
{
    lua_Integer from = luaL_optinteger(L, 2, 1);
    lua_Integer to = lua_isnoneornil(L, 3) ? luaL_len(L, 1) : luaL_checkinteger(L, 3);
    if (from > to)
        return 0;
    lua_Unsigned n = (lua_Unsigned)to - (lua_Unsigned)from;
    if (n >= UNPACK_MAX)
        run_fault(L, "E408", STR("unpack"), STR("Go through the list with a loop instead."),
                  "table.unpack gives at most %d values", UNPACK_MAX);
    luaL_checkstack(L, UNPACK_MAX, NULL);
    for (lua_Unsigned i = 0; i <= n; i++)
        (void)lua_geti(L, 1, (lua_Integer)((lua_Unsigned)from + i));
    return (int)n + 1;
}

static int l_unknown_member(lua_State *L)
{
    struct run *r = run_of(L);
    struct str library = run_text(L, lua_upvalueindex(1)), member = run_text(L, 2), help;
    struct str name = str_format(r->a, "%.*s.%.*s", STR_ARG(library), STR_ARG(member));
    if (lua_absent_help(name, &help))
        run_fault(L, "E303", member, help, "\"%.*s\" is not available in scripts", STR_ARG(name));
    help = STR("Correct the spelling.");
    struct str known[64];
    size_t n = 0;
    for (lua_pushnil(L); n < 64 && lua_next(L, lua_upvalueindex(2)); lua_pop(L, 1))
        known[n++] = run_text(L, -2);
    struct str near = text_nearest(member, known, n);
    if (near.n > 0)
        help = str_format(r->a, "Did you mean \"%.*s.%.*s\"?", STR_ARG(library), STR_ARG(near));
    run_fault(L, "E302", member, help, "there is no \"%.*s\"", STR_ARG(name));
}

void lua_library(lua_State *L, const char *name, const char *const *kept, const luaL_Reg *own)
{
    lua_newtable(L); /* api all lib      */
    for (; *kept; kept++) {
        (void)lua_getfield(L, -2, *kept);
        lua_setfield(L, -2, *kept);
    }
    /* Own functions have the library's own ones at hand, to stand in front of them. */
    lua_pushvalue(L, -2);     /* api all lib all  */
    luaL_setfuncs(L, own, 1); /* api all lib      */
    lua_newtable(L);          /* api all lib meta */
    lua_pushstring(L, name);
    lua_pushvalue(L, -3);
    lua_pushcclosure(L, l_unknown_member, 2);
    lua_setfield(L, -2, "__index");
    (void)lua_setmetatable(L, -2); /* api all lib      */
    lua_remove(L, -2);             /* api lib          */
    lua_pushvalue(L, -1);
    lua_freeze(L);
    lua_setfield(L, -3, name); /* api lib          */
}

void lua_table_open(lua_State *L)
{
    static const char *const table_kept[] = {"concat", "insert", "remove", "pack", NULL};
    static const luaL_Reg table_own[] = {{"sort", l_sort}, {"unpack", l_unpack}, {NULL, NULL}};
    static const char *const math_kept[] = {
        "abs",        "ceil", "floor", "fmod", "huge",      "max",  "maxinteger", "min",
        "mininteger", "modf", "pi",    "sqrt", "tointeger", "type", "ult",        NULL};
    static const char *const utf8_kept[] = {"char", "charpattern", "codepoint", "codes",
                                            "len",  "offset",      NULL};
    static const luaL_Reg none[] = {{NULL, NULL}};
    static const struct {
        const char *name;
        lua_CFunction open;
        const char *const *kept;
        const luaL_Reg *own;
    } libraries[] = {
        {"table", luaopen_table, table_kept, table_own},
        {"math", luaopen_math, math_kept, none},
        {"utf8", luaopen_utf8, utf8_kept, none},
    };
    for (size_t i = 0; i < sizeof libraries / sizeof libraries[0]; i++) {
        lua_pushcfunction(L, libraries[i].open);
        lua_call(L, 0, 1); /* api all          */
        lua_library(L, libraries[i].name, libraries[i].kept, libraries[i].own);
        lua_pop(L, 1);
    }
}
