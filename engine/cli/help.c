/* Help, made from the table of commands. */
#include "cli/cli.h"

#include "workflow/value.h"

#include <stdio.h>
#include <string.h>

static void print_line(void *user, struct str part)
{
    (void)printf("%s%.*s\n", (const char *)user, STR_ARG(part));
}

static void print_overview(void)
{
    (void)printf("espalier walks a Social Innovator through Define, Reflect, Rework and Test, "
                 "keeps every answer and\n"
                 "writes the development plan and the one-page canvas.\n\n"
                 "espalier [--db FILE] [--library DIR] [--lang en|fr] [--json] [--no-input] "
                 "[--quiet] COMMAND ...\n\n");
    for (const struct command *command = commands; command->name; command++)
        (void)printf("  %-12s %s\n", command->name, command->summary);
    (void)printf(
        "\nCLIENT is a name, the beginning of one, or an id.  --journey N means the client's N-th "
        "journey.\n"
        "Begin:  espalier client add \"Ada\" && espalier start ada first-talk && espalier run ada\n"
        "More:   espalier help COMMAND, help limits, help environment\n");
}

static void print_command(const struct command *command)
{
    static char indent[] = "  ";
    (void)printf("espalier %s %s\n\n  %s\n", command->name, command->args, command->summary);
    if (*command->details) {
        (void)printf("\n");
        text_wrap(str_of(command->details), cli_width() - 2, print_line, indent);
    }
}

/* The limits of INTERFACES.md section 4, from the constants the program itself uses. */
static const struct {
    const char *what, *unit;
    long long limit;
} limits[] = {
    {"an answer", "bytes", ANSWER_MAX},
    {"a list", "items", LIST_MAX},
    {"a journey", "keys", 20000},
    {"a YAML file", "bytes", YAML_FILE_MAX},
    {"a script", "bytes", SCRIPT_FILE_MAX},
    {"a bundle", "bytes", BUNDLE_MAX},
    {"memory of a script", "bytes", 32 << 20},
    {"time of a script", "milliseconds", 1000},
    {"output of a script", "bytes", 1 << 20},
    {"a JSON line", "bytes", 256 << 10},
};

static void print_limits(struct cli *c)
{
    json_t *list = json_array();
    for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++) {
        json_array_append_new(list,
                              json_pack("{s:s,s:I,s:s}", "what", limits[i].what, "limit",
                                        (json_int_t)limits[i].limit, "unit", limits[i].unit));
        if (!c->json)
            (void)printf("  %-20s %10lld %s\n", limits[i].what, limits[i].limit, limits[i].unit);
    }
    if (c->json)
        cli_print_json(c, json_incref(list));
    json_decref(list);
}

static void print_environment(void)
{
    (void)printf(
        "  ESPALIER_DB        the practice file, unless --db is given\n"
        "  XDG_DATA_HOME      its folder otherwise: $XDG_DATA_HOME/espalier/practice.db, or below "
        "~/.local/share\n"
        "  ESPALIER_LIBRARY   a folder with workflows/ and scripts/ of your own, before the ones "
        "inside the program\n"
        "  LANG, LC_ALL       French if they begin with fr; --lang goes before\n"
        "  VISUAL, EDITOR     the editor for long texts\n"
        "  NO_COLOR, TERM     no colours; a dumb terminal gets plain lines\n"
        "  ESPALIER_CLOCK     fixes the clock, as 2026-11-23T10:00:00Z (for tests)\n"
        "  ESPALIER_SEED      makes ids follow from a text (for tests)\n"
        "  ESPALIER_ALLOW_NETWORK_FS   1: keep the practice on a network drive at your own risk\n");
}

bool command_help(struct cli *c, struct err *e)
{
    int used;
    if (c->n_args == 0) {
        print_overview();
        return true;
    }
    if (strcmp(c->args[0], "limits") == 0) {
        print_limits(c);
        return true;
    }
    if (strcmp(c->args[0], "environment") == 0) {
        print_environment();
        return true;
    }
    const struct command *command = command_find(c->args, c->n_args, &used);
    if (!command) {
        struct str near = command_nearest(c->a, cli_arg(c, 0));
        return err_set(e, ERR_NOT_FOUND, "There is no command \"%s\".%s%s", c->args[0],
                       near.n ? " Did you mean " : "", near.p);
    }
    print_command(command);
    return true;
}
