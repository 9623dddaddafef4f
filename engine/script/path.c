#include "script/path.h"

#include "script/convert.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

static bool is_segment(struct str s)
{
    if (s.n == 0 || s.n > 64)
        return false;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (!(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') && !(c >= '0' && c <= '9') &&
            c != '_' && c != '-')
            return false;
    }
    return true;
}

size_t path_enter(lua_State *L, struct str segment)
{
    struct run *r = run_of(L);
    size_t before = r->scope_n;
    if (!is_segment(segment))
        run_fault(L, "E307", segment,
                  STR("Use a short name of letters, digits, - and _, such as \"round1\"."),
                  "\"%.*s\" is no good as a label", STR_ARG(segment));
    if (before + segment.n + 1 >= RUN_KEY_MAX / 2)
        run_fault(L, "E408", STR(""),
                  STR("Parts of a conversation within parts go a few levels deep at most."),
                  "run, lanes and items are nested too deeply");
    memcpy(r->scope + before, segment.p, segment.n);
    r->scope[before + segment.n] = '/';
    r->scope_n = before + segment.n + 1;
    return before;
}

void path_leave(struct run *r, size_t before)
{
    r->scope_n = before;
}

void path_push_scoped(lua_State *L, size_t scope_n, struct str name)
{
    char scoped[2 * RUN_KEY_MAX];
    size_t n = name.n < RUN_KEY_MAX ? name.n : RUN_KEY_MAX;
    memcpy(scoped, run_of(L)->scope, scope_n);
    memcpy(scoped + scope_n, name.p, n);
    (void)lua_pushlstring(L, scoped, scope_n + n);
}

/* Line and count of a key in one number; the file is told apart by its place in memory order of
 * first use. */
struct asked {
    int line, n;
    unsigned file;
};

static unsigned hash_of(struct str s)
{
    unsigned h = 2166136261U;
    for (size_t i = 0; i < s.n; i++)
        h = (h ^ (unsigned char)s.p[i]) * 16777619U;
    return h & 0xFFFFU;
}

static lua_Integer pack(struct asked x)
{
    return (lua_Integer)x.file << 46 | (lua_Integer)(x.line & 0x3FFFFF) << 24 | (x.n & 0xFFFFFF);
}

static struct asked unpack(lua_Integer packed)
{
    return (struct asked){.n = (int)(packed & 0xFFFFFF),
                          .line = (int)(packed >> 24 & 0x3FFFFF),
                          .file = (unsigned)(packed >> 46) & 0xFFFFU};
}

/* How often this line has asked for the key, from 1. */
static int count_asking(lua_State *L, struct str key, struct str id, int *line)
{
    struct run *r = run_of(L);
    struct str file = {"", 0};
    (void)run_place(L, &file, line);
    struct asked now = {.line = *line, .n = 1, .file = hash_of(file)};
    run_push_table(L, TABLE_COUNTS);        /* counts        */
    (void)lua_pushlstring(L, key.p, key.n); /* counts key    */
    lua_pushvalue(L, -1);
    if (lua_rawget(L, -3) == LUA_TNUMBER) { /* counts key n  */
        struct asked before = unpack(lua_tointeger(L, -1));
        if (before.line != now.line || before.file != now.file) {
            struct str help =
                str_format(r->a,
                           "Give this one a name of its own: ask(\"%.*s\", { as = \"after\" })\n"
                           "or put the part that repeats into: run(\"again\", function() ... end)",
                           STR_ARG(id));
            run_fault(
                L, "E308", id, help,
                "\"%.*s\" was already asked on line %d, in the same place of the conversation",
                STR_ARG(id), before.line);
        }
        now.n = before.n + 1;
    }
    lua_pop(L, 1); /* counts key    */
    lua_pushinteger(L, pack(now));
    lua_rawset(L, -3);
    lua_pop(L, 1); /* -             */
    return now.n;
}

static struct str make_key(lua_State *L, struct str id, struct str label, int *line)
{
    struct run *r = run_of(L);
    char key[RUN_KEY_MAX + 1];
    int n = snprintf(key, sizeof key, "%.*s/%.*s%.*s%s%.*s", STR_ARG(r->phase), (int)r->scope_n,
                     r->scope, STR_ARG(id), label.n > 0 ? "@" : "", STR_ARG(label));
    if (n < 0 || n > RUN_KEY_MAX - 12)
        run_fault(L, "E408", id, STR("Use shorter labels."),
                  "the key of this question would be too long");
    int count = count_asking(L, (struct str){key, (size_t)n}, id, line);
    if (count > 1)
        n += snprintf(key + n, sizeof key - (size_t)n, "#%d", count);
    return str_copy(r->a, (struct str){key, (size_t)n});
}

static void make_room(lua_State *L)
{
    struct run *r = run_of(L);
    if (r->n >= RUN_ENTRIES_MAX)
        run_fault(L, "E404", STR(""), STR("Look for a loop that asks too often."),
                  "more than %d questions are asked", RUN_ENTRIES_MAX);
    if (r->n < r->room)
        return;
    r->room = r->room ? 2 * r->room : 64;
    struct entry *path = arena_alloc(r->a, r->room * sizeof *path);
    if (r->n)
        memcpy(path, r->path, r->n * sizeof *path);
    r->path = path;
}

static void tell_page(struct run *r, const struct entry *e)
{
    if (!r->page)
        return;
    (void)snprintf(r->page->key, sizeof r->page->key, "%.*s", STR_ARG(e->key));
    r->page->line = e->line;
}

size_t path_add(lua_State *L, struct str id, struct str label, const json_t *question)
{
    struct run *r = run_of(L);
    make_room(L);
    int line = 0;
    struct str key = make_key(L, id, label, &line);
    const json_t *recorded = json_object_get(r->answers, key.p);
    struct entry *e = &r->path[r->n];
    *e = (struct entry){.key = key,
                        .id = str_part(key, key.n - id.n, key.n),
                        .phase = r->phase,
                        .question = question,
                        .line = line,
                        .required = json_flag(question, "required", true)};
    e->id = question ? json_member(question, "id") : str_copy(r->a, id);
    if (e->id.n == 0)
        e->id = str_copy(r->a, id);
    e->value = json_object_get(recorded, "v");
    e->state = e->value                                     ? ENTRY_ANSWERED
        : json_is_string(json_object_get(recorded, "skip")) ? ENTRY_SKIPPED
                                                            : ENTRY_OPEN;
    tell_page(r, e);
    return r->n++;
}

/* Name of an entry in answers: ID or ID@label. */
static struct str name_of(const struct entry *e)
{
    size_t slash = e->key.n;
    while (slash > 0 && e->key.p[slash - 1] != '/')
        slash--;
    struct str name = str_part(e->key, slash, e->key.n);
    return str_part(name, 0, str_find(name, STR("#"), 0));
}

void path_settle(lua_State *L, size_t entry)
{
    struct run *r = run_of(L);
    const struct entry *e = &r->path[entry];
    run_push_table(L, TABLE_SEEN);
    path_push_scoped(L, r->scope_n, name_of(e));
    lua_pushinteger(L, (lua_Integer)entry);
    lua_rawset(L, -3);
    lua_pop(L, 1);
    if (e->state == ENTRY_OPEN || e->state == ENTRY_INVALID)
        return;
    struct str day = json_member(json_object_get(r->answers, e->key.p), "day");
    if (day.n == 10 && str_order(day, str_of(r->today)) > 0)
        memcpy(r->today, day.p, 11);
}

/* Looks in one scope, and in its lanes where they have been joined. */
static bool find_in(lua_State *L, size_t scope_n, struct str name, size_t *entry)
{
    static const struct str lanes[] = {{"client/", 7}, {"coach/", 6}};
    struct run *r = run_of(L);
    run_push_table(L, TABLE_SEEN);
    path_push_scoped(L, scope_n, name);
    bool found = lua_rawget(L, -2) == LUA_TNUMBER;
    for (size_t i = 0; !found && r->joined && i < 2; i++) {
        run_push_table(L, TABLE_JOINED);
        path_push_scoped(L, scope_n, STR(""));
        bool joined = lua_rawget(L, -2) == LUA_TBOOLEAN;
        lua_pop(L, 3);
        path_push_scoped(L, scope_n,
                         str_format(r->a, "%.*s%.*s", STR_ARG(lanes[i]), STR_ARG(name)));
        found = lua_rawget(L, -2) == LUA_TNUMBER && joined;
    }
    if (found)
        *entry = (size_t)lua_tointeger(L, -1);
    lua_pop(L, 2);
    return found;
}

bool path_find(lua_State *L, struct str name, size_t *entry)
{
    const struct run *r = run_of(L);
    for (size_t n = r->scope_n;;) {
        if (find_in(L, n, name, entry))
            return true;
        if (n == 0)
            return false;
        for (n--; n > 0 && r->scope[n - 1] != '/';)
            n--;
    }
}

void path_push_value(lua_State *L, size_t entry)
{
    struct run *r = run_of(L);
    if (r->path[entry].state != ENTRY_ANSWERED) {
        lua_pushnil(L);
        return;
    }
    run_push_table(L, TABLE_VALUES);                          /* values       */
    if (lua_rawgeti(L, -1, (lua_Integer)entry) == LUA_TNIL) { /* values nil   */
        lua_pop(L, 1);
        convert_push_answer(L, entry, 0); /* values value */
        lua_pushvalue(L, -1);
        lua_rawseti(L, -3, (lua_Integer)entry);
    }
    lua_remove(L, -2); /* value        */
}
