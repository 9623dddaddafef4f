/* Does a recorded value still fit its question?  Values were checked when they were given; a
 * workflow that changed since, or a hand-made request, may not agree with them any more. */
#ifndef ESPALIER_SCRIPT_FIT_H
#define ESPALIER_SCRIPT_FIT_H

#include "base/json.h"

/* True, or false with one sentence in `why` (of program lifetime). */
bool fit_value(const json_t *question, const json_t *value, struct str *why);

#endif
