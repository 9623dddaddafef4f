#include "script/run.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char stop_mark, fault_mark;

struct run *run_of(lua_State *L)
{
    return *(struct run **)lua_getextraspace(L);
}

_Noreturn void run_stop(lua_State *L)
{
    lua_pushlightuserdata(L, (void *)(uintptr_t)&stop_mark);
    (void)lua_error(L);
    abort();
}

bool run_is_stop(lua_State *L, int index)
{
    return lua_islightuserdata(L, index) && lua_touserdata(L, index) == &stop_mark;
}

bool run_is_private(lua_State *L, int index)
{
    return run_is_stop(L, index) ||
        (lua_islightuserdata(L, index) && lua_touserdata(L, index) == &fault_mark);
}

bool run_place(lua_State *L, struct str *file, int *line)
{
    lua_Debug ar;
    for (int level = 0; lua_getstack(L, level, &ar); level++) {
        if (!lua_getinfo(L, "Sl", &ar) || ar.source[0] != '@')
            continue;
        *file = str_copy(run_of(L)->a, str_of(ar.source + 1));
        *line = ar.currentline;
        return true;
    }
    return false;
}

static bool is_word(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

void fault_find_column(const struct run *r, struct fault *f)
{
    struct str rest = {"", 0}, line = {"", 0};
    char name[256];
    (void)snprintf(name, sizeof name, "%.*s", STR_ARG(f->file));
    rest = json_member(r->sources, name);
    for (int i = 0; i < f->line; i++)
        line = str_split(rest, '\n', &rest);
    size_t at = line.n;
    for (size_t i = 0; f->word.n > 0 && i < line.n; i = at + 1) {
        at = str_find(line, f->word, i);
        size_t end = at + f->word.n;
        bool inside = at > 0 && is_word(f->word.p[0]) && is_word(line.p[at - 1]);
        if (at == line.n ||
            (!inside &&
             (end >= line.n || !is_word(f->word.p[f->word.n - 1]) || !is_word(line.p[end]))))
            break;
    }
    f->column = 1;
    f->width = 1;
    if (f->word.n > 0 && at < line.n) {
        /* A literal is underlined with its quotes. */
        bool quoted = at > 0 && (line.p[at - 1] == '"' || line.p[at - 1] == '\'');
        f->column = (int)utf8_count(str_part(line, 0, at)) + (quoted ? 0 : 1);
        f->width = (int)utf8_count(f->word) + (quoted ? 2 : 0);
        return;
    }
    size_t blank = 0;
    while (blank < line.n && (line.p[blank] == ' ' || line.p[blank] == '\t'))
        blank++;
    f->column = (int)blank + 1;
    f->width = (int)utf8_count(str_trim(line));
}

void fault_set(struct run *r, struct fault f)
{
    if (!r->fault.code)
        r->fault = f;
}

void fault_from_status(struct run *r, int status)
{
    struct fault f = {.file = r->script, .line = r->line, .column = 1, .width = 1};
    if (status == LUA_ERRMEM) {
        f.code = "E402";
        f.text =
            str_format(r->a, "the script needs more than %zu bytes of memory", r->limits.memory);
        f.help = STR("Look for a list or a text that grows in a loop.");
    } else if (status == LUA_ERRERR) {
        f.code = "E408";
        f.text = STR("functions call each other too deeply");
        f.help = STR("A function that calls itself needs a condition under which it stops.");
    } else
        return;
    fault_set(r, f);
}

_Noreturn void run_raise_fault(lua_State *L)
{
    lua_pushlightuserdata(L, (void *)(uintptr_t)&fault_mark);
    (void)lua_error(L);
    abort();
}

/* The place of the fault: the question of the expression, else the author's line. */
static void fault_place(lua_State *L, struct fault *f)
{
    struct run *r = run_of(L);
    if (r->expression_of) {
        f->file = json_member(r->expression_of, "file");
        f->line = (int)json_whole(r->expression_of, "line", 0);
        return;
    }
    if (run_place(L, &f->file, &f->line))
        fault_find_column(r, f);
}

_Noreturn void run_fault(lua_State *L, const char *code, struct str word, struct str help,
                         const char *format, ...)
{
    struct run *r = run_of(L);
    struct buf text = {.a = r->a};
    char small[1024];
    va_list args;
    va_start(args, format);
    (void)vsnprintf(small, sizeof small, format, args);
    va_end(args);
    buf_add(&text, text_safe(r->a, str_of(small), false));
    struct fault f = {.code = code,
                      .text = buf_str(&text),
                      .help = str_copy(r->a, help),
                      .word = str_copy(r->a, word)};
    fault_place(L, &f);
    fault_set(r, f);
    run_raise_fault(L);
}

struct str run_did_you_mean(struct arena *a, struct str word, const json_t *known,
                            struct str otherwise)
{
    size_t n = 0;
    struct str *names = arena_alloc(a, (json_object_size(known) + 1) * sizeof *names);
    const char *name;
    json_t *value;
    json_object_foreach ((json_t *)(uintptr_t)known, name, value)
        names[n++] = str_of(name);
    struct str near = text_nearest(word, names, n);
    if (near.n == 0)
        return otherwise;
    return str_format(a, "Did you mean \"%.*s\"? %.*s", STR_ARG(near), STR_ARG(otherwise));
}

struct str run_text(lua_State *L, int index)
{
    struct str s;
    s.p = lua_tolstring(L, index, &s.n);
    return s.p ? s : STR("");
}

bool run_is_id(struct str s)
{
    if (s.n == 0 || s.n > 64 || s.p[0] < 'a' || s.p[0] > 'z')
        return false;
    for (size_t i = 0; i < s.n; i++)
        if (!(s.p[i] >= 'a' && s.p[i] <= 'z') && !(s.p[i] >= '0' && s.p[i] <= '9') && s.p[i] != '_')
            return false;
    return true;
}

void run_add(lua_State *L, struct buf *list, struct str json)
{
    struct run *r = run_of(L);
    r->derived += json.n + 1;
    if (r->derived > r->limits.output)
        run_fault(
            L, "E404", STR(""),
            STR("Write less per round of a loop, or look for a loop that goes round too often."),
            "the script makes up more than %zu bytes of messages and outputs", r->limits.output);
    if (list->n > 0)
        buf_add_char(list, ',');
    buf_add(list, json);
}
