/* Lists are changed as a whole: what is there now, with the one change made to it, is the new
 * answer.  A note that moves from one list to another is one action: both change, or none. */
#include "practice/board_edit.h"

#include "practice/past.h"
#include "practice/state.h"

static const json_t *definition_of(struct journey *j)
{
    return workflow_in_language(j->w, j->language);
}

/* The answer to a list as it is now; an empty list if there is none (a new reference). */
static json_t *items_of(struct journey *j, struct str key)
{
    const json_t *value = fold_value(&j->fold, key.p);
    return json_is_array(value) ? json_deep_copy(value) : json_array();
}

static size_t place_of(const json_t *items, struct str id)
{
    size_t i;
    json_t *item;
    json_array_foreach ((json_t *)(uintptr_t)items, i, item)
        if (id.n > 0 && str_eq(json_member(item, "id"), id))
            return i;
    return SIZE_MAX;
}

/* Is this a list on the path?  Its fields, or NULL with the reason. */
static const json_t *fields_of(struct journey *j, struct str key, struct err *e)
{
    const json_t *entry = journey_entry(j, key.p);
    const json_t *question = workflow_question(definition_of(j), json_member(entry, "id"));
    if (entry && str_is(json_member(question, "type"), "list"))
        return json_object_get(question, "item");
    (void)err_set(e, ERR_NOT_FOUND,
                  "This part of the board takes no notes now: its question is not asked.");
    return NULL;
}

/* What both lists know of a note (a new reference). */
static json_t *note_for(const json_t *note, const json_t *fields)
{
    json_t *kept = json_object(), *value;
    const char *name;
    json_object_foreach ((json_t *)(uintptr_t)note, name, value)
        if (str_is(str_of(name), "id") || json_object_get(fields, name))
            json_object_set(kept, name, value);
    return kept;
}

/* Where a note goes that is at `from` now (SIZE_MAX: nowhere yet) in a list of n others. */
static size_t place_wanted(const struct board_change *c, const json_t *others, size_t from)
{
    size_t n = json_array_size(others), before = place_of(others, c->before);
    switch (c->place) {
    case BOARD_FIRST:
        return 0;
    case BOARD_UP:
        return from < n + 1 && from > 0 ? from - 1 : 0;
    case BOARD_DOWN:
        return from < n ? from + 1 : n;
    case BOARD_BEFORE:
        return before < n ? before : n;
    case BOARD_STAYS:
        return from < n ? from : n;
    case BOARD_LAST:
        break;
    }
    return n;
}

static bool give(struct journey *j, const struct board_change *c, struct str key,
                 const json_t *items, struct err *e)
{
    struct change change = {.key = key, .value = items, .replaces = c->replaces};
    if (json_array_size(items) > 0)
        return journey_answer(j, &change, e);
    /* Nothing is left of the answer: the question is left out, and the workflow goes on. */
    change.value = NULL;
    change.why = str_is(j->language, "fr") ? STR("La dernière note a été retirée du tableau.")
                                           : STR("The last note was taken off the board.");
    return journey_skip(j, &change, e);
}

static bool is_there(size_t at, struct err *e)
{
    return at != SIZE_MAX ||
        err_set(e, ERR_NOT_FOUND, "This note is not there any more. Look at the board again.");
}

static void set_text(json_t *note, const struct board_change *c)
{
    if (c->text.n > 0)
        json_object_set_new(note, "text", json_new_text(c->text));
}

/* Everything that happens within one list. */
static bool change_here(struct journey *j, const struct board_change *c, struct err *e)
{
    if (!fields_of(j, c->key, e))
        return false;
    json_t *items = items_of(j, c->key), *note = NULL;
    size_t at = c->item.n > 0 ? place_of(items, c->item) : SIZE_MAX;
    bool ok = c->item.n == 0 || is_there(at, e);
    if (ok && at == SIZE_MAX) {
        note = json_object();
    } else if (ok) {
        note = json_incref(json_array_get(items, at));
        json_array_remove(items, at);
    }
    if (ok && !c->remove) {
        set_text(note, c);
        json_array_insert(items, place_wanted(c, items, at), note);
    }
    ok = ok && give(j, c, c->key, items, e);
    json_decref(note);
    json_decref(items);
    return ok;
}

static bool put_there(struct journey *j, const struct board_change *c, const json_t *note,
                      struct err *e)
{
    const json_t *fields = fields_of(j, c->to, e);
    if (!fields)
        return false;
    json_t *items = items_of(j, c->to), *moved = note_for(note, fields);
    bool twice = place_of(items, c->item) != SIZE_MAX;
    if (twice) /* another note of that list has the same id: it gets one of its own */
        json_object_del(moved, "id");
    set_text(moved, c);
    json_array_insert_new(items, place_wanted(c, items, SIZE_MAX), moved);
    bool ok = give(j, c, c->to, items, e);
    json_decref(items);
    return ok;
}

/* From one list to another, in the transaction that is open. */
static bool change_lists(struct journey *j, const struct board_change *c, struct err *e)
{
    if (!fields_of(j, c->key, e))
        return false;
    json_t *items = items_of(j, c->key);
    size_t at = place_of(items, c->item);
    bool ok = is_there(at, e) && put_there(j, c, json_array_get(items, at), e);
    if (ok) {
        json_array_remove(items, at);
        ok = give(j, c, c->key, items, e);
    }
    json_decref(items);
    return ok;
}

static bool move(struct journey *j, const struct board_change *c, struct err *e)
{
    struct err ignored;
    if (!journey_action_begin(j, e))
        return false;
    if (change_lists(j, c, e))
        return journey_batch_end(j, true, e);
    IGNORED(journey_batch_end(j, false, &ignored));
    return false;
}

bool board_change(struct journey *j, const struct board_change *c, bool *changed, struct err *e)
{
    if (!journey_refresh(j, e))
        return false;
    size_t before = j->fold.n;
    bool moves = c->item.n > 0 && !c->remove && c->to.n > 0 && !str_eq(c->to, c->key);
    bool ok = moves ? move(j, c, e) : change_here(j, c, e);
    *changed = ok && j->fold.n > before;
    return ok;
}

static bool undo_latest(struct journey *j, int64_t revision, struct err *e)
{
    struct arena *a = arena_new();
    struct str key;
    bool ok = fold_revision(&j->fold) == revision ||
        err_set(e, ERR_CONFLICT,
                "Something else was changed meanwhile. Look at the board, then change it there.");
    ok = ok && journey_undo(j, a, &key, e);
    arena_free(a);
    return ok;
}

bool board_undo(struct journey *j, int64_t revision, struct err *e)
{
    struct err ignored;
    if (!journey_batch_begin(j, e))
        return false;
    if (undo_latest(j, revision, e))
        return journey_batch_end(j, true, e);
    IGNORED(journey_batch_end(j, false, &ignored));
    return false;
}

bool board_sittings(struct journey *j, json_t **out, struct err *e)
{
    struct arena *a = arena_new();
    struct store_session *list;
    size_t n = 0;
    bool ok = store_session_list(j->p->store, a, j->record.id, &list, &n, e);
    json_t *sittings = json_array();
    for (size_t i = 0; ok && i < n; i++) {
        char day[11];
        clock_day(list[i].started, day);
        json_array_append_new(sittings,
                              json_pack("{s:I,s:s}", "number", (json_int_t)i + 1, "date", day));
    }
    arena_free(a);
    *out = sittings;
    if (!ok)
        json_decref(sittings);
    return ok;
}

json_t *board_then(struct journey *j, struct str audience, struct str canvas, size_t number)
{
    struct arena *a = arena_new();
    json_t *board = past_board(j, audience, str_format(a, "at-%zu-%.*s", number, STR_ARG(canvas)));
    arena_free(a);
    return board;
}
