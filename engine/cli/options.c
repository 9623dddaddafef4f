#include "cli/options.h"

#include "cli/table.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* What is read from the command line, and how far. */
struct words {
    struct cli *c;
    const struct command *command;
    int argc, i;
    char **argv;
};

static bool unknown_option(const struct words *w, struct str name, struct err *e)
{
    struct str known[64];
    size_t n = 0;
    const char *of = w->command ? w->command->name : "espalier";
    for (const struct option *option = options; option->name && n < 64; option++)
        if (option_is_for(w->command, option->name))
            known[n++] = str_of(option->name);
    struct str near = text_nearest(name, known, n);
    if (name.n == 0 || str_find(name, STR(" "), 0) < name.n)
        return err_set(e, ERR_USAGE, "A text that begins with - needs a word -- before it.");
    if (near.n)
        return err_set(e, ERR_USAGE, "%s has no option --%.*s. Did you mean --%s?", of,
                       STR_ARG(name), near.p);
    return err_set(e, ERR_USAGE, "%s has no option --%.*s. See: espalier help%s%s", of,
                   STR_ARG(name), w->command ? " " : "", w->command ? of : "");
}

static bool keep_option(struct cli *c, const struct option *option, const char *value,
                        struct err *e)
{
    if (strcmp(option->name, "json") == 0)
        c->json = true;
    else if (strcmp(option->name, "no-input") == 0)
        c->no_input = true;
    else if (strcmp(option->name, "quiet") == 0)
        c->quiet = true;
    else if (strcmp(option->name, "force") == 0)
        c->force = true;
    if (c->n_options == OPTIONS_MAX)
        return err_set(e, ERR_USAGE, "There are more than %d options on the line.", OPTIONS_MAX);
    c->options[c->n_options].name = option->name;
    c->options[c->n_options++].value = value;
    return true;
}

/* Names of files are bytes; everything else becomes text somewhere. */
static bool check_text(const struct option *option, const char *word, struct err *e)
{
    static const char *const files[] = {"db", "library", "output", "file", "template"};
    for (size_t i = 0; option && i < sizeof files / sizeof files[0]; i++)
        if (strcmp(files[i], option->name) == 0)
            return true;
    return utf8_valid(str_of(word)) ||
        err_set(e, ERR_INPUT,
                "A word on the line is not valid UTF-8 text: \"%.100s\". Nothing was "
                "done.",
                word);
}

/* The option that a word names: --name, --name=value, -o, -h; NULL if there is none.  `*value`:
 * what stands behind "=", or NULL. */
static const struct option *named_option(const char *word, struct str *name, const char **value)
{
    *value = NULL;
    *name = str_of(word + 1);
    if (strcmp(word, "-o") == 0)
        *name = STR("output");
    else if (strcmp(word, "-h") == 0)
        *name = STR("help");
    else if (word[1] == '-') {
        struct str rest;
        *name = str_split(str_of(word + 2), '=', &rest);
        if (name->n < strlen(word + 2))
            *value = rest.p;
    } else {
        return NULL;
    }
    return option_find(*name);
}

/* One word that begins with "-", with its value behind "=" or in the next word. */
static bool take_option(struct words *w, struct err *e)
{
    const char *word = w->argv[w->i], *value;
    struct str name;
    const struct option *option = named_option(word, &name, &value);
    if (!option && word[1] != '-')
        return err_set(e, ERR_USAGE,
                       "There is no option %.100s. A text that begins with - needs a word -- "
                       "before it. See: espalier help options",
                       word);
    if (!option || !option_is_for(w->command, option->name))
        return unknown_option(w, name, e);
    if (value && !*option->value)
        return err_set(e, ERR_USAGE, "--%s takes no value.", option->name);
    if (!value && *option->value) {
        if (w->i + 1 >= w->argc)
            return err_set(e, ERR_USAGE, "--%s needs a value behind it: %s.", option->name,
                           option->value);
        value = w->argv[++w->i];
    }
    value = value ? value : "";
    return check_text(option, value, e) && keep_option(w->c, option, value, e);
}

/* Is the word an option?  "-" alone, and "-5", are not. */
static bool is_option(const char *word)
{
    return word[0] == '-' && (word[1] == '-' || isalpha((unsigned char)word[1]));
}

/* Where the command stands, behind options for everywhere; argc if there is none. */
static int command_place(int argc, char **argv)
{
    int i = 1;
    for (; i < argc; i++) {
        struct str name;
        const char *value;
        if (!is_option(argv[i]))
            return i;
        const struct option *option = named_option(argv[i], &name, &value);
        i += option && *option->value && !value;
    }
    return argc;
}

static bool take_words(struct words *w, int at, int words, struct err *e)
{
    struct cli *c = w->c;
    bool only_args = false;
    for (w->i = 1; w->i < w->argc; w->i++) {
        const char *word = w->argv[w->i];
        if (w->i >= at && w->i < at + words)
            continue;
        if (!only_args && strcmp(word, "--") == 0) {
            only_args = true;
        } else if (!only_args && is_option(word)) {
            if (!take_option(w, e))
                return false;
        } else {
            if (c->n_args == ARGS_MAX)
                return err_set(e, ERR_USAGE, "There are more than %d words on the line.", ARGS_MAX);
            if (!check_text(NULL, word, e))
                return false;
            c->args[c->n_args++] = word;
        }
    }
    return true;
}

static bool check_count(const struct cli *c, const struct command *command, struct err *e)
{
    if (c->n_args >= command->least && c->n_args <= command->most)
        return true;
    return err_set(e, ERR_USAGE, "%s: %s. It is used like this: espalier %s%s%s", command->name,
                   c->n_args < command->least ? "something is missing"
                                              : "there is too much on the line",
                   command->name, *command->args ? " " : "", command->args);
}

static bool choose_language(struct cli *c, struct err *e)
{
    const char *given = cli_option(c, "lang");
    if (given) {
        c->language = str_of(given);
        if (!str_is(c->language, "en") && !str_is(c->language, "fr"))
            return err_set(e, ERR_USAGE, "--lang is en or fr, not \"%.100s\".", given);
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

/* Looks ahead: a mistake before --json is told as JSON, too. */
static bool wants(int argc, char **argv, const char *option)
{
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++)
        if (strcmp(argv[i], option) == 0)
            return true;
    return false;
}

/* --help behind a command is help about it; --version stands alone. */
static void turn_to_help(struct cli *c, const struct command **command)
{
    static const char *const help[] = {"help"}, *const version[] = {"version"};
    int used;
    bool asks_version = !*command && cli_option(c, "version") && !cli_option(c, "help");
    if (*command && !cli_option(c, "help"))
        return;
    if (*command) {
        c->n_args = 1;
        c->args[0] = (*command)->name;
    }
    *command = command_find(asks_version ? version : help, 1, &used);
}

bool options_parse(struct cli *c, int argc, char **argv, const struct command **command,
                   struct err *e)
{
    struct words w = {.c = c, .argc = argc, .argv = argv};
    int at = command_place(argc, argv), words = 0;
    const char *const *rest = (const char *const *)argv + at;
    c->json = wants(argc, argv, "--json");
    *command = at < argc ? command_find(rest, argc - at, &words) : NULL;
    if (!*command && at < argc && !wants(argc, argv, "--help") && !wants(argc, argv, "-h"))
        return command_unknown(c->a, rest, argc - at, ERR_USAGE, e);
    words = *command ? words : 0;
    w.command = *command;
    if (!take_words(&w, at, words, e))
        return false;
    turn_to_help(c, command);
    choose_library(c);
    c->db = cli_option(c, "db");
    return choose_language(c, e) && check_count(c, *command, e);
}
