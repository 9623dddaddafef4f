#include "draw/page.h"

#include "draw/page_parts.h"

/* The measure is about 95 letters of the text on any paper. */
static const double measure = 476, top = 56, bottom = 58, title_small = 0.84;

static struct about about_tree(struct arena *a, const json_t *tree)
{
    struct buf title = {.a = a};
    buf_add(&title, json_member(tree, "title"));
    if (json_member(tree, "subtitle").n > 0)
        buf_format(&title, " – %.*s", STR_ARG(json_member(tree, "subtitle")));
    return (struct about){.title = buf_str(&title),
                          .author = json_member(tree, "author"),
                          .date = json_member(tree, "date"),
                          .language = json_member(tree, "language")};
}

static void line_add(struct pages *p, struct text *t, enum look look, const char *tag)
{
    struct place at = {.x = p->room.x, .width = p->room.w, .node = node_new(p, p->root, tag)};
    text_wrap_at(p, t, at.width, STR("left"));
    galley_gap(p, style_of(look)->before);
    galley_text(p, t, at, 0, t->n);
    galley_gap(p, style_of(look)->after);
    p->bond = KEEP_FIRM;
}

/* For whom, by whom, when: what the tree says of itself. */
static struct str client_words(struct pages *p)
{
    static const char *const members[] = {"subtitle", "author", "date"};
    struct buf b = {.a = p->a};
    for (size_t i = 0; i < sizeof members / sizeof members[0]; i++) {
        struct str words = json_member(p->tree, members[i]);
        if (words.n > 0 && b.n > 0)
            buf_add(&b, STR(" · "));
        buf_add(&b, words);
    }
    return buf_str(&b);
}

static bool is_block(const json_t *block, const char *kind, int level)
{
    return str_is(json_member(block, "is"), kind) && json_whole(block, "level", level) == level;
}

/* A document that begins with its own title, and perhaps a line with the client's name, is not
 * given these twice.  Returns how many blocks were taken. */
static size_t title_add(struct pages *p, const json_t *blocks)
{
    const json_t *title = json_array_get(blocks, 0), *line = json_array_get(blocks, 1);
    struct text *t = NULL;
    size_t taken = is_block(title, "heading", 1);
    if (taken)
        t = text_inlines(p, json_object_get(title, "text"), LOOK_TITLE);
    else if (p->title.n > 0)
        t = text_plain(p, text_visible(p->a, p->title, false), LOOK_TITLE);
    if (t) {
        text_wrap_at(p, t, p->room.w, STR("left"));
        if (t->n > 1)
            text_scale(t, title_small);
        line_add(p, t, LOOK_TITLE, "H1");
    }
    struct str own = text_flat(p->a, json_object_get(line, "text"));
    if (taken && is_block(line, "paragraph", 0) && p->client.n > 0 &&
        str_find(own, p->client, 0) < own.n) {
        line_add(p, text_inlines(p, json_object_get(line, "text"), LOOK_CLIENT), LOOK_CLIENT, "P");
        taken++;
    } else if (client_words(p).n > 0) {
        struct str words = text_visible(p->a, client_words(p), false);
        line_add(p, text_plain(p, words, LOOK_CLIENT), LOOK_CLIENT, "P");
    }
    if (p->n > 0)
        galley_add(
            p, 1,
            (struct piece){.kind = PIECE_RULE, .outline = 1, .x = p->room.x, .width = p->room.w});
    galley_gap(p, 16);
    return taken;
}

static void set_all(struct pages *p)
{
    const json_t *blocks = json_object_get(p->tree, "blocks");
    p->root = node_new(p, NULL, "Document");
    json_t *rest = json_array();
    for (size_t i = title_add(p, blocks); i < json_array_size(blocks); i++)
        json_array_append(rest, json_array_get(blocks, i));
    p->bond = KEEP_FREE;
    blocks_add(p, rest, (struct place){.x = p->room.x, .width = p->room.w, .node = p->root});
    json_decref(rest);
}

bool page_draw(struct arena *a, const json_t *tree, double width, double height, struct str *bytes,
               struct err *e)
{
    struct about about = about_tree(a, tree);
    double side = (width - measure) / 2;
    struct pages p = {.a = a,
                      .s = surface_new(a, FORMAT_PDF, width, height, &about),
                      .tree = tree,
                      .width = width,
                      .height = height,
                      .rtl = text_language_is_rtl(json_member(tree, "language")),
                      .room = {side, top, measure, height - top - bottom},
                      .title = json_member(tree, "title"),
                      .client = json_member(tree, "subtitle")};
    set_all(&p);
    struct flow_page nothing = {0, 0}, *pages = &nothing;
    size_t n = p.n ? flow_pages(a, p.lines, p.n, p.room.h, &pages) : 1;
    pages_paint(&p, pages, n);
    for (struct text *t = p.texts; t; t = t->next)
        text_free(t);
    return surface_end(p.s, bytes, e);
}
