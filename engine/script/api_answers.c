/* answers, lists and data: what scripts read. */
#include "script/api.h"

#include "script/convert.h"
#include "script/path.h"
#include "script/state.h"

#include <string.h>

/* Was there, or could there be, a wait of this name? */
static bool is_wait(const struct run *r, struct str id)
{
    if (json_object_get(json_object_get(r->def, "messages"), id.p))
        return true;
    for (size_t i = 0; i < r->n; i++)
        if (r->path[i].wait && str_eq(r->path[i].id, id))
            return true;
    return false;
}

int l_answers_index(lua_State *L)
{
    struct run *r = run_of(L);
    size_t entry;
    if (lua_type(L, 2) != LUA_TSTRING)
        run_fault(L, "E307", STR("answers"), STR("Write: answers.id_of_a_question"),
                  "answers are found by the id of their question");
    struct str name = run_text(L, 2);
    if (path_find(L, name, &entry)) {
        enum entry_state state = r->path[entry].state;
        r->read_open = r->read_open || state == ENTRY_OPEN || state == ENTRY_INVALID;
        r->read_nil = r->read_nil || state != ENTRY_ANSWERED;
        path_push_value(L, entry);
        return 1;
    }
    struct str id = str_copy(r->a, str_part(name, 0, str_find(name, STR("@"), 0)));
    if (!json_object_get(r->questions, id.p) && !is_wait(r, id))
        (void)api_question(L, id);
    r->read_nil = true;
    lua_pushnil(L);
    return 1;
}

static int l_answers_set(lua_State *L)
{
    struct str name = run_text(L, 2);
    run_fault(L, "E314", name,
              STR("What you work out is kept in a local name, or in an item: obstacle.power = ..."),
              "answers.%.*s cannot be changed: answers belong to the person who gave them",
              STR_ARG(name));
}

/* lists.NAME and data.NAME: converted on first use.  Upvalue 1: "lists" or "data". */
static int l_shared_index(lua_State *L)
{
    struct run *r = run_of(L);
    struct str which = run_text(L, lua_upvalueindex(1)), name = run_text(L, 2);
    const json_t *all = json_object_get(r->def, which.p);
    if (!all && str_is(which, "data"))
        all = json_object_get(r->def, "catalogues");
    const json_t *value = json_object_get(all, str_copy(r->a, name).p);
    if (!value)
        run_fault(L, "E312", name,
                  run_did_you_mean(r->a, name, all, STR("They stand in workflow.yaml.")),
                  "the workflow has no %.*s.%.*s", STR_ARG(which), STR_ARG(name));
    struct str key = str_format(r->a, "%.*s.%.*s", STR_ARG(which), STR_ARG(name));
    run_push_table(L, TABLE_SHARED);
    if (lua_getfield(L, -1, key.p) != LUA_TNIL)
        return 1;
    lua_pop(L, 1);
    convert_push_frozen(L, value);
    lua_pushvalue(L, -1);
    lua_setfield(L, -3, key.p);
    return 1;
}

static int l_shared_set(lua_State *L)
{
    struct str name = run_text(L, 2);
    run_fault(L, "E314", name,
              STR("Keep what you work out in a local name of your own: local NAME = ..."),
              "%s.%.*s cannot be changed: it belongs to the workflow",
              lua_tostring(L, lua_upvalueindex(1)), STR_ARG(name));
}

/* Adds a view to the table on top of the stack.  The index function has the name as its upvalue. */
static void add_view(lua_State *L, const char *name, lua_CFunction index, lua_CFunction set)
{
    lua_newtable(L);          /* api view            */
    lua_createtable(L, 0, 3); /* api view meta       */
    lua_pushstring(L, name);
    lua_pushcclosure(L, index, 1);
    lua_setfield(L, -2, "__index");
    lua_pushstring(L, name);
    lua_pushcclosure(L, set, 1);
    lua_setfield(L, -2, "__newindex");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    (void)lua_setmetatable(L, -2); /* api view            */
    lua_setfield(L, -2, name);     /* api                 */
}

void answers_open(lua_State *L)
{
    add_view(L, "answers", l_answers_index, l_answers_set);
    add_view(L, "lists", l_shared_index, l_shared_set);
    add_view(L, "data", l_shared_index, l_shared_set);
}
