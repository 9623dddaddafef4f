/* The way beside the questions, phases and their steps; and the canvas that fills. */
#include "web/page_session.h"

#include "practice/documents.h"
#include "web/board_tree.h"

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

/* The block that is being filled is marked. */
static void mark_block(struct arena *a, json_t *tree, struct str now)
{
    size_t i;
    json_t *block;
    json_array_foreach (json_object_get(tree, "blocks"), i, block) {
        struct str place = json_member(block, "place");
        if (now.n > 0 && str_eq(json_member(block, "id"), now))
            json_object_set_new(block, "place",
                                json_new_text(str_format(a, "%.*s now", STR_ARG(place))));
    }
}

json_t *session_board(struct journey *j, struct arena *a, const json_t *question)
{
    struct str now, canvas = str_split(json_member(question, "canvas"), '.', &now);
    struct err ignored;
    json_t *board;
    struct board_wish wish = {.canvas = canvas, .audience = STR("client"), .agreed = true};
    struct board_wish first = {.audience = STR("client"), .agreed = true};
    if (!(canvas.n > 0 && journey_board(j, &wish, &board, &ignored)) &&
        !journey_board(j, &first, &board, &ignored))
        return json_null();
    json_t *tree = board_tree(a, board, true);
    mark_block(a, tree, now);
    json_decref(board);
    return tree;
}
