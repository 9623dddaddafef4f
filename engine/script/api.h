/* What scripts can call: one table of names, with signature and meaning, from which the functions
 * are registered, names suggested, and scripts/api.lua and .luacheckrc made. */
#ifndef ESPALIER_SCRIPT_API_H
#define ESPALIER_SCRIPT_API_H

#include "script/run.h"

/* A row of the table.  `call` is NULL for what the prelude defines in Lua. */
struct api_row {
    const char *name;
    lua_CFunction call;
    const char *annotation; /* lines of ---@param and ---@return, "\n" between */
    const char *params;     /* "id, opts" */
    const char *text;       /* one sentence */
};

extern const struct api_row api_rows[];
extern const size_t api_rows_count;

/* Adds everything to the table on top of the stack.  Raises. */
void api_open(lua_State *L);

/* The nearest name of the table or of the libraries, before `otherwise`. */
struct str api_did_you_mean(struct arena *a, struct str word, struct str otherwise);

/* Is it a name that scripts may use? */
bool api_knows(struct str name);

/* Raises unless `name` may be called here: not inside `when` and `check`, and with a phase if
 * `in_phase`. */
void api_guard(lua_State *L, const char *name, bool in_phase);

/* The required text at stack index `index` of a call of `name`.  Raises. */
struct str api_text(lua_State *L, int index, const char *name);

/* Makes stack index `index` a table or nil.  Raises. */
void api_options(lua_State *L, int index, const char *name);

/* A text option, empty if absent; the text is copied.  Raises if it is something else. */
struct str api_option(lua_State *L, int opts, const char *option);

/* The question of that id, or the fault E214. */
const json_t *api_question(lua_State *L, struct str id);

/* The ways out of an unknown question, with the nearest id and where it stands. */
struct str api_question_help(struct run *r, struct str id);

#define ASK_NOTHING SIZE_MAX /* there were no rows to place: the answer is an empty table */

/* Asks one question with the options at stack index `opts` (0 for none); gives its place on the
 * path, or ASK_NOTHING.  Raises. */
size_t api_ask_question(lua_State *L, const json_t *question, int opts, struct str step);

/* Is this entry still waiting for an answer? */
bool ask_is_open(const struct run *r, size_t entry);

/* Opens the scope of the item in the options, if there is one; to be given back with path_leave. */
size_t ask_enter_item(lua_State *L, int opts, struct str *item);

enum when { WHEN_NO, WHEN_YES, WHEN_UNDECIDED };

/* Evaluates the `when` of a question; `item` is a stack index or 0.  Raises. */
enum when expression_when(lua_State *L, const json_t *question, int item);

/* Evaluates the `check` of an answered entry: false with a sentence in `why`.  Raises. */
bool expression_check(lua_State *L, size_t entry, int item, struct str *why);

/* Compiles an expression of YAML as a function of value and item; pushes it, or the message and
 * returns false. */
bool expression_compile(lua_State *L, struct str source);

/* JSON of the values for the placeholders of a text: from the options (0 for none), then from
 * answers. */
struct str vars_of(lua_State *L, const json_t *placeholders, int opts);

/* The same for a text that is not in the definition; placeholders are read from the text. */
struct str vars_of_text(lua_State *L, struct str text, int opts);

/* Pushes the set of row ids (or nil) of a sort, grid or rank; `json` gets the rows the script gave.
 */
void rows_push(lua_State *L, const json_t *question, int opts, struct str *json);

int l_answers_index(lua_State *L);

/* Functions that Lua calls, by file. */
int l_phase(lua_State *L), l_step(lua_State *L), l_ask(lua_State *L);
int l_say(lua_State *L), l_each(lua_State *L), l_wait(lua_State *L);
int l_run(lua_State *L), l_use(lua_State *L), l_together(lua_State *L);
int l_put(lua_State *L), l_record(lua_State *L), l_action(lua_State *L), l_goal(lua_State *L),
    l_remind(lua_State *L);
int l_advise(lua_State *L), l_today(lua_State *L), l_days(lua_State *L), l_pick(lua_State *L);
void answers_open(lua_State *L);

#endif
