#include "script/convert.h"

#include "script/state.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void push_plain(lua_State *L, const json_t *v, bool frozen)
{
    luaL_checkstack(L, 8, NULL);
    struct str s = json_text(v);
    size_t i;
    const char *name;
    json_t *member;
    switch (v ? json_typeof(v) : JSON_NULL) {
    case JSON_STRING:
        (void)lua_pushlstring(L, s.p, s.n);
        return;
    case JSON_INTEGER:
        lua_pushinteger(L, json_integer_value(v));
        return;
    case JSON_REAL:
        lua_pushnumber(L, json_real_value(v));
        return;
    case JSON_TRUE:
    case JSON_FALSE:
        lua_pushboolean(L, json_is_true(v));
        return;
    case JSON_NULL:
        lua_pushnil(L);
        return;
    case JSON_ARRAY:
        lua_createtable(L, (int)json_array_size(v), 0);
        json_array_foreach (v, i, member) {
            push_plain(L, member, frozen);
            lua_rawseti(L, -2, (lua_Integer)i + 1);
        }
        break;
    case JSON_OBJECT:
        lua_createtable(L, 0, (int)json_object_size(v));
        json_object_foreach ((json_t *)(uintptr_t)v, name, member) {
            push_plain(L, member, frozen);
            lua_setfield(L, -2, name);
        }
        break;
    }
    if (frozen)
        lua_freeze(L);
}

void convert_push(lua_State *L, const json_t *value)
{
    push_plain(L, value, false);
}

void convert_push_frozen(lua_State *L, const json_t *value)
{
    push_plain(L, value, true);
}

/* Remembers texts so that outputs can say which answers they come from. */
static void remember_text(lua_State *L, size_t entry, const char *field, const json_t *value)
{
    enum { TELLING = 3 };
    struct str s = json_text(value);
    if (s.n < TELLING || (field && (strcmp(field, "id") == 0 || strcmp(field, "to") == 0)))
        return;
    run_push_table(L, TABLE_TEXTS);
    (void)lua_pushlstring(L, s.p, s.n);
    lua_pushinteger(L, (lua_Integer)entry);
    lua_rawset(L, -3);
    lua_pop(L, 1);
}

static void remember_texts(lua_State *L, size_t entry, const json_t *value)
{
    const char *name;
    json_t *member;
    json_object_foreach ((json_t *)(uintptr_t)value, name, member)
        remember_text(L, entry, name, member);
}

static void push_list(lua_State *L, size_t entry, const json_t *value)
{
    size_t i;
    json_t *item;
    lua_createtable(L, (int)json_array_size(value), 0);
    json_array_foreach (value, i, item) {
        push_plain(L, item, false); /* list item        */
        remember_texts(L, entry, item);
        if (lua_istable(L, -1)) {
            run_push_table(L, TABLE_ORIGIN); /* list item origin */
            lua_pushvalue(L, -2);
            lua_pushinteger(L, (lua_Integer)entry);
            lua_rawset(L, -3);
            lua_pop(L, 1); /* list item        */
        }
        lua_rawseti(L, -2, (lua_Integer)i + 1); /* list             */
    }
}

static void push_by_row(lua_State *L, size_t entry, const json_t *value, int rows)
{
    const char *id;
    json_t *member;
    lua_createtable(L, 0, (int)json_object_size(value));
    json_object_foreach ((json_t *)(uintptr_t)value, id, member) {
        bool kept = rows == 0 || lua_getfield(L, rows, id) != LUA_TNIL;
        if (rows != 0)
            lua_pop(L, 1);
        if (!kept)
            continue;
        push_plain(L, member, false);
        remember_texts(L, entry, member);
        lua_setfield(L, -2, id);
    }
}

void convert_push_answer(lua_State *L, size_t entry, int rows)
{
    struct run *r = run_of(L);
    const json_t *value = r->path[entry].value;
    struct str type = json_member(r->path[entry].question, "type");
    if (str_is(type, "list")) {
        push_list(L, entry, value);
        return;
    }
    if (str_is(type, "sort") || str_is(type, "grid")) {
        push_by_row(L, entry, value, rows);
        return;
    }
    push_plain(L, value, false);
    if (str_is(type, "text") || str_is(type, "long_text"))
        remember_text(L, entry, NULL, value);
    else if (str_is(type, "commitment"))
        remember_texts(L, entry, value);
    else if (str_is(type, "money") && lua_istable(L, -1)) {
        lua_pushnumber(L, strtod(str_copy(r->a, json_member(value, "amount")).p, NULL));
        lua_setfield(L, -2, "number");
    }
}

void convert_add_text(struct buf *b, struct str s)
{
    static const char hex[] = "0123456789abcdef";
    buf_add_char(b, '"');
    bool valid = utf8_valid(s);
    for (size_t i = 0; i < s.n;) {
        size_t from = i;
        /* Runs of plain characters go as a whole. */
        while (i < s.n && (unsigned char)s.p[i] >= 0x20 && s.p[i] != '"' && s.p[i] != '\\' &&
               (valid || (unsigned char)s.p[i] < 0x80))
            i++;
        buf_add(b, str_part(s, from, i));
        if (i == s.n)
            break;
        unsigned char c = (unsigned char)s.p[i];
        if (c >= 0x80) {
            size_t at = i;
            uint32_t code = utf8_next(s, &i);
            buf_add(b, code == 0xFFFD ? STR("\xEF\xBF\xBD") : str_part(s, at, i));
            continue;
        }
        i++;
        if (c == '"' || c == '\\')
            buf_format(b, "\\%c", c);
        else if (c == '\n')
            buf_add(b, STR("\\n"));
        else if (c == 0)
            buf_add(b, STR("\xEF\xBF\xBD"));
        else {
            char escape[6] = {'\\', 'u', '0', '0', hex[c >> 4], hex[c & 15]};
            buf_add(b, (struct str){escape, sizeof escape});
        }
    }
    buf_add_char(b, '"');
}

void convert_add_member(struct buf *b, const char *name, struct str text)
{
    if (b->n > 0 && b->p[b->n - 1] != '{')
        buf_add_char(b, ',');
    buf_add_char(b, '"');
    buf_add(b, str_of(name));
    buf_add(b, STR("\":"));
    convert_add_text(b, text);
}

struct giving {
    struct buf *b;
    int depth, nodes;
    bool whole;
};

static void add_value(lua_State *L, struct giving *g, int index);

static void add_number(lua_State *L, struct buf *b, int index)
{
    char digits[64];
    if (lua_isinteger(L, index)) {
        (void)snprintf(digits, sizeof digits, "%lld", (long long)lua_tointeger(L, index));
    } else {
        double number = lua_tonumber(L, index);
        if (!isfinite(number))
            run_fault(
                L, "E307", STR(""),
                STR("A division by nothing gives it: see that there is something to divide by."),
                "a number given here is not a number one can write down");
        (void)snprintf(digits, sizeof digits, "%.17g", number);
        if (!strpbrk(digits, ".e"))
            (void)snprintf(digits, sizeof digits, "%.1f", number);
    }
    buf_add(b, str_of(digits));
}

static void add_list(lua_State *L, struct giving *g, int index)
{
    lua_Integer n = (lua_Integer)lua_rawlen(L, index);
    buf_add_char(g->b, '[');
    for (lua_Integer i = 1; i <= n; i++) {
        if (i > 1)
            buf_add_char(g->b, ',');
        (void)lua_rawgeti(L, index, i);
        add_value(L, g, lua_gettop(L));
        lua_pop(L, 1);
    }
    buf_add_char(g->b, ']');
}

static int order_names(const void *a, const void *b)
{
    return str_order(*(const struct str *)a, *(const struct str *)b);
}

struct str *convert_names(lua_State *L, int index, size_t *n)
{
    size_t room = 0;
    for (lua_pushnil(L); lua_next(L, index); lua_pop(L, 1))
        room++;
    struct str *names = arena_alloc(run_of(L)->a, (room + 1) * sizeof *names);
    *n = 0;
    for (lua_pushnil(L); lua_next(L, index); lua_pop(L, 1)) {
        if (lua_type(L, -2) != LUA_TSTRING)
            run_fault(L, "E307", STR(""), STR("Give every value a name: { text = ..., due = ... }"),
                      "a value here has no name");
        names[(*n)++] = run_text(L, -2);
    }
    qsort(names, *n, sizeof *names, order_names);
    return names;
}

static void add_object(lua_State *L, struct giving *g, int index)
{
    size_t n;
    struct str *names = convert_names(L, index, &n);
    buf_add_char(g->b, '{');
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            buf_add_char(g->b, ',');
        convert_add_text(g->b, names[i]);
        buf_add_char(g->b, ':');
        (void)lua_pushlstring(L, names[i].p, names[i].n);
        (void)lua_rawget(L, index);
        add_value(L, g, lua_gettop(L));
        lua_pop(L, 1);
    }
    buf_add_char(g->b, '}');
}

static void add_table(lua_State *L, struct giving *g, int index)
{
    luaL_checkstack(L, 8, NULL);
    if (++g->depth > RUN_DEPTH_MAX)
        run_fault(L, "E408", STR(""), STR("Give only the text or the item itself."),
                  "a table given here contains itself, or goes deeper than %d levels",
                  RUN_DEPTH_MAX);
    lua_push_real(L, index);
    int table = lua_gettop(L);
    if (lua_getmetatable(L, table))
        run_fault(L, "E307", STR("answers"), STR("Give what you need by its name: answers.goal"),
                  "answers, lists and data cannot be given as a whole");
    bool item = !g->whole && lua_getfield(L, table, "text") == LUA_TSTRING;
    if (item)
        convert_add_text(g->b, run_text(L, -1));
    else if (lua_rawlen(L, table) > 0)
        add_list(L, g, table);
    else
        add_object(L, g, table);
    lua_settop(L, table - 1);
    g->depth--;
}

static void add_value(lua_State *L, struct giving *g, int index)
{
    if (++g->nodes > RUN_NODES_MAX)
        run_fault(L, "E408", STR(""), STR("Give a shorter list."),
                  "a value given here has more than %d parts", RUN_NODES_MAX);
    switch (lua_type(L, index)) {
    case LUA_TNIL:
        buf_add(g->b, STR("null"));
        return;
    case LUA_TBOOLEAN:
        buf_add(g->b, lua_toboolean(L, index) ? STR("true") : STR("false"));
        return;
    case LUA_TNUMBER:
        add_number(L, g->b, index);
        return;
    case LUA_TSTRING:
        convert_add_text(g->b, run_text(L, index));
        return;
    case LUA_TTABLE:
        add_table(L, g, index);
        return;
    default:
        run_fault(L, "E307", STR(""),
                  STR("Give a text, a number, true or false, or a list of these."),
                  "a %s cannot be given here", luaL_typename(L, index));
    }
}

void convert_add(lua_State *L, struct buf *b, int index, bool whole)
{
    struct giving g = {.b = b, .whole = whole};
    add_value(L, &g, lua_absindex(L, index));
}
