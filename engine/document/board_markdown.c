/* A canvas as Markdown: a heading and a list for each block. */
#include "document/document.h"
#include "document/escape.h"

static void add_paragraph(struct buf *b, const char *before, struct str text, const char *after)
{
    if (str_trim(text).n == 0)
        return;
    buf_add(b, str_of(before));
    escape_markdown(b, text);
    buf_add(b, str_of(after));
}

static void add_item(struct buf *b, const json_t *item)
{
    const json_t *flags = json_object_get(item, "flags");
    buf_add(b, STR("- "));
    add_paragraph(b, "**", json_member(item, "mark"), "** ");
    add_paragraph(b, "", json_member(item, "was"), " → ");
    escape_markdown(b, json_is_string(item) ? json_text(item) : json_member(item, "text"));
    add_paragraph(b, " ", json_text(flags), "");
    for (size_t i = 0; i < json_array_size(flags); i++)
        add_paragraph(b, " ", json_text(json_array_get(flags, i)), "");
    buf_add_char(b, '\n');
}

static void add_block(struct buf *b, const json_t *block)
{
    const json_t *items = json_object_get(block, "items");
    struct str label = json_member(block, "label");
    add_paragraph(b, "## ", label.n > 0 ? label : json_member(block, "id"), "\n\n");
    for (size_t i = 0; i < json_array_size(items); i++)
        add_item(b, json_array_get(items, i));
    buf_add(b, json_array_size(items) ? STR("\n") : STR("–\n\n"));
}

struct str board_to_markdown(struct arena *a, const json_t *board)
{
    struct buf b = {.a = a};
    const json_t *blocks = json_object_get(board, "blocks"),
                 *legend = json_object_get(board, "legend");
    add_paragraph(&b, "# ", json_member(board, "title"), "\n\n");
    add_paragraph(&b, "**", json_member(board, "state_label"), "**\n\n");
    add_paragraph(&b, "", json_member(board, "subtitle"), "\n\n");
    add_paragraph(&b, "", json_member(board, "purpose"), "\n\n");
    for (size_t i = 0; i < json_array_size(blocks); i++)
        add_block(&b, json_array_get(blocks, i));
    for (size_t i = 0; i < json_array_size(legend); i++)
        add_paragraph(&b, i ? " · " : "", json_text(json_array_get(legend, i)), "");
    if (json_array_size(legend) > 0)
        buf_add(&b, STR("\n\n"));
    add_paragraph(&b, "_", json_member(board, "attribution"), "_\n");
    return buf_str(&b);
}
