/* One page for all that can be handed over: documents, canvases, the worksheet, dates, tables. */
#include "document/page.h"
#include "web/page_plan.h"

enum { PROTOTYPES_SHOWN = 12 };

static json_t *format_of(struct visit *v, const char *name)
{
    return json_pack("{s:s,s:s,s:o}", "name", name, "short", plan_format_name(str_of(name)),
                     "label", json_new_text(plan_label(v, "format", str_of(name))));
}

static json_t *formats_of(struct visit *v, const char *const *names)
{
    json_t *list = json_array();
    for (; *names; names++)
        json_array_append_new(list, format_of(v, *names));
    return list;
}

static json_t *readers_of(struct visit *v, struct str made_for)
{
    static const char *const audiences[] = {"client", "coach", "sponsor", "programme"};
    json_t *list = json_array();
    for (size_t i = 0; i < sizeof audiences / sizeof audiences[0]; i++)
        if (document_may_reach(made_for, str_of(audiences[i])))
            json_array_append_new(
                list,
                json_pack("{s:s,s:o,s:b}", "name", audiences[i], "label",
                          json_new_text(plan_label(v, "for", str_of(audiences[i]))), "chosen",
                          str_is(made_for, audiences[i])));
    return list;
}

static json_t *documents(struct visit *v, struct journey *j)
{
    json_t *list = journey_documents(j), *one;
    size_t i;
    json_array_foreach (list, i, one) {
        struct str name = json_member(one, "name"), made_for = json_member(one, "for");
        struct str about = plan_word(v, str_format(v->a, "about_%.*s", STR_ARG(name)).p);
        json_t *readers = readers_of(v, made_for);
        json_object_set_new(one, "label", json_new_text(plan_title(v, one)));
        json_object_set_new(one, "about", json_new_text(about));
        json_object_set_new(one, "choice", json_boolean(json_array_size(readers) > 1));
        json_object_set_new(one, "readers", readers);
    }
    return list;
}

static bool has_items(const json_t *board)
{
    size_t i;
    json_t *block;
    json_array_foreach (json_object_get(board, "blocks"), i, block)
        if (json_array_size(json_object_get(block, "items")) > 0)
            return true;
    return false;
}

/* A state of the canvas, and what the page calls it (empty: as the state is called). */
struct named_board {
    struct board_wish wish;
    struct str title;
};

/* A canvas with a small picture of it; left out where there is none, or nothing on it. */
static void add_canvas(struct visit *v, struct journey *j, struct named_board of, json_t *list)
{
    struct buf html = {.a = v->a};
    struct err ignored;
    json_t *board;
    struct board_wish wish = of.wish;
    bool blank = str_is(wish.state, "blank");
    struct str label = plan_label(v, "state", wish.state);
    if (of.title.n > 0)
        label = str_format(v->a, "%.*s%s%.*s", STR_ARG(label),
                           str_is(v->language, "fr") ? "\u00a0: " : ": ", STR_ARG(of.title));
    if (!journey_board(j, &wish, &board, &ignored))
        return;
    if (blank || has_items(board)) {
        board_to_html(&html, board);
        struct str state =
            wish.number > 0 ? str_format(v->a, "prototype%d", wish.number) : wish.state;
        json_array_append_new(list,
                              json_pack("{s:o,s:o,s:o}", "state", json_new_text(state), "label",
                                        json_new_text(label), "picture",
                                        slot_add(v->a, &v->slots, buf_str(&html))));
    }
    json_decref(board);
}

static json_t *canvases(struct visit *v, struct journey *j)
{
    static const char *const states[] = {"current", "target", "diff", "blank"};
    json_t *list = json_array(), *titles = journey_prototypes(j, STR("client"));
    size_t n = json_array_size(titles);
    for (size_t i = 0; i < sizeof states / sizeof states[0]; i++) {
        for (size_t k = 1; i == 3 && k <= n && k <= PROTOTYPES_SHOWN; k++)
            add_canvas(v, j,
                       (struct named_board){{.state = STR("prototype"), .number = (int)k},
                                            json_text(json_array_get(titles, k - 1))},
                       list);
        add_canvas(v, j, (struct named_board){.wish.state = str_of(states[i])}, list);
    }
    json_decref(titles);
    return list;
}

static json_t *tables(struct visit *v)
{
    static const char *const names[] = {"items", "actions", "goals", "hours"};
    json_t *list = json_array();
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        json_array_append_new(list,
                              json_pack("{s:s,s:o}", "name", names[i], "label",
                                        json_new_text(plan_label(v, "table", str_of(names[i])))));
    return list;
}

static json_t *papers(void)
{
    return json_pack("[{s:s,s:b},{s:s,s:b},{s:s,s:b}]", "name", "A4", "chosen", 1, "name", "A3",
                     "chosen", 0, "name", "Letter", "chosen", 0);
}

bool page_papers(struct visit *v, struct err *e)
{
    static const char *const of_documents[] = {"docx", "odt", "html", "md", "txt", "json", NULL};
    static const char *const of_canvases[] = {"png", "svg", "md", "txt", "json", NULL};
    struct store_client client;
    struct journey *j;
    if (!page_journey(v, &j, &client, e))
        return false;
    json_t *tree = plan_tree(v, j, &client), *boards = canvases(v, j);
    json_object_set_new(
        tree, "title",
        json_new_text(str_format(v->a, "%.*s · %.*s", STR_ARG(plan_word(v, "papers")),
                                 STR_ARG(client.name))));
    json_object_set_new(tree, "documents", documents(v, j));
    json_object_set_new(tree, "has_canvas", json_boolean(json_array_size(boards) > 0));
    json_object_set_new(tree, "canvases", boards);
    json_object_set_new(tree, "formats", formats_of(v, of_documents));
    json_object_set_new(tree, "canvas_formats", formats_of(v, of_canvases));
    json_object_set_new(tree, "sizes", papers());
    json_object_set_new(tree, "tables", tables(v));
    reply_page(v, 200, "papers", tree);
    return true;
}
