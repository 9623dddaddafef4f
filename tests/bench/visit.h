/* A coach's browser, as small as it can be: comes in by the link that `espalier serve` prints and
 * asks for pages.  Ends the bench when something is refused. */
#ifndef ESPALIER_BENCH_VISIT_H
#define ESPALIER_BENCH_VISIT_H

#include "child.h"

/* Milliseconds of CPU of a server, from its start to its end, that gives `page` of the only journey
 * ("" is the session room, "/plan" ...) so many times. */
double visit(const char *const *serve, const char *page, int times);

#endif
