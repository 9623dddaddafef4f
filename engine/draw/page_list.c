/* Lists: labels hang beside their items, on the side where reading begins. */
#include "draw/page_parts.h"

static const double indent_least = 15, label_white = 6, text_least = 110;

struct listing {
    const json_t *items;
    bool ordered;
    long long start;
    double indent;
    const char *sign;
};

/* The words by which the direction of an item is known: its first text, however deep. */
static struct str first_words(struct arena *a, const json_t *blocks, int deep)
{
    const json_t *first = json_array_get(blocks, 0);
    const json_t *items = json_object_get(first, "items");
    if (items && deep < 16)
        return first_words(a, json_object_get(json_array_get(items, 0), "blocks"), deep + 1);
    return text_flat(a, json_object_get(first, "text"));
}

static bool runs_right_to_left(struct pages *p, const json_t *item)
{
    struct str words = first_words(p->a, json_object_get(item, "blocks"), 0);
    return text_runs_left(p, words);
}

/* Behind a mark of direction the point of "1." stands where reading goes on. */
static struct text *label_text(struct pages *p, const struct listing *list, size_t i, bool rtl)
{
    struct str label = str_of(list->sign);
    const json_t *item = json_array_get(list->items, i);
    if (json_member(item, "task").n > 0)
        label = str_is(json_member(item, "task"), "done") ? STR("☑") : STR("☐");
    else if (list->ordered)
        label = str_format(p->a, rtl ? "\u200F%lld." : "%lld.", list->start + (long long)i);
    struct text *t = text_plain(p, label, LOOK_TEXT);
    text_wrap_at(p, t, -1, STR("left"));
    return t;
}

/* The label waits for the first line of what the item has. */
static void mark_add(struct pages *p, struct mark mark)
{
    struct mark *kept = arena_alloc(p->a, sizeof *kept), **end = &p->marks;
    *kept = mark;
    while (*end)
        end = &(*end)->next;
    *end = kept;
}

static void item_add(struct pages *p, const struct listing *list, size_t i, struct place at)
{
    const json_t *item = json_array_get(list->items, i);
    const json_t *blocks = json_object_get(item, "blocks");
    struct str task = json_member(item, "task");
    bool rtl = runs_right_to_left(p, item);
    struct node *node = node_new(p, at.node, "LI");
    struct mark mark = {.text = label_text(p, list, i, rtl),
                        .box = task.n > 0,
                        .done = str_is(task, "done"),
                        .node = node_new(p, node, "Lbl")};
    double indent = at.width - list->indent >= text_least ? list->indent : 0;
    double wide = mark.box ? 9 : text_natural(mark.text);
    if (list->ordered && !mark.box)
        mark.x = rtl ? at.x + at.width - indent + label_white : at.x + indent - label_white - wide;
    else
        mark.x = rtl ? at.x + at.width - wide - 2 : at.x + 2;
    if (indent > 0 || list->ordered || mark.box)
        mark_add(p, mark);
    at.node = node_new(p, node, "LBody");
    at.width -= indent;
    at.x += rtl ? 0 : indent;
    at.deep++;
    size_t before = p->n;
    blocks_add(p, blocks, at);
    if (p->n == before) /* an item without words */
        paragraph_add(p, NULL, at);
}

static double widest_label(struct pages *p, const struct listing *list)
{
    size_t n = json_array_size(list->items);
    if (n == 0 || !list->ordered)
        return 0;
    return MAX(text_natural(label_text(p, list, 0, false)),
               text_natural(label_text(p, list, n - 1, false)));
}

void listing_add(struct pages *p, const json_t *block, struct place at)
{
    static const char *const signs[] = {"•", "◦", "▪"};
    struct listing list = {.items = json_object_get(block, "items"),
                           .ordered = json_flag(block, "ordered", false),
                           .start = json_whole(block, "start", 1),
                           .sign = signs[at.deep % 3]};
    double gap = at.deep > 0 ? 2 : 4;
    bool tight = json_flag(block, "tight", true);
    list.indent = MAX(indent_least, widest_label(p, &list) + label_white);
    at.node = node_new(p, at.node, "L");
    at.tight = tight;
    galley_gap(p, gap);
    for (size_t i = 0; i < json_array_size(list.items); i++) {
        galley_gap(p, tight ? 2 : style_of(LOOK_TEXT)->before);
        item_add(p, &list, i, at);
    }
    galley_gap(p, at.deep > 0 ? gap : style_of(LOOK_TEXT)->after);
}
