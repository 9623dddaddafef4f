/* The board: the canvas as sticky notes, in each of its states, now and as it was. */
#include "web/page_board.h"

#include "web/assets.h"
#include "web/board_tree.h"
#include "web/form.h"
#include "web/pages.h"
#include "web/reply.h"

#include <string.h>

struct str wall_path(const struct wall *w, const char *query)
{
    return str_format(w->v->a, "/journeys/%.*s/board%s", STR_ARG(w->v->parts[0]), query);
}

int64_t wall_number(struct str given, int64_t otherwise)
{
    int64_t n = 0;
    for (size_t i = 0; i < given.n; i++) {
        if (given.p[i] < '0' || given.p[i] > '9' || n > INT32_MAX)
            return otherwise;
        n = 10 * n + (given.p[i] - '0');
    }
    return given.n > 0 ? n : otherwise;
}

bool wall_enter(struct visit *v, struct wall *w, struct err *e)
{
    *w = (struct wall){.v = v};
    if (!page_journey(v, &w->j, &w->client, e) || !journey_revision(w->j, &w->revision, e))
        return false;
    w->definition = workflow_in_language(journey_workflow(w->j), journey_record(w->j)->language);
    return true;
}

static const json_t *canvases_of(const struct wall *w)
{
    return json_object_get(w->definition, "canvases");
}

/* Which of the states a canvas is: drafts have pages, a target follows another. */
static const char *state_of(const json_t *canvas)
{
    return json_flag(canvas, "pages", false)   ? "prototype"
        : json_member(canvas, "follows").n > 0 ? "target"
                                               : "current";
}

/* The first canvas that is in a state; empty: none. */
static struct str canvas_in(const struct wall *w, const char *state)
{
    const char *name;
    json_t *canvas;
    json_object_foreach ((json_t *)(uintptr_t)canvases_of(w), name, canvas)
        if (strcmp(state_of(canvas), state) == 0)
            return str_of(name);
    return STR("");
}

/* Does anything stand on a canvas that the script fills, or that lists do? */
static bool has_notes(struct wall *w, struct str name)
{
    json_t *put, *lists;
    size_t i;
    json_array_foreach (json_object_get(journey_outcome(w->j), "canvas"), i, put)
        if (str_eq(json_member(put, "canvas"), name))
            return true;
    lists = board_lists(w->j, name);
    bool any = json_object_size(lists) > 0;
    json_decref(lists);
    return any;
}

static void add_tab(struct wall *w, json_t *tabs, struct str label, struct str query, bool here)
{
    json_array_append_new(tabs,
                          json_pack("{s:o,s:o,s:b}", "label", json_new_text(label), "href",
                                    json_new_text(wall_path(w, str_copy(w->v->a, query).p)), "here",
                                    here));
}

static void add_state(struct wall *w, json_t *tabs, const char *state, const json_t *words)
{
    add_tab(w, tabs, json_member(words, state), str_format(w->v->a, "?state=%s", state),
            str_is(w->state, state));
}

/* Further canvases of a workflow that has several, by their titles. */
static void add_others(struct wall *w, json_t *tabs)
{
    const char *name;
    json_t *canvas;
    json_object_foreach ((json_t *)(uintptr_t)canvases_of(w), name, canvas)
        if (!str_is(canvas_in(w, state_of(canvas)), name) && has_notes(w, str_of(name)))
            add_tab(w, tabs, json_member(canvas, "title"), str_format(w->v->a, "?canvas=%s", name),
                    str_is(w->canvas, name));
}

static json_t *tabs_of(struct wall *w)
{
    json_t *tabs = json_array(), *all = assets_words(w->v->language),
           *words = json_object_get(all, "board"), *drafts = journey_prototypes(w->j, STR("coach"));
    struct str target = canvas_in(w, "target");
    add_state(w, tabs, "current", words);
    if (wall_has_decisions(w))
        add_state(w, tabs, "decisions", words);
    if (json_array_size(drafts) > 0)
        add_state(w, tabs, "prototype", words);
    if (target.n > 0 && has_notes(w, target)) {
        add_state(w, tabs, "target", words);
        add_state(w, tabs, "diff", words);
    }
    add_others(w, tabs);
    json_decref(drafts);
    json_decref(all);
    return tabs;
}

/* The board of a wish, or as it was then; what was empty then is shown empty. */
static bool get_board(struct wall *w, struct board_wish *wish, json_t **board, struct err *e)
{
    *board = w->at ? board_then(w->j, STR("coach"), w->canvas, w->at) : NULL;
    if (*board)
        return true;
    if (w->at)
        wish->state = STR("blank");
    return journey_board(w->j, wish, board, e);
}

static bool add_board(struct wall *w, json_t *boards, int number, struct err *e)
{
    json_t *board;
    struct board_wish wish = {.canvas = w->canvas,
                              .state = w->state,
                              .audience = STR("coach"),
                              .sensitive = true,
                              .number = number};
    if (!get_board(w, &wish, &board, e))
        return false;
    json_t *tree = board_tree(w->v->a, board, number > 0);
    if (w->lists)
        wall_add_fields(w, tree);
    json_array_append_new(boards,
                          json_pack("{s:o,s:o}", "heading",
                                    json_new_text(json_member(board, "state_label")), "board",
                                    tree));
    json_decref(board);
    return true;
}

static bool add_drafts(struct wall *w, json_t *boards, struct err *e)
{
    json_t *drafts = journey_prototypes(w->j, STR("coach"));
    size_t n = json_array_size(drafts),
           only = (size_t)wall_number(form_get(w->v->query, "number"), 0);
    bool ok = n > 0 || err_set(e, ERR_NOT_FOUND, "There is no prototype yet.");
    for (size_t i = 1; ok && i <= n; i++)
        if (only == 0 || only > n || only == i)
            ok = add_board(w, boards, (int)i, e);
    json_decref(drafts);
    return ok;
}

/* "Saved", and how to take it back, while nothing else has happened. */
static json_t *saved_of(const struct wall *w)
{
    int64_t changed = wall_number(form_get(w->v->query, "changed"), -1);
    return w->problem || changed != w->revision ? json_null() : json_true();
}

/* What was refused, so that it can be done all the same where somebody else was first. */
static json_t *problem_of(const struct wall *w, const json_t *words)
{
    static const char *const names[] = {"key", "item", "to", "text", "before", "do"};
    if (!w->problem)
        return json_null();
    bool conflict = w->problem->code == ERR_CONFLICT;
    struct str sentence = str_of(w->problem->text);
    if (conflict || w->problem->code == ERR_NOT_FOUND)
        sentence = json_member(words, conflict ? "conflict" : "not_there");
    json_t *fields = json_array(), *theirs = json_array(), *item;
    const json_t *there = json_object_get(journey_conflict(w->j), "theirs");
    size_t i;
    for (i = 0; i < sizeof names / sizeof names[0]; i++)
        json_array_append_new(fields,
                              json_pack("{s:s,s:o}", "name", names[i], "value",
                                        json_new_text(form_get(w->v->form, names[i]))));
    json_array_foreach ((json_t *)(uintptr_t)there, i, item)
        json_array_append_new(theirs,
                              json_pack("{s:o}", "text", json_new_text(json_member(item, "text"))));
    bool again = conflict && form_has(w->v->form, "do");
    return json_pack("{s:o,s:b,s:o,s:o,s:o}", "sentence", json_new_text(sentence), "again", again,
                     "fields", fields, "theirs", theirs, "typed",
                     json_new_text(form_get(w->v->form, "text")));
}

/* This board again, without what was opened or saved on it. */
static struct str wall_back(const struct wall *w)
{
    long long set = wall_number(wall_given(w, "set"), 0);
    struct str query = str_format(w->v->a, "?canvas=%.*s&state=%.*s&set=%lld", STR_ARG(w->canvas),
                                  STR_ARG(w->state), set);
    return wall_path(w, query.p);
}

static json_t *page_tree(struct wall *w, json_t *boards)
{
    json_t *all = assets_words(w->v->language), *words = json_object_get(all, "board");
    const json_t *canvas = json_object_getn(canvases_of(w), w->canvas.p, w->canvas.n);
    json_t *tree = json_pack(
        "{s:o,s:o,s:I,s:{s:o,s:o},s:o,s:o,s:b,s:o}", "title",
        json_new_text(str_format(w->v->a, "%.*s · %.*s", STR_ARG(w->client.name),
                                 STR_ARG(json_member(words, "title")))),
        "journey", json_new_text(w->v->parts[0]), "revision", (json_int_t)w->revision, "client",
        "id", json_new_text(w->client.id), "name", json_new_text(w->client.name), "tabs",
        tabs_of(w), "boards", boards, "several", json_array_size(boards) > 1, "canvas_title",
        json_new_text(json_member(canvas, "title")));
    json_object_set_new(tree, "saved", saved_of(w));
    json_object_set_new(tree, "problem", problem_of(w, words));
    json_object_set_new(tree, "editing", json_boolean(w->lists != NULL));
    json_object_set_new(tree, "state", json_new_text(w->state));
    json_object_set_new(tree, "canvas", json_new_text(w->canvas));
    json_object_set_new(tree, "set", json_new_text(wall_given(w, "set")));
    json_object_set_new(tree, "back", json_new_text(wall_back(w)));
    json_object_set_new(tree, "then", json_boolean(w->at > 0));
    json_decref(all);
    return tree;
}

struct str wall_given(const struct wall *w, const char *name)
{
    return form_get(w->v->form->n > 0 ? w->v->form : w->v->query, name);
}

void wall_choose(struct wall *w)
{
    static const char *const states[] = {"target", "diff", "prototype", "decisions"};
    struct str state = wall_given(w, "state"), name = wall_given(w, "canvas");
    w->state = STR("current");
    for (size_t i = 0; i < sizeof states / sizeof states[0]; i++)
        w->state = str_is(state, states[i]) ? str_of(states[i]) : w->state;
    const json_t *canvas = json_object_getn(canvases_of(w), name.p, name.n);
    if (canvas && !str_is(w->state, "diff") && !str_is(w->state, "decisions"))
        w->state = str_of(state_of(canvas));
    bool target = str_is(w->state, "target") || str_is(w->state, "diff");
    w->canvas = canvas ? name
                       : canvas_in(w,
                                   target                              ? "target"
                                       : str_is(w->state, "prototype") ? "prototype"
                                                                       : "current");
}

static bool is_draft(const struct wall *w)
{
    return str_is(w->state, "prototype");
}

static void show_decisions(struct wall *w, json_t *tree)
{
    bool wanted = str_is(w->state, "decisions");
    json_t *table = wanted ? wall_decisions(w) : NULL;
    json_object_set_new(tree, "decisions", table ? table : json_null());
}

bool wall_show(struct wall *w, struct err *e)
{
    bool plain = str_is(w->state, "current") || str_is(w->state, "target"), ok = true;
    if (w->canvas.n == 0)
        return err_set(e, ERR_NOT_FOUND, "The workflow of this journey has no canvas.");
    json_t *boards = json_array();
    /* First: a sitting that never was is today. */
    json_t *time = plain ? wall_sittings(w) : json_null();
    if (!w->at && str_is(w->state, "current"))
        w->lists = board_lists(w->j, w->canvas);
    if (is_draft(w))
        ok = add_drafts(w, boards, e);
    else if (!str_is(w->state, "decisions"))
        ok = add_board(w, boards, 0, e);
    if (!ok) {
        json_decref(boards);
    } else {
        json_t *tree = page_tree(w, boards);
        json_object_set(tree, "time", time);
        show_decisions(w, tree);
        reply_page(w->v, w->problem ? reply_status_of(w->problem->code) : 200, "board", tree);
    }
    json_decref(time);
    json_decref(w->lists);
    w->lists = NULL;
    return ok;
}

bool page_board(struct visit *v, struct err *e)
{
    struct wall w;
    if (!wall_enter(v, &w, e))
        return false;
    wall_choose(&w);
    w.at = (size_t)wall_number(form_get(v->query, "at"), 0);
    w.note = form_get(v->query, "note");
    w.list = form_get(v->query, "list");
    return wall_show(&w, e);
}
