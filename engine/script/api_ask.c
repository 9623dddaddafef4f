/* phase, step, ask: where the conversation is and what it asks. */
#include "script/api.h"

#include "script/convert.h"
#include "script/fit.h"
#include "script/path.h"

#include <assert.h>
#include <string.h>

/* "did you mean" from the ids of a list. */
static struct str suggest(struct run *r, const json_t *list, struct str id, struct str otherwise)
{
    size_t n = 0, i;
    json_t *one;
    struct str *names = arena_alloc(r->a, (json_array_size(list) + 1) * sizeof *names);
    json_array_foreach ((json_t *)(uintptr_t)list, i, one)
        names[n++] = json_member(one, "id");
    struct str near = text_nearest(id, names, n);
    return near.n
        ? str_format(r->a, "Did you mean \"%.*s\"? %.*s", STR_ARG(near), STR_ARG(otherwise))
        : otherwise;
}

int l_phase(lua_State *L)
{
    struct run *r = run_of(L);
    api_guard(L, "phase", false);
    struct str id = api_text(L, 1, "phase");
    const json_t *phases = json_object_get(r->def, "phases"), *phase = json_find(phases, "id", id);
    if (!phase)
        run_fault(L, "E312", id, suggest(r, phases, id, STR("The phases stand in workflow.yaml.")),
                  "the workflow has no phase \"%.*s\"", STR_ARG(id));
    r->phase_def = phase;
    r->phase = json_member(phase, "id");
    struct buf quoted = {.a = r->a};
    convert_add_text(&quoted, r->phase);
    if (str_find(buf_str(&r->phases), buf_str(&quoted), 0) == r->phases.n) {
        if (r->phases.n > 0)
            buf_add_char(&r->phases, ',');
        buf_add(&r->phases, buf_str(&quoted));
    }
    return 0;
}

struct str api_question_help(struct run *r, struct str id)
{
    size_t n = 0;
    struct str *names = arena_alloc(r->a, (json_object_size(r->questions) + 1) * sizeof *names);
    struct buf b = {.a = r->a};
    const char *name;
    json_t *question;
    json_object_foreach ((json_t *)(uintptr_t)r->questions, name, question)
        names[n++] = str_of(name);
    struct str near = text_nearest(id, names, n);
    buf_format(&b,
               "No phase file of %.*s has a question with this id.\nEither correct the spelling",
               STR_ARG(json_member(r->def, "workflow")));
    if (near.n > 0) {
        question = json_object_get(r->questions, near.p);
        buf_format(&b, " (did you mean \"%.*s\"", STR_ARG(near));
        if (json_member(question, "file").n > 0)
            buf_format(&b, ", %.*s line %lld", STR_ARG(json_member(question, "file")),
                       json_whole(question, "line", 0));
        buf_add(&b, STR("?)"));
    }
    buf_format(&b, "\nor add a question \"%.*s\" to a step.", STR_ARG(id));
    return buf_str(&b);
}

const json_t *api_question(lua_State *L, struct str id)
{
    struct run *r = run_of(L);
    const json_t *q = json_object_get(r->questions, str_copy(r->a, id).p);
    if (q)
        return q;
    struct str help = api_question_help(r, id);
    run_fault(L, "E214", id, help, "unknown question \"%.*s\"", STR_ARG(id));
}

bool ask_is_open(const struct run *r, size_t entry)
{
    return r->path[entry].state == ENTRY_OPEN || r->path[entry].state == ENTRY_INVALID;
}

size_t ask_enter_item(lua_State *L, int opts, struct str *item)
{
    struct run *r = run_of(L);
    *item = STR("");
    if (opts == 0 || lua_getfield(L, opts, "item") == LUA_TNIL) {
        if (opts)
            lua_pop(L, 1);
        return r->scope_n;
    }
    int type = lua_type(L, -1);
    if (type == LUA_TTABLE)
        (void)lua_getfield(L, -1, "id");
    else
        lua_pushvalue(L, -1);
    if (lua_type(L, -1) != LUA_TSTRING)
        run_fault(L, "E307", STR("item"),
                  STR("Write: for one in each \"list\" do ask(\"id\", { item = one }) end"),
                  "item = needs an item of a list, not a %s", lua_typename(L, type));
    *item = str_copy(r->a, run_text(L, -1));
    lua_pop(L, 2);
    return path_enter(L, *item);
}

/* Rows are compared as sets: a row without a place makes the answer invalid, places of other rows
 * are dropped. */
static bool fits_rows(lua_State *L, const struct entry *e, int rows, struct str *why)
{
    const struct str come = STR("A new item has come: please place it too.");
    struct str type = json_member(e->question, "type");
    size_t i, found = 0;
    json_t *one;
    bool rank = str_is(type, "rank");
    if (rank) {
        json_array_foreach ((json_t *)(uintptr_t)e->value, i, one) {
            found += lua_getfield(L, rows, json_string_value(one)) != LUA_TNIL;
            lua_pop(L, 1);
        }
        *why = found == json_array_size(e->value)
            ? come
            : STR("An item is gone: please put these into order again.");
    }
    size_t n = 0;
    bool all = true;
    for (lua_pushnil(L); lua_next(L, rows); lua_pop(L, 1)) {
        n++;
        all = all && (rank || json_object_get(e->value, lua_tostring(L, -2)));
    }
    if (rank)
        return found == n && json_array_size(e->value) == n;
    *why = come;
    return all;
}

/* Judges the recorded value of an entry; leaves it answered or invalid. */
static void judge(lua_State *L, size_t entry, int rows, int item)
{
    struct run *r = run_of(L);
    struct str why = {"", 0};
    struct entry *e = &r->path[entry];
    bool by_rows = lua_istable(L, rows);
    bool fits = fit_value(e->question, e->value, &why) && (!by_rows || fits_rows(L, e, rows, &why));
    if (fits && by_rows) {
        run_push_table(L, TABLE_VALUES);
        convert_push_answer(L, entry, rows);
        lua_rawseti(L, -2, (lua_Integer)entry);
        lua_pop(L, 1);
    }
    fits = fits && expression_check(L, entry, item, &why);
    e = &r->path[entry];
    if (!fits) {
        e->state = ENTRY_INVALID;
        e->why = why;
    }
}

/* Outputs made for an item say which answers about it they rest on. */
static void remember_item(lua_State *L, size_t entry)
{
    struct str item = run_of(L)->path[entry].item;
    if (item.n == 0)
        return;
    run_push_table(L, TABLE_BY_ITEM);         /* items        */
    (void)lua_pushlstring(L, item.p, item.n); /* items id     */
    lua_pushvalue(L, -1);
    if (lua_rawget(L, -3) == LUA_TNIL) { /* items id nil */
        lua_pop(L, 1);
        lua_newtable(L); /* items id list */
        lua_pushvalue(L, -2);
        lua_pushvalue(L, -2);
        lua_rawset(L, -5);
    }
    lua_pushinteger(L, (lua_Integer)entry);
    lua_rawseti(L, -2, (lua_Integer)lua_rawlen(L, -2) + 1);
    lua_pop(L, 3); /* -            */
}

static void add_start(lua_State *L, struct entry *e, int opts)
{
    struct run *r = run_of(L);
    if (lua_getfield(L, opts, "start") != LUA_TNIL) {
        struct buf b = {.a = r->a};
        convert_add(L, &b, -1, true);
        e->start = buf_str(&b);
    }
    lua_pop(L, 1);
}

size_t api_ask_question(lua_State *L, const json_t *question, int opts, struct str step)
{
    struct run *r = run_of(L);
    luaL_checkstack(L, 16, NULL);
    int base = lua_gettop(L), item = 0;
    struct str label = opts ? api_option(L, opts, "as") : STR(""), item_id, json;
    size_t before = ask_enter_item(L, opts, &item_id);
    if (opts) {
        (void)lua_getfield(L, opts, "item");
        item = lua_gettop(L);
    }
    rows_push(L, question, opts, &json);
    int rows = lua_gettop(L);
    if (str_is(json, "[]")) {
        path_leave(r, before);
        lua_settop(L, base);
        return ASK_NOTHING;
    }
    size_t entry = path_add(L, json_member(question, "id"), label, question);
    r->path[entry].step = step;
    r->path[entry].item = item_id;
    r->path[entry].rows = json;
    r->path[entry].vars = vars_of(L, json_object_get(question, "placeholders"), opts);
    if (opts)
        add_start(L, &r->path[entry], opts);
    if (r->path[entry].state == ENTRY_ANSWERED)
        judge(L, entry, rows, item);
    path_settle(L, entry);
    remember_item(L, entry);
    path_leave(r, before);
    lua_settop(L, base);
    return entry;
}

int l_ask(lua_State *L)
{
    api_guard(L, "ask", true);
    struct str id = api_text(L, 1, "ask");
    api_options(L, 2, "ask");
    const json_t *question = api_question(L, id);
    size_t entry = api_ask_question(L, question, lua_istable(L, 2) ? 2 : 0, STR(""));
    if (entry == ASK_NOTHING) {
        lua_newtable(L);
        return 1;
    }
    if (ask_is_open(run_of(L), entry))
        run_stop(L);
    path_push_value(L, entry);
    return 1;
}

/* The step of the present phase, or a fault that says where it is. */
static const json_t *step_of(lua_State *L, struct str id)
{
    struct run *r = run_of(L);
    const json_t *steps = json_object_get(r->phase_def, "steps"),
                 *step = json_find(steps, "id", id);
    size_t i;
    json_t *phase;
    if (step)
        return step;
    json_array_foreach (json_object_get(r->def, "phases"), i, phase)
        if (json_find(json_object_get(phase, "steps"), "id", id))
            run_fault(L, "E310", id,
                      str_format(r->a, "Write before it: phase \"%.*s\"",
                                 STR_ARG(json_member(phase, "id"))),
                      "the step \"%.*s\" belongs to another phase", STR_ARG(id));
    run_fault(L, "E312", id,
              suggest(r, steps, id, STR("The steps stand in the file of the phase.")),
              "the phase \"%.*s\" has no step \"%.*s\"", STR_ARG(r->phase), STR_ARG(id));
}

/* Asks what is to be asked now; true if a required question is open.  Those passed by stay open on
 * the path. */
static bool ask_all(lua_State *L, const json_t *step, int opts)
{
    struct run *r = run_of(L);
    bool waiting = false;
    size_t i;
    json_t *id;
    json_array_foreach (json_object_get(step, "questions"), i, id) {
        const json_t *question = json_object_get(r->questions, json_string_value(id));
        struct str item_id;
        size_t before = ask_enter_item(L, opts, &item_id);
        int item = 0;
        if (opts) {
            (void)lua_getfield(L, opts, "item");
            item = lua_gettop(L);
        }
        enum when when = question ? expression_when(L, question, item) : WHEN_NO;
        if (opts)
            lua_pop(L, 1);
        path_leave(r, before);
        if (when != WHEN_YES)
            continue;
        size_t entry = api_ask_question(L, question, opts, json_member(step, "id"));
        waiting =
            waiting || (entry != ASK_NOTHING && ask_is_open(r, entry) && r->path[entry].required);
    }
    return waiting;
}

int l_step(lua_State *L)
{
    struct run *r = run_of(L);
    api_guard(L, "step", true);
    struct str id = api_text(L, 1, "step");
    api_options(L, 2, "step");
    int base = lua_gettop(L);
    const json_t *step = step_of(L, id);
    r->step = json_member(step, "id");
    if (ask_all(L, step, lua_istable(L, 2) ? 2 : 0))
        run_stop(L);
    r->step = STR("");
    assert(lua_gettop(L) == base);
    return 0;
}
