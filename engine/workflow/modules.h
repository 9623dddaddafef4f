/* Which modules a script names: use "lib/name" or use("lib/name") as it stands in the text, outside
 * of comments and of other texts.  A textual scan: it needs no Lua, and what it finds is what is
 * put into the bundle. */
#ifndef ESPALIER_WORKFLOW_MODULES_H
#define ESPALIER_WORKFLOW_MODULES_H

#include "base/text.h"

struct module_use {
    struct str name; /* as written, not yet checked */
    int line, column, width;
};

/* The next use at or after `*at` in `script`; false if there is no more.  Begin with *at = 0. */
bool module_next_use(struct str script, size_t *at, struct module_use *use);

/* The next name at or after `*at` that the script gives a value, in a table, call or assignment
 * ({name = ...}); false if there is no more. */
bool module_next_value(struct str script, size_t *at, struct str *name);

#endif
