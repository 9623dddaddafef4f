/* Holding the conversation. */
#include "cli/cli.h"

#include "term/term.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Where texts that are written in an editor lie meanwhile: beside the practice, on the same disk.
 */
static struct str folder_of_practice(struct cli *c)
{
    const char *path;
    struct err ignored;
    char whole[PATH_MAX];
    if (!cli_path(c, &path, &ignored) || !realpath(path, whole))
        return STR("");
    return str_copy(c->a, str_part(str_of(whole), 0, (size_t)(strrchr(whole, '/') - whole)));
}

static bool in_terminal(struct cli *c, struct journey *j, struct str name, struct err *e)
{
    const char *term = getenv("TERM"), *no_color = getenv("NO_COLOR");
    bool dumb = !term || !*term || strcmp(term, "dumb") == 0;
    bool terminal = isatty(STDIN_FILENO) && isatty(STDOUT_FILENO) && !dumb && !c->no_input;
    struct term_options o = {.language =
                                 cli_option(c, "lang") ? c->language : journey_record(j)->language,
                             .client = name,
                             .color = terminal && !(no_color && *no_color),
                             .interactive = terminal,
                             .scratch = folder_of_practice(c),
                             .in = STDIN_FILENO,
                             .out = STDOUT_FILENO};
    if (term_run(j, &o, e))
        return true;
    /* The person was told already, in the language of the conversation. */
    if (e->code != ERR_INTERRUPTED && e->code != ERR_SCRIPT)
        return false;
    c->status = err_exit_status(e->code);
    return true;
}

bool command_run(struct cli *c, struct err *e)
{
    struct store_client client;
    struct journey *j;
    if (!cli_client(c, &client, e) || !cli_journey(c, &j, e))
        return false;
    bool ok = c->json ? json_lines_run(j, e) : in_terminal(c, j, client.name, e);
    if (ok)
        cli_check_trouble(c, j);
    journey_close(j);
    return ok;
}
