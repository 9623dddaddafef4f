/* The table of commands and the table of options: all that help, "did you mean" and the reading of
 * the command line know. A new command is one row, one function, and its name in tests/e2e. */
#ifndef ESPALIER_CLI_TABLE_H
#define ESPALIER_CLI_TABLE_H

#include "cli/cli.h"

struct command {
    const char *group;   /* title in the overview, on the first row of a group */
    const char *name;    /* "client add" */
    const char *args;    /* "NAME", for help */
    const char *options; /* "why journey": what it takes besides the options for everywhere */
    int least, most;     /* number of arguments */
    bool worker;         /* it runs scripts: the worker is started before anything is opened */
    const char *summary; /* one line */
    const char *details; /* a paragraph for `help COMMAND`; may be empty */
    const char *example; /* what follows "espalier "; may be empty */
    bool (*run)(struct cli *c, struct err *e);
};

/* The table, ended by a row without a name. */
extern const struct command commands[];

struct option {
    const char *name, *value, *summary; /* value: what follows, as "FILE"; empty: nothing does */
    bool everywhere;
};

/* The table, ended by a row without a name. */
extern const struct option options[];

const struct option *option_find(struct str name);

/* Does the command (or, if NULL, every command) take this option? */
bool option_is_for(const struct command *command, const char *name);

/* The command of that name (one or two words), or NULL; *used is the number of words. */
const struct command *command_find(const char *const *words, int n, int *used);

/* Is the command one of those that begin with this word and have a second one? */
bool command_in_group(const struct command *command, struct str first);

/* Refuses what is no command: what it needs, or what was probably meant. */
bool command_unknown(struct arena *a, const char *const *words, int n, enum err_code code,
                     struct err *e);

#endif
