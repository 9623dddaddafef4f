/* Which questions stand behind a canvas. */
#include "practice/board_edit.h"

#include "practice/state.h"

static const json_t *definition_of(struct journey *j)
{
    return workflow_in_language(j->w, j->language);
}

static struct str title_of(const json_t *list, struct str id)
{
    return json_member(json_find(list, "id", id), "title");
}

static struct str step_title(struct journey *j, const json_t *question)
{
    size_t i;
    json_t *phase;
    json_array_foreach (json_object_get(definition_of(j), "phases"), i, phase) {
        struct str title = title_of(json_object_get(phase, "steps"), json_member(question, "step"));
        if (title.n > 0)
            return title;
    }
    return STR("");
}

static struct str phase_title(struct journey *j, const json_t *question)
{
    return title_of(json_object_get(definition_of(j), "phases"), json_member(question, "phase"));
}

static bool is_list(const json_t *question)
{
    return str_is(json_member(question, "type"), "list");
}

/* A list that takes notes. */
static json_t *list_of(struct journey *j, const json_t *entry, const json_t *question)
{
    const json_t *value = fold_value(&j->fold, json_member(entry, "key").p);
    bool hidden = json_flag(question, "private", false) || json_flag(question, "sensitive", false);
    return json_pack("{s:O,s:O,s:o,s:o,s:b,s:I,s:o}", "key", json_object_get(entry, "key"), "id",
                     json_object_get(entry, "id"), "ask",
                     wording_for(j, entry, question, STR("coach"), true), "step",
                     json_new_text(step_title(j, question)), "private", hidden, "most",
                     (json_int_t)json_whole(question, "max", 0), "items",
                     json_is_array(value) ? json_deep_copy(value) : json_array());
}

/* The block of that canvas a question belongs to; empty: none. */
static struct str block_of(const json_t *question, struct str canvas)
{
    struct str block, of = str_split(json_member(question, "canvas"), '.', &block);
    return of.n > 0 && str_eq(of, canvas) ? block : STR("");
}

/* The lists of a block, made when first asked for. */
static json_t *of_block(json_t *blocks, struct str block, const char *what)
{
    json_t *of = json_object_getn(blocks, block.p, block.n);
    if (!of) {
        of = json_pack("{s:[],s:[],s:[]}", "lists", "later", "others");
        json_object_setn_new(blocks, block.p, block.n, of);
    }
    return json_object_get(of, what);
}

/* What is on the path; the ids of those questions go to `asked`. */
static void add_asked(struct journey *j, struct str canvas, json_t *blocks, json_t *asked)
{
    size_t i;
    json_t *entry;
    json_array_foreach (json_object_get(j->outcome, "path"), i, entry) {
        const json_t *question = workflow_question(definition_of(j), json_member(entry, "id"));
        struct str block = block_of(question, canvas);
        if (block.n == 0)
            continue;
        json_object_set_new(asked, json_member(entry, "id").p, json_true());
        if (is_list(question))
            json_array_append_new(of_block(blocks, block, "lists"), list_of(j, entry, question));
        else
            json_array_append_new(of_block(blocks, block, "others"),
                                  json_pack("{s:O,s:o}", "key", json_object_get(entry, "key"),
                                            "ask",
                                            wording_for(j, entry, question, STR("coach"), true)));
    }
}

json_t *board_lists(struct journey *j, struct str canvas)
{
    json_t *blocks = json_object(), *asked = json_object(), *question;
    const char *id;
    add_asked(j, canvas, blocks, asked);
    json_object_foreach (json_object_get(definition_of(j), "questions"), id, question) {
        struct str block = block_of(question, canvas);
        if (block.n > 0 && is_list(question) && !json_object_get(asked, id))
            json_array_append_new(of_block(blocks, block, "later"),
                                  json_pack("{s:O?,s:o,s:o}", "ask",
                                            json_object_get(question, "ask"), "step",
                                            json_new_text(step_title(j, question)), "phase",
                                            json_new_text(phase_title(j, question))));
    }
    json_decref(asked);
    return blocks;
}

/* The ids of all notes on canvases that are answers to lists. */
static json_t *notes_of(struct journey *j)
{
    json_t *notes = json_object(), *entry, *item;
    size_t i, k;
    json_array_foreach (json_object_get(j->outcome, "path"), i, entry) {
        const json_t *question = workflow_question(definition_of(j), json_member(entry, "id"));
        if (!is_list(question) || json_member(question, "canvas").n == 0)
            continue;
        json_array_foreach (fold_value(&j->fold, json_member(entry, "key").p), k, item)
            json_object_set_new(notes, json_member(item, "id").p, json_true());
    }
    return notes;
}

static bool sorts_notes(const json_t *entry, const json_t *question, const json_t *notes)
{
    const json_t *rows = json_object_get(entry, "rows");
    size_t i;
    json_t *row;
    if (!str_is(json_member(question, "type"), "sort") || json_array_size(rows) == 0)
        return false;
    json_array_foreach ((json_t *)(uintptr_t)rows, i, row)
        if (!json_object_get(notes, json_member(row, "id").p))
            return false;
    return true;
}

/* The list that takes what is new beside a `sort`, in the same step and round. */
static json_t *adds_to(struct journey *j, const json_t *sort)
{
    struct str key = json_member(sort, "key"), id = json_member(sort, "id");
    struct str step =
        json_member(workflow_question(definition_of(j), json_member(sort, "id")), "step");
    struct str round = str_ends(key, id) ? str_part(key, 0, key.n - id.n) : STR("");
    size_t i;
    json_t *entry;
    json_array_foreach (json_object_get(j->outcome, "path"), i, entry) {
        const json_t *question = workflow_question(definition_of(j), json_member(entry, "id"));
        if (is_list(question) && str_ends(json_member(entry, "id"), STR("_add")) &&
            str_eq(json_member(question, "step"), step) &&
            str_starts(json_member(entry, "key"), round))
            return list_of(j, entry, question);
    }
    return json_null();
}

static json_t *sort_of(struct journey *j, const json_t *entry, const json_t *question)
{
    const json_t *value = fold_value(&j->fold, json_member(entry, "key").p);
    json_t *sort = json_pack(
        "{s:O,s:O,s:o,s:o,s:O,s:O,s:o,s:b}", "key", json_object_get(entry, "key"), "id",
        json_object_get(entry, "id"), "ask", wording_for(j, entry, question, STR("coach"), true),
        "step", json_new_text(step_title(j, question)), "columns",
        json_object_get(question, "columns"), "rows", json_object_get(entry, "rows"), "value",
        json_is_object(value) ? json_deep_copy(value) : json_object(), "sensitive",
        json_flag(question, "sensitive", false) || json_flag(question, "private", false));
    json_object_set_new(sort, "add", adds_to(j, entry));
    return sort;
}

json_t *board_sorts(struct journey *j)
{
    json_t *sorts = json_array(), *notes = notes_of(j), *entry;
    size_t i;
    json_array_foreach (json_object_get(j->outcome, "path"), i, entry) {
        const json_t *question = workflow_question(definition_of(j), json_member(entry, "id"));
        if (sorts_notes(entry, question, notes))
            json_array_append_new(sorts, sort_of(j, entry, question));
    }
    json_decref(notes);
    return sorts;
}
