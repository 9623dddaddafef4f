/* put, action, goal, remind, record, advise: what a run gives; today, days, pick. */
#include "script/api.h"

#include "base/clock.h"
#include "base/random.h"
#include "script/convert.h"
#include "script/path.h"

#include <string.h>

static void add_from(lua_State *L, struct buf *from, lua_Integer entry)
{
    struct run *r = run_of(L);
    struct buf quoted = {.a = r->a};
    convert_add_text(&quoted, r->path[entry].key);
    if (from->p && str_find(buf_str(from), buf_str(&quoted), 0) < from->n)
        return;
    if (from->n > 0)
        buf_add_char(from, ',');
    buf_add(from, buf_str(&quoted));
}

/* Adds the keys of the answers that the value on top of the stack comes from, so far as they are
 * known. */
static void add_sources(lua_State *L, struct buf *from)
{
    int top = lua_gettop(L);
    if (lua_type(L, top) == LUA_TSTRING) {
        run_push_table(L, TABLE_TEXTS);
        lua_pushvalue(L, top);
        if (lua_rawget(L, -2) == LUA_TNUMBER)
            add_from(L, from, lua_tointeger(L, -1));
    } else if (lua_istable(L, top)) {
        run_push_table(L, TABLE_ORIGIN);
        lua_pushvalue(L, top);
        if (lua_rawget(L, -2) == LUA_TNUMBER)
            add_from(L, from, lua_tointeger(L, -1));
        run_push_table(L, TABLE_BY_ITEM);
        if (lua_getfield(L, top, "id") == LUA_TSTRING && lua_gettable(L, -2) == LUA_TTABLE)
            for (lua_Integer i = 1; lua_rawgeti(L, -1, i) == LUA_TNUMBER && i <= 50; i++) {
                add_from(L, from, lua_tointeger(L, -1));
                lua_pop(L, 1);
            }
    }
    lua_settop(L, top);
}

/* The declared fields of a kind; NULL if the fields are free. */
static const json_t *declared(lua_State *L, struct str kind, bool *built_in)
{
    struct run *r = run_of(L);
    const json_t *outputs = json_object_get(r->def, "outputs");
    const json_t *fields = json_object_get(json_object_get(outputs, kind.p), "fields");
    *built_in = str_is(kind, "action") || str_is(kind, "goal") || str_is(kind, "reminder");
    if (!*built_in && !json_object_get(outputs, kind.p))
        run_fault(L, "E311", kind,
                  run_did_you_mean(r->a, kind, outputs,
                                   STR("Kinds of outputs stand in workflow.yaml under outputs:")),
                  "the workflow has no output \"%.*s\"", STR_ARG(kind));
    return fields;
}

static bool type_fits(lua_State *L, struct str type)
{
    static const struct {
        const char *type;
        int lua;
    } types[] = {{"text", LUA_TSTRING},    {"long_text", LUA_TSTRING}, {"choice", LUA_TSTRING},
                 {"date", LUA_TSTRING},    {"yes_no", LUA_TBOOLEAN},   {"scale", LUA_TNUMBER},
                 {"integer", LUA_TNUMBER}, {"number", LUA_TNUMBER},    {"duration", LUA_TNUMBER}};
    int given = lua_type(L, -1);
    if (given == LUA_TTABLE || given == LUA_TNIL)
        return true; /* an item stands for its text */
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        if (str_is(type, types[i].type))
            return given == types[i].lua || (types[i].lua == LUA_TSTRING && given == LUA_TNUMBER);
    return true;
}

/* Checks one field (its value on top of the stack) against the declaration. */
static void check_field(lua_State *L, struct str kind, struct str field, const json_t *fields)
{
    struct run *r = run_of(L);
    const json_t *declaration = json_object_get(fields, str_copy(r->a, field).p);
    if (!declaration)
        run_fault(L, "E311", field,
                  run_did_you_mean(r->a, field, fields,
                                   STR("Its fields stand in workflow.yaml under outputs:")),
                  "the output \"%.*s\" has no field \"%.*s\"", STR_ARG(kind), STR_ARG(field));
    struct str type =
        json_is_string(declaration) ? json_text(declaration) : json_member(declaration, "type");
    if (!type_fits(L, type))
        run_fault(L, "E311", field,
                  STR("Give a value of that type, or change the type in workflow.yaml."),
                  "the field \"%.*s\" should be a %.*s, not a %s", STR_ARG(field), STR_ARG(type),
                  luaL_typename(L, -1));
}

/* Writes {"name":value,...} of the table at `index` without `but`; gathers where values come from.
 */
static struct str write_fields(lua_State *L, int index, const char *const *but, struct buf *from)
{
    struct buf b = {.a = run_of(L)->a};
    size_t n;
    struct str *names = convert_names(L, index, &n);
    buf_add_char(&b, '{');
    for (size_t i = 0; i < n; i++) {
        bool left_out = false;
        for (const char *const *one = but; *one; one++)
            left_out = left_out || str_is(names[i], *one);
        if (left_out)
            continue;
        if (b.n > 1)
            buf_add_char(&b, ',');
        convert_add_text(&b, names[i]);
        buf_add_char(&b, ':');
        (void)lua_pushlstring(L, names[i].p, names[i].n);
        (void)lua_rawget(L, index);
        convert_add(L, &b, -1, false);
        add_sources(L, from);
        lua_pop(L, 1);
    }
    buf_add_char(&b, '}');
    return buf_str(&b);
}

static void check_fields(lua_State *L, int index, struct str kind, const json_t *fields)
{
    size_t n;
    struct str *names = convert_names(L, index, &n);
    for (size_t i = 0; fields && i < n; i++) {
        (void)lua_pushlstring(L, names[i].p, names[i].n);
        (void)lua_rawget(L, index);
        check_field(L, kind, names[i], fields);
        lua_pop(L, 1);
    }
}

/* An action, goal or reminder whose text is missing because its question was skipped is left out; a
 * misspelt `text` is a fault. */
static bool lacks_text(lua_State *L, int index, struct str kind)
{
    static const struct str text[] = {{"text", 4}};
    size_t n;
    int type = lua_getfield(L, index, "text");
    bool lacks = type == LUA_TNIL || (type == LUA_TSTRING && run_text(L, -1).n == 0);
    lua_pop(L, 1);
    struct str *names = convert_names(L, index, &n);
    for (size_t i = 0; lacks && i < n; i++)
        if (text_nearest(names[i], text, 1).n > 0 && !str_is(names[i], "text"))
            run_fault(L, "E311", names[i], STR("Did you mean \"text\"?"),
                      "\"%.*s\" has no field \"%.*s\"", STR_ARG(kind), STR_ARG(names[i]));
    return lacks;
}

static int give(lua_State *L, struct str kind, int index)
{
    static const char *const none[] = {NULL};
    struct run *r = run_of(L);
    bool built_in;
    if (!lua_istable(L, index))
        run_fault(L, "E307", kind, STR("Write: action { text = \"...\", due = days(7) }"),
                  "\"%.*s\" needs its fields in braces", STR_ARG(kind));
    const json_t *fields = declared(L, kind, &built_in);
    check_fields(L, index, kind, fields);
    if (built_in && lacks_text(L, index, kind)) {
        run_log(r, str_format(r->a, "%.*s without a text: left out", STR_ARG(kind)));
        return 0;
    }
    struct buf b = {.a = r->a}, from = {.a = r->a};
    struct str values = write_fields(L, index, none, &from);
    buf_add_char(&b, '{');
    convert_add_member(&b, "kind", kind);
    buf_format(&b, ",\"fields\":%.*s", STR_ARG(values));
    convert_add_member(&b, "phase", r->phase);
    buf_format(&b, ",\"from\":[%.*s]}", STR_ARG(buf_str(&from)));
    run_add(L, &r->outputs, buf_str(&b));
    return 0;
}

int l_record(lua_State *L)
{
    api_guard(L, "record", false);
    return give(L, api_text(L, 1, "record"), 2);
}

int l_action(lua_State *L)
{
    api_guard(L, "action", false);
    return give(L, STR("action"), 1);
}

int l_goal(lua_State *L)
{
    api_guard(L, "goal", false);
    return give(L, STR("goal"), 1);
}

int l_remind(lua_State *L)
{
    api_guard(L, "remind", false);
    return give(L, STR("reminder"), 1);
}

/* Does the canvas have the block? */
static void check_block(lua_State *L, struct str canvas, struct str block)
{
    struct run *r = run_of(L);
    const json_t *canvases = json_object_get(r->def, "canvases"),
                 *found = json_object_get(canvases, canvas.p);
    struct str help = STR("Canvases and their blocks stand in workflow.yaml under canvases:");
    size_t i, n = 0;
    json_t *one;
    if (!found)
        run_fault(L, "E209", canvas, run_did_you_mean(r->a, canvas, canvases, help),
                  "the workflow has no canvas \"%.*s\"", STR_ARG(canvas));
    const json_t *blocks = json_object_get(found, "blocks");
    struct str *names = arena_alloc(r->a, (json_array_size(blocks) + 1) * sizeof *names);
    json_array_foreach ((json_t *)(uintptr_t)blocks, i, one) {
        names[n] = json_is_string(one) ? json_text(one) : json_member(one, "id");
        if (str_eq(names[n++], block))
            return;
    }
    struct str near = text_nearest(block, names, n);
    if (near.n > 0)
        help = str_format(r->a, "Did you mean \"%.*s\"? %.*s", STR_ARG(near), STR_ARG(help));
    run_fault(L, "E210", block, help, "the canvas \"%.*s\" has no block \"%.*s\"", STR_ARG(canvas),
              STR_ARG(block));
}

/* The mark of a canvas item, from its fields; checked. */
static struct str mark_of(lua_State *L, int fields)
{
    static const char *const marks[] = {"maintain", "strengthen", "add", "reduce", "delete"};
    struct str mark = fields ? api_option(L, fields, "mark") : STR("");
    bool known = mark.n == 0;
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        known = known || str_is(mark, marks[i]);
    if (!known)
        run_fault(L, "E311", mark,
                  STR("A mark is one of maintain, strengthen, add, reduce, delete."),
                  "there is no mark \"%.*s\"", STR_ARG(mark));
    return mark;
}

/* Text and id of the item at `index`: an item, or a plain text. */
static struct str read_item(lua_State *L, int index, struct str *id)
{
    struct run *r = run_of(L);
    struct str text = {"", 0};
    *id = text;
    if (lua_type(L, index) == LUA_TSTRING || lua_type(L, index) == LUA_TNUMBER)
        return str_copy(r->a, run_text(L, index));
    if (lua_istable(L, index)) {
        if (lua_getfield(L, index, "text") == LUA_TSTRING)
            text = str_copy(r->a, run_text(L, -1));
        if (lua_getfield(L, index, "id") == LUA_TSTRING)
            *id = str_copy(r->a, run_text(L, -1));
        lua_pop(L, 2);
    }
    if (text.n == 0)
        run_fault(L, "E307", STR("put"),
                  STR("Write: put(\"canvas\", \"block\", item) with an item of a list, or a text."),
                  "put needs an item with a text, not a %s", luaL_typename(L, index));
    return text;
}

int l_put(lua_State *L)
{
    static const char *const own[] = {"mark", NULL};
    struct run *r = run_of(L);
    api_guard(L, "put", false);
    struct str canvas = api_text(L, 1, "put"), block = api_text(L, 2, "put"), id;
    lua_settop(L, 4);
    api_options(L, 4, "put");
    check_block(L, canvas, block);
    struct str text = read_item(L, 3, &id);
    int fields = lua_istable(L, 4) ? 4 : 0;
    struct str mark = mark_of(L, fields);
    struct buf b = {.a = r->a}, from = {.a = r->a};
    lua_pushvalue(L, 3);
    add_sources(L, &from);
    lua_pop(L, 1);
    buf_add_char(&b, '{');
    convert_add_member(&b, "canvas", canvas);
    convert_add_member(&b, "block", block);
    convert_add_member(&b, "text", text);
    if (mark.n > 0)
        convert_add_member(&b, "mark", mark);
    if (id.n > 0)
        convert_add_member(&b, "item", id);
    struct str values = fields ? write_fields(L, 4, own, &from) : STR("{}");
    buf_format(&b, ",\"fields\":%.*s,\"from\":[%.*s]}", STR_ARG(values), STR_ARG(buf_str(&from)));
    run_add(L, &r->canvas, buf_str(&b));
    return 0;
}

int l_advise(lua_State *L)
{
    struct run *r = run_of(L);
    api_guard(L, "advise", false);
    struct str text = api_text(L, 1, "advise"), id;
    api_options(L, 2, "advise");
    int opts = lua_istable(L, 2) ? 2 : 0;
    const json_t *message = json_object_get(json_object_get(r->def, "messages"), text.p);
    struct str vars = message ? vars_of(L, json_object_get(message, "placeholders"), opts)
                              : vars_of_text(L, text, opts);
    struct buf b = {.a = r->a};
    buf_add_char(&b, '{');
    convert_add_member(&b, message ? "id" : "text", text);
    if (vars.n > 0)
        buf_format(&b, ",\"vars\":%.*s", STR_ARG(vars));
    if (opts && lua_getfield(L, opts, "about") != LUA_TNIL)
        convert_add_member(&b, "about", read_item(L, lua_gettop(L), &id));
    buf_add_char(&b, '}');
    run_add(L, &r->advice, buf_str(&b));
    return 0;
}

static struct str today(const struct run *r)
{
    return r->today[0] ? str_of(r->today) : r->today_given;
}

int l_today(lua_State *L)
{
    struct str day = today(run_of(L));
    if (day.n > 0)
        (void)lua_pushlstring(L, day.p, day.n);
    else
        lua_pushnil(L);
    return 1;
}

int l_days(lua_State *L)
{
    lua_Integer n = luaL_checkinteger(L, 1);
    struct str from = lua_isnoneornil(L, 2) ? today(run_of(L)) : api_text(L, 2, "days");
    char day[11];
    if (from.n == 0) {
        lua_pushnil(L);
        return 1;
    }
    if (n < -36600 || n > 36600 || !clock_is_day(from) || !clock_add_days(from, (int)n, day))
        run_fault(L, "E307", STR("days"), STR("Write: days(14), or days(14, answers.some_date)"),
                  "days cannot count %lld days from \"%.*s\"", (long long)n, STR_ARG(from));
    lua_pushstring(L, day);
    return 1;
}

/* What makes an element itself, so that a list that grows or is put into another order rarely
 * changes the choice. */
static struct str identity(lua_State *L, lua_Integer i)
{
    struct run *r = run_of(L);
    int type = lua_type(L, -1);
    struct str self = str_format(r->a, "#%lld", (long long)i);
    if (type == LUA_TSTRING) {
        self = str_copy(r->a, run_text(L, -1));
    } else if (type == LUA_TTABLE) {
        if (lua_getfield(L, -1, "id") == LUA_TSTRING)
            self = str_copy(r->a, run_text(L, -1));
        lua_pop(L, 1);
    }
    return self;
}

int l_pick(lua_State *L)
{
    struct run *r = run_of(L);
    struct str label = api_text(L, 1, "pick");
    if (lua_isnoneornil(L, 2)) {
        lua_pushnil(L);
        return 1;
    }
    luaL_checktype(L, 2, LUA_TTABLE);
    char best[65] = "", hash[65];
    lua_Integer n = luaL_len(L, 2), chosen = 0;
    for (lua_Integer i = 1; i <= n; i++) {
        (void)lua_geti(L, 2, i);
        hash_sha256(str_format(r->a, "%.*s/%.*s/%.*s", STR_ARG(r->seed), STR_ARG(label),
                               STR_ARG(identity(L, i))),
                    hash);
        lua_pop(L, 1);
        if (chosen != 0 && memcmp(hash, best, sizeof hash) <= 0)
            continue;
        chosen = i;
        memcpy(best, hash, sizeof hash);
    }
    (void)lua_geti(L, 2, chosen); /* nil for an empty list: there is no place 0 */
    return 1;
}
