/* The way beside the questions, phases and their steps; and the canvas that fills. */
#include "web/page_session.h"

#include "practice/documents.h"

/* What the path knows of a step. */
static json_t *new_step(void)
{
    return json_pack("{s:i,s:i,s:b,s:s}", "answered", 0, "open", 0, "check", 0, "at", "");
}

static void count(json_t *of, const char *name)
{
    json_object_set_new(of, name, json_integer((json_int_t)json_whole(of, name, 0) + 1));
}

static struct str step_name(struct arena *a, struct str phase, struct str step)
{
    return str_format(a, "%.*s/%.*s", STR_ARG(phase), STR_ARG(step));
}

/* {"PHASE/STEP": what is known of it}. */
static json_t *steps_of_path(struct journey *j, struct arena *a, const json_t *view)
{
    json_t *steps = json_object(), *open = json_object(), *question, *entry;
    size_t i;
    json_array_foreach (json_object_get(view, "open"), i, question)
        json_object_set(open, json_member(question, "key").p, json_object_get(question, "state"));
    json_array_foreach (json_object_get(journey_outcome(j), "path"), i, entry) {
        struct str key = json_member(entry, "key"), state = json_member(open, key.p);
        struct str name = step_name(a, json_member(entry, "phase"), room_step(j, entry));
        json_t *step = json_object_getn(steps, name.p, name.n);
        if (!step)
            json_object_setn_new(steps, name.p, name.n, step = new_step());
        count(step, state.n > 0 ? "open" : "answered");
        if (str_is(state, "to_check"))
            json_object_set_new(step, "check", json_true());
        if (json_member(step, "at").n == 0 || (state.n > 0 && json_whole(step, "open", 0) == 1))
            json_object_set_new(step, "at", json_new_text(session_encode(a, key)));
    }
    json_decref(open);
    return steps;
}

/* Where the walk through the definition is, seen from where one is. */
struct walk {
    struct journey *j;
    struct arena *a;
    const struct place *p;
    const json_t *steps;
    bool behind; /* what comes now lies before us */
};

static json_t *map_step(struct walk *w, struct str phase, const json_t *step)
{
    struct str id = json_member(step, "id");
    struct str name = step_name(w->a, phase, id);
    const json_t *known = json_object_getn(w->steps, name.p, name.n);
    bool here = str_eq(phase, w->p->phase) && str_eq(id, w->p->step) && w->p->step.n > 0;
    long long open = json_whole(known, "open", 0);
    w->behind = w->behind || here;
    if (!known && !w->behind) /* the answers so far lead past it */
        return NULL;
    return json_pack("{s:O?,s:b,s:b,s:b,s:b,s:o,s:o}", "title", json_object_get(step, "title"),
                     "here", here, "done", known && !here, "ahead", !known && !here, "check",
                     json_flag(known, "check", false), "open",
                     open > 0 && !here ? json_integer(open) : json_null(), "at",
                     known && open > 0 ? json_incref(json_object_get(known, "at")) : json_null());
}

static json_t *map_phase(struct walk *w, const json_t *phase)
{
    json_t *steps = json_array(), *step;
    struct str id = json_member(phase, "id");
    bool here = str_eq(id, w->p->phase), before = !w->behind && !here;
    long long open = 0;
    size_t i;
    json_array_foreach (json_object_get(phase, "steps"), i, step) {
        json_t *one = map_step(w, id, step);
        if (!one)
            continue;
        open += json_whole(one, "open", 0);
        json_array_append_new(steps, one);
    }
    w->behind = w->behind || here;
    return json_pack("{s:O?,s:o,s:b,s:b,s:b,s:o}", "title", json_object_get(phase, "title"),
                     "steps", steps, "here", here, "done", before, "ahead", !before && !here,
                     "open", open > 0 ? json_integer(open) : json_null());
}

json_t *session_map(struct journey *j, struct arena *a, const json_t *view, const struct place *p)
{
    const json_t *definition =
        workflow_in_language(journey_workflow(j), journey_record(j)->language);
    json_t *steps = steps_of_path(j, a, view), *map = json_array(), *phase;
    struct walk w = {j, a, p, steps, false};
    size_t i;
    json_array_foreach (json_object_get(definition, "phases"), i, phase) {
        json_t *one = map_phase(&w, phase);
        if (p->phase.n == 0) /* the end: everything lies behind */
            json_object_set_new(one, "done", json_true());
        json_array_append_new(map, one);
    }
    json_decref(steps);
    return map;
}

static const json_t *block_of(const json_t *board, struct str id)
{
    json_t *block;
    size_t i;
    json_array_foreach (json_object_get(board, "blocks"), i, block)
        if (str_eq(json_member(block, "id"), id))
            return block;
    return NULL;
}

static json_t *board_items(const json_t *block)
{
    json_t *items = json_array(), *item;
    size_t i;
    json_array_foreach (json_object_get(block, "items"), i, item)
        json_array_append_new(items,
                              json_pack("{s:O?,s:O?,s:O?}", "text", json_object_get(item, "text"),
                                        "mark", json_object_get(item, "mark"), "kind",
                                        json_object_get(item, "kind")));
    return items;
}

static json_t *board_cell(const json_t *board, const json_t *cell, struct str now)
{
    struct str id = json_member(cell, "block");
    const json_t *block = block_of(board, id);
    return json_pack("{s:I,s:I,s:O?,s:o,s:b,s:b}", "span", (json_int_t)json_whole(cell, "span", 1),
                     "rows", (json_int_t)json_whole(cell, "rows", 1), "label",
                     json_object_get(block, "label"), "items", board_items(block), "now",
                     now.n > 0 && str_eq(id, now), "has_items",
                     json_array_size(json_object_get(block, "items")) > 0);
}

/* The rows of the canvas's table; blocks without a place stand below each other. */
static json_t *board_rows(const json_t *board, struct str now)
{
    json_t *rows = json_array(), *row, *cell, *block;
    size_t i, k;
    json_array_foreach (json_object_get(board, "grid"), i, row) {
        json_t *cells = json_array();
        json_array_foreach (row, k, cell)
            json_array_append_new(cells, board_cell(board, cell, now));
        json_array_append_new(rows, json_pack("{s:o}", "cells", cells));
    }
    if (json_array_size(rows) > 0)
        return rows;
    json_array_foreach (json_object_get(board, "blocks"), i, block) {
        json_t *alone = json_pack("{s:O}", "block", json_object_get(block, "id"));
        json_array_append_new(rows, json_pack("{s:[o]}", "cells", board_cell(board, alone, now)));
        json_decref(alone);
    }
    return rows;
}

static long long count_notes(const json_t *board)
{
    long long n = 0;
    size_t i;
    json_t *block;
    json_array_foreach (json_object_get(board, "blocks"), i, block)
        n += (long long)json_array_size(json_object_get(block, "items"));
    return n;
}

json_t *session_board(struct journey *j, const json_t *question)
{
    struct str now, canvas = str_split(json_member(question, "canvas"), '.', &now);
    struct err ignored;
    json_t *board;
    struct board_wish wish = {.canvas = canvas, .audience = STR("client"), .agreed = true};
    struct board_wish first = {.audience = STR("client"), .agreed = true};
    if (!(canvas.n > 0 && journey_board(j, &wish, &board, &ignored)) &&
        !journey_board(j, &first, &board, &ignored))
        return json_null();
    json_t *out = json_pack("{s:O?,s:o,s:I}", "title", json_object_get(board, "title"), "rows",
                            board_rows(board, now), "notes", (json_int_t)count_notes(board));
    json_decref(board);
    return out;
}
