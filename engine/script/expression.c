/* `when` and `check`: Lua expressions of the YAML files, over answers, value and item. */
#include "script/api.h"

#include "script/path.h"
#include "script/state.h"

bool expression_compile(lua_State *L, struct str source)
{
    struct run *r = run_of(L);
    run_push_table(L, TABLE_EXPRESSIONS);         /* made            */
    (void)lua_pushlstring(L, source.p, source.n); /* made source     */
    lua_pushvalue(L, -1);
    if (lua_rawget(L, -3) == LUA_TFUNCTION) { /* made source f   */
        lua_replace(L, -3);
        lua_pop(L, 1); /* f               */
        return true;
    }
    lua_pop(L, 1); /* made source     */
    struct str chunk = str_format(r->a, "local value, item = ... return %.*s", STR_ARG(source));
    bool ok = state_load_chunk(L, chunk, "=expression"); /* made source f   */
    if (ok) {
        lua_pushvalue(L, -2);
        lua_pushvalue(L, -2);
        lua_rawset(L, -5);
    }
    lua_replace(L, -3);
    lua_pop(L, 1); /* f or message    */
    return ok;
}

static void push_item(lua_State *L, int item)
{
    if (item)
        lua_pushvalue(L, item);
    else
        lua_pushnil(L);
}

/* Turns the message on top of the stack into a fault at the question. */
static _Noreturn void fail(lua_State *L)
{
    lua_pushcfunction(L, run_handle_error);
    lua_insert(L, -2);
    lua_call(L, 1, 0);
    run_raise_fault(L);
}

/* Calls the compiled expression below value and item.  False: it raised, after looking at an answer
 * that is not there; any other error is a fault. */
static bool evaluate(lua_State *L)
{
    struct run *r = run_of(L);
    r->read_open = r->read_nil = false;
    int status = lua_pcall(L, 2, 1, 0);
    if (status == LUA_OK) {
        r->expression_of = NULL;
        return true;
    }
    if (status != LUA_ERRRUN || lua_type(L, -1) != LUA_TSTRING) {
        if (run_is_stop(L, -1))
            run_stop(L);
        fault_from_status(r, status);
        run_raise_fault(L);
    }
    if (!r->read_open && !r->read_nil)
        fail(L);
    lua_pop(L, 1);
    r->expression_of = NULL;
    return false;
}

static void compile_or_fail(lua_State *L, const json_t *question, struct str source)
{
    run_of(L)->expression_of = question;
    if (!expression_compile(L, source))
        fail(L);
}

enum when expression_when(lua_State *L, const json_t *question, int item)
{
    struct run *r = run_of(L);
    struct str source = json_member(question, "when");
    if (source.n == 0)
        return WHEN_YES;
    compile_or_fail(L, question, source);
    lua_pushnil(L);
    push_item(L, item);
    bool known = evaluate(L);
    bool yes = known && lua_toboolean(L, -1);
    if (known)
        lua_pop(L, 1);
    if (r->read_open)
        return WHEN_UNDECIDED;
    return yes ? WHEN_YES : WHEN_NO;
}

bool expression_check(lua_State *L, size_t entry, int item, struct str *why)
{
    struct run *r = run_of(L);
    const json_t *question = r->path[entry].question;
    struct str source = json_member(question, "check");
    if (source.n == 0)
        return true;
    compile_or_fail(L, question, source);
    path_push_value(L, entry);
    push_item(L, item);
    if (!evaluate(L))
        return true;
    bool ok = lua_isnil(L, -1) || (lua_isboolean(L, -1) && lua_toboolean(L, -1));
    if (!ok) {
        struct str text = lua_type(L, -1) == LUA_TSTRING ? run_text(L, -1)
                                                         : STR("Please look at this answer again.");
        *why = text_safe(r->a, text, true);
    }
    lua_pop(L, 1);
    return ok;
}
