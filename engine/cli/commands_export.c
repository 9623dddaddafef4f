/* What there is, as files for other programs. */
#include "cli/walk.h"

#include "base/files.h"
#include "document/calendar.h"
#include "document/csv.h"
#include "practice/tables.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const table_names[] = {"items", "actions", "goals", "hours"};
enum { TABLES = sizeof table_names / sizeof table_names[0], PATH_BYTES = 4096 };

struct export
{
    struct cli *c;
    char folder[PATH_BYTES]; /* under a name of its own until all is written */
    json_t *tables[TABLES], *files, *names;
    size_t journeys;
};

static bool is_table(struct str name)
{
    for (size_t i = 0; i < TABLES; i++)
        if (str_is(name, table_names[i]))
            return true;
    return false;
}

static bool write_file(struct export *x, struct str name, struct str content, struct err *e)
{
    struct str path = str_format(x->c->a, "%s/%.*s", x->folder, STR_ARG(name));
    if (!files_write(path.p, content, false, e))
        return false;
    json_array_append_new(x->files, json_new_text(name));
    return true;
}

/* A name that every file system takes, and that no other client has. */
static struct str file_name_of(struct export *x, const struct store_client *client)
{
    struct str known = json_text(json_object_get(x->names, client->id.p));
    if (known.n > 0)
        return known;
    struct buf b = {.a = x->c->a};
    struct str folded = text_fold(x->c->a, client->name);
    for (size_t i = 0; i < folded.n && b.n < 60; i++) {
        char c = folded.p[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (plain || (b.n > 0 && b.p[b.n - 1] != '-'))
            buf_add_char(&b, plain ? c : '-');
    }
    struct str base = buf_str(&b);
    if (str_ends(base, STR("-")))
        base = str_part(base, 0, base.n - 1);
    base = base.n ? str_copy(x->c->a, base) : STR("client");
    struct str name = base;
    for (int n = 2; json_object_get(x->names, str_format(x->c->a, "/%s", name.p).p); n++)
        name = str_format(x->c->a, "%s-%d", base.p, n);
    json_object_set_new(x->names, str_format(x->c->a, "/%s", name.p).p, json_true());
    json_object_set_new(x->names, client->id.p, json_new_text(name));
    return name;
}

static bool write_calendar(struct export *x, struct journey *j, const struct store_client *client,
                           struct str file, struct err *e)
{
    json_t *events = journey_dates(j, STR("coach"), STR(""));
    bool ok = true;
    if (json_array_size(events) > 0) {
        json_t *calendar =
            json_pack("{s:o,s:O}", "name", json_new_text(client->name), "events", events);
        ok = write_file(x, str_format(x->c->a, "calendar-%s.ics", file.p),
                        calendar_write(x->c->a, calendar), e);
        json_decref(calendar);
    }
    json_decref(events);
    return ok;
}

static bool add_journey(void *user, const struct store_client *client, size_t number,
                        struct journey *j, struct err *e)
{
    struct export *x = user;
    struct str file = str_format(x->c->a, "%s-%zu", file_name_of(x, client).p, number);
    x->journeys++;
    for (size_t i = 0; i < TABLES; i++)
        if (strcmp(table_names[i], "hours") != 0)
            table_add_journey(x->tables[i], j, client->name, number);
    json_t *tree = journey_tree_without_notes(j);
    struct str text = str_format(x->c->a, "%s\n", json_write_pretty(x->c->a, tree).p);
    json_decref(tree);
    return write_file(x, str_format(x->c->a, "tree-%s.json", file.p), text, e) &&
        write_calendar(x, j, client, file, e);
}

static bool write_tables(struct export *x, const struct store_client *only, struct err *e)
{
    bool raw = cli_option(x->c, "raw") != NULL, ok = true;
    struct csv_style style = {.mark = !raw, .raw = raw};
    json_t *log;
    if (!practice_hours(x->c->practice, STR(""), STR(""), &log, e))
        return false;
    table_add_hours(x->tables[TABLES - 1], log, only ? only->name : STR(""));
    json_decref(log);
    for (size_t i = 0; ok && i < TABLES; i++)
        ok = write_file(x, str_format(x->c->a, "%s.csv", table_names[i]),
                        csv_write(x->c->a, x->tables[i], style), e);
    return ok;
}

/* Only what was written here goes; nobody else knows the folder yet. */
static void remove_folder(struct export *x)
{
    size_t i;
    json_t *name;
    json_array_foreach (x->files, i, name)
        (void)unlink(str_format(x->c->a, "%s/%s", x->folder, json_string_value(name)).p);
    (void)rmdir(x->folder);
}

static bool exists(const char *folder, struct err *e)
{
    struct stat st;
    if (lstat(folder, &st) != 0)
        return false;
    (void)err_set(e, ERR_REFUSED,
                  "%s exists already, and a folder is never replaced. Choose another name with -o.",
                  folder);
    return true;
}

static bool begin_folder(struct export *x, const char *folder, struct err *e)
{
    int n = snprintf(x->folder, sizeof x->folder, "%s.XXXXXX", folder);
    if (n < 0 || (size_t)n >= sizeof x->folder)
        return err_set(e, ERR_USAGE, "The name of the folder is too long: %.200s...", folder);
    if (exists(folder, e))
        return false;
    return mkdtemp(x->folder) ||
        err_set(e, ERR_DISK, "The folder %s cannot be made: %s.", folder, strerror(errno));
}

static bool finish_folder(struct export *x, const char *folder, struct err *e)
{
    if (renameat2(AT_FDCWD, x->folder, AT_FDCWD, folder, RENAME_NOREPLACE) == 0)
        return true;
    int fault = errno;
    if (exists(folder, e))
        return false;
    return (fault == EINVAL && rename(x->folder, folder) == 0) ||
        err_set(e, ERR_DISK, "The folder %s cannot be made: %s.", folder, strerror(fault));
}

static void say_written(struct export *x, const char *folder)
{
    struct str name = text_safe(x->c->a, str_of(folder), false);
    if (x->c->json)
        cli_print_json(x->c,
                       json_pack("{s:o,s:O}", "written", json_new_text(name), "files", x->files));
    else
        cli_say(x->c, "Written: %s (%zu files, %zu journey%s)\n", name.p, json_array_size(x->files),
                x->journeys, x->journeys == 1 ? "" : "s");
}

static bool export_folder(struct cli *c, const struct store_client *only, struct err *e)
{
    struct export x = {.c = c, .files = json_array(), .names = json_object()};
    struct walk walk = {add_journey, &x};
    const char *given = cli_option(c, "output");
    char today[11];
    clock_day(clock_now(), today);
    struct str folder = given ? str_of(given) : str_format(c->a, "espalier-export-%s", today);
    while (folder.n > 1 && folder.p[folder.n - 1] == '/')
        folder = str_copy(c->a, str_part(folder, 0, folder.n - 1));
    if (folder.n == 0)
        return err_set(e, ERR_USAGE, "-o needs the name of a folder.");
    for (size_t i = 0; i < TABLES; i++)
        x.tables[i] = table_new(str_of(table_names[i]));
    bool begun = begin_folder(&x, folder.p, e);
    bool ok = begun && walk_journeys(c, only, &walk, e) && write_tables(&x, only, e) &&
        finish_folder(&x, folder.p, e);
    if (ok)
        say_written(&x, folder.p);
    else if (begun)
        remove_folder(&x);
    for (size_t i = 0; i < TABLES; i++)
        json_decref(x.tables[i]);
    json_decref(x.files);
    json_decref(x.names);
    return ok;
}

static bool add_rows(void *user, const struct store_client *client, size_t number,
                     struct journey *j, struct err *e)
{
    (void)e;
    table_add_journey(user, j, client->name, number);
    return true;
}

static bool export_table(struct cli *c, const struct store_client *only, struct str name,
                         struct err *e)
{
    if (!is_table(name))
        return err_set(e, ERR_USAGE, "--table is items, actions, goals or hours, not \"%.100s\".",
                       name.p);
    if (c->json && !cli_option(c, "output"))
        return err_set(e, ERR_USAGE,
                       "A table is CSV, and --json prints JSON. Leave --json out, or add -o FILE.");
    json_t *table = table_new(name), *log = NULL;
    struct walk walk = {add_rows, table};
    bool hours = str_is(name, "hours");
    bool ok = hours ? practice_hours(c->practice, STR(""), STR(""), &log, e)
                    : walk_journeys(c, only, &walk, e);
    if (ok && hours)
        table_add_hours(table, log, only ? only->name : STR(""));
    ok = ok && cli_deliver_table(c, table, e);
    json_decref(log);
    json_decref(table);
    return ok;
}

bool command_export(struct cli *c, struct err *e)
{
    struct store_client client = {0}, *only = c->n_args > 0 ? &client : NULL;
    const char *table = cli_option(c, "table");
    if (!table && cli_option(c, "force"))
        return err_set(e, ERR_USAGE,
                       "A folder is never replaced: --force is for a single --table.");
    if (!(only ? cli_client(c, only, e) : cli_practice(c, true, e)))
        return false;
    return table ? export_table(c, only, str_of(table), e) : export_folder(c, only, e);
}
