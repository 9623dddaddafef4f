/* Values for the placeholders of texts, and the rows of sort, grid and rank. */
#include "script/api.h"

#include "base/random.h"
#include "script/convert.h"
#include "script/path.h"

#include <stdlib.h>
#include <string.h>

static void add_comma(struct buf *b)
{
    if (b->p[b->n - 1] != '{' && b->p[b->n - 1] != '[')
        buf_add_char(b, ',');
}

/* Opens the object of one variable: "name":{ */
static void open_var(struct buf *b, struct str name)
{
    add_comma(b);
    convert_add_text(b, name);
    buf_add(b, STR(":{"));
}

/* Where the value on top of the stack comes from, if it is an item or the text of an answer. */
static void add_origin(lua_State *L, struct buf *b, int table, struct str field)
{
    struct run *r = run_of(L);
    run_push_table(L, TABLE_ORIGIN);
    lua_pushvalue(L, table);
    if (lua_rawget(L, -2) == LUA_TNUMBER) {
        convert_add_member(b, "q", r->path[lua_tointeger(L, -1)].id);
        convert_add_member(b, "field", field);
        add_comma(b);
    }
    lua_pop(L, 2);
}

/* A variable given in the options: {about} or {item.text}. */
static bool add_given(lua_State *L, struct buf *b, struct str name, int opts)
{
    struct str field, head = str_split(name, '.', &field);
    (void)lua_pushlstring(L, head.p, head.n);
    if (lua_gettable(L, opts) == LUA_TNIL) {
        lua_pop(L, 1);
        return false;
    }
    int top = lua_gettop(L);
    if (field.n > 0 && lua_istable(L, top)) {
        (void)lua_pushlstring(L, field.p, field.n);
        (void)lua_gettable(L, top);
    }
    if (!lua_isnil(L, -1) && !lua_isfunction(L, -1)) {
        open_var(b, name);
        if (lua_gettop(L) > top)
            add_origin(L, b, top, field);
        buf_add(b, STR("\"v\":"));
        convert_add(L, b, -1, false);
        buf_add_char(b, '}');
    }
    lua_settop(L, top - 1);
    return true;
}

/* A variable that is the live answer of a question: {topic} or {goal.amount}. */
static void add_answer(lua_State *L, struct buf *b, struct str name)
{
    struct run *r = run_of(L);
    struct str field, head = str_split(name, '.', &field);
    size_t entry;
    if (!path_find(L, head, &entry) || r->path[entry].state != ENTRY_ANSWERED)
        return;
    const json_t *value = r->path[entry].value;
    if (field.n > 0)
        value = json_object_get(value, str_copy(r->a, field).p);
    if (!value)
        return;
    open_var(b, name);
    convert_add_member(b, "q", r->path[entry].id);
    if (field.n > 0)
        convert_add_member(b, "field", field);
    buf_add(b, STR(",\"v\":"));
    buf_add(b, json_write_line(r->a, value));
    buf_add_char(b, '}');
}

static void add_var(lua_State *L, struct buf *b, struct str name, int opts)
{
    if (opts == 0 || !add_given(L, b, name, opts))
        add_answer(L, b, name);
}

/* Options that are not read by ask itself are variables too. */
static void add_others(lua_State *L, struct buf *b, const json_t *placeholders, int opts)
{
    static const char *const own[] = {"item", "as",   "items", "rows", "start",
                                      "mark", "days", "until", "till", "who"};
    size_t n;
    struct str *names = convert_names(L, opts, &n);
    for (size_t i = 0; i < n; i++) {
        bool done = false;
        for (size_t k = 0; k < sizeof own / sizeof own[0]; k++)
            done = done || str_is(names[i], own[k]);
        size_t j;
        json_t *placeholder;
        json_array_foreach ((json_t *)(uintptr_t)placeholders, j, placeholder)
            done = done || str_eq(json_text(placeholder), names[i]);
        if (!done)
            (void)add_given(L, b, names[i], opts);
    }
}

struct str vars_of(lua_State *L, const json_t *placeholders, int opts)
{
    struct run *r = run_of(L);
    if (json_array_size(placeholders) == 0 && opts == 0)
        return STR("");
    struct buf b = {.a = r->a};
    buf_add_char(&b, '{');
    size_t i;
    json_t *placeholder;
    json_array_foreach ((json_t *)(uintptr_t)placeholders, i, placeholder)
        add_var(L, &b, json_text(placeholder), opts);
    if (opts)
        add_others(L, &b, placeholders, opts);
    buf_add_char(&b, '}');
    return b.n > 2 ? buf_str(&b) : STR("");
}

static bool is_name(struct str s)
{
    struct str rest, head = str_split(s, '.', &rest);
    return run_is_id(head) && (rest.n == 0 || run_is_id(rest));
}

struct str vars_of_text(lua_State *L, struct str text, int opts)
{
    struct buf b = {.a = run_of(L)->a};
    buf_add_char(&b, '{');
    for (size_t at = str_find(text, STR("{"), 0); at < text.n;
         at = str_find(text, STR("{"), at + 1)) {
        size_t end = str_find(text, STR("}"), at);
        struct str name = str_part(text, at + 1, end);
        struct buf quoted = {.a = b.a};
        convert_add_text(&quoted, name);
        if (end < text.n && is_name(name) && str_find(buf_str(&b), buf_str(&quoted), 0) == b.n)
            add_var(L, &b, name, opts);
    }
    buf_add_char(&b, '}');
    return b.n > 2 ? buf_str(&b) : STR("");
}

/* A row given as a plain text gets an id that follows from the text. */
static struct str id_of_text(struct arena *a, struct str text)
{
    char hash[65];
    if (run_is_id(text))
        return text;
    hash_sha256(text, hash);
    return str_format(a, "r%.8s", hash);
}

/* Reads the row on top of the stack. */
static void read_row(lua_State *L, struct str *id, struct str *text)
{
    static const char *const texts[] = {"text", "label", "title", "id"};
    struct run *r = run_of(L);
    *id = *text = STR("");
    if (lua_type(L, -1) == LUA_TSTRING) {
        *text = str_copy(r->a, run_text(L, -1));
        *id = id_of_text(r->a, *text);
        return;
    }
    if (lua_istable(L, -1)) {
        if (lua_getfield(L, -1, "id") == LUA_TSTRING)
            *id = str_copy(r->a, run_text(L, -1));
        lua_pop(L, 1);
        for (size_t i = 0; text->n == 0 && i < 4; i++) {
            if (lua_getfield(L, -1, texts[i]) == LUA_TSTRING)
                *text = str_copy(r->a, run_text(L, -1));
            lua_pop(L, 1);
        }
    }
    if (id->n == 0)
        run_fault(L, "E307", STR(""),
                  STR("Give the items of a list question, or tables with id and text."),
                  "what is to be placed must have an id");
}

/* Rows given by the script: pushes their set. */
static void push_given_rows(lua_State *L, int list, struct buf *b)
{
    lua_Integer n = luaL_len(L, list);
    lua_newtable(L); /* set     */
    buf_add_char(b, '[');
    for (lua_Integer i = 1; i <= n; i++) {
        struct str id, text;
        (void)lua_geti(L, list, i); /* set row */
        read_row(L, &id, &text);
        lua_pop(L, 1); /* set     */
        add_comma(b);
        buf_add_char(b, '{');
        convert_add_member(b, "id", id);
        convert_add_member(b, "text", text);
        buf_add_char(b, '}');
        lua_pushboolean(L, 1);
        lua_setfield(L, -2, id.p);
    }
    buf_add_char(b, ']');
}

/* Rows of the definition: pushes their set, or nil. */
static void push_fixed_rows(lua_State *L, const json_t *question, bool rank)
{
    const json_t *rows = json_object_get(question, "rows");
    if (!rows && rank)
        rows = json_object_get(question, "options");
    size_t i;
    json_t *row;
    if (!rows) {
        lua_pushnil(L);
        return;
    }
    lua_newtable(L);
    json_array_foreach ((json_t *)(uintptr_t)rows, i, row) {
        lua_pushboolean(L, 1);
        lua_setfield(L, -2, json_member(row, "id").p);
    }
}

/* Pushes the list named items or rows in the options, or nil. */
static void push_rows_option(lua_State *L, int opts)
{
    if (opts == 0) {
        lua_pushnil(L);
        return;
    }
    if (lua_getfield(L, opts, "items") == LUA_TNIL) {
        lua_pop(L, 1);
        (void)lua_getfield(L, opts, "rows");
    }
    size_t entry;
    if (lua_type(L, -1) != LUA_TSTRING)
        return;
    struct str id = str_copy(run_of(L)->a, run_text(L, -1));
    (void)api_question(L, id);
    lua_pop(L, 1);
    if (path_find(L, id, &entry))
        path_push_value(L, entry);
    else
        lua_pushnil(L);
}

void rows_push(lua_State *L, const json_t *question, int opts, struct str *json)
{
    struct str type = json_member(question, "type");
    bool rank = str_is(type, "rank"), sort = str_is(type, "sort"), grid = str_is(type, "grid");
    *json = STR("");
    if (!rank && !sort && !grid) {
        lua_pushnil(L);
        return;
    }
    push_rows_option(L, opts);
    if (lua_istable(L, -1)) {
        struct buf b = {.a = run_of(L)->a};
        push_given_rows(L, lua_gettop(L), &b);
        *json = buf_str(&b);
    } else if (lua_isnil(L, -1))
        push_fixed_rows(L, question, rank);
    struct str id = json_member(question, "id");
    if (!lua_istable(L, -1))
        run_fault(
            L, "E307", id,
            str_format(run_of(L)->a, "Write: ask(\"%.*s\", { items = answers.LIST })", STR_ARG(id)),
            "\"%.*s\" needs items to be placed, and none are given", STR_ARG(id));
    lua_remove(L, -2);
}
