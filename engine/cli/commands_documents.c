/* The plan and the canvas. */
#include "cli/cli.h"

#include "document/document.h"

#include <stdio.h>
#include <unistd.h>

enum { TEXT_WIDTH_MAX = 100 };

/* --format, else the ending of the -o file, else text on a terminal and Markdown elsewhere. */
static struct str format_of(struct cli *c)
{
    const char *given = cli_option(c, "format"), *file = cli_option(c, "output");
    if (given)
        return str_of(given);
    if (c->json)
        return STR("json");
    if (file && str_ends(str_of(file), STR(".txt")))
        return STR("txt");
    if (file && str_ends(str_of(file), STR(".json")))
        return STR("json");
    return !file && isatty(STDOUT_FILENO) ? STR("txt") : STR("md");
}

static bool check_format(struct str format, struct err *e)
{
    if (str_is(format, "md") || str_is(format, "txt") || str_is(format, "json"))
        return true;
    return err_set(e, ERR_USAGE, "--format is md, txt or json, not \"%s\".", format.p);
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
    struct document_wish wish = {.name = STR("plan"),
                                 .audience = audience,
                                 .sensitive = cli_option(c, "with-sensitive")};
    if (cli_option(c, "document"))
        wish.name = str_of(cli_option(c, "document"));
    if (str_is(format, "json")) {
        json_t *tree = journey_tree(j, audience.n ? audience : STR("client"), wish.sensitive);
        text = str_format(c->a, "%s\n", json_write_pretty(c->a, tree).p);
        json_decref(tree);
        return cli_deliver(c, text, e);
    }
    if (!journey_document(j, c->a, &wish, &d, &text, e)) {
        if (d.n > 0)
            cli_print_diags(c, &d);
        return false;
    }
    if (str_is(format, "txt"))
        text = markdown_to_text(c->a, text, plan_width());
    return cli_deliver(c, text, e);
}

bool command_plan(struct cli *c, struct err *e)
{
    struct str format = format_of(c), audience = str_of(cli_option(c, "for"));
    struct journey *j;
    if (!check_format(format, e))
        return false;
    if (audience.n && !str_is(audience, "client") && !str_is(audience, "coach"))
        return err_set(e, ERR_USAGE, "--for is client or coach, not \"%s\".", audience.p);
    if (!cli_journey(c, &j, e))
        return false;
    bool ok = write_plan(c, j, format, audience, e);
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

bool command_canvas(struct cli *c, struct err *e)
{
    const char *state = cli_option(c, "state"), *canvas = cli_option(c, "canvas");
    struct str name = canvas ? str_of(canvas) : STR("");
    struct str format =
        cli_option(c, "format") || cli_option(c, "output") || c->json ? format_of(c) : STR("txt");
    bool blank = state && str_is(str_of(state), "blank");
    struct journey *j;
    json_t *board;
    if (state && str_is(str_of(state), "target"))
        name = STR("target");
    else if (state && !blank && !str_is(str_of(state), "current"))
        return err_set(e, ERR_USAGE, "--state is current, target or blank, not \"%s\".", state);
    if (!check_format(format, e) || !cli_journey(c, &j, e))
        return false;
    bool ok = journey_board(j, name, blank, &board, e);
    if (ok) {
        if (cli_option(c, "ascii"))
            json_object_set_new(board, "ascii", json_true());
        ok = draw(c, board, format, e);
        json_decref(board);
    }
    journey_close(j);
    return ok;
}
