#include "cli/options.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char global_options[] =
    "db= library= lang= json no-input quiet force journey= output= help version";

/* Is `name` in a list like "lang= shared"?  *valued: does a value follow? */
static bool listed(const char *list, struct str name, bool *valued)
{
    struct str rest = str_of(list);
    while (rest.n > 0) {
        struct str option = str_split(rest, ' ', &rest);
        *valued = str_ends(option, STR("="));
        if (*valued)
            option.n--;
        if (str_eq(option, name))
            return true;
    }
    return false;
}

static bool unknown_option(struct cli *c, const struct command *command, struct str name,
                           struct err *e)
{
    struct str known[64], rest = str_of(command ? command->options : ""),
                          more = str_of(global_options);
    size_t n = 0;
    while (rest.n > 0 && n < 32)
        known[n++] = str_split(str_split(rest, ' ', &rest), '=', &(struct str){0});
    while (more.n > 0 && n < 64)
        known[n++] = str_split(str_split(more, ' ', &more), '=', &(struct str){0});
    struct str near = text_nearest(name, known, n);
    const char *of = command ? command->name : "espalier";
    if (near.n)
        return err_set(e, ERR_USAGE, "%s has no option --%.*s. Did you mean --%s?", of,
                       STR_ARG(name), str_copy(c->a, near).p);
    return err_set(e, ERR_USAGE, "%s has no option --%.*s. See: espalier help%s%s", of,
                   STR_ARG(name), command ? " " : "", command ? command->name : "");
}

static bool keep_option(struct cli *c, const char *name, const char *value, struct err *e)
{
    if (strcmp(name, "json") == 0)
        c->json = true;
    else if (strcmp(name, "no-input") == 0)
        c->no_input = true;
    else if (strcmp(name, "quiet") == 0)
        c->quiet = true;
    else if (strcmp(name, "force") == 0)
        c->force = true;
    if (c->n_options == OPTIONS_MAX)
        return err_set(e, ERR_USAGE, "Too many options.");
    c->options[c->n_options].name = name;
    c->options[c->n_options++].value = value;
    return true;
}

/* One word that begins with "--", with its value behind "=" or in the next word. */
static bool take_option(struct cli *c, const struct command *command, char **argv, int argc, int *i,
                        struct err *e)
{
    struct str word = str_of(argv[*i] + 2), value;
    struct str name = str_split(word, '=', &value);
    bool has_value = name.n < word.n, valued;
    if (!listed(global_options, name, &valued) &&
        !(command && listed(command->options, name, &valued)))
        return unknown_option(c, command, name, e);
    if (has_value && !valued)
        return err_set(e, ERR_USAGE, "--%.*s takes no value.", STR_ARG(name));
    if (valued && !has_value) {
        if (*i + 1 >= argc)
            return err_set(e, ERR_USAGE, "--%.*s needs a value behind it.", STR_ARG(name));
        value = str_of(argv[++*i]);
    }
    return keep_option(c, str_copy(c->a, name).p, str_copy(c->a, value).p, e);
}

/* The command is looked for first, so that its own options are known wherever they stand. */
static const struct command *find_command(int argc, char **argv, int *at, int *words)
{
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--") == 0)
            break;
        if (argv[i][0] == '-' && argv[i][1] != '\0') {
            bool valued = false;
            bool inside = strchr(argv[i], '=') != NULL;
            if (strcmp(argv[i], "-o") == 0)
                valued = true;
            else if (argv[i][1] == '-')
                (void)listed(global_options, str_of(argv[i] + 2), &valued);
            i += valued && !inside;
            continue;
        }
        *at = i;
        return command_find((const char *const *)argv + i, argc - i, words);
    }
    *at = argc;
    return NULL;
}

static bool take_words(struct cli *c, const struct command *command, int argc, char **argv, int at,
                       int words, struct err *e)
{
    bool only_args = false;
    for (int i = 1; i < argc; i++) {
        const char *word = argv[i];
        if (i >= at && i < at + words)
            continue;
        if (!only_args && strcmp(word, "--") == 0) {
            only_args = true;
        } else if (!only_args && strcmp(word, "-o") == 0) {
            if (++i >= argc)
                return err_set(e, ERR_USAGE, "-o needs the name of a file behind it.");
            if (!keep_option(c, "output", argv[i], e))
                return false;
        } else if (!only_args && strcmp(word, "-h") == 0) {
            if (!keep_option(c, "help", "", e))
                return false;
        } else if (!only_args && word[0] == '-' && word[1] == '-') {
            if (!take_option(c, command, argv, argc, &i, e))
                return false;
        } else if (!only_args && word[0] == '-' && isalpha((unsigned char)word[1])) {
            return err_set(e, ERR_USAGE, "There is no option %s. See: espalier help", word);
        } else {
            if (c->n_args == ARGS_MAX)
                return err_set(e, ERR_USAGE, "More than %d arguments.", ARGS_MAX);
            c->args[c->n_args++] = word;
        }
    }
    return true;
}

static bool check_count(const struct cli *c, const struct command *command, struct err *e)
{
    if (c->n_args >= command->least && c->n_args <= command->most)
        return true;
    return err_set(e, ERR_USAGE, "%s: %s. It is used like this: espalier %s %s", command->name,
                   c->n_args < command->least ? "something is missing"
                                              : "there is too much on the line",
                   command->name, command->args);
}

static bool choose_language(struct cli *c, struct err *e)
{
    const char *given = cli_option(c, "lang");
    if (given) {
        c->language = str_of(given);
        if (!str_is(c->language, "en") && !str_is(c->language, "fr"))
            return err_set(e, ERR_USAGE, "--lang is en or fr, not \"%s\".", given);
        return true;
    }
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    c->language = STR("en");
    for (size_t i = 0; i < 3; i++) {
        const char *value = getenv(names[i]);
        if (!value || !*value)
            continue;
        if (strncmp(value, "fr", 2) == 0)
            c->language = STR("fr");
        break;
    }
    return true;
}

static void choose_library(struct cli *c)
{
    static const char *folders[3];
    size_t n = 0;
    const char *given = cli_option(c, "library"), *of_environment = getenv("ESPALIER_LIBRARY");
    const char *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
    if (given)
        folders[n++] = given;
    if (of_environment && *of_environment)
        folders[n++] = of_environment;
    if (data && *data == '/')
        folders[n++] = str_format(c->a, "%s/espalier/library", data).p;
    else if (home && *home == '/')
        folders[n++] = str_format(c->a, "%s/.local/share/espalier/library", home).p;
    c->library = (struct library){folders, n};
}

bool options_parse(struct cli *c, int argc, char **argv, const struct command **command,
                   struct err *e)
{
    int at, words = 1;
    static const char *const help[] = {"help"}, *const version[] = {"version"};
    *command = find_command(argc, argv, &at, &words);
    if (!*command && at < argc) {
        struct str near = command_nearest(c->a, str_of(argv[at]));
        if (near.n)
            return err_set(e, ERR_USAGE, "There is no command \"%s\". Did you mean \"%s\"?",
                           argv[at], near.p);
        return err_set(e, ERR_USAGE, "There is no command \"%s\". See: espalier help", argv[at]);
    }
    if (!take_words(c, *command, argc, argv, at, *command ? words : 0, e))
        return false;
    if (cli_option(c, "help") || !*command) {
        bool asks_version = !*command && cli_option(c, "version");
        if (*command) {
            c->n_args = 1;
            c->args[0] = (*command)->name;
        }
        *command = command_find(asks_version ? version : help, 1, &words);
    }
    choose_library(c);
    c->db = cli_option(c, "db");
    return choose_language(c, e) && check_count(c, *command, e);
}
