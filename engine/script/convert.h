/* Values between JSON and Lua, and JSON text made from Lua values. */
#ifndef ESPALIER_SCRIPT_CONVERT_H
#define ESPALIER_SCRIPT_CONVERT_H

#include "script/run.h"

/* Pushes a JSON value as Lua sees it: objects and arrays as tables.  Raises. */
void convert_push(lua_State *L, const json_t *value);

/* The same, read-only. */
void convert_push_frozen(lua_State *L, const json_t *value);

/* Pushes the value of an answer: money gets .number, items their own identity (TABLE_ORIGIN), sort
 * and grid lose rows that are no longer among `rows` (stack index of a set of ids, 0 for none).
 * Raises. */
void convert_push_answer(lua_State *L, size_t entry, int rows);

/* Adds the JSON of the Lua value at `index`: depth, nodes and numbers are bounded, bytes that are
 * no UTF-8 become U+FFFD; an item that has a text becomes its text unless `whole`.  Raises. */
void convert_add(lua_State *L, struct buf *b, int index, bool whole);

/* The names of the table at `index` in order (an arena copy of views); unnamed values are a fault.
 * Raises. */
struct str *convert_names(lua_State *L, int index, size_t *n);

/* Adds a JSON string; never fails. */
void convert_add_text(struct buf *b, struct str s);

/* Adds "name":"text" after a comma where needed. */
void convert_add_member(struct buf *b, const char *name, struct str text);

#endif
