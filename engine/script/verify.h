/* What came from a worker is checked here like a stranger's: every type, size, id and key, before
 * anybody reads it. */
#ifndef ESPALIER_SCRIPT_VERIFY_H
#define ESPALIER_SCRIPT_VERIFY_H

#include "base/diag.h"
#include "base/json.h"

/* True if the tree is an outcome and speaks only of what the definition has; else `e` says what is
 * wrong. */
MUST_USE bool verify_outcome(const json_t *def, const json_t *outcome, struct err *e);

/* The outcome to use instead of one that was refused (E407). */
json_t *verify_refusal(struct str script, struct str reason);

/* Adds the messages of a check to `d`; what is malformed becomes one message E407. */
void verify_messages(const json_t *program, const json_t *answer, struct diags *d);

#endif
