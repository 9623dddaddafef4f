/* One canvas as the board that is drawn: which one, in which state, for whom. */
#include "practice/documents.h"

#include "document/page.h"
#include "practice/audience.h"
#include "practice/boards.h"
#include "practice/shape.h"

#include <string.h>

static const struct {
    const char *state, *en, *fr;
} labels[] = {
    {"current", "As it is today", "Aujourd’hui"},
    {"target", "Where it is heading", "Le modèle visé"},
    {"diff", "What changes", "Ce qui change"},
    {"prototype", "Draft", "Ébauche"},
    {"blank", "", ""},
};

enum { STATES = sizeof labels / sizeof labels[0] };

/* A board while it is made. */
struct making {
    struct journey *j;
    struct arena *a;
    const struct board_wish *wish;
    const json_t *all; /* the canvases of the definition */
    json_t *canvases;  /* as the audience sees them */
    struct str audience, name, state, page;
};

static const json_t *declared(const struct making *m, struct str name)
{
    return json_object_getn(m->all, name.p, name.n);
}

static const json_t *shaped(const struct making *m, struct str name)
{
    return json_object_getn(m->canvases, name.p, name.n);
}

static struct str first_canvas(const struct making *m)
{
    return str_of(json_object_iter_key(json_object_iter((json_t *)(uintptr_t)m->all)));
}

/* The canvas that follows another; one called target where none says so. */
static struct str target_canvas(const struct making *m)
{
    const char *name;
    json_t *canvas;
    json_object_foreach ((json_t *)(uintptr_t)m->all, name, canvas)
        if (json_member(canvas, "follows").n > 0)
            return str_of(name);
    return declared(m, STR("target")) ? STR("target") : STR("");
}

static struct str paged_canvas(const struct making *m)
{
    const char *name;
    json_t *canvas;
    json_object_foreach ((json_t *)(uintptr_t)m->all, name, canvas)
        if (json_flag(canvas, "pages", false))
            return str_of(name);
    return STR("");
}

static struct str followed_canvas(const struct making *m, struct str target)
{
    struct str follows = json_member(declared(m, target), "follows");
    return follows.n ? follows : first_canvas(m);
}

static bool no_canvas(const struct making *m, struct str wanted, struct err *e)
{
    struct buf all = {.a = m->a};
    const char *name;
    json_t *canvas;
    json_object_foreach ((json_t *)(uintptr_t)m->all, name, canvas)
        if (audience_sees_canvas(canvas, m->audience))
            buf_format(&all, "%s%s", all.n ? ", " : "", name);
    if (json_object_size(m->all) == 0)
        return err_set(e, ERR_NOT_FOUND, "The workflow of this journey has no canvas.");
    return err_set(e, ERR_NOT_FOUND, "There is no canvas \"%.*s\". There is: %s.", STR_ARG(wanted),
                   all.n ? buf_str(&all).p : err_word("none"));
}

/* Which canvas a state means, or which state a canvas is in. */
static bool choose(struct making *m, struct err *e)
{
    struct str state = m->wish->state, name = m->wish->canvas;
    bool known = state.n == 0, named = name.n > 0;
    for (size_t i = 0; i < STATES; i++)
        known = known || str_is(state, labels[i].state);
    if (!known)
        return err_set(e, ERR_USAGE,
                       "A canvas is current, target, diff, prototype or blank, not \"%.*s\".",
                       STR_ARG(state));
    if (name.n == 0 && (str_is(state, "target") || str_is(state, "diff")))
        name = target_canvas(m);
    else if (name.n == 0 && str_is(state, "prototype"))
        name = paged_canvas(m);
    else if (name.n == 0)
        name = first_canvas(m);
    if (name.n == 0 && json_object_size(m->all) > 0)
        return err_set(e, ERR_NOT_FOUND, "This workflow has no canvas that is a %s.",
                       str_is(state, "prototype") ? "prototype" : "target");
    if (!declared(m, name))
        return no_canvas(m, name, e);
    /* A canvas that is named is in its own state. */
    if (state.n == 0 || (named && str_is(state, "current")))
        state = json_flag(declared(m, name), "pages", false) ? STR("prototype")
            : json_member(declared(m, name), "follows").n    ? STR("target")
                                                             : STR("current");
    m->name = name;
    m->state = state;
    return true;
}

static bool may_see(const struct making *m, struct err *e)
{
    struct str first = str_is(m->state, "diff") ? followed_canvas(m, m->name) : m->name;
    if (str_is(m->state, "blank"))
        return true;
    if (!audience_sees_canvas(declared(m, m->name), m->audience) ||
        !audience_sees_canvas(declared(m, first), m->audience))
        return err_set(e, ERR_REFUSED,
                       "The canvas \"%.*s\" is not for the %.*s: the workflow does not say so.",
                       STR_ARG(m->name), STR_ARG(m->audience));
    return m->wish->agreed || audience_agreed(m->j, m->audience, m->name, m->wish->why, e);
}

/* The titles of the pages of a canvas, in the order in which they were begun. */
static json_t *pages_of(const json_t *canvas)
{
    json_t *pages = json_array(), *seen = json_object(), *block, *item;
    size_t i, k;
    json_array_foreach (json_object_get(canvas, "blocks"), i, block)
        json_array_foreach (json_object_get(block, "items"), k, item) {
            struct str page = json_member(item, "page");
            if (page.n == 0 || json_object_getn(seen, page.p, page.n))
                continue;
            json_object_setn_new(seen, page.p, page.n, json_true());
            json_array_append_new(pages, json_new_text(page));
        }
    json_decref(seen);
    return pages;
}

/* In the order in which the script named them, which is not that of the blocks. */
static json_t *pages_in_order(struct journey *j, struct str name, const json_t *canvas)
{
    json_t *there = pages_of(canvas), *ordered = json_array(), *seen = json_object(), *put, *page;
    size_t i;
    json_array_foreach (there, i, page)
        json_object_set_new(seen, json_string_value(page), json_true());
    json_array_foreach (json_object_get(j->outcome, "canvas"), i, put) {
        struct str title = json_member(json_object_get(put, "fields"), "page");
        if (str_eq(json_member(put, "canvas"), name) && json_object_getn(seen, title.p, title.n)) {
            json_object_deln(seen, title.p, title.n);
            json_array_append_new(ordered, json_new_text(title));
        }
    }
    json_decref(seen);
    json_decref(there);
    return ordered;
}

static bool choose_page(struct making *m, struct err *e)
{
    if (!str_is(m->state, "prototype"))
        return true;
    json_t *pages = pages_in_order(m->j, m->name, shaped(m, m->name)), *page;
    size_t n = json_array_size(pages), i;
    int number = m->wish->number ? m->wish->number : 1;
    struct buf all = {.a = m->a};
    bool ok = n > 0 && number > 0 && (size_t)number <= n && (m->wish->number || n == 1);
    json_array_foreach (pages, i, page)
        buf_format(&all, "%s%zu (%.*s)", i ? ", " : "", i + 1,
                   STR_ARG(text_safe(m->a, json_text(page), false)));
    if (ok)
        m->page = str_copy(m->a, json_text(json_array_get(pages, (size_t)number - 1)));
    else if (n == 0)
        (void)err_set(e, ERR_NOT_FOUND, "There is no prototype yet.");
    else
        (void)err_set(e, ERR_NOT_FOUND, "Which prototype? There are: %s.", buf_str(&all).p);
    json_decref(pages);
    return ok;
}

json_t *journey_prototypes(struct journey *j, struct str audience)
{
    struct arena *a = arena_new();
    struct board_wish wish = {.state = STR("prototype"), .audience = audience};
    struct making m = {.j = j, .a = a, .wish = &wish, .audience = audience};
    struct str name;
    m.all = json_object_get(workflow_in_language(j->w, j->language), "canvases");
    name = paged_canvas(&m);
    json_t *canvases = shape_canvases(j, audience, false);
    json_t *pages = pages_in_order(j, name, json_object_getn(canvases, name.p, name.n));
    json_decref(canvases);
    arena_free(a);
    return pages;
}

/* The first of the questions named by `purpose` that is answered and that the audience may read. */
static struct str purpose_of(struct making *m)
{
    const json_t *canvas = declared(m, m->name);
    const json_t *questions = json_object_get(canvas, "purpose");
    json_t *id;
    size_t i;
    if (!questions)
        questions = json_object_get(declared(m, followed_canvas(m, m->name)), "purpose");
    json_array_foreach (questions, i, id) {
        struct str text = tree_text(m->a, m->j, json_text(id), m->audience);
        if (text.n > 0)
            return text;
    }
    return STR("");
}

static json_t *blocks_of(struct making *m, struct err *e)
{
    struct board_blocks wish = {m->j, m->a, shaped(m, m->name), NULL, m->page};
    if (str_is(m->state, "diff")) {
        wish.before = shaped(m, followed_canvas(m, m->name));
        if (boards_empty(wish.canvas)) {
            (void)err_set(e, ERR_NOT_FOUND,
                          "Nothing has been decided yet: the canvas \"%.*s\" is empty.",
                          STR_ARG(m->name));
            return NULL;
        }
    }
    return boards_blocks(&wish);
}

static const char *label_of(const struct making *m)
{
    bool french = str_is(m->j->language, "fr");
    if (m->page.n)
        return m->page.p;
    /* Where nothing follows it nobody asks which one it is. */
    struct str target = target_canvas(m);
    if (str_is(m->state, "current") &&
        (target.n == 0 || !str_eq(followed_canvas(m, target), m->name)))
        return "";
    for (size_t i = 0; i < STATES; i++)
        if (str_is(m->state, labels[i].state))
            return french ? labels[i].fr : labels[i].en;
    return "";
}

static void add_persons(struct making *m, json_t *board)
{
    json_t *client = tree_client(m->j, m->audience);
    struct str name = json_member(client, "name");
    char today[11];
    clock_day(clock_now(), today);
    json_object_set_new(board, "client", json_new_text(name));
    json_object_set_new(board, "date", json_string(today));
    json_object_set_new(board, "version", json_integer(shape_version(m->j)));
    json_object_set_new(board, "subtitle",
                        json_new_text(boards_subtitle(m->a, m->j, name, str_of(today))));
    json_object_set_new(board, "purpose", json_new_text(purpose_of(m)));
    json_decref(client);
}

static bool make(struct making *m, json_t **board, struct err *e)
{
    const json_t *of = shaped(m, m->name);
    json_t *blocks = blocks_of(m, e);
    if (!blocks)
        return false;
    *board =
        json_pack("{s:O?,s:s,s:O?,s:o,s:o,s:O?}", "title", json_object_get(of, "title"), "subtitle",
                  "", "grid", json_object_get(of, "grid"), "blocks", blocks, "legend",
                  boards_legend(m->j, blocks), "attribution", json_object_get(of, "attribution"));
    json_object_set_new(*board, "state", json_new_text(m->state));
    json_object_set_new(*board, "state_label", json_string(label_of(m)));
    json_object_set_new(*board, "language", json_new_text(m->j->language));
    json_object_set_new(*board, "words", page_words(m->j->language));
    if (!str_is(m->state, "blank"))
        add_persons(m, *board);
    return true;
}

bool journey_board(struct journey *j, const struct board_wish *wish, json_t **board, struct err *e)
{
    struct making m = {.j = j, .a = arena_new(), .wish = wish};
    m.audience = wish->audience.n ? wish->audience : STR("client");
    m.all = json_object_get(workflow_in_language(j->w, j->language), "canvases");
    bool ok = audience_check(m.audience, e) && choose(&m, e) && may_see(&m, e);
    if (ok)
        m.canvases = str_is(m.state, "blank") ? shape_empty_canvases(j)
                                              : shape_canvases(j, m.audience, wish->sensitive);
    ok = ok && choose_page(&m, e) && make(&m, board, e);
    if (ok && !wish->agreed)
        ok = audience_record(j, m.audience, m.name, wish->why, e);
    json_decref(m.canvases);
    arena_free(m.a);
    return ok;
}
