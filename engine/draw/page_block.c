/* Blocks, set one below the other. */
#include "draw/page_parts.h"

#include <string.h>

enum { PURPOSE_MAX = 280 }; /* bytes of a quote that stands out; longer ones are read */

static const double bar_indent = 16, code_pad = 8, label_lines = 2;

static void heading_add(struct pages *p, const json_t *block, struct place at)
{
    static const enum look looks[] = {LOOK_HEADING_1, LOOK_HEADING_2, LOOK_HEADING_3,
                                      LOOK_HEADING_4};
    static const char *const tags[] = {"H1", "H2", "H3", "H4", "H5", "H6"};
    int level = (int)CLAMP(json_whole(block, "level", 1), 1, 6);
    enum look look = looks[level > 4 ? 3 : level - 1];
    struct text *t = text_inlines(p, json_object_get(block, "text"), look);
    text_wrap_at(p, t, at.width, STR("left"));
    at.node = node_new(p, at.node, tags[level - 1]);
    if (p->owed < (int)label_lines) /* what stood below the last heading was short */
        p->owed = 0;
    galley_gap(p, style_of(look)->before);
    size_t from = p->n;
    galley_text(p, t, at, level, t->n);
    for (size_t i = from + 1; i < p->n; i++)
        p->lines[i].keep = KEEP_ALWAYS;
    galley_gap(p, style_of(look)->after);
    p->owed = (int)label_lines;
}

/* A line of nothing but bold words is the label of what follows, and so is one that ends with a
 * colon. */
static bool is_label(struct pages *p, const json_t *inlines)
{
    struct str text = text_flat(p->a, inlines);
    size_t n = json_array_size(inlines), bold = 0;
    for (size_t i = 0; i < n; i++)
        bold += json_flag(json_array_get(inlines, i), "strong", false);
    return str_ends(text, STR(":")) || str_ends(text, STR("：")) || (n > 0 && bold == n);
}

void paragraph_add(struct pages *p, const json_t *inlines, struct place at)
{
    const struct style_row *row = style_of(LOOK_TEXT);
    struct text *t = text_inlines(p, inlines, LOOK_TEXT);
    text_wrap_at(p, t, at.width, STR("left"));
    at.node = node_new(p, at.node, "P");
    galley_gap(p, at.tight ? 1.5 : row->before);
    galley_text(p, t, at, 0, 3);
    galley_gap(p, at.tight ? 1.5 : row->after);
    if (t->n <= 2 && is_label(p, inlines))
        p->bond = KEEP_FIRM;
}

static void text_block_add(struct pages *p, const json_t *block, struct place at)
{
    paragraph_add(p, json_object_get(block, "text"), at);
}

static struct frame *frame_new(struct pages *p, struct place at, bool bar)
{
    struct frame *frame = arena_alloc(p->a, sizeof *frame);
    *frame = (struct frame){.parent = at.frame, .bar = bar, .x = at.x, .width = at.width};
    return frame;
}

/* A short quote is what somebody wants to be read first: it stands large. */
static void quoted_add(struct pages *p, const json_t *inlines, struct place at, enum look look)
{
    struct text *t = text_inlines(p, inlines, look);
    text_wrap_at(p, t, at.width, STR("left"));
    at.node = node_new(p, at.node, "P");
    galley_text(p, t, at, 0, 5);
}

static bool begins_right(struct pages *p, const json_t *blocks)
{
    const json_t *first = json_array_get(blocks, 0);
    struct str text = text_flat(p->a, json_object_get(first, "text"));
    return text_runs_left(p, text);
}

static void quote_add(struct pages *p, const json_t *block, struct place at)
{
    const json_t *blocks = json_object_get(block, "blocks");
    const json_t *first = json_object_get(json_array_get(blocks, 0), "text");
    bool purpose = json_array_size(blocks) == 1 && text_flat(p->a, first).n <= PURPOSE_MAX;
    enum look look = purpose && at.deep == 0 ? LOOK_PURPOSE : LOOK_QUOTE;
    struct place in = at;
    in.frame = frame_new(p, at, true);
    in.node = node_new(p, at.node, "BlockQuote");
    in.width = at.width > 120 + bar_indent ? at.width - bar_indent : at.width;
    if (begins_right(p, blocks))
        in.frame->x += at.width; /* the bar stands where reading begins */
    else
        in.x += at.width - in.width;
    in.deep++;
    galley_gap(p, style_of(look)->before);
    for (size_t i = 0; i < json_array_size(blocks); i++) {
        const json_t *one = json_array_get(blocks, i);
        if (str_is(json_member(one, "is"), "paragraph")) {
            quoted_add(p, json_object_get(one, "text"), in, look);
        } else {
            json_t *list = json_pack("[O]", one);
            blocks_add(p, list, in);
            json_decref(list);
        }
        galley_gap(p, style_of(LOOK_TEXT)->before);
    }
    galley_gap(p, style_of(look)->after);
}

static void code_add(struct pages *p, const json_t *block, struct place at)
{
    const struct style_row *row = style_of(LOOK_CODE);
    struct str code = json_member(block, "text");
    while (code.n > 0 && code.p[code.n - 1] == '\n')
        code.n--;
    struct text *t = text_plain(p, code, LOOK_CODE);
    text_wrap_at(p, t, at.width - 2 * code_pad, STR("left"));
    at.frame = frame_new(p, at, false);
    at.node = node_new(p, node_new(p, at.node, "P"), "Code");
    at.x += code_pad;
    galley_gap(p, row->before + code_pad / 2);
    galley_text(p, t, at, 0, 4);
    galley_gap(p, row->after + code_pad / 2);
}

static void rule_add(struct pages *p, const json_t *block, struct place at)
{
    (void)block;
    galley_gap(p, 12);
    galley_add(p, 1, (struct piece){.kind = PIECE_RULE, .x = at.x, .width = at.width});
    galley_gap(p, 12);
}

static void board_add(struct pages *p, struct sheet sheet, struct place at)
{
    struct sheet *kept = arena_alloc(p->a, sizeof *kept);
    *kept = sheet;
    p->owed = 0;
    struct node *node = node_new(p, at.node, "Sect");
    galley_add(p, 0, (struct piece){.kind = PIECE_SHEET, .node = node, .sheet = kept})->alone =
        true;
}

/* Headings just above a canvas stand on its page; otherwise they would be all that is on theirs.
 * Returns how many blocks were taken, 0 if there is no canvas behind them. */
static size_t take_board(struct pages *p, const json_t *blocks, size_t i, struct place at)
{
    struct sheet sheet = {0};
    size_t from = i;
    for (; i < json_array_size(blocks); i++) {
        const json_t *block = json_array_get(blocks, i);
        if (str_is(json_member(block, "is"), "board")) {
            sheet.board = json_object_get(block, "board");
            if (!json_is_object(sheet.board))
                break;
            sheet.caption = text_flat(p->a, json_object_get(block, "caption"));
            board_add(p, sheet, at);
            return i + 1 - from;
        }
        if (!str_is(json_member(block, "is"), "heading") || sheet.n == 3)
            break;
        sheet.headings[sheet.n++] = block;
    }
    return 0;
}

/* A canvas that is not there. */
static void caption_add(struct pages *p, const json_t *block, struct place at)
{
    paragraph_add(p, json_object_get(block, "caption"), at);
}

static void block_add(struct pages *p, const json_t *block, struct place at)
{
    static const struct {
        const char *is;
        void (*add)(struct pages *p, const json_t *block, struct place at);
    } kinds[] = {{"heading", heading_add}, {"paragraph", text_block_add},
                 {"list", listing_add},    {"quote", quote_add},
                 {"code", code_add},       {"rule", rule_add},
                 {"table", table_add},     {"board", caption_add}};
    struct str is = json_member(block, "is");
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (str_is(is, kinds[i].is))
            kinds[i].add(p, block, at);
}

void blocks_add(struct pages *p, const json_t *blocks, struct place at)
{
    for (size_t i = 0; i < json_array_size(blocks);) {
        size_t taken = take_board(p, blocks, i, at);
        if (taken == 0)
            block_add(p, json_array_get(blocks, i), at);
        i += taken ? taken : 1;
    }
}
