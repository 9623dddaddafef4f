/* One question of the path: its answer is changed, left out or noted at, and what a change would do
 * is shown before it is saved.  Nothing is written by a preview. */
#include "web/page_review.h"

#include "practice/what_if.h"
#include "web/asking.h"
#include "web/assets.h"
#include "web/draft.h"
#include "web/form.h"
#include "web/hub.h"
#include "web/reply.h"
#include "workflow/value.h"

enum { ROWS_MORE = 6 };

/* One visit to a question. */
struct turn {
    struct visit *v;
    struct journey *j;
    struct store_client client;
    json_t *question; /* as of journey_question */
    struct str key;   /* the whole key */
    bool leaves_out;  /* the form says that it is left out, for this reason: */
    struct str why;
    json_t *value;           /* the answer that the form means; NULL: none */
    json_t *typed;           /* what the controls show, if not the answer there is */
    struct str fault;        /* what is wrong, or empty */
    json_t *conflict, *told; /* the outcome of a save and of a preview; or NULL */
    size_t rows;             /* more empty rows of a list */
};

static struct str key_wanted(const struct visit *v)
{
    struct str key = form_get(v->query, "key");
    return key.n ? key : form_get(v->form, "key");
}

static bool begin(struct turn *t, struct visit *v, struct err *e)
{
    *t = (struct turn){.v = v, .fault = STR("")};
    if (!page_journey(v, &t->j, &t->client, e) ||
        !journey_question(t->j, key_wanted(v), &t->question, e))
        return false;
    t->key = json_member(t->question, "key");
    t->leaves_out = str_is(form_get(v->form, "do"), "skip");
    t->why = form_get(v->form, "why");
    if (!t->leaves_out && v->form->n > 0) {
        t->value = form_value(v->a, v->form, t->question);
        t->typed = form_typed(v->a, v->form, t->question);
    }
    return true;
}

static void end(struct turn *t)
{
    json_decref(t->question);
    json_decref(t->value);
    json_decref(t->typed);
    json_decref(t->conflict);
    json_decref(t->told);
}

static struct change change_of(const struct turn *t)
{
    return (struct change){
        .key = t->key, .value = t->value, .why = t->why, .replaces = form_revision(t->v->form)};
}

/* The notes at this question. */
static json_t *notes_of(struct turn *t)
{
    json_t *list, *note, *out = json_array();
    struct err ignored;
    size_t i;
    if (!journey_notes(t->j, &list, &ignored))
        return out;
    json_array_foreach (list, i, note) {
        struct str seen = json_member(note, "visibility");
        if (str_eq(json_member(note, "key"), t->key))
            json_array_append_new(
                out,
                json_pack("{s:O,s:O,s:b,s:b}", "text", json_object_get(note, "text"), "day",
                          json_object_get(note, "day"), "shared", str_is(seen, "shared"),
                          "sensitive", str_is(seen, "sensitive")));
    }
    json_decref(list);
    return out;
}

/* The fields of the form once more, so that nothing typed is lost between two pages. */
static json_t *fields_again(const struct form *f)
{
    static const char *const ours[] = {"token", "key", "replaces", "back", "do", "shape"};
    json_t *list = json_array();
    for (size_t i = 0; i < f->n; i++) {
        bool own = false;
        for (size_t k = 0; k < sizeof ours / sizeof ours[0]; k++)
            own = own || str_is(f->fields[i].name, ours[k]);
        if (!own)
            json_array_append_new(list,
                                  json_pack("{s:o,s:o}", "name", json_new_text(f->fields[i].name),
                                            "value", json_new_text(f->fields[i].value)));
    }
    return list;
}

/* An answer that is not the one there is, set for reading. */
static json_t *answer_of(struct turn *t, const json_t *value, struct str shown)
{
    json_t *other = json_copy(t->question);
    json_object_set_new(other, "shown", json_new_text(shown));
    if (value)
        json_object_set(other, "value", (json_t *)(uintptr_t)value);
    else
        (void)json_object_del(other, "value");
    json_t *answer = review_answer(t->v->a, other);
    json_decref(other);
    return answer;
}

static void add_given(struct turn *t, json_t *tree)
{
    bool skipped = json_object_get(t->question, "skipped") != NULL;
    bool answered = json_object_get(t->question, "value") != NULL;
    json_object_set_new(tree, "is_skipped", json_boolean(skipped));
    json_object_set_new(tree, "skipped", json_new_text(json_member(t->question, "skipped")));
    json_object_set_new(tree, "is_open", json_boolean(!skipped && !answered));
    json_object_set_new(tree, "answer", review_answer(t->v->a, t->question));
    json_object_set_new(tree, "private", json_boolean(json_flag(t->question, "private", false)));
    json_object_set_new(tree, "sensitive",
                        json_boolean(json_flag(t->question, "sensitive", false)));
    json_object_set(tree, "ask", json_object_get(t->question, "ask"));
}

static json_t *control_of(struct turn *t)
{
    json_t *draft_given = NULL;
    json_t *draft = t->typed ? json_null() : draft_offer(t->v, t->j, t->question, &draft_given);
    struct asking asking = {.a = t->v->a,
                            .language = t->v->language,
                            .question = t->question,
                            .given = t->typed ? t->typed
                                : draft_given ? draft_given
                                              : asking_begin(t->question),
                            .rows = t->rows};
    json_t *model = asking_model(&asking);
    json_decref(draft_given);
    json_object_set_new(model, "draft", draft);
    json_object_set_new(model, "error", json_new_text(t->leaves_out ? STR("") : t->fault));
    return json_pack("[o]", model);
}

static json_t *question_tree(struct turn *t)
{
    json_t *view = journey_view(t->j), *tree = review_tree(t->v, t->j, &t->client, view);
    struct str given = form_get(t->v->form, "replaces"), shown = json_member(t->question, "key");
    json_decref(view);
    add_given(t, tree);
    json_object_set_new(tree, "at", json_new_text(review_encode(t->v->a, shown)));
    json_object_set_new(tree, "key", json_new_text(t->key));
    json_object_set_new(tree, "anchor", json_new_text(review_anchor(t->v->a, t->key)));
    if (given.n > 0 && !t->conflict) /* the revision that the person has seen */
        json_object_set_new(tree, "revision", json_new_text(given));
    json_t *revisions = review_history(t->v, t->j, t->question), *notes = notes_of(t);
    /* The latest one is the answer there is, which is shown already. */
    json_object_set_new(tree, "has_history", json_boolean(json_array_size(revisions) > 1));
    json_object_set_new(tree, "revisions", revisions);
    json_object_set_new(tree, "has_notes", json_boolean(json_array_size(notes) > 0));
    json_object_set_new(tree, "notes", notes);
    json_object_set_new(tree, "asked", control_of(t));
    json_object_set_new(tree, "why", json_new_text(t->why));
    json_object_set_new(tree, "why_wrong", json_new_text(t->leaves_out ? t->fault : STR("")));
    json_object_set_new(tree, "leaves_out", json_boolean(t->leaves_out));
    json_object_set_new(tree, "fields", fields_again(t->v->form));
    json_object_set(tree, "conflict", t->conflict ? t->conflict : json_null());
    json_object_set_new(tree, "noted",
                        json_boolean(str_is(form_get(t->v->query, "said"), "noted")));
    return tree;
}

static bool show(struct turn *t, int status)
{
    reply_page(t->v, status, "question", question_tree(t));
    end(t);
    return true;
}

/* Both answers, when somebody else was first. */
static void note_conflict(struct turn *t)
{
    const json_t *both = journey_conflict(t->j);
    json_t *fresh;
    struct err ignored;
    if (!both)
        return;
    if (journey_question(t->j, t->key, &fresh, &ignored)) {
        json_decref(t->question);
        t->question = fresh;
        t->key = json_member(fresh, "key");
    }
    struct str yours = t->why;
    if (t->value) {
        const json_t *value = json_object_get(both, "yours");
        yours = value_show(t->v->a, t->question, value ? value : t->value, t->v->language);
    }
    t->conflict = json_pack("{s:o}", "yours", answer_of(t, t->value, yours));
}

/* The question once more, with what is wrong; false where that says nothing about it. */
static bool show_fault(struct turn *t, struct err *e)
{
    int status = reply_status_of(e->code);
    if (e->code != ERR_INPUT && e->code != ERR_LIMIT && e->code != ERR_CONFLICT &&
        e->code != ERR_DISK && e->code != ERR_LOCKED)
        return false;
    if (e->code == ERR_CONFLICT)
        note_conflict(t);
    else
        t->fault = str_copy(t->v->a, str_of(e->text));
    return show(t, status);
}

static bool nothing_given(const struct turn *t, struct err *e)
{
    return err_set(e, ERR_INPUT, "%s", review_word(t->v, "empty").p);
}

bool page_question(struct visit *v, struct err *e)
{
    struct turn t;
    if (begin(&t, v, e))
        return show(&t, 200);
    end(&t);
    return false;
}

/* The form in another shape (more rows, another order) or once more as it was typed. */
static bool reshape(struct turn *t)
{
    struct str how = form_get(t->v->form, "shape");
    t->rows = str_is(how, "more") ? ROWS_MORE : 0;
    if (t->typed)
        form_move_row(t->v->form, t->question, t->typed, how);
    return show(t, 200);
}

static bool keep_note(struct turn *t, struct err *e)
{
    struct str seen = form_get(t->v->form, "visibility");
    if (!journey_note(t->j, t->key, form_get(t->v->form, "text"),
                      seen.n > 0 ? seen : STR("private"), e))
        return false;
    hub_tell(t->v->web->hub, t->v->parts[0]);
    reply_go(t->v,
             str_format(t->v->a, "/journeys/%.*s/question?key=%s&said=noted",
                        STR_ARG(t->v->parts[0]), review_encode(t->v->a, t->key).p));
    return true;
}

static bool save(struct turn *t, struct err *e)
{
    struct change c = change_of(t);
    if (t->leaves_out)
        return journey_skip(t->j, &c, e);
    return t->value ? journey_answer(t->j, &c, e) : nothing_given(t, e);
}

bool page_question_save(struct visit *v, struct err *e)
{
    struct turn t;
    bool ok = begin(&t, v, e);
    if (ok && form_get(v->form, "shape").n > 0)
        return reshape(&t);
    if (ok && str_is(form_get(v->form, "do"), "note")) {
        ok = keep_note(&t, e);
        end(&t);
        return ok;
    }
    if (ok && !save(&t, e)) {
        if (show_fault(&t, e))
            return true;
        ok = false;
    }
    if (ok) {
        hub_tell(v->web->hub, v->parts[0]);
        reply_go(v,
                 str_format(v->a, "/journeys/%.*s/review?said=saved#%s", STR_ARG(v->parts[0]),
                            review_anchor(v->a, t.key).p));
    }
    end(&t);
    return ok;
}

/* The lists of the path, in the order in which they matter. */
static json_t *path_lists(struct turn *t)
{
    static const char *const names[] = {"new",  "again",    "back",   "aside",
                                        "gone", "to_check", "waiting"};
    json_t *out = json_array();
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        json_t *list = json_object_get(json_object_get(t->told, "path"), names[i]);
        if (json_array_size(list) == 0)
            continue;
        struct str word = review_word(t->v, str_format(t->v->a, "list_%s", names[i]).p);
        bool plus = i == 0 || i == 2, minus = i == 3 || i == 4;
        json_array_append_new(out,
                              json_pack("{s:o,s:O,s:i,s:b,s:b,s:b}", "title", json_new_text(word),
                                        "entries", list, "n", (int)json_array_size(list), "plus",
                                        plus, "minus", minus, "folded",
                                        json_array_size(list) > 12));
    }
    return out;
}

/* Lists with + - ~ as flags, which is what templates can tell apart. */
static json_t *with_signs(const json_t *list)
{
    json_t *out = json_array(), *one;
    size_t i;
    json_array_foreach ((json_t *)(uintptr_t)list, i, one) {
        json_t *line = json_copy(one);
        struct str sign = json_member(one, "sign");
        json_object_set_new(line, "plus", json_boolean(str_is(sign, "+")));
        json_object_set_new(line, "minus", json_boolean(str_is(sign, "-")));
        json_object_set_new(line, "other", json_boolean(str_is(sign, "~")));
        json_array_append_new(out, line);
    }
    return out;
}

static json_t *canvas_lists(const struct turn *t)
{
    json_t *out = json_array(), *canvas;
    size_t i;
    json_array_foreach (json_object_get(t->told, "canvases"), i, canvas)
        json_array_append_new(out,
                              json_pack("{s:O,s:o}", "title", json_object_get(canvas, "title"),
                                        "items", with_signs(json_object_get(canvas, "items"))));
    return out;
}

static void add_told(struct turn *t, json_t *tree)
{
    const json_t *path = json_object_get(t->told, "path");
    json_t *lists = path_lists(t), *plan = with_signs(json_object_get(t->told, "plan")),
           *canvases = canvas_lists(t);
    bool any = json_array_size(lists) + json_array_size(plan) + json_array_size(canvases) > 0;
    struct str trouble = json_member(t->told, "trouble"), after = json_member(t->told, "after");
    json_object_set_new(tree, "then", answer_of(t, t->value ? t->value : NULL, after));
    json_object_set_new(tree, "same", json_boolean(json_flag(t->told, "same", false)));
    json_object_set_new(tree, "only_words",
                        json_boolean(!any && trouble.n == 0 && !json_flag(t->told, "same", false)));
    json_object_set_new(tree, "trouble", json_new_text(trouble));
    json_object_set_new(tree, "as_if",
                        json_boolean(json_array_size(json_object_get(path, "new")) > 0));
    json_object_set_new(tree, "has_path", json_boolean(json_array_size(lists) > 0));
    json_object_set_new(tree, "has_plan", json_boolean(json_array_size(plan) > 0));
    json_object_set_new(tree, "lists", lists);
    json_object_set_new(tree, "plan", plan);
    json_object_set_new(tree, "canvases", canvases);
}

static bool preview(struct turn *t, struct err *e)
{
    struct change c = change_of(t);
    if (!t->leaves_out && !t->value)
        return nothing_given(t, e);
    if (!journey_what_if(t->j, &c, &t->told, e))
        return false;
    json_t *tree = question_tree(t);
    add_told(t, tree);
    reply_page(t->v, 200, "preview", tree);
    return true;
}

bool page_preview(struct visit *v, struct err *e)
{
    struct turn t;
    bool ok = begin(&t, v, e);
    if (ok && (form_get(v->form, "shape").n > 0 || form_has(v->form, "edit")))
        return reshape(&t);
    if (ok && !preview(&t, e)) {
        if (show_fault(&t, e))
            return true;
        ok = false;
    }
    end(&t);
    return ok;
}

/* A preview is asked for by a form; its address alone leads to the question. */
bool page_preview_again(struct visit *v, struct err *e)
{
    struct str key = form_get(v->query, "key");
    struct journey *j;
    if (!page_journey(v, &j, NULL, e))
        return false;
    reply_go(v,
             str_format(v->a, key.n ? "/journeys/%.*s/question?key=%s" : "/journeys/%.*s/review",
                        STR_ARG(v->parts[0]), review_encode(v->a, key).p));
    return true;
}
