/* The outcome of a run as JSON text, and its check on the other side. */
#ifndef ESPALIER_SCRIPT_OUTCOME_H
#define ESPALIER_SCRIPT_OUTCOME_H

#include "script/run.h"

/* The outcome as DECISIONS of the project describe it, in the run's arena. */
struct str outcome_write(struct run *r);

/* An outcome that consists of an error only, for a run that did not come to its end. */
struct str outcome_of_fault(struct arena *a, const struct fault *f, struct str key);

#endif
