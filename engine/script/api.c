#include "script/api.h"

#include "script/state.h"

#include <string.h>

#define ITEMS "---@param list table|nil\n---@param field string|nil a field of the items\n"

const struct api_row api_rows[] = {
    {"action", l_action, "---@param fields table text, due, owner, because, watch_out ...",
     "fields",
     "A promise: what, by when, why. Without a text (its question was skipped) it is left out."},
    {"advise", l_advise,
     "---@param text string a text or the id of a message\n---@param opts { about: any }?",
     "text, opts", "A remark for the coach: what seems to be missing, as a question to ask."},
    {"ask", l_ask,
     "---@param id string\n---@param opts { item: table?, about: any, as: string?, items: any, "
     "rows: any, start: any }?\n---@return any answer nil if it was skipped",
     "id, opts", "The answer to a question, or the run stops here."},
    {"average", NULL, ITEMS "---@return number|nil", "list, field",
     "The average of numbers; nil if there are none."},
    {"biggest", NULL, ITEMS "---@return any", "list, field",
     "The element with the biggest value; the first of equals; nil if there is none."},
    {"count", NULL,
     "---@param list table|nil\n---@param test (fun(element: any): boolean)|nil\n---@return "
     "integer",
     "list, test", "How many elements there are, or pass the test."},
    {"days", l_days,
     "---@param n integer\n---@param from string? a day; today() if left out\n---@return "
     "string|nil",
     "n, from", "The day n days later."},
    {"each", l_each,
     "---@param list string|table|nil the id of a question, or a list\n---@return fun(): any, "
     "integer",
     "list", "The elements of a list answer, in order."},
    {"goal", l_goal, "---@param fields { text: string }", "fields",
     "A goal of the development plan."},
    {"is_empty", NULL, "---@param value any\n---@return boolean", "value",
     "Is there nothing: nil, an empty text, an empty list?"},
    {"join", NULL,
     "---@param list table|nil\n---@param separator string? \", \" if left out\n---@return string",
     "list, separator", "The texts of a list as one text."},
    {"phase", l_phase, "---@param id string", "id",
     "Everything that follows belongs to this phase."},
    {"pick", l_pick, "---@param label string\n---@param list table\n---@return any", "label, list",
     "One element, chosen by journey and label: the same at every run."},
    {"put", l_put,
     "---@param canvas string\n---@param block string\n---@param item table|string\n---@param "
     "fields { mark: string }?",
     "canvas, block, item, fields",
     "An item on a canvas, with its mark: maintain, strengthen, add, reduce, delete."},
    {"record", l_record, "---@param kind string\n---@param fields table", "kind, fields",
     "An output of a kind that the workflow declares."},
    {"remind", l_remind, "---@param fields { text: string, on: string? }", "fields", "A reminder."},
    {"run", l_run, "---@param label string\n---@param f function\n---@return any ...",
     "label, f, ...", "A part of the conversation in a scope of its own."},
    {"say", l_say, "---@param text string a text or the id of a message\n---@param opts table?",
     "text, opts", "A message of the moment."},
    {"smallest", NULL, ITEMS "---@return any", "list, field",
     "The element with the smallest value; the first of equals; nil if there is none."},
    {"step", l_step, "---@param id string\n---@param opts { item: table?, as: string? }?",
     "id, opts",
     "Asks all questions of a step; stops here until the required ones are answered or skipped."},
    {"sum", NULL, ITEMS "---@return number", "list, field",
     "The sum of numbers; 0 if there are none."},
    {"today", l_today, "---@return string|nil", "", "The day of the latest answer used so far."},
    {"together", l_together,
     "---@param lanes { client: function?, coach: function? }\n---@return any ...", "lanes",
     "Two lanes: all open questions of both are open, in any order; joined at the end."},
    {"use", l_use, "---@param name string such as \"lib/name\"\n---@return any", "name",
     "A module."},
    {"wait", l_wait,
     "---@param id string\n---@param opts { days: integer?, till: string?, who: string? "
     "}?\n---@return any",
     "id, opts",
     "Homework, an experiment, a pause: open until the day comes or the coach closes it."},
};
const size_t api_rows_count = sizeof api_rows / sizeof api_rows[0];

/* Names of the safe part of Lua, and the views. */
static const char *const others[] = {"answers",  "lists",  "data",   "string", "table", "math",
                                     "utf8",     "pairs",  "ipairs", "select", "type",  "tostring",
                                     "tonumber", "assert", "error",  "pcall"};
enum { OTHERS = sizeof others / sizeof others[0] };

void api_open(lua_State *L)
{
    for (size_t i = 0; i < api_rows_count; i++) {
        if (!api_rows[i].call)
            continue;
        lua_pushcfunction(L, api_rows[i].call);
        lua_setfield(L, -2, api_rows[i].name);
    }
    answers_open(L);
}

bool api_knows(struct str name)
{
    for (size_t i = 0; i < OTHERS; i++)
        if (str_is(name, others[i]))
            return true;
    for (size_t i = 0; i < api_rows_count; i++)
        if (str_is(name, api_rows[i].name))
            return true;
    return false;
}

struct str api_did_you_mean(struct arena *a, struct str word, struct str otherwise)
{
    struct str names[OTHERS + 64];
    size_t n = 0;
    for (size_t i = 0; i < api_rows_count; i++)
        names[n++] = str_of(api_rows[i].name);
    for (size_t i = 0; i < OTHERS; i++)
        names[n++] = str_of(others[i]);
    struct str near = text_nearest(word, names, n);
    return near.n ? str_format(a, "Did you mean \"%.*s\"? %.*s", STR_ARG(near), STR_ARG(otherwise))
                  : otherwise;
}

void api_guard(lua_State *L, const char *name, bool in_phase)
{
    const struct run *r = run_of(L);
    if (r->expression_of)
        run_fault(L, "E313", str_of(name),
                  STR("An expression only looks: at answers, value and item."),
                  "%s cannot be called in when: or check:", name);
    if (in_phase && r->phase.n == 0)
        run_fault(L, "E310", str_of(name),
                  STR("Write first which phase this belongs to: phase \"...\""),
                  "%s comes before any phase", name);
}

struct str api_text(lua_State *L, int index, const char *name)
{
    if (lua_type(L, index) != LUA_TSTRING)
        run_fault(L, "E307", str_of(name), str_format(run_of(L)->a, "Write: %s \"...\"", name),
                  "%s needs a text in quotes here, not a %s", name,
                  lua_isnone(L, index) ? "missing value" : luaL_typename(L, index));
    struct str text = run_text(L, index);
    if (memchr(text.p, '\0', text.n))
        run_fault(L, "E307", str_of(name), STR("Leave it out."),
                  "a text given to %s has a zero byte in it", name);
    return text;
}

void api_options(lua_State *L, int index, const char *name)
{
    if (!lua_isnoneornil(L, index) && !lua_istable(L, index))
        run_fault(L, "E307", str_of(name),
                  str_format(run_of(L)->a, "Write: %s(\"...\", { about = ... })", name),
                  "what follows in %s must stand in braces", name);
}

struct str api_option(lua_State *L, int opts, const char *option)
{
    struct run *r = run_of(L);
    int type = lua_getfield(L, opts, option);
    if (type != LUA_TNIL && type != LUA_TSTRING)
        run_fault(L, "E307", str_of(option), str_format(r->a, "Write: %s = \"...\"", option),
                  "%s = needs a text, not a %s", option, luaL_typename(L, -1));
    struct str text = type == LUA_TSTRING ? str_copy(r->a, run_text(L, -1)) : STR("");
    lua_pop(L, 1);
    return text;
}
