/* Holding the conversation. */
#include "cli/cli.h"

#include "term/term.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool in_terminal(struct cli *c, struct journey *j, struct err *e)
{
    const char *term = getenv("TERM"), *no_color = getenv("NO_COLOR");
    bool dumb = !term || !*term || strcmp(term, "dumb") == 0;
    bool terminal = isatty(STDIN_FILENO) && isatty(STDOUT_FILENO) && !dumb && !c->no_input;
    struct term_options o = {.language =
                                 cli_option(c, "lang") ? c->language : journey_record(j)->language,
                             .client = str_of(c->args[0]),
                             .color = terminal && !(no_color && *no_color),
                             .interactive = terminal,
                             .in = STDIN_FILENO,
                             .out = STDOUT_FILENO};
    return term_run(j, &o, e);
}

bool command_run(struct cli *c, struct err *e)
{
    struct journey *j;
    if (!cli_journey(c, &j, e))
        return false;
    bool ok = c->json ? json_lines_run(j, e) : in_terminal(c, j, e);
    if (ok)
        cli_check_trouble(c, j);
    journey_close(j);
    return ok;
}
