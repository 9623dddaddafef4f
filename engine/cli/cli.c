/* What the commands share: where things are, printing, delivering. */
#include "cli/cli.h"

#include "practice/french.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

const char *cli_option(const struct cli *c, const char *name)
{
    for (int i = c->n_options; i > 0; i--)
        if (strcmp(c->options[i - 1].name, name) == 0)
            return c->options[i - 1].value;
    return NULL;
}

struct str cli_arg(const struct cli *c, int i)
{
    return i < c->n_args ? str_of(c->args[i]) : STR("");
}

bool cli_path(struct cli *c, const char **path, struct err *e)
{
    const char *of_environment = getenv("ESPALIER_DB"), *data = getenv("XDG_DATA_HOME"),
               *home = getenv("HOME");
    if (c->db && *c->db)
        *path = c->db;
    else if (c->db)
        return err_set(e, ERR_USAGE, "--db needs the name of a file.");
    else if (of_environment && *of_environment)
        *path = of_environment;
    else if (data && *data == '/')
        *path = str_format(c->a, "%s/espalier/practice.db", data).p;
    else if (home && *home == '/')
        *path = str_format(c->a, "%s/.local/share/espalier/practice.db", home).p;
    else
        return err_set(
            e, ERR_USAGE,
            "There is no home folder to keep the practice in. Name a file with --db FILE.");
    return true;
}

bool cli_practice(struct cli *c, bool create, struct err *e)
{
    struct practice_options o = {
        .create = create, .library = c->library, .host = c->host, .language = c->language};
    if (c->practice)
        return true;
    return cli_path(c, &o.path, e) && practice_open(&o, &c->practice, e);
}

bool cli_client(struct cli *c, struct store_client *out, struct err *e)
{
    return cli_practice(c, true, e) &&
        practice_client_find(c->practice, c->a, cli_arg(c, 0), out, e);
}

/* By number (1 is the first), or the latest that is open, or the latest. */
static bool choose_journey(struct cli *c, const struct store_client *client,
                           const struct store_journey *list, size_t n, struct str *id,
                           struct err *e)
{
    const char *wanted = cli_option(c, "journey");
    if (n == 0)
        return err_set(e, ERR_NOT_FOUND,
                       "%s has not begun a journey yet. Begin one: espalier start \"%s\"",
                       client->name.p, client->name.p);
    if (wanted) {
        char *end;
        long number = strtol(wanted, &end, 10);
        if (*wanted && !*end && number >= 1 && (size_t)number <= n)
            *id = list[number - 1].id;
        else
            return err_set(
                e, ERR_NOT_FOUND,
                "There is no journey \"%.40s\": %s has %zu. See: espalier client show \"%s\"",
                wanted, client->name.p, n, client->name.p);
        return true;
    }
    size_t i = n;
    while (i > 0 && list[i - 1].closed != 0)
        i--;
    *id = list[i > 0 ? i - 1 : n - 1].id;
    return true;
}

bool cli_journey(struct cli *c, struct journey **out, struct err *e)
{
    struct store_client client;
    struct store_journey *list;
    struct str id, language = cli_option(c, "lang") ? c->language : STR("");
    size_t n;
    return cli_client(c, &client, e) &&
        practice_journeys(c->practice, c->a, &client, &list, &n, e) &&
        choose_journey(c, &client, list, n, &id, e) &&
        journey_open(c->practice, id, language, out, e);
}

void cli_speak(const struct cli *c, const struct journey *j)
{
    practice_speak(cli_option(c, "lang") ? c->language : journey_record(j)->language);
}

void cli_print(struct str text)
{
    (void)fwrite(text.p, 1, text.n, stdout);
}

void cli_print_json(struct cli *c, json_t *value)
{
    cli_print(json_write_pretty(c->a, value));
    cli_print(STR("\n"));
    json_decref(value);
}

void cli_say(const struct cli *c, const char *format, ...)
{
    if (c->quiet)
        return;
    va_list args;
    (void)fflush(stdout); /* what was printed comes before what is said of it */
    va_start(args, format);
    (void)vfprintf(stderr, format, args);
    va_end(args);
}

static void put_diags(struct cli *c, FILE *to, const struct diags *d, bool warnings)
{
    for (size_t i = 0; i < d->n; i++)
        if (warnings || d->list[i].code[0] == 'E')
            (void)fprintf(to, "%s\n", diag_print(c->a, &d->list[i]).p);
    if (d->full)
        (void)fprintf(to, "There is more; mend these first.\n");
}

static json_t *diags_json(const struct diags *d)
{
    json_t *list = json_array();
    for (size_t i = 0; i < d->n; i++)
        json_array_append_new(list, diag_json(&d->list[i]));
    return list;
}

void cli_print_diags(struct cli *c, const struct diags *d)
{
    if (c->json)
        cli_print_json(c, diags_json(d));
    else
        put_diags(c, stdout, d, true);
}

void cli_refuse_diags(struct cli *c, const struct diags *d)
{
    if (!c->json)
        put_diags(c, stderr, d, false);
    else if (d->n > 0 && !c->problems)
        c->problems = diags_json(d);
}

json_t *cli_next(const json_t *view)
{
    const json_t *next = journey_due(view);
    if (!next)
        return json_null();
    return json_pack("{s:O,s:O}", "key", json_object_get(next, "key"), "ask",
                     json_object_get(next, "ask"));
}

void cli_say_next(struct cli *c, const json_t *view)
{
    const json_t *next = journey_due(view);
    struct str name = text_safe(c->a, cli_arg(c, 0), false);
    if (json_flag(view, "done", false))
        cli_say(c, "The journey is finished. The plan: espalier plan \"%s\"\n", name.p);
    else if (next)
        cli_say(c, "Next: %s\n    espalier answer \"%s\" %s=...   or: espalier run \"%s\"\n",
                text_safe(c->a, json_member(next, "ask"), false).p, name.p,
                json_member(next, "key").p, name.p);
}

void cli_say_trouble(struct cli *c, const json_t *view)
{
    const json_t *trouble = json_object_get(view, "trouble");
    if (!trouble)
        return;
    c->status = err_exit_status(ERR_SCRIPT);
    struct str text = json_member(trouble, "text");
    if (c->json) {
        json_t *error =
            json_pack("{s:s,s:s,s:o,s:O}", "type", "error", "code", err_name(ERR_SCRIPT), "text",
                      json_new_text(text), "trouble", trouble);
        (void)fprintf(stderr, "%s\n", json_write_line(c->a, error).p);
        json_decref(error);
        return;
    }
    struct str code = json_member(trouble, "code"), file = json_member(trouble, "file");
    (void)fprintf(stderr, "espalier: The workflow's script failed; every answer is safe.\n");
    (void)fprintf(stderr, "    %s", code.p);
    if (file.n > 0)
        (void)fprintf(stderr, "  %s:%lld", file.p, json_whole(trouble, "line", 0));
    (void)fprintf(stderr, "  %s\n    Mend the script; see: espalier explain %s\n",
                  text_safe(c->a, text, false).p, code.p);
}

void cli_check_trouble(struct cli *c, struct journey *j)
{
    json_t *view = journey_view(j);
    cli_say_trouble(c, view);
    json_decref(view);
}

bool cli_deliver(struct cli *c, struct str text, struct err *e)
{
    const char *file = cli_option(c, "output");
    if (!file) {
        cli_print(isatty(STDOUT_FILENO) ? text_safe(c->a, text, true) : text);
        return true;
    }
    if (!*file)
        return err_set(e, ERR_USAGE, "-o needs the name of a file.");
    if (!files_write(file, text, c->force, e))
        return false;
    struct str name = text_safe(c->a, str_of(file), false);
    if (c->json)
        cli_print_json(c, json_pack("{s:o}", "written", json_new_text(name)));
    else
        cli_say(c, "Written: %s\n", name.p);
    return true;
}

size_t cli_width(void)
{
    struct winsize size;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 20)
        return size.ws_col;
    return 80;
}
