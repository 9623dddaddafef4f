/* The path of a run: which questions were reached, under which key, with which answer.
 * Keys are PHASE "/" scope segments each "/" ID ["@" label] ["#" n]. */
#ifndef ESPALIER_SCRIPT_PATH_H
#define ESPALIER_SCRIPT_PATH_H

#include "script/run.h"

/* Adds an entry for `id` in the present phase and scope, numbers it if the same line asks again,
 * and looks for its recorded answer.  The same key from another line is a fault.  Raises. */
size_t path_add(lua_State *L, struct str id, struct str label, const json_t *question);

/* Makes the entry findable by scripts, and its day count for today().  Raises. */
void path_settle(lua_State *L, size_t entry);

/* The place of the answer that `name` (ID or ID@label) means here, innermost scope first; false if
 * not reached. */
bool path_find(lua_State *L, struct str name, size_t *entry);

/* Pushes the value of an entry, nil unless it is answered.  Equal calls push the same table.
 * Raises. */
void path_push_value(lua_State *L, size_t entry);

/* Opens a scope below the present one; path_leave gives it back.  Raises if the segment is no good.
 */
size_t path_enter(lua_State *L, struct str segment);
void path_leave(struct run *r, size_t before);

/* Pushes "scope name" for use as a table key. */
void path_push_scoped(lua_State *L, size_t scope_n, struct str name);

#endif
