/* What is done on the board.  Every form says which note, in which list, and what: `do` is save,
 * add, remove, up, down or drop.  Afterwards the board is shown again, with a way back. */
#include "web/page_board.h"

#include "web/form.h"
#include "web/hub.h"
#include "web/pages.h"
#include "web/reply.h"

static const struct {
    const char *name;
    enum board_place place;
    bool remove;
} doings[] = {
    {"save", BOARD_STAYS, false}, {"add", BOARD_LAST, false},  {"remove", BOARD_STAYS, true},
    {"up", BOARD_UP, false},      {"down", BOARD_DOWN, false}, {"drop", BOARD_BEFORE, false},
};

static bool read_change(struct visit *v, struct board_change *c, struct err *e)
{
    struct str what = form_get(v->form, "do"), text = str_trim(form_get(v->form, "text"));
    *c = (struct board_change){.key = str_copy(v->a, form_get(v->form, "key")),
                               .item = str_copy(v->a, form_get(v->form, "item")),
                               .to = str_copy(v->a, form_get(v->form, "to")),
                               .text = text,
                               .before = form_get(v->form, "before"),
                               .replaces = form_revision(v->form)};
    for (size_t i = 0; i < sizeof doings / sizeof doings[0]; i++) {
        if (!str_is(what, doings[i].name))
            continue;
        c->place = doings[i].place;
        c->remove = doings[i].remove;
        if (c->item.n == 0)
            c->key = c->to;
        if (c->place == BOARD_UP || c->place == BOARD_DOWN)
            c->to = c->key;
        bool blank = text.n == 0 && (str_is(what, "add") || str_is(what, "save"));
        return (c->key.n > 0 && !blank) ||
            err_set(e, ERR_INPUT, "Please write something on the note.");
    }
    return err_set(e, ERR_USAGE, "The form does not say what to do.");
}

static bool changed(struct wall *w, bool anything, struct err *e)
{
    struct str back = page_back(w->v, wall_path(w, ""));
    bool query = str_find(back, STR("?"), 0) < back.n;
    hub_tell(w->v->web->hub, w->v->parts[0]);
    if (!journey_revision(w->j, &w->revision, e))
        return false;
    reply_go(w->v,
             anything ? str_format(w->v->a, "%.*s%schanged=%lld", STR_ARG(back), query ? "&" : "?",
                                   (long long)w->revision)
                      : back);
    return true;
}

/* The board again, as it is now, with what was typed and why it was refused. */
static bool refused(struct wall *w, const struct err *problem, struct err *e)
{
    w->problem = problem;
    w->note = form_get(w->v->form, "item");
    w->list = form_get(w->v->form, "key");
    wall_choose(w);
    if (str_is(form_get(w->v->form, "do"), "drop"))
        w->note = STR("");
    return journey_revision(w->j, &w->revision, e) && wall_show(w, e);
}

bool page_board_change(struct visit *v, struct err *e)
{
    struct wall w;
    struct board_change c;
    struct err problem = {0};
    bool anything = false;
    if (!wall_enter(v, &w, e))
        return false;
    if (read_change(v, &c, &problem) && board_change(w.j, &c, &anything, &problem))
        return changed(&w, anything, e);
    return refused(&w, &problem, e);
}

bool page_board_undo(struct visit *v, struct err *e)
{
    struct wall w;
    struct err problem = {0};
    if (!wall_enter(v, &w, e))
        return false;
    if (board_undo(w.j, form_revision(v->form), &problem))
        return changed(&w, false, e);
    return refused(&w, &problem, e);
}

bool page_board_decide(struct visit *v, struct err *e)
{
    struct wall w;
    json_t *question, *value = NULL;
    struct err problem = {0};
    struct change c = {.key = str_copy(v->a, form_get(v->form, "key")),
                       .replaces = form_revision(v->form)};
    if (!wall_enter(v, &w, e))
        return false;
    bool ok = journey_question(w.j, c.key, &question, &problem);
    if (ok) {
        value = form_value(v->a, v->form, question);
        json_decref(question);
        value = value ? value : json_object();
        c.value = value;
        ok = journey_answer(w.j, &c, &problem);
    }
    json_decref(value);
    if (!ok)
        return refused(&w, &problem, e);
    int64_t before = w.revision;
    return journey_revision(w.j, &w.revision, e) && changed(&w, w.revision != before, e);
}
