/* The script runs in its own process.  `script_host_open` forks the zygote before the practice file
 * is opened; every run is a fork of it, with limits, seccomp and a deadline, a fresh Lua state, no
 * database, no key, no path.  One message in (program, answers), one message out (outcome), checked
 * here like a stranger's.
 *
 *     script_host_open(&limits, &host, &e); script_load(host, hash, program, &e);
 *     script_start(host, request, &e); ... commit ...; script_finish(host, &outcome, &e);
 */
#ifndef ESPALIER_SCRIPT_SCRIPT_H
#define ESPALIER_SCRIPT_SCRIPT_H

#include "base/diag.h"
#include "base/json.h"

struct script_host;

/* Limits of a run; zero means the default in brackets. */
struct script_limits {
    int milliseconds;       /* wall clock until SIGKILL [1000] */
    size_t memory;          /* bytes of a Lua state [32 MiB] */
    size_t output;          /* bytes of an outcome [1 MiB, more for path entries] */
    long long instructions; /* budget for the friendly message [20 million] */
    bool trust_scripts; /* run scripts even where the kernel has no seccomp [no: they are refused,
                           E406] */
};

/* Starts the zygote.  Call it first thing in main, with nothing open but the standard streams. */
MUST_USE bool script_host_open(const struct script_limits *limits, struct script_host **out,
                               struct err *e);

/* Ends the zygote and its children.  NULL is allowed. */
void script_host_close(struct script_host *host);

/* Gives the zygote a program (workflow_program) under its hash; does nothing if it is the loaded
 * one. */
MUST_USE bool script_load(struct script_host *host, struct str hash, const json_t *program,
                          struct err *e);

/* Starts one run: {"seed","answers":{KEY:{"v"|"skip","day"}}}.  One run at a time per host. */
MUST_USE bool script_start(struct script_host *host, const json_t *request, struct err *e);

/* The same with the request as JSON text. */
MUST_USE bool script_start_text(struct script_host *host, struct str request, struct err *e);

/* Waits for the outcome of the run (a new reference).  A script that fails, hangs or dies is an
 * outcome too, with "error" set; false only when the worker itself cannot be reached (ERR_SCRIPT).
 */
MUST_USE bool script_finish(struct script_host *host, json_t **outcome, struct err *e);

/* script_start and script_finish in one. */
MUST_USE bool script_run(struct script_host *host, const json_t *request, json_t **outcome,
                         struct err *e);

/* Many runs of the loaded program by one worker, a fresh Lua state each, with the limits of a run
 * for every one of them: `request` is as for script_start, and run i has `changes[i]` put into its
 * answers: {KEY:{"v"|"skip","day"}}, null takes one away.  `each` gets the outcomes in their order,
 * borrowed; it may not run scripts itself.  A run that fails, hangs or dies is an outcome with
 * "error", and the others go on.  False only when the worker cannot be reached. */
struct script_many {
    const json_t *changes;
    void (*each)(void *user, size_t i, json_t *outcome);
    void *user;
};
MUST_USE bool script_run_many(struct script_host *host, const json_t *request,
                              const struct script_many *many, struct err *e);

/* What can be said of a program without answers: syntax of all sources and of `when` and `check`,
 * unknown globals, ids in literal calls that no file knows, the same question asked on two lines.
 * To `d`. */
MUST_USE bool script_check(struct script_host *host, const json_t *program, struct diags *d,
                           struct err *e);

/* scripts/api.lua: the annotations of everything a script may call, made from the table that
 * registers it. */
struct str script_api_annotations(struct arena *a);

#endif
