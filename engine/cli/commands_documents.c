/* The plan and the canvas. */
#include "cli/format.h"

#include "document/document.h"
#include "practice/documents.h"
#include "practice/templates.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { TEXT_WIDTH_MAX = 100 };

static size_t plan_width(void)
{
    size_t width = cli_width();
    return width < TEXT_WIDTH_MAX ? width : TEXT_WIDTH_MAX;
}

static bool check_audience(struct str audience, struct err *e)
{
    static const char *const known[] = {"client", "coach", "sponsor", "programme"};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (audience.n == 0 || str_is(audience, known[i]))
            return true;
    return err_set(e, ERR_USAGE, "--for is client, coach, sponsor or programme, not \"%.100s\".",
                   audience.p);
}

static bool plan_as_tree(struct cli *c, struct journey *j, const struct document_wish *wish,
                         struct err *e)
{
    struct str audience = wish->audience.n ? wish->audience : STR("client"), text;
    if (cli_option(c, "document") || cli_option(c, "template"))
        return err_set(e, ERR_USAGE,
                       "--format json is the tree that all documents see: leave out --%s.",
                       cli_option(c, "document") ? "document" : "template");
    if (wish->sensitive && !str_is(audience, "coach"))
        return err_set(e, ERR_USAGE,
                       "Sensitive answers are shown to the coach only: add --for coach.");
    if (!journey_agreed(j, audience, wish->why, e))
        return false;
    json_t *tree = journey_tree(j, audience, wish->sensitive);
    text = str_format(c->a, "%s\n", json_write_pretty(c->a, tree).p);
    json_decref(tree);
    return cli_deliver(c, text, e);
}

static bool plan_as_text(struct cli *c, struct journey *j, const struct document_wish *wish,
                         const struct format *f, struct err *e)
{
    struct diags d = {.a = c->a};
    struct str text;
    if (!journey_document(j, c->a, wish, &d, &text, e)) {
        cli_refuse_diags(c, &d);
        return false;
    }
    return cli_deliver(c, format_is(f, "txt") ? markdown_to_text(c->a, text, plan_width()) : text,
                       e);
}

static bool plan_as_page(struct cli *c, struct journey *j, const struct document_wish *wish,
                         const struct format *f, struct err *e)
{
    struct diags d = {.a = c->a};
    struct cli_progress at = cli_progress_begin(c, "Looking for the answers behind each line");
    struct why_progress progress = {cli_progress_tick, &at};
    struct document_wish with = *wish;
    json_t *page;
    /* On a screen the coach can follow a line to its answers; what is printed stays clean. */
    with.sources = format_is(f, "html");
    with.progress = &progress;
    bool made = journey_page(j, c->a, &with, &d, &page, e);
    cli_progress_end(&at);
    if (!made) {
        cli_refuse_diags(c, &d);
        return false;
    }
    bool ok = format_page(c, f, page, e);
    json_decref(page);
    return ok;
}

bool format_document(struct cli *c, const struct format *f, struct journey *j,
                     const struct document_wish *wish, struct err *e)
{
    return f->is_text ? plan_as_text(c, j, wish, f, e) : plan_as_page(c, j, wish, f, e);
}

/* What the options wish for. */
static bool read_wish(struct cli *c, struct document_wish *wish, struct err *e)
{
    const char *template = cli_option(c, "template"), *document = cli_option(c, "document");
    *wish = (struct document_wish){.name = document ? str_of(document) : STR("plan"),
                                   .audience = str_of(cli_option(c, "for")),
                                   .sensitive = cli_option(c, "with-sensitive") != NULL,
                                   .why = str_of(cli_option(c, "why"))};
    if (!check_audience(wish->audience, e))
        return false;
    if (wish->sensitive && wish->audience.n && !str_is(wish->audience, "coach"))
        return err_set(e, ERR_USAGE,
                       "Sensitive answers are never given to the %s. Leave --with-sensitive "
                       "out, or add --for coach.",
                       wish->audience.p);
    wish->file = text_safe(c->a, str_of(template), false);
    return !template || template_read(c->a, template, &wish->template, e);
}

bool command_plan(struct cli *c, struct err *e)
{
    const struct format *format;
    struct document_wish wish;
    struct journey *j;
    bool ok;
    if (!format_choose(c, FORMAT_PAGE, isatty(STDOUT_FILENO) ? "txt" : "md", &format, e) ||
        !read_wish(c, &wish, e) || !cli_journey(c, &j, e))
        return false;
    cli_speak(c, j);
    if (format_is(format, "json"))
        ok = plan_as_tree(c, j, &wish, e);
    else
        ok = format_document(c, format, j, &wish, e);
    if (ok)
        cli_check_trouble(c, j);
    journey_close(j);
    return ok;
}

static bool canvas_as_text(struct cli *c, json_t *board, const struct format *f, struct err *e)
{
    struct str text;
    if (cli_option(c, "ascii"))
        json_object_set_new(board, "ascii", json_true());
    if (format_is(f, "json"))
        text = str_format(c->a, "%s\n", json_write_pretty(c->a, board).p);
    else if (format_is(f, "md"))
        text = board_to_markdown(c->a, board);
    else
        text = board_to_text(c->a, board, cli_width());
    return cli_deliver(c, text, e);
}

/* --state: prototype2 is the second of the prototypes. */
static bool read_state(const struct cli *c, struct board_wish *wish, struct err *e)
{
    static const struct str prototype = {"prototype", 9};
    struct str state = str_of(cli_option(c, "state"));
    wish->canvas = str_of(cli_option(c, "canvas"));
    wish->audience = str_of(cli_option(c, "for"));
    wish->why = str_of(cli_option(c, "why"));
    wish->state = state;
    if (!check_audience(wish->audience, e))
        return false;
    if (str_starts(state, prototype) && state.n > prototype.n && state.n < prototype.n + 4) {
        for (size_t i = prototype.n; i < state.n; i++) {
            if (state.p[i] < '0' || state.p[i] > '9')
                return true; /* no state: practice says which there are */
            wish->number = 10 * wish->number + state.p[i] - '0';
        }
        wish->state = prototype;
    }
    if (wish->canvas.n && wish->state.n && !str_is(wish->state, "blank") &&
        !str_is(wish->state, "current") && !str_is(wish->state, "prototype"))
        return err_set(e, ERR_USAGE, "--state %s and --canvas name the canvas twice.", state.p);
    return true;
}

/* All prototypes, where none is chosen and the format has pages. */
static bool all_prototypes(struct journey *j, const struct board_wish *wish, json_t *boards,
                           struct err *e)
{
    json_t *titles = journey_prototypes(j, wish->audience.n ? wish->audience : STR("client")),
           *board;
    struct board_wish one = *wish;
    bool ok = true;
    for (size_t i = 0; ok && i < json_array_size(titles); i++) {
        one.number = (int)i + 1;
        ok = journey_board(j, &one, &board, e) && json_array_append_new(boards, board) == 0;
        one.agreed = true; /* asked for with the first */
    }
    json_decref(titles);
    return ok;
}

static bool canvas_as_page(struct cli *c, struct journey *j, const struct board_wish *wish,
                           const struct format *f, struct err *e)
{
    json_t *boards = json_array(), *board;
    bool ok = true;
    bool has_pages = format_is(f, "pdf") || format_is(f, "html");
    if (str_is(wish->state, "prototype") && !wish->number && has_pages)
        ok = all_prototypes(j, wish, boards, e);
    if (ok && json_array_size(boards) == 0)
        ok = journey_board(j, wish, &board, e) && json_array_append_new(boards, board) == 0;
    ok = ok && format_boards(c, f, boards, e);
    json_decref(boards);
    return ok;
}

bool command_canvas(struct cli *c, struct err *e)
{
    const struct format *format;
    struct board_wish wish = {0};
    struct journey *j;
    json_t *board;
    bool ok;
    if (!read_state(c, &wish, e) || !format_choose(c, FORMAT_BOARD, "txt", &format, e) ||
        !cli_journey(c, &j, e))
        return false;
    cli_speak(c, j);
    if (!format->is_text) {
        ok = canvas_as_page(c, j, &wish, format, e);
    } else if ((ok = journey_board(j, &wish, &board, e))) {
        ok = canvas_as_text(c, board, format, e);
        json_decref(board);
    }
    if (ok)
        cli_check_trouble(c, j);
    journey_close(j);
    return ok;
}
