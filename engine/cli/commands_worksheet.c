/* The worksheet: out as a page, back as a file of answers. */
#include "cli/cli.h"

#include "document/worksheet.h"
#include "practice/worksheet.h"

#include <stdio.h>
#include <unistd.h>

enum { INTRO_MAX = 4000, PROBLEMS_SAID = 200 };

static bool wish_of(const struct cli *c, struct worksheet_wish *wish, struct err *e)
{
    *wish = (struct worksheet_wish){.blank = cli_option(c, "blank"),
                                    .phase = str_of(cli_option(c, "phase")),
                                    .due = str_of(cli_option(c, "due")),
                                    .intro = str_trim(str_of(cli_option(c, "intro")))};
    if (cli_option(c, "due") && !clock_is_day(wish->due))
        return err_set(e, ERR_USAGE, "--due is a day such as 2026-12-01, not \"%.100s\".",
                       wish->due.p);
    if (wish->intro.n > INTRO_MAX)
        return err_set(e, ERR_USAGE, "--intro may have %d bytes.", INTRO_MAX);
    return c->json || cli_option(c, "output") || !isatty(STDOUT_FILENO) ||
        err_set(e, ERR_USAGE, "Say where the page goes: espalier worksheet \"%.100s\" -o FILE.html",
                c->args[0]);
}

static bool deliver(struct cli *c, json_t *sheet, struct err *e)
{
    if (c->json && !cli_option(c, "output")) {
        cli_print_json(c, json_incref(sheet));
        return true;
    }
    return cli_deliver(c, worksheet_html(c->a, sheet), e);
}

bool command_worksheet(struct cli *c, struct err *e)
{
    struct worksheet_wish wish;
    struct journey *j;
    json_t *sheet = NULL;
    size_t kept_back = 0;
    if (!wish_of(c, &wish, e) || !cli_journey(c, &j, e))
        return false;
    cli_speak(c, j);
    bool ok = journey_worksheet(j, &wish, &sheet, &kept_back, e) && deliver(c, sheet, e);
    if (ok && kept_back > 0 && !c->json)
        cli_say(c, "Not on it: %zu private question%s, for the conversation.\n", kept_back,
                kept_back == 1 ? "" : "s");
    if (ok && !wish.blank && !c->json && cli_option(c, "output"))
        cli_say(c, "What comes back: espalier worksheet import FILE\n");
    if (ok)
        cli_check_trouble(c, j);
    json_decref(sheet);
    journey_close(j);
    return ok;
}

static bool read_back(struct cli *c, json_t **back, struct err *e)
{
    struct str text;
    return files_read(c->a, c->args[0], WORKSHEET_FILE_MAX, &text, e) &&
        (worksheet_read(text, back, e) ||
         err_before(e, "%s: ", text_safe(c->a, cli_arg(c, 0), false).p));
}

/* The journey that the file names, for the caller to close; its client becomes the first word of
 * what is said next. */
static bool open_journey(struct cli *c, const json_t *back, struct journey **j, struct err *e)
{
    struct str id = json_member(back, "journey"), language = STR("");
    struct store_client client;
    if (cli_option(c, "lang"))
        language = c->language;
    if (!cli_practice(c, false, e))
        return false;
    if (!journey_open(c->practice, id, language, j, e)) {
        if (e->code == ERR_NOT_FOUND)
            return err_set(e, ERR_NOT_FOUND,
                           "The answers belong to a journey that is not in this practice "
                           "(%.64s). Is it another practice's? See --db.",
                           text_safe(c->a, id, false).p);
        return false;
    }
    cli_speak(c, *j);
    if (!store_client_get(practice_store(c->practice), c->a, journey_record(*j)->client, &client,
                          e))
        return false;
    c->args[0] = str_copy(c->a, client.name).p;
    return true;
}

static void print_error(struct cli *c, const json_t *problem)
{
    json_t *error = json_copy((json_t *)(uintptr_t)problem);
    json_object_set_new(error, "type", json_string("error"));
    (void)fprintf(stderr, "%s\n", json_write_line(c->a, error).p);
    json_decref(error);
}

/* Question, reason, and what was given, so that nothing is lost even without -o. */
static void say_problems(struct cli *c, const json_t *report)
{
    json_t *problem;
    size_t i;
    json_array_foreach (json_object_get(report, "problems"), i, problem) {
        struct str ask = json_member(problem, "ask"), given = json_member(problem, "given");
        bool both = json_object_get(problem, "here");
        c->status = err_exit_status(ERR_DATA);
        if (!c->json && i == PROBLEMS_SAID) {
            (void)fprintf(stderr, "And %zu more: all of them with --json, or in -o FILE.\n",
                          json_array_size(json_object_get(report, "problems")) - i);
            break;
        }
        if (c->json) {
            print_error(c, problem);
            continue;
        }
        (void)fprintf(stderr, "Not taken: %s",
                      text_safe(c->a, json_member(problem, "key"), false).p);
        (void)fprintf(stderr, "%s%s\n", ask.n ? "  " : "", text_safe(c->a, ask, false).p);
        (void)fprintf(stderr, "    %s\n", text_safe(c->a, json_member(problem, "text"), false).p);
        if (given.n > 0 && !both)
            (void)fprintf(stderr, "    On the sheet: %s\n", text_safe(c->a, given, false).p);
    }
}

static void say_reworded(struct cli *c, const json_t *report)
{
    json_t *one;
    size_t i;
    json_array_foreach (json_object_get(report, "reworded"), i, one)
        cli_say(c,
                "Look again: %s was asked in other words on the sheet.\n    There: %s\n    Now: "
                "%s\n",
                json_member(one, "key").p, text_safe(c->a, json_member(one, "asked"), false).p,
                text_safe(c->a, json_member(one, "asks"), false).p);
}

/* What was not taken, into -o FILE. */
static bool keep_rest(struct cli *c, const json_t *report, struct err *e)
{
    const char *file = cli_option(c, "output");
    const json_t *rest = json_object_get(report, "rest");
    if (!file || json_is_null(rest))
        return true;
    struct str text = str_format(c->a, "%s\n", json_write_pretty(c->a, rest).p);
    if (!files_write(file, text, c->force, e))
        return err_before(e, "What fits is saved; the rest could not be written: ");
    cli_say(c, "The rest is in %s\n", text_safe(c->a, str_of(file), false).p);
    return true;
}

/* Found out before anything is taken in. */
static bool may_keep_rest(struct cli *c, struct err *e)
{
    const char *file = cli_option(c, "output");
    if (file && !*file)
        return err_set(e, ERR_USAGE, "-o needs the name of a file.");
    return !file || files_may_write(file, c->force, e);
}

static bool say_report(struct cli *c, struct journey *j, json_t *report, struct err *e)
{
    json_t *view = journey_view(j);
    if (!c->json)
        cli_say(c, "%s%s: %lld answered, %lld left out, %lld as they were.\n",
                text_safe(c->a, cli_arg(c, 0), false).p,
                json_flag(report, "dry_run", false) ? " (nothing is saved, this is a rehearsal)"
                                                    : "",
                json_whole(report, "answered", 0), json_whole(report, "skipped", 0),
                json_whole(report, "unchanged", 0));
    say_problems(c, report);
    if (!c->json)
        say_reworded(c, report);
    bool ok = keep_rest(c, report, e);
    if (c->json) {
        json_object_set_new(report, "client", json_new_text(cli_arg(c, 0)));
        json_object_set_new(report, "next", cli_next(view));
        cli_print_json(c, json_incref(report));
    } else if (ok && !json_flag(report, "dry_run", false)) {
        cli_say_next(c, view);
    }
    cli_say_trouble(c, view);
    json_decref(view);
    return ok;
}

bool command_worksheet_import(struct cli *c, struct err *e)
{
    struct worksheet_import how = {.dry_run = cli_option(c, "dry-run"),
                                   .theirs = cli_option(c, "take-theirs")};
    json_t *back = NULL, *report = NULL;
    struct journey *j = NULL;
    bool ok = may_keep_rest(c, e) && read_back(c, &back, e) && open_journey(c, back, &j, e) &&
        worksheet_import(j, back, &how, &report, e) && say_report(c, j, report, e);
    journey_close(j);
    json_decref(report);
    json_decref(back);
    return ok;
}
