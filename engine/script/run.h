/* One run of a script inside a worker: what it was given, where it stands, what it has made so far.
 * Lives as long as its arena; every function that Lua calls finds it with run_of.  Texts of the
 * outcome are written as JSON into arena buffers at once, so that an error raised anywhere leaves
 * nothing behind that must be freed. */
#ifndef ESPALIER_SCRIPT_RUN_H
#define ESPALIER_SCRIPT_RUN_H

#include "base/json.h"
#include "script/script.h"

#include <lauxlib.h>
#include <lua.h>

enum {
    RUN_ENTRIES_MAX = 25000, /* path entries */
    RUN_KEY_MAX = 240,       /* bytes of a key */
    RUN_LOG_MAX = 100,       /* lines of the log */
    RUN_DEPTH_MAX = 16,      /* of values that leave the script */
    RUN_NODES_MAX = 1000,
};

enum entry_state { ENTRY_ANSWERED, ENTRY_SKIPPED, ENTRY_OPEN, ENTRY_INVALID };

/* A question on the path. */
struct entry {
    struct str key, id, phase, step, item;
    struct str why, rows, start, vars; /* a sentence; JSON or empty */
    struct str until, who;             /* of a wait */
    const json_t *question, *value;    /* borrowed; value only if answered */
    enum entry_state state;
    bool required, wait;
    int line;
};

/* What went wrong, in the author's words. */
struct fault {
    const char *code; /* NULL: nothing */
    struct str file, text, help, word;
    int line, column, width;
};

/* Written by the worker, read by the zygote when the worker had to be killed. */
struct status_page {
    char key[RUN_KEY_MAX + 1];
    char file[128];
    int line;
};

struct run {
    struct arena *a;
    lua_State *L;
    const json_t *def, *questions, *sources, *answers;
    struct str script, seed, today_given;
    struct script_limits limits;
    struct status_page *page;

    size_t used;  /* bytes of the Lua state */
    int refusals; /* allocations that went over the limit */
    /* For tests: the allocation that fails, from 1; all from N on if -N; 0 for none. */
    long long fail_at, allocations;
    long long instructions;
    int line; /* of the author's code, as last seen: for faults that cannot ask where they are */

    struct str phase, step;
    const json_t *phase_def;
    char scope[RUN_KEY_MAX + 1]; /* "round2/k3f9qa/" */
    size_t scope_n;

    struct entry *path;
    size_t n, room;
    struct buf messages, canvas, outputs, advice, log, phases;
    size_t derived; /* bytes of what the script made up, against limits.output */
    int logged;
    char today[11];

    const json_t *expression_of; /* the question whose `when` or `check` is being evaluated */
    bool read_open, read_nil;    /* what that expression has looked at */
    bool joined;                 /* lanes have been joined: look into them too */
    bool done;
    struct fault fault;
};

/* Lua tables of a run, kept in the registry. */
enum run_table {
    TABLE_API,         /* what scripts can call, by name */
    TABLE_ENV,         /* the _ENV of scripts: reads API, refuses writes */
    TABLE_SEEN,        /* scope and name of a question: its place on the path */
    TABLE_VALUES,      /* place on the path: the value as Lua sees it */
    TABLE_COUNTS,      /* key: line and how often it was asked */
    TABLE_ORIGIN,      /* item: the place on the path it comes from */
    TABLE_TEXTS,       /* text of an answer: its place on the path */
    TABLE_BY_ITEM,     /* item id: places on the path asked for it */
    TABLE_MODULES,     /* name: what the module gave */
    TABLE_EXPRESSIONS, /* source of an expression: its function */
    TABLE_JOINED,      /* scope: its lanes have been joined */
    TABLE_SHARED,      /* lists and data already converted */
    RUN_TABLES
};

struct run *run_of(lua_State *L);

/* Pushes one of the tables above. */
void run_push_table(lua_State *L, enum run_table which);

/* Raises the private errors.  A fault reaches the author however many pcalls are in between; a stop
 * ends the run at an open question.  `word` is looked for in the line to place the caret; may be
 * empty.  Raise always. */
_Noreturn void run_stop(lua_State *L);
_Noreturn void run_fault(lua_State *L, const char *code, struct str word, struct str help,
                         const char *format, ...) PRINTF_LIKE(5, 6);

_Noreturn void run_raise_fault(lua_State *L); /* with r->fault already set */

/* Sets the fault of a protected call that ended with lack of memory or of stack; nothing for other
 * results. */
void fault_from_status(struct run *r, int status);

/* Is the value on top of the stack one of the private errors? */
bool run_is_private(lua_State *L, int index);
bool run_is_stop(lua_State *L, int index);

/* Fills in the fault from an error message of Lua itself; the message handler of every protected
 * call. */
int run_handle_error(lua_State *L);

/* Sets the fault without raising; keeps the first one. */
void fault_set(struct run *r, struct fault f);

/* File and line of the author's code that runs now; false if none does. */
bool run_place(lua_State *L, struct str *file, int *line);

/* Finds the column (from 1) of `f->word` in its line. */
void fault_find_column(const struct run *r, struct fault *f);

/* Puts "did you mean" before `otherwise`, if one of the known names is near. */
struct str run_did_you_mean(struct arena *a, struct str word, const json_t *known,
                            struct str otherwise);

/* The text at a stack index, which must be a string. */
struct str run_text(lua_State *L, int index);

/* Adds JSON text to one of the lists of the outcome, counting it against the limit.  Raises. */
void run_add(lua_State *L, struct buf *list, struct str json);
void run_log(struct run *r, struct str line);

/* Is it an id ([a-z][a-z0-9_]*)? */
bool run_is_id(struct str s);

#endif
