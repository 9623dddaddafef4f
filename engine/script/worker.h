/* Zygote and worker.  The zygote keeps the loaded program and one worker ready; a worker serves one
 * request on descriptor 3 and ends.  Both end by _exit and never return into the program that
 * forked them. */
#ifndef ESPALIER_SCRIPT_WORKER_H
#define ESPALIER_SCRIPT_WORKER_H

#include "script/run.h"

/* The life of the zygote: serves the host on `fd` until it closes. */
_Noreturn void zygote_main(int fd, int parent, const struct script_limits *limits);

/* What a worker is born with. */
struct worker {
    const json_t *program; /* NULL for a worker that only checks */
    const struct script_limits *limits;
    struct status_page *page;
    int fd, parent;
};

_Noreturn void worker_main(const struct worker *w);

/* For tests: called in the worker behind all walls, before the script; NULL for nothing. */
extern void (*worker_test_hook)(void);

/* The messages of script_check as JSON text:
 * {"messages":[{"code","file","line","column","width","text","help"}]}. */
struct str check_program(struct arena *a, const json_t *program,
                         const struct script_limits *limits);

#endif
