/* Lists: a line adds an item (a pasted text one item per line), an empty line ends it; items are
 * changed, removed and moved by their numbers.  Ids of items that were there stay theirs. */
#include "term/ask.h"

#include <stdlib.h>

struct listing {
    struct talk *t;
    struct asking *asked;
    json_t *items;        /* what it will be */
    const json_t *fields; /* of an item */
    enum given ended;     /* how the asking for a part ended, if not with a text */
};

static void show_items(struct listing *l)
{
    struct talk *t = l->t;
    json_t *item;
    size_t i;
    json_array_foreach (l->items, i, item) {
        json_t *one = json_pack("[O]", item);
        struct str mark = talk_number(t, (long long)i + 1),
                   shown = talk_shown(t, l->asked->question, one);
        if (str_starts(shown, STR("- ")))
            shown = str_part(shown, 2, shown.n);
        screen_item(&t->screen, STYLE_PLAIN, 2 * SCREEN_MARGIN, mark, str_trim(shown));
        json_decref(one);
    }
}

/* "Where it comes from: 1 In me · 2 Around me" */
static struct str field_name(struct listing *l, const json_t *field, const char *id)
{
    struct buf b = {.a = l->t->a};
    struct str label = json_member(field, "label");
    json_t *options = json_object_get(field, "options");
    if (!label.n)
        label = str_of(id);
    for (size_t i = 0; i < json_array_size(options); i++)
        buf_format(&b, "%s%s\u00A0%.*s", i ? " · " : "", ask_sign(options, i).text,
                   STR_ARG(ask_name(json_array_get(options, i))));
    return b.n ? talk_fill(l->t, TEXT_FIELD_OPTIONS, label, buf_str(&b)) : label;
}

/* Asks for the fields of an item beside its text.  False: a command or the end came instead. */
static bool ask_fields(struct listing *l, json_t *item)
{
    const char *id;
    json_t *field;
    json_object_foreach ((json_t *)(uintptr_t)l->fields, id, field) {
        json_t *value = NULL;
        if (str_is(str_of(id), "text") || !json_is_object(field))
            continue;
        const json_t *before = json_object_get(item, id);
        l->ended = ask_part(l->t, l->asked, field, field_name(l, field, id), before, &value);
        if (l->ended == GIVEN_TEXT)
            json_object_set_new(item, id, value);
        else if (l->ended != GIVEN_EMPTY)
            return false;
    }
    return true;
}

static json_t *new_item(struct str text)
{
    return json_pack("{s:o}", "text", json_new_text(text));
}

/* Adds the lines of what was given; one alone is asked for its other fields.  False: as ask_fields.
 */
static bool add_items(struct listing *l, struct str text)
{
    struct str rest = text;
    bool alone = str_find(str_trim(text), STR("\n"), 0) == str_trim(text).n;
    while (rest.n) {
        struct str line = str_trim(str_split(rest, '\n', &rest));
        if (!line.n)
            continue;
        json_t *item = new_item(line);
        json_array_append_new(l->items, item);
        if (alone && !ask_fields(l, item))
            return false;
    }
    if (!alone) {
        screen_gap(&l->t->screen);
        show_items(l);
    }
    return true;
}

/* The number at the beginning of `text`, as an index into the items.  False: it was said what is
 * needed. */
static bool take_number(struct listing *l, struct str text, size_t *index, struct str *rest)
{
    char *end;
    struct str copy = str_copy(l->t->a, text);
    long n = strtol(copy.p, &end, 10);
    if (n < 1 || (size_t)n > json_array_size(l->items)) {
        talk_warn(l->t,
                  talk_fill(l->t, TEXT_LIST_WHICH,
                            talk_number(l->t, (long long)json_array_size(l->items)), STR("")));
        return false;
    }
    *index = (size_t)n - 1;
    *rest = str_trim(str_part(copy, (size_t)(end - copy.p), copy.n));
    return true;
}

static bool change_item(struct listing *l, struct str args)
{
    size_t i;
    struct str text;
    if (!take_number(l, args, &i, &text))
        return true;
    json_t *item = json_array_get(l->items, i);
    if (!text.n) {
        struct prompt p = {.sign = "> ", .begin = json_member(item, "text"), .words_only = true};
        if (!talk_has_keys(l->t))
            p.begin = STR("");
        l->ended = talk_prompt(l->t, l->asked, &p, &text);
        if (l->ended == GIVEN_END)
            return false;
    }
    if (str_trim(text).n)
        json_object_set_new(item, "text", json_new_text(str_trim(text)));
    return ask_fields(l, item);
}

static void remove_item(struct listing *l, struct str args)
{
    size_t i;
    struct str rest;
    if (take_number(l, args, &i, &rest))
        json_array_remove(l->items, i);
}

static void move_item(struct listing *l, struct str args)
{
    size_t from, to;
    struct str rest;
    if (!take_number(l, args, &from, &rest) || !take_number(l, rest, &to, &rest))
        return;
    json_t *item = json_incref(json_array_get(l->items, from));
    json_array_remove(l->items, from);
    json_array_insert_new(l->items, to, item);
}

/* Undo among items that are not saved yet takes the last one away. */
static bool undo_item(struct listing *l)
{
    size_t n = json_array_size(l->items), n_before = json_array_size(l->asked->before);
    if (n <= n_before)
        return false;
    json_array_remove(l->items, n - 1);
    return true;
}

/* Obeys what concerns the list itself.  False: the command leads out of it. */
static bool obey(struct listing *l, const struct typed_command *c)
{
    switch (c->what) {
    case COMMAND_CHANGE:
        if (!change_item(l, c->rest))
            return false;
        break;
    case COMMAND_REMOVE:
        remove_item(l, c->rest);
        break;
    case COMMAND_MOVE:
        move_item(l, c->rest);
        break;
    case COMMAND_UNDO:
        if (!undo_item(l))
            return false;
        break;
    default:
        return false;
    }
    screen_gap(&l->t->screen);
    show_items(l);
    return true;
}

/* What was begun goes along if it is more than what was there. */
static enum reply leave(struct listing *l, enum reply reply)
{
    bool nothing = json_array_size(l->items) == 0;
    if (!nothing && !json_equal(l->items, l->asked->before))
        l->asked->value = json_incref(l->items);
    return reply;
}

static enum reply finish(struct listing *l)
{
    bool kept = json_equal(l->items, l->asked->before) || json_array_size(l->items) == 0;
    if (kept && (l->asked->standing != STANDING_REFUSED || json_array_size(l->items) == 0) &&
        !(json_array_size(l->items) == 0 && json_array_size(l->asked->before) > 0))
        return REPLY_EMPTY;
    l->asked->value = json_incref(l->items);
    return REPLY_VALUE;
}

static enum reply converse(struct listing *l)
{
    struct prompt p = {.sign = "+ ", .keep_lines = true};
    struct str text;
    for (;;) {
        bool inside = true;
        l->ended = GIVEN_TEXT;
        enum given given = talk_prompt(l->t, l->asked, &p, &text);
        if (given == GIVEN_EMPTY || (given == GIVEN_TEXT && str_is(str_trim(text), ".")))
            return finish(l);
        if (given == GIVEN_TEXT)
            inside = add_items(l, text);
        else if (given == GIVEN_COMMAND)
            inside = obey(l, &l->t->command);
        /* Typed for a part of an item, such a command is meant for the list all the same. */
        while (!inside && l->ended == GIVEN_COMMAND && command_is_for_lists(l->t->command.what)) {
            struct typed_command c = l->t->command;
            l->ended = GIVEN_TEXT;
            inside = obey(l, &c);
        }
        if (given == GIVEN_END || l->ended == GIVEN_END)
            return leave(l, REPLY_END);
        if (!inside)
            return leave(l, REPLY_COMMAND);
    }
}

/* What there is to begin with; a draft may give plain texts for items. */
static json_t *items_before(const json_t *before)
{
    json_t *items = json_array(), *item;
    size_t i;
    json_array_foreach (before, i, item)
        json_array_append_new(
            items, json_is_string(item) ? new_item(json_text(item)) : json_deep_copy(item));
    return items;
}

enum reply ask_list(struct talk *t, struct asking *asked)
{
    struct listing l = {.t = t, .asked = asked};
    l.fields = json_object_get(asked->question, "item");
    l.items = items_before(asked->before);
    show_items(&l);
    if (asked->fresh || json_array_size(l.items))
        talk_hint(t, talk_text(t, json_array_size(l.items) ? TEXT_HINT_LIST_MORE : TEXT_HINT_LIST));
    enum reply reply = converse(&l);
    json_decref(l.items);
    return reply;
}
