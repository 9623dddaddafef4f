/* Documents around the sittings: the sheet before the next one, the book after the last. */
#include "cli/format.h"

#include "practice/templates.h"

#include <unistd.h>

/* Writes one of the program's own documents; `otherwise` is its format where nothing names one. */
static bool write_own(struct cli *c, struct document_wish *wish, const char *otherwise,
                      struct err *e)
{
    const char *template = cli_option(c, "template");
    const struct format *format;
    struct journey *j;
    bool ok;
    wish->file = text_safe(c->a, str_of(template), false);
    if (!format_choose(c, FORMAT_PAGE, isatty(STDOUT_FILENO) ? "txt" : otherwise, &format, e) ||
        (template && !template_read(c->a, template, &wish->template, e)) || !cli_journey(c, &j, e))
        return false;
    cli_speak(c, j);
    if (format_is(format, "json")) {
        json_t *tree = journey_document_tree(j, wish->name, wish->audience, wish->sensitive);
        ok = cli_deliver(c, str_format(c->a, "%s\n", json_write_pretty(c->a, tree).p), e);
        json_decref(tree);
    } else {
        ok = format_document(c, format, j, wish, e);
    }
    if (ok)
        cli_check_trouble(c, j);
    journey_close(j);
    return ok;
}

bool command_book(struct cli *c, struct err *e)
{
    struct document_wish wish = {.name = STR("book"), .audience = STR("client")};
    return write_own(c, &wish, "html", e);
}

bool command_prep(struct cli *c, struct err *e)
{
    struct document_wish wish = {.name = STR("prep"),
                                 .audience = STR("coach"),
                                 .sensitive = cli_option(c, "with-sensitive") != NULL};
    return write_own(c, &wish, "md", e);
}
