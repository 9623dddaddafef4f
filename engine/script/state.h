/* The Lua state of a run: its allocator with a ceiling, its instruction budget, the names scripts
 * see.
 *
 *     state_open(r) ... state_execute(r); state_close(r)   // the outcome is in *r
 */
#ifndef ESPALIER_SCRIPT_STATE_H
#define ESPALIER_SCRIPT_STATE_H

#include "script/run.h"

/* A run of a program ({"def","script","sources"}, borrowed) in an arena, with nothing done yet. */
struct run *state_new(struct arena *a, const json_t *program, const struct script_limits *limits);

/* Makes the Lua state with everything a script sees, and compiles the script; a fault is kept in
 * r->fault. */
void state_open(struct run *r);

/* Gives the run its request ({"seed","answers","today"}, borrowed) and runs the script to its end
 * or stop. */
void state_execute(struct run *r, const json_t *request);

/* For tests: a worker ends by _exit and never comes here. */
void state_close(struct run *r);

/* Compiles text as a chunk with the environment of scripts and pushes it, or pushes the message and
 * returns false. Raises on lack of memory. */
bool state_load_chunk(lua_State *L, struct str source, const char *name);

/* Pushes the compiled source file `name` of the program.  Raises. */
void state_load_source(lua_State *L, struct str name);

/* The fault of a syntax error message of the compiler. */
struct fault state_syntax_fault(struct run *r, struct str file, struct str message);

/* Registers groups of functions in the table on top of the stack.  Raise. */
void lua_base_open(lua_State *L);
void lua_table_open(lua_State *L);
void lua_string_open(lua_State *L);

/* From the whole library on top of the stack makes the part that scripts see, replacing it: members
 * by name, own functions (first upvalue: the whole library), an error for unknown ones; the
 * read-only view goes to the table below under `name`.  Raises. */
void lua_library(lua_State *L, const char *name, const char *const *kept, const luaL_Reg *own);

/* Pushes a read-only view of the table on top of the stack, replacing it.  Raises. */
void lua_freeze(lua_State *L);

/* The table behind a read-only view, pushed in its place; other values are pushed again.  */
void lua_push_real(lua_State *L, int index);

/* Makes `name` an error that says what to use instead, if it is one of the absent names of Lua. */
bool lua_absent_help(struct str name, struct str *help);

#endif
