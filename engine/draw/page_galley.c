/* The galley: what was set, one below the other. */
#include "draw/page_parts.h"

#include <string.h>

/* Parts of an element (a link in a cell of a table) need some levels more. */
enum { NODES_DEEP = 54 };

struct node *node_new(struct pages *p, struct node *parent, const char *tag)
{
    if (parent && parent->deep >= NODES_DEEP)
        return parent;
    struct node *node = arena_alloc(p->a, sizeof *node);
    *node = (struct node){.parent = parent, .tag = tag, .deep = parent ? parent->deep + 1 : 1};
    return node;
}

void galley_gap(struct pages *p, double gap)
{
    if (p->gap < gap)
        p->gap = gap;
}

static void *grown(struct arena *a, const void *old, size_t n, size_t space, size_t size)
{
    void *list = arena_alloc(a, space * size);
    if (n > 0)
        memcpy(list, old, n * size);
    return list;
}

struct flow_line *galley_add(struct pages *p, double height, struct piece piece)
{
    if (p->n == p->space) {
        p->space = p->space ? p->space * 2 : 256;
        p->lines = grown(p->a, p->lines, p->n, p->space, sizeof *p->lines);
        p->pieces = grown(p->a, p->pieces, p->n, p->space, sizeof *p->pieces);
    }
    struct flow_line *line = &p->lines[p->n];
    *line = (struct flow_line){.gap = p->gap, .height = height, .keep = p->bond};
    if (p->owed > 0 && line->keep < KEEP_FIRM)
        line->keep = KEEP_FIRM;
    piece.marks = p->marks;
    p->pieces[p->n++] = piece;
    p->marks = NULL;
    p->gap = 0;
    p->bond = KEEP_FREE;
    p->owed -= p->owed > 0;
    return line;
}

void galley_text(struct pages *p, struct text *t, struct place at, int outline, size_t whole)
{
    size_t from = p->n;
    at.node->parts = at.node->parts || t->links_n > 0;
    for (size_t i = 0; i < t->n; i++)
        galley_add(p, t->lines[i].height,
                   (struct piece){.kind = PIECE_TEXT,
                                  .node = at.node,
                                  .frame = at.frame,
                                  .text = t,
                                  .line = i,
                                  .outline = i == 0 ? outline : 0,
                                  .x = at.x,
                                  .width = at.width});
    flow_keep_paragraph(p->lines, from, p->n, whole);
}
