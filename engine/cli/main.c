/* The program: the worker first, then the command.  Nothing else in espalier ends the process. */
#include "cli/cli.h"

#include "cli/options.h"
#include "cli/table.h"

#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>

static void print_error(const struct cli *c, const struct err *e)
{
    struct arena *a = arena_new();
    if (c->json) {
        json_t *o =
            json_pack("{s:s,s:s,s:s}", "type", "error", "code", err_name(e->code), "text", e->text);
        if (c->problems)
            json_object_set(o, "problems", c->problems);
        (void)fprintf(stderr, "%s\n", json_write_line(a, o).p);
        json_decref(o);
    } else {
        (void)fprintf(stderr, "espalier: %s\n", text_safe(a, str_of(e->text), true).p);
    }
    arena_free(a);
}

/* No core dumps with confidential words, no death by a closed pipe or a full disk quota. */
static void settle_process(void)
{
    const struct rlimit none = {0, 0};
    (void)umask(077);
    (void)setrlimit(RLIMIT_CORE, &none);
    (void)prctl(PR_SET_DUMPABLE, 0);
    (void)signal(SIGPIPE, SIG_IGN);
    (void)signal(SIGXFSZ, SIG_IGN);
    (void)setlocale(LC_CTYPE, "C.UTF-8");
}

static bool run_command(struct cli *c, const struct command *command, struct err *e)
{
    if (command->worker && !script_host_open(NULL, &c->host, e))
        return false;
    bool ok = command->run(c, e);
    if (ok && (fflush(stdout) != 0 || ferror(stdout)))
        ok = err_set(e, ERR_DISK,
                     "The output could not be written to its end. What was entered is saved.");
    practice_close(c->practice);
    script_host_close(c->host);
    return ok;
}

int main(int argc, char **argv)
{
    struct cli c = {.a = arena_new()};
    struct err e = {0};
    const struct command *command;
    settle_process();
    bool ok = options_parse(&c, argc, argv, &command, &e) && run_command(&c, command, &e);
    if (!ok)
        print_error(&c, &e);
    int status = ok ? c.status : err_exit_status(e.code);
    json_decref(c.problems);
    arena_free(c.a);
    return status;
}
