/* The canvas as it comes: names, texts, marks. */
#include "draw/board.h"

enum { MORE_MOST = 200 };

static const struct board_words languages[] = {
    {"en", "Name", "Date", "version", "{n} more, see the plan", "I like it",
     "I could do without it", "a belief, not tried out yet", "new", "gone", "changed"},
    {"fr", "Nom", "Date", "version", "{n} de plus, voir le plan", "cela me plaît",
     "je m’en passerais", "une hypothèse, pas encore vérifiée", "nouveau", "abandonné", "changé"},
};

static const struct board_words *words_of(struct str language)
{
    for (size_t i = 0; i < sizeof languages / sizeof languages[0]; i++)
        if (str_starts(language, str_of(languages[i].language)))
            return &languages[i];
    return &languages[0];
}

/* A name as its place in a list, 0 if it is not there. */
static int name_of(struct str name, const char *const *list, int n)
{
    for (int i = 1; i < n; i++)
        if (str_is(name, list[i]))
            return i;
    return 0;
}

static enum kind kind_of(const json_t *item, struct str mark)
{
    static const char *const kinds[] = {"", "maintain", "strengthen", "add", "reduce", "delete"};
    static const char *const signs[] = {"", "=", "↑", "+", "↓", "x"};
    int kind = name_of(json_member(item, "kind"), kinds, 6);
    return (enum kind)(kind ? kind : name_of(mark, signs, 6));
}

static struct str one_line(struct arena *a, struct str text)
{
    return str_trim(text_visible(a, str_trim(text), false));
}

/* The signs behind an item, tied to its last word. */
static struct str flags_of(struct arena *a, const json_t *item)
{
    struct buf b = {.a = a};
    const json_t *flags = json_object_get(item, "flags");
    struct str feeling = json_member(item, "feeling");
    if (json_is_string(flags) && json_string_length(flags) > 0)
        buf_format(&b, "\u00A0%.*s", STR_ARG(one_line(a, json_text(flags))));
    for (size_t i = 0; i < json_array_size(flags); i++)
        buf_format(&b, "\u00A0%.*s", STR_ARG(one_line(a, json_text(json_array_get(flags, i)))));
    if (b.n == 0 && (str_is(feeling, "like") || str_is(feeling, "dislike")))
        buf_format(&b, "\u00A0%s", str_is(feeling, "like") ? "☺" : "☹");
    if (json_flag(item, "hypothesis", false) && str_find(buf_str(&b), STR("?"), 0) == b.n)
        buf_add(&b, STR("\u00A0?"));
    return buf_str(&b);
}

static void read_item(struct board *b, struct item *item, const json_t *json)
{
    static const char *const changes[] = {"", "same", "new", "gone", "changed"};
    struct arena *a = surface_arena(b->s);
    struct str text = json_is_string(json) ? json_text(json) : json_member(json, "text");
    *item = (struct item){.text = str_trim(text_visible(a, str_trim(text), true)),
                          .was = one_line(a, json_member(json, "was")),
                          .mark = one_line(a, json_member(json, "mark")),
                          .flags = flags_of(a, json),
                          .change = (enum change)name_of(json_member(json, "change"), changes, 5)};
    item->kind = kind_of(json, item->mark);
    item->rtl = text_is_rtl(item->text);
    b->diff = b->diff || item->change != CHANGE_NONE;
    b->marked = b->marked || board_sign(item).n > 0;
}

/* What was decided about a changed item says more than that it changed. */
static bool is_changed(const struct item *item)
{
    bool decided = item->kind != KIND_MAINTAIN && item->mark.n > 0;
    return item->change > CHANGE_SAME && !(decided && item->change == CHANGE_CHANGED);
}

/* In a diff the change is what counts. */
struct str board_sign(const struct item *item)
{
    static const struct str signs[] = {
        [CHANGE_NEW] = {"+", 1}, [CHANGE_GONE] = {"x", 1}, [CHANGE_CHANGED] = {"~", 1}};
    return is_changed(item) ? signs[item->change] : item->mark;
}

enum kind board_sign_kind(const struct item *item)
{
    static const enum kind kinds[] = {
        [CHANGE_NEW] = KIND_ADD, [CHANGE_GONE] = KIND_DELETE, [CHANGE_CHANGED] = KIND_STRENGTHEN};
    return is_changed(item) ? kinds[item->change] : item->kind;
}

/* A light tint of any colour, so that text on it stays readable. */
static unsigned tint_of(struct str colour)
{
    unsigned value = 0;
    if (colour.n != 7 || colour.p[0] != '#')
        return TINT_SAND;
    for (size_t i = 1; i < 7; i++) {
        char c = colour.p[i];
        unsigned digit = c >= '0' && c <= '9' ? (unsigned)(c - '0') : (unsigned)(c | 32) - 'a' + 10;
        if (digit > 15)
            return TINT_SAND;
        value = value << 4 | digit;
    }
    unsigned light = ((value >> 16) * 3 + (value >> 8 & 255) * 6 + (value & 255)) / 10;
    for (; light < 0xe0; light = (light + 255) / 2)
        value = ((value >> 1) & 0x7f7f7f) + 0x808080;
    return value;
}

static void read_box(struct board *b, struct box *box, const json_t *json)
{
    struct arena *a = surface_arena(b->s);
    const json_t *items = json_object_get(json, "items"), *item;
    size_t i;
    *box = (struct box){.id = json_member(json, "id"),
                        .label = one_line(a, json_member(json, "label")),
                        .tint = tint_of(json_member(json, "colour")),
                        .n = json_array_size(items)};
    if (box->label.n == 0)
        box->label = one_line(a, box->id);
    box->items = arena_alloc(a, box->n * sizeof *box->items);
    json_array_foreach ((json_t *)(uintptr_t)items, i, item)
        read_item(b, &box->items[i], item);
}

static struct str word_of(const json_t *words, const char *name, const char *otherwise)
{
    struct str word = json_member(words, name);
    return word.n > 0 ? word : str_of(otherwise);
}

void board_read(struct board *b, const json_t *json)
{
    struct arena *a = surface_arena(b->s);
    const json_t *blocks = json_object_get(json, "blocks"), *words = json_object_get(json, "words");
    size_t all = json_array_size(blocks);
    b->json = json;
    b->words = words_of(json_member(json, "language"));
    b->fresh = word_of(words, "new", b->words->fresh);
    b->gone = word_of(words, "gone", b->words->gone);
    b->changed = word_of(words, "changed", b->words->changed);
    b->blank = str_is(json_member(json, "state"), "blank");
    b->rtl = text_is_rtl(json_member(json, "title"));
    b->more = one_line(a, json_member(words, "more"));
    if (b->more.n == 0 || b->more.n > MORE_MOST)
        b->more = str_of(b->words->more);
    b->n = all > BOXES_MOST ? BOXES_MOST : all;
    b->left_out = all - b->n;
    b->boxes = arena_alloc(a, b->n * sizeof *b->boxes);
    for (size_t i = 0; i < b->n; i++)
        read_box(b, &b->boxes[i], json_array_get(blocks, i));
}

struct str board_more(const struct board *b, size_t n)
{
    struct arena *a = surface_arena(b->s);
    size_t at = str_find(b->more, STR("{n}"), 0);
    struct str before = str_part(b->more, 0, at), behind = str_part(b->more, at + 3, b->more.n);
    return at == b->more.n ? str_format(a, "%zu %.*s", n, STR_ARG(b->more))
                           : str_format(a, "%.*s%zu%.*s", STR_ARG(before), n, STR_ARG(behind));
}
