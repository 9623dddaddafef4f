/* Files to take along: documents and canvases in every format.  What has to be drawn is drawn by a
 * child while others are answered. */
#include "web/page_plan.h"

#include "document/document.h"
#include "document/page.h"
#include "web/drawing.h"

#include <string.h>

enum { TEXT_WIDTH = 88 };

static const struct {
    const char *name, *type;
} types[] = {
    {"pdf", "application/pdf"},
    {"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
    {"odt", "application/vnd.oasis.opendocument.text"},
    {"html", "text/html; charset=utf-8"},
    {"md", "text/markdown; charset=utf-8"},
    {"txt", "text/plain; charset=utf-8"},
    {"json", "application/json"},
    {"svg", "image/svg+xml"},
    {"png", "image/png"},
};

static const char *type_of(struct str format)
{
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        if (str_is(format, types[i].name))
            return types[i].type;
    return NULL;
}

/* A4 unless another is named. */
static const char *paper_of(const struct form *f)
{
    static const char *const papers[] = {"A4", "A3", "Letter"};
    for (size_t i = 0; i < sizeof papers / sizeof papers[0]; i++)
        if (str_is(form_get(f, "paper"), papers[i]))
            return papers[i];
    return papers[0];
}

static bool no_format(struct visit *v, struct err *e)
{
    return err_set(e, ERR_NOT_FOUND, "%.*s", STR_ARG(plan_word(v, "no_format")));
}

static bool send_json(struct visit *v, struct reply_file *file, json_t *tree)
{
    file->bytes = str_format(v->a, "%s\n", json_write_pretty(v->a, tree).p);
    json_decref(tree);
    reply_file(v, file);
    return true;
}

/* ---- documents ---- */

static bool as_text(struct visit *v, struct handout *h, struct str format, struct reply_file *file,
                    struct err *e)
{
    struct diags d = {.a = v->a};
    struct str text;
    if (!journey_document(h->j, v->a, &h->wish, &d, &text, e))
        return false;
    file->bytes = str_is(format, "txt") ? markdown_to_text(v->a, text, TEXT_WIDTH) : text;
    reply_file(v, file);
    return true;
}

static bool as_tree(struct visit *v, struct handout *h, struct reply_file *file, struct err *e)
{
    if (!document_may_reach(h->made_for, h->wish.audience))
        return err_set(e, ERR_REFUSED, "%.*s", STR_ARG(plan_word(v, "not_for")));
    return journey_agreed(h->j, h->wish.audience, h->wish.why, e) &&
        send_json(v, file, journey_document_tree(h->j, h->wish.name, h->wish.audience, false));
}

static bool write_page(struct visit *v, const json_t *page, struct str format, struct str *bytes,
                       struct err *e)
{
    if (str_is(format, "docx"))
        return page_to_docx(v->a, page, bytes, e);
    if (str_is(format, "odt"))
        return page_to_odt(v->a, page, bytes, e);
    *bytes = page_to_html(v->a, page);
    return true;
}

static bool as_page(struct visit *v, struct handout *h, const struct form *f, struct str format,
                    struct reply_file *file, struct err *e)
{
    struct diags d = {.a = v->a};
    json_t *page;
    if (!journey_page(h->j, v->a, &h->wish, &d, &page, e))
        return false;
    if (str_is(format, "pdf"))
        return drawing_reply(v,
                             json_pack("{s:s,s:s,s:s,s:o}", "draw", "page", "format", "pdf",
                                       "paper", paper_of(f), "page", page),
                             file, e);
    bool ok = write_page(v, page, format, &file->bytes, e);
    json_decref(page);
    if (ok)
        reply_file(v, file);
    return ok;
}

static bool give(struct visit *v, const struct form *f, struct str format, struct err *e)
{
    struct handout h;
    struct reply_file file = {.type = type_of(format)};
    if (!file.type || str_is(format, "svg") || str_is(format, "png"))
        return no_format(v, e);
    if (!handout_read(v, f, &h, e))
        return false;
    h.wish.why = f == v->form ? str_trim(form_get(f, "why")) : STR("");
    file.name = plan_file_name(v, &h.client, h.wish.audience, h.label, str_copy(v->a, format).p);
    if (str_is(format, "json"))
        return as_tree(v, &h, &file, e);
    if (str_is(format, "md") || str_is(format, "txt"))
        return as_text(v, &h, format, &file, e);
    return as_page(v, &h, f, format, &file, e);
}

/* Where it may not be given, the page says why, and what to do. */
bool page_plan_file(struct visit *v, struct err *e)
{
    struct err why;
    if (give(v, v->query, v->parts[1], &why))
        return true;
    struct str name = form_get(v->query, "document");
    if (why.code == ERR_REFUSED)
        reply_go(v, plan_address(v, name.n ? name : STR("plan"), form_get(v->query, "for")));
    *e = why;
    return why.code == ERR_REFUSED;
}

/* Given without an agreement in the answers: the reason is kept. */
bool page_plan_give(struct visit *v, struct err *e)
{
    if (str_trim(form_get(v->form, "why")).n == 0)
        return err_set(e, ERR_INPUT, "%.*s", STR_ARG(plan_word(v, "why_missing")));
    return give(v, v->form, form_get(v->form, "format"), e);
}

/* ---- canvases ---- */

/* prototype2 is the second of the prototypes. */
static void read_state(const struct form *f, struct board_wish *wish)
{
    static const struct str prototype = {"prototype", 9};
    wish->state = form_get(f, "state");
    wish->audience = form_get(f, "for").n ? form_get(f, "for") : STR("client");
    if (!str_starts(wish->state, prototype) || wish->state.n == prototype.n ||
        wish->state.n > prototype.n + 3)
        return;
    for (size_t i = prototype.n; i < wish->state.n; i++) {
        char c = wish->state.p[i];
        if (c < '0' || c > '9')
            return; /* no state: practice says which there are */
        wish->number = 10 * wish->number + c - '0';
    }
    wish->state = prototype;
}

static bool board_file(struct visit *v, json_t *board, struct str format, struct reply_file *file,
                       struct err *e)
{
    if (str_is(format, "json"))
        return send_json(v, file, board);
    if (str_is(format, "md") || str_is(format, "txt")) {
        file->bytes = str_is(format, "md") ? board_to_markdown(v->a, board)
                                           : board_to_text(v->a, board, TEXT_WIDTH + 12);
        json_decref(board);
        reply_file(v, file);
        return true;
    }
    return drawing_reply(v,
                         json_pack("{s:s,s:s#,s:s,s:o}", "draw", "board", "format", format.p,
                                   (int)format.n, "paper", paper_of(v->query), "board", board),
                         file, e);
}

bool page_canvas_file(struct visit *v, struct err *e)
{
    struct str format = v->parts[1], label;
    struct reply_file file = {.type = type_of(format)};
    struct board_wish wish = {0};
    struct store_client client;
    struct journey *j;
    json_t *board;
    if (!file.type || str_is(format, "docx") || str_is(format, "odt") || str_is(format, "html"))
        return no_format(v, e);
    read_state(v->query, &wish);
    if (!page_journey(v, &j, &client, e) || !journey_board(j, &wish, &board, e))
        return false;
    label = plan_label(v, "state", wish.state.n ? wish.state : STR("current"));
    if (wish.number > 0)
        label = str_format(v->a, "%.*s %d", STR_ARG(label), wish.number);
    label = str_format(v->a, "%.*s - %.*s", STR_ARG(plan_word(v, "canvas")), STR_ARG(label));
    file.name = plan_file_name(v, &client, wish.audience, label, str_copy(v->a, format).p);
    return board_file(v, board, format, &file, e);
}
