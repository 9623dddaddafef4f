/* The plan and the canvas. */
#include "cli/cli.h"

#include "document/document.h"
#include "practice/documents.h"

#include <stdio.h>
#include <unistd.h>

enum { TEXT_WIDTH_MAX = 100 };

/* --format, else the ending of the -o file, else text on a terminal and Markdown elsewhere.  What
 * is printed with --json is JSON and nothing else. */
static bool format_of(struct cli *c, struct str otherwise, struct str *format, struct err *e)
{
    const char *given = cli_option(c, "format"), *file = cli_option(c, "output");
    struct str name = str_of(file);
    if (given)
        *format = str_of(given);
    else if (str_ends(name, STR(".txt")))
        *format = STR("txt");
    else if (str_ends(name, STR(".md")))
        *format = STR("md");
    else if (str_ends(name, STR(".json")) || c->json)
        *format = STR("json");
    else if (str_ends(name, STR(".pdf")) || str_ends(name, STR(".html")) ||
             str_ends(name, STR(".docx")) || str_ends(name, STR(".odt")))
        return err_set(e, ERR_USAGE, "Only md, txt and json are written, so not \"%.200s\".", file);
    else
        *format = file ? STR("md") : otherwise;
    if (!str_is(*format, "md") && !str_is(*format, "txt") && !str_is(*format, "json"))
        return err_set(e, ERR_USAGE, "--format is md, txt or json, not \"%.100s\".", format->p);
    return !c->json || file || str_is(*format, "json") ||
        err_set(e, ERR_USAGE,
                "--json prints JSON, not %s. Leave one of the two out, or add -o FILE.", format->p);
}

static size_t plan_width(void)
{
    size_t width = cli_width();
    return width < TEXT_WIDTH_MAX ? width : TEXT_WIDTH_MAX;
}

static bool write_plan(struct cli *c, struct journey *j, struct str format, struct str audience,
                       struct err *e)
{
    struct diags d = {.a = c->a};
    struct str text;
    struct document_wish wish = {
        .name = STR("plan"), .audience = audience, .sensitive = cli_option(c, "with-sensitive")};
    if (cli_option(c, "document"))
        wish.name = str_of(cli_option(c, "document"));
    if (str_is(format, "json") && cli_option(c, "document"))
        return err_set(e, ERR_USAGE,
                       "--format json is the tree that all documents see: leave out --document.");
    if (str_is(format, "json")) {
        json_t *tree = journey_tree(j, audience.n ? audience : STR("client"), wish.sensitive);
        text = str_format(c->a, "%s\n", json_write_pretty(c->a, tree).p);
        json_decref(tree);
        return cli_deliver(c, text, e);
    }
    if (!journey_document(j, c->a, &wish, &d, &text, e)) {
        cli_refuse_diags(c, &d);
        return false;
    }
    if (str_is(format, "txt"))
        text = markdown_to_text(c->a, text, plan_width());
    return cli_deliver(c, text, e);
}

bool command_plan(struct cli *c, struct err *e)
{
    struct str format, audience = str_of(cli_option(c, "for"));
    struct journey *j;
    if (!format_of(c, isatty(STDOUT_FILENO) ? STR("txt") : STR("md"), &format, e))
        return false;
    if (audience.n && !str_is(audience, "client") && !str_is(audience, "coach"))
        return err_set(e, ERR_USAGE, "--for is client or coach, not \"%s\".", audience.p);
    if (str_is(audience, "client") && cli_option(c, "with-sensitive"))
        return err_set(e, ERR_USAGE,
                       "Sensitive answers are never given to the client. Leave --with-sensitive "
                       "out, or add --for coach.");
    if (!cli_journey(c, &j, e))
        return false;
    bool ok = write_plan(c, j, format, audience, e);
    if (ok)
        cli_check_trouble(c, j);
    journey_close(j);
    return ok;
}

static bool draw(struct cli *c, json_t *board, struct str format, struct err *e)
{
    struct str text;
    if (str_is(format, "json"))
        text = str_format(c->a, "%s\n", json_write_pretty(c->a, board).p);
    else if (str_is(format, "md"))
        text = board_to_markdown(c->a, board);
    else
        text = board_to_text(c->a, board, cli_width());
    return cli_deliver(c, text, e);
}

/* The canvas that --state and --canvas mean; *blank: without anything in it. */
static bool canvas_of(const struct cli *c, struct str *name, bool *blank, struct err *e)
{
    struct str state = str_of(cli_option(c, "state"));
    *name = str_of(cli_option(c, "canvas"));
    *blank = str_is(state, "blank");
    if (str_is(state, "target") && name->n == 0)
        *name = STR("target");
    else if (str_is(state, "target"))
        return err_set(e, ERR_USAGE, "--state target and --canvas name the canvas twice.");
    return state.n == 0 || *blank || str_is(state, "target") || str_is(state, "current") ||
        err_set(e, ERR_USAGE, "--state is current, target or blank, not \"%.100s\".", state.p);
}

bool command_canvas(struct cli *c, struct err *e)
{
    struct str name, format;
    struct journey *j;
    json_t *board;
    bool blank;
    if (!canvas_of(c, &name, &blank, e) || !format_of(c, STR("txt"), &format, e) ||
        !cli_journey(c, &j, e))
        return false;
    struct board_wish wish = {.canvas = name, .state = blank ? STR("blank") : STR("")};
    bool ok = journey_board(j, &wish, &board, e);
    if (ok) {
        if (cli_option(c, "ascii"))
            json_object_set_new(board, "ascii", json_true());
        ok = draw(c, board, format, e);
        json_decref(board);
    }
    if (ok)
        cli_check_trouble(c, j);
    journey_close(j);
    return ok;
}
