/* The command line: options anywhere, one command of one or two words, its arguments. */
#ifndef ESPALIER_CLI_OPTIONS_H
#define ESPALIER_CLI_OPTIONS_H

#include "cli/table.h"

/* Reads the command line into `c` and finds the command; checks number and names of what was given.
 * Fails with ERR_USAGE and "did you mean". */
MUST_USE bool options_parse(struct cli *c, int argc, char **argv, const struct command **command,
                            struct err *e);

#endif
