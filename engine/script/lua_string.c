/* The safe part of Lua's string library: ceilings on what one call in C may do, formats without
 * addresses. */
#include "script/state.h"

#include <lualib.h>
#include <stdint.h>
#include <string.h>

enum { REP_MAX = 1 << 20, SUBJECT_MAX = 64 << 10, PATTERN_MAX = 256 };
static const uint64_t PLAIN_MAX = (uint64_t)1 << 32; /* comparisons: less than a second */

/* Calls the library's own function of that name with the arguments on the stack. */
static int call_own(lua_State *L, const char *name)
{
    (void)lua_getfield(L, lua_upvalueindex(1), name);
    lua_insert(L, 1);
    lua_call(L, lua_gettop(L) - 1, LUA_MULTRET);
    return lua_gettop(L);
}

static int l_rep(lua_State *L)
{
    size_t n, separator = 0;
    (void)luaL_checklstring(L, 1, &n);
    lua_Integer times = luaL_checkinteger(L, 2);
    (void)luaL_optlstring(L, 3, "", &separator);
    if (times > 0 && n + separator > 0 && (lua_Unsigned)times > REP_MAX / (n + separator))
        run_fault(L, "E408", STR("rep"), STR("A text of a conversation is much shorter."),
                  "string.rep makes texts of at most %d characters", REP_MAX);
    /* An empty text can be repeated any number of times, and would take that long. */
    if (n + separator == 0 && times > 0)
        lua_pushinteger(L, 1), lua_replace(L, 2);
    return call_own(L, "rep");
}

static void check_pattern(lua_State *L)
{
    size_t subject, pattern;
    (void)luaL_checklstring(L, 1, &subject);
    (void)luaL_checklstring(L, 2, &pattern);
    if (subject > SUBJECT_MAX)
        run_fault(L, "E408", STR(""), STR("Search in a shorter part: text:sub(1, 1000)"),
                  "texts of at most %d bytes can be searched", SUBJECT_MAX);
    if (pattern > PATTERN_MAX)
        run_fault(L, "E408", STR(""), STR("Search in two steps, with a shorter pattern each."),
                  "a pattern may have at most %d bytes", PATTERN_MAX);
}

/* A plain search is for a text as it stands, an answer of any length: all that counts is how many
 * comparisons it can take. */
static void check_plain(lua_State *L)
{
    size_t subject, wanted;
    (void)luaL_checklstring(L, 1, &subject);
    (void)luaL_checklstring(L, 2, &wanted);
    uint64_t places = subject > wanted ? subject - wanted : 0;
    if (subject > REP_MAX || places * wanted > PLAIN_MAX)
        run_fault(L, "E408", STR(""), STR("Search in a shorter part: text:sub(1, 1000)"),
                  "a text of %d bytes is too long to be searched for one of %d", (int)subject,
                  (int)wanted);
}

static int l_find(lua_State *L)
{
    if (lua_toboolean(L, 4))
        check_plain(L);
    else
        check_pattern(L);
    return call_own(L, "find");
}

static int l_match(lua_State *L)
{
    check_pattern(L);
    return call_own(L, "match");
}

static int l_gmatch(lua_State *L)
{
    check_pattern(L);
    return call_own(L, "gmatch");
}

static int l_gsub(lua_State *L)
{
    check_pattern(L);
    return call_own(L, "gsub");
}

static int l_format(lua_State *L)
{
    size_t n;
    const char *format = luaL_checklstring(L, 1, &n);
    for (size_t i = 0; i + 1 < n; i++) {
        if (format[i] != '%')
            continue;
        i++;
        while (i < n && memchr("-+ #0123456789.", format[i], 15))
            i++;
        if (i < n && (format[i] == 'p' || format[i] == 'q'))
            run_fault(L, "E307", STR("format"),
                      STR("Use %s for texts, %d for whole numbers, %.2f for others."),
                      "string.format knows no %%%c here", format[i]);
    }
    for (int i = 2; i <= lua_gettop(L); i++) {
        int type = lua_type(L, i);
        if (type == LUA_TNUMBER || type == LUA_TSTRING || type == LUA_TBOOLEAN || type == LUA_TNIL)
            continue;
        lua_pushstring(L, lua_typename(L, type));
        lua_replace(L, i);
    }
    return call_own(L, "format");
}

void lua_string_open(lua_State *L)
{
    static const char *const kept[] = {"byte",    "char", "len",   "lower",
                                       "reverse", "sub",  "upper", NULL};
    static const luaL_Reg own[] = {{"find", l_find}, {"format", l_format}, {"gmatch", l_gmatch},
                                   {"gsub", l_gsub}, {"match", l_match},   {"rep", l_rep},
                                   {NULL, NULL}};
    lua_pushcfunction(L, luaopen_string);
    lua_call(L, 0, 1);                   /* api all             */
    lua_library(L, "string", kept, own); /* api lib             */
    /* Methods of texts, ("x"):upper(), go by way of the shared metatable of texts. */
    (void)lua_pushliteral(L, "");      /* api lib ""          */
    int has = lua_getmetatable(L, -1); /* api lib "" meta     */
    if (has) {
        lua_pushvalue(L, -3);
        lua_setfield(L, -2, "__index");
        lua_pushboolean(L, 0);
        lua_setfield(L, -2, "__metatable");
        lua_pop(L, 1);
    }
    lua_pop(L, 2); /* api                 */
}
