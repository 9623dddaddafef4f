/* Help, made from the tables. */
#include "cli/table.h"

#include <stdio.h>
#include <string.h>

static const char *const about =
    "espalier walks a Social Innovator through Define, Reflect, Rework and Test, keeps every "
    "answer, and writes the development plan and the one-page canvas.";

static void print_line(void *user, struct str part)
{
    (void)printf("%s%.*s\n", (const char *)user, STR_ARG(part));
}

static void print_paragraph(const char *text, const char *indent)
{
    text_wrap(str_of(text), cli_width() - strlen(indent), print_line, (void *)(uintptr_t)indent);
}

static void print_overview(void)
{
    print_paragraph(about, "");
    (void)printf("\nespalier [--db FILE] [--library DIR] [--lang en|fr] [--json] [--no-input] "
                 "[--quiet] COMMAND ...\n");
    for (const struct command *command = commands; command->name; command++) {
        if (*command->group)
            (void)printf("\n%s\n", command->group);
        (void)printf("  %-12s %s\n", command->name, command->summary);
    }
    (void)printf(
        "\nCLIENT is a name, the beginning of one, or an id.  Options may stand anywhere.\n"
        "Begin:  espalier client add \"Ada\" && espalier start ada first-talk && espalier run ada\n"
        "Look:   espalier demo\n"
        "More:   espalier help COMMAND; help values, limits, environment, statuses, options\n");
}

static void print_options(const struct command *command)
{
    bool first = true;
    for (const struct option *option = options; option->name; option++) {
        char left[40];
        if (option->everywhere || !option_is_for(command, option->name))
            continue;
        (void)snprintf(left, sizeof left, "--%s %s", option->name, option->value);
        (void)printf("%s  %-20s %s\n", first ? "\nOptions\n" : "", left, option->summary);
        first = false;
    }
}

static void print_command(const struct command *command)
{
    (void)printf("espalier %s%s%s\n\n  %s\n", command->name, *command->args ? " " : "",
                 command->args, command->summary);
    if (*command->details) {
        (void)printf("\n");
        print_paragraph(command->details, "  ");
    }
    print_options(command);
    if (*command->example)
        (void)printf("\nExample\n  espalier %s\n", command->example);
    (void)printf("\nFor every command: --db --library --lang --json --no-input --quiet "
                 "(espalier help options)\n");
}

static json_t *command_json(const struct command *command)
{
    json_t *list = json_array();
    for (const struct option *option = options; option->name; option++)
        if (option_is_for(command, option->name))
            json_array_append_new(list,
                                  json_pack("{s:s,s:s,s:s}", "name", option->name, "value",
                                            option->value, "summary", option->summary));
    return json_pack("{s:s,s:s,s:s,s:s,s:o,s:s}", "command", command->name, "arguments",
                     command->args, "summary", command->summary, "details", command->details,
                     "options", list, "example", command->example);
}

static bool help_overview(struct cli *c)
{
    if (!c->json) {
        print_overview();
        return true;
    }
    json_t *list = json_array();
    for (const struct command *command = commands; command->name; command++)
        json_array_append_new(list, command_json(command));
    cli_print_json(c, json_pack("{s:s,s:o}", "about", about, "commands", list));
    return true;
}

/* All commands of a group, as for `help client`; false if there is none. */
static bool help_group(struct cli *c, struct str first)
{
    json_t *list = json_array();
    for (const struct command *command = commands; command->name; command++) {
        if (!command_in_group(command, first))
            continue;
        if (!c->json)
            (void)printf("  espalier %-12s %s\n", command->name, command->summary);
        json_array_append_new(list, command_json(command));
    }
    bool found = json_array_size(list) > 0;
    if (found && c->json)
        cli_print_json(c, json_pack("{s:O}", "commands", list));
    json_decref(list);
    return found;
}

bool command_help(struct cli *c, struct err *e)
{
    int used = 1;
    if (c->n_args == 0)
        return help_overview(c);
    const struct command *command = command_find(c->args, c->n_args, &used);
    if (c->n_args == 1 && !command &&
        (help_topic(c, cli_arg(c, 0)) || help_group(c, cli_arg(c, 0))))
        return true;
    if (!command || used < c->n_args)
        return command_unknown(c->a, c->args, c->n_args, ERR_NOT_FOUND, e);
    if (c->json)
        cli_print_json(c, command_json(command));
    else
        print_command(command);
    return true;
}
