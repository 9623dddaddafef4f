/* Dates and tables for other programs: calendar, hours. */
#include "cli/walk.h"

#include "document/calendar.h"
#include "document/csv.h"
#include "practice/tables.h"

#include <stdio.h>
#include <unistd.h>

/* Lines that end with CR LF, as a terminal shows lines. */
static bool deliver_lines(struct cli *c, struct str text, struct err *e)
{
    struct buf b = {.a = c->a};
    if (cli_option(c, "output") || !isatty(STDOUT_FILENO))
        return cli_deliver(c, text, e);
    for (size_t i = 0; i < text.n; i++)
        if (text.p[i] != '\r')
            buf_add_char(&b, text.p[i]);
    return cli_deliver(c, buf_str(&b), e);
}

struct dates {
    json_t *events;
    struct str audience;
};

static struct str shown_name(const struct store_client *client)
{
    return client->pseudonym.n ? client->pseudonym : client->name;
}

/* In the calendar of all clients every day says whose it is. */
static bool add_dates(void *user, const struct store_client *client, size_t number,
                      struct journey *j, struct err *e)
{
    struct dates *of = user;
    json_t *events = journey_dates(j, STR("coach"), shown_name(client));
    (void)number;
    (void)e;
    json_array_extend(of->events, events);
    json_decref(events);
    return true;
}

static bool dates_of_client(struct cli *c, struct dates *of, struct str *name, struct err *e)
{
    struct store_client client;
    struct journey *j;
    if (!cli_client(c, &client, e) || !cli_journey(c, &j, e))
        return false;
    json_t *events = journey_dates(j, STR("client"), STR(""));
    json_array_extend(of->events, events);
    json_decref(events);
    *name = shown_name(&client);
    cli_check_trouble(c, j);
    journey_close(j);
    return true;
}

static bool write_dates(struct cli *c, const struct dates *of, struct str name, struct err *e)
{
    if (json_array_size(of->events) == 0)
        return err_set(e, ERR_NOT_FOUND,
                       "There are no dates yet: a calendar shows what has a day, such as goals, "
                       "actions, reminders and looks back.");
    json_t *calendar = json_pack("{s:o,s:o,s:O}", "name", json_new_text(name), "language",
                                 json_new_text(c->language), "events", of->events);
    if (c->json && !cli_option(c, "output")) {
        cli_print_json(c, calendar);
        return true;
    }
    struct str text = calendar_write(c->a, calendar);
    json_decref(calendar);
    return deliver_lines(c, text, e);
}

bool command_calendar(struct cli *c, struct err *e)
{
    struct dates of = {.events = json_array()};
    struct walk walk = {add_dates, &of};
    struct str name = STR("Espalier");
    bool ok;
    if (c->n_args > 0)
        ok = dates_of_client(c, &of, &name, e);
    else if (cli_option(c, "journey"))
        ok = err_set(e, ERR_USAGE, "--journey needs the client whose journey it is.");
    else
        ok = cli_practice(c, true, e) && walk_journeys(c, NULL, &walk, e);
    ok = ok && write_dates(c, &of, name, e);
    json_decref(of.events);
    return ok;
}

static void add_padded(struct buf *b, struct str text, size_t width)
{
    size_t used = text_width(text);
    buf_add(b, text);
    for (; used < width; used++)
        buf_add_char(b, ' ');
}

/* Columns as wide as what stands in them. */
static size_t widest(struct cli *c, const json_t *list, const char *member)
{
    size_t width = 0, i;
    json_t *one;
    json_array_foreach (list, i, one) {
        size_t n = text_width(text_safe(c->a, json_member(one, member), false));
        width = n > width ? n : width;
    }
    return width;
}

static void add_text(struct cli *c, struct buf *b, const json_t *one, const char *member,
                     size_t width)
{
    add_padded(b, text_safe(c->a, json_member(one, member), false), width + 2);
}

static void add_sessions(struct cli *c, struct buf *b, const json_t *sessions)
{
    size_t client = widest(c, sessions, "client"), workflow = widest(c, sessions, "workflow"), i;
    json_t *one;
    json_array_foreach (sessions, i, one) {
        bool open = json_flag(one, "open", false);
        buf_format(b, "%s  ", json_member(one, "date").p);
        add_text(c, b, one, "client", client);
        add_text(c, b, one, "workflow", workflow);
        buf_format(b, "%7s h  %s%s\n", open ? "-" : json_member(one, "hours").p,
                   text_safe(c->a, json_member(one, "kind"), false).p, open ? ", still open" : "");
    }
}

static void add_total(struct buf *b, const json_t *one, const char *dates)
{
    long long n = json_whole(one, "sessions", 0);
    buf_format(b, "%4lld session%s  %-24s %7s h\n", n, n == 1 ? " " : "s", dates,
               json_member(one, "hours").p);
}

static struct str hours_text(struct cli *c, const json_t *log)
{
    struct buf b = {.a = c->a};
    const json_t *totals = json_object_get(log, "totals"), *all = json_object_get(log, "total");
    size_t width = widest(c, totals, "client"), i;
    json_t *one;
    width = width < 6 ? 6 : width;
    add_sessions(c, &b, json_object_get(log, "sessions"));
    buf_add_char(&b, '\n');
    json_array_foreach (totals, i, one) {
        struct str first = json_member(one, "first"), last = json_member(one, "last");
        add_text(c, &b, one, "client", width);
        add_total(&b, one,
                  str_eq(first, last) ? first.p : str_format(c->a, "%s to %s", first.p, last.p).p);
    }
    long long clients = json_whole(all, "clients", 0);
    add_padded(&b, STR("In all"), width + 2);
    add_total(&b, all, str_format(c->a, "%lld client%s", clients, clients == 1 ? "" : "s").p);
    return buf_str(&b);
}

static bool day_option(struct cli *c, const char *name, struct str *day, struct err *e)
{
    *day = str_of(cli_option(c, name));
    return !cli_option(c, name) || clock_is_day(*day) ||
        err_set(e, ERR_USAGE, "--%s is a day such as 2026-11-23, not \"%.100s\".", name, day->p);
}

/* "csv", "txt" or "json": --format, else the ending of the file, else JSON with --json. */
static bool hours_format(struct cli *c, struct str *format, struct err *e)
{
    static const char *const known[] = {"csv", "txt", "json"};
    struct str file = str_of(cli_option(c, "output"));
    *format = str_of(cli_option(c, "format"));
    for (size_t i = 0; i < 3 && format->n == 0; i++)
        if (str_ends(file, str_format(c->a, ".%s", known[i])))
            *format = str_of(known[i]);
    if (format->n == 0)
        *format = c->json && file.n == 0 ? STR("json") : STR("txt");
    for (size_t i = 0; i < 3; i++)
        if (str_is(*format, known[i]))
            return !c->json || file.n > 0 || i == 2 ||
                err_set(e, ERR_USAGE,
                        "--json prints JSON, not %s. Leave one of the two out, or add -o FILE.",
                        known[i]);
    return err_set(e, ERR_USAGE, "Hours are written as csv, txt or json, not \"%.100s\".",
                   format->p);
}

bool cli_deliver_table(struct cli *c, const json_t *table, struct err *e)
{
    bool raw = cli_option(c, "raw") != NULL;
    struct csv_style style = {.mark = cli_option(c, "output") && !raw, .raw = raw};
    return deliver_lines(c, csv_write(c->a, table, style), e);
}

static bool deliver_hours(struct cli *c, const json_t *log, struct str format, struct err *e)
{
    if (str_is(format, "csv")) {
        json_t *table = table_new(STR("hours"));
        table_add_hours(table, log, STR(""));
        bool ok = cli_deliver_table(c, table, e);
        json_decref(table);
        return ok;
    }
    if (str_is(format, "json"))
        return cli_deliver(c, str_format(c->a, "%s\n", json_write_pretty(c->a, log).p), e);
    if (json_array_size(json_object_get(log, "sessions")) == 0 && !cli_option(c, "output")) {
        cli_say(c, "No sessions %s.\n",
                cli_option(c, "from") || cli_option(c, "to") ? "on these days" : "yet");
        return true;
    }
    return cli_deliver(c, hours_text(c, log), e);
}

bool command_hours(struct cli *c, struct err *e)
{
    struct str from, to, format;
    json_t *log;
    if (!day_option(c, "from", &from, e) || !day_option(c, "to", &to, e) ||
        !hours_format(c, &format, e))
        return false;
    if (from.n && to.n && str_order(from, to) > 0)
        return err_set(e, ERR_USAGE, "--from %s is after --to %s.", from.p, to.p);
    if (!cli_practice(c, true, e) || !practice_hours(c->practice, from, to, &log, e))
        return false;
    bool ok = deliver_hours(c, log, format, e);
    json_decref(log);
    return ok;
}
