/* A canvas as one page of text: title, boxes, legend, attribution. */
#include "document/board.h"

#include "document/document.h"
#include "document/escape.h"

#define FIRM_SPACE "\u00A0"

enum { WIDTH_LEAST = 60, WIDTH_MOST = 200, ROOM_MOST = 20 };

struct page {
    struct arena *a;
    const json_t *board;
    struct buf out;
    size_t width;
    bool ascii;
};

/* Lines of a box while they are collected. */
struct collect {
    struct arena *a;
    struct box_line **tail;
    size_t n;
    struct str first, later; /* what the next line begins with, and those after it */
};

static void add_line(struct collect *c, struct str text)
{
    struct box_line *line = arena_alloc(c->a, sizeof *line);
    line->text = text;
    *c->tail = line;
    c->tail = &line->next;
    c->n++;
}

/* A no-break space, which ties a flag to the last word, has done its work once the text is wrapped.
 */
static void collect_line(void *user, struct str part)
{
    struct collect *c = user;
    struct buf line = {.a = c->a};
    buf_add(&line, c->first);
    for (size_t at = 0; at < part.n;) {
        size_t end = str_find(part, STR(FIRM_SPACE), at);
        buf_add(&line, str_part(part, at, end));
        if (end < part.n)
            buf_add_char(&line, ' ');
        at = end + (end < part.n ? sizeof FIRM_SPACE - 1 : 0);
    }
    add_line(c, buf_str(&line));
    c->first = c->later;
}

/* Signs that plain ASCII lacks, by those that come near. */
static struct str plain_signs(struct arena *a, struct str s)
{
    static const struct {
        const char *sign, *plain;
    } table[] = {{"↑", "^"}, {"↓", "v"},  {"×", "x"}, {"–", "-"},
                 {"·", "-"}, {"♥", "<3"}, {"→", ">"}, {"☹", ":("}};
    struct buf b = {.a = a};
    for (size_t i = 0; i < s.n;) {
        size_t n = text_grapheme(s, i), k = 0, rows = sizeof table / sizeof table[0];
        struct str sign = str_part(s, i, i + n);
        while (k < rows && !str_is(sign, table[k].sign))
            k++;
        buf_add(&b, k < rows ? str_of(table[k].plain) : sign);
        i += n;
    }
    return buf_str(&b);
}

static struct str sign_text(const struct page *p, struct str s)
{
    struct str safe = text_safe(p->a, s, false);
    return p->ascii ? plain_signs(p->a, safe) : safe;
}

/* The text of an item with its flags behind it. */
static struct str item_text(const struct page *p, const json_t *item)
{
    struct buf b = {.a = p->a};
    const json_t *flags = json_object_get(item, "flags");
    struct str was = str_trim(text_safe(p->a, json_member(item, "was"), true));
    if (was.n > 0)
        buf_format(&b, "%.*s %.*s ", STR_ARG(was), STR_ARG(sign_text(p, STR("→"))));
    buf_add(&b,
            str_trim(text_safe(
                p->a, json_is_string(item) ? json_text(item) : json_member(item, "text"), true)));
    if (json_is_string(flags))
        buf_format(&b, FIRM_SPACE "%.*s", STR_ARG(sign_text(p, json_text(flags))));
    for (size_t i = 0; i < json_array_size(flags); i++)
        buf_format(&b, FIRM_SPACE "%.*s",
                   STR_ARG(sign_text(p, json_text(json_array_get(flags, i)))));
    return buf_str(&b);
}

static struct str spaces(struct arena *a, size_t n)
{
    return str_format(a, "%*s", (int)n, "");
}

/* The mark hangs before the text; one that is too wide for that begins the text. */
static void add_item(struct page *p, struct collect *c, const json_t *item, size_t room)
{
    struct str mark = str_trim(sign_text(p, json_member(item, "mark"))), text = item_text(p, item);
    if (mark.n == 0)
        mark = p->ascii ? STR("-") : STR("·");
    size_t indent = text_width(mark) + 1;
    if (indent > room / 3) {
        text = str_format(p->a, "%.*s %.*s", STR_ARG(mark), STR_ARG(text));
        c->first = c->later = STR("");
        indent = 0;
    } else {
        c->first = str_format(p->a, "%.*s ", STR_ARG(mark));
        c->later = spaces(p->a, indent);
    }
    text_wrap(text, room - indent, collect_line, c);
}

static struct str label_of(const json_t *block, struct str id)
{
    struct str label = json_member(block, "label");
    return label.n > 0 ? label : id;
}

/* Wraps the texts of all boxes, whose widths are known now. */
static void fill(struct page *p, struct piece *piece)
{
    for (struct piece *part = piece->first; part; part = part->next)
        fill(p, part);
    if (piece->kind != PIECE_BOX)
        return;
    const json_t *block = json_find(json_object_get(p->board, "blocks"), "id", piece->id),
                 *items = json_object_get(block, "items");
    struct collect c = {.a = p->a, .tail = &piece->lines};
    size_t room = board_room(piece);
    text_wrap(text_safe(p->a, label_of(block, piece->id), false), room, collect_line, &c);
    if (json_array_size(items) > 0)
        add_line(&c, STR(""));
    size_t start = c.n;
    for (size_t i = 0; i < json_array_size(items); i++)
        add_item(p, &c, json_array_get(items, i), room);
    long long least = json_whole(p->board, "room", 1);
    least = least < 1 ? 1 : least > ROOM_MOST ? ROOM_MOST : least;
    while (c.n < start + (size_t)least)
        add_line(&c, STR(""));
    piece->height = c.n;
}

static bool holds(const struct piece *p, struct str id)
{
    bool found = p->kind == PIECE_BOX && str_eq(p->id, id);
    for (const struct piece *part = p->first; part && !found; part = part->next)
        found = holds(part, id);
    return found;
}

/* The boxes in their places; those without a place stand below, so that nothing is lost. */
static struct piece *make_pieces(struct arena *a, const json_t *board)
{
    struct piece *whole = board_piece(a, PIECE_DOWN), *cut = NULL;
    struct grid *g = arena_alloc(a, sizeof *g);
    struct err e;
    if (grid_read(json_object_get(board, "grid"), g, &e))
        cut = board_cut(a, g);
    if (cut)
        board_add(whole, cut);
    const json_t *blocks = json_object_get(board, "blocks");
    for (size_t i = 0; i < json_array_size(blocks); i++) {
        struct str id = json_member(json_array_get(blocks, i), "id");
        if (holds(whole, id))
            continue;
        struct piece *box = board_piece(a, PIECE_BOX);
        box->id = id;
        board_add(whole, box);
    }
    return whole;
}

static void page_line(void *user, struct str part)
{
    struct page *p = user;
    buf_format(&p->out, "%.*s\n", STR_ARG(part));
}

static void page_text(struct page *p, struct str text)
{
    if (text.n > 0)
        text_wrap(text_safe(p->a, text, true), p->width, page_line, p);
}

/* Title on the left and subtitle on the right of one line, if there is room. */
static void page_title(struct page *p)
{
    struct str title = text_safe(p->a, json_member(p->board, "title"), false);
    struct str label = sign_text(p, json_member(p->board, "state_label"));
    struct str subtitle = sign_text(p, json_member(p->board, "subtitle"));
    if (label.n > 0)
        title = str_format(p->a, "%.*s%.*s%.*s", STR_ARG(title),
                           STR_ARG(title.n ? sign_text(p, STR(" · ")) : STR("")), STR_ARG(label));
    size_t used = text_width(title) + text_width(subtitle);
    if (title.n > 0 && subtitle.n > 0 && used + 3 <= p->width) {
        struct str gap = spaces(p->a, p->width - used);
        buf_format(&p->out, "%.*s%.*s%.*s\n", STR_ARG(title), STR_ARG(gap), STR_ARG(subtitle));
    } else {
        page_text(p, title);
        page_text(p, subtitle);
    }
    page_text(p, json_member(p->board, "purpose"));
}

/* Entries beside each other, never broken unless one is longer than the line. */
static void page_legend(struct page *p)
{
    const json_t *legend = json_object_get(p->board, "legend");
    struct buf line = {.a = p->a};
    for (size_t i = 0; i < json_array_size(legend); i++) {
        struct str entry = sign_text(p, json_text(json_array_get(legend, i)));
        if (entry.n == 0)
            continue;
        if (line.n > 0 && text_width(buf_str(&line)) + 3 + text_width(entry) > p->width) {
            page_text(p, str_copy(p->a, buf_str(&line)));
            line.n = 0;
        }
        buf_format(&line, "%s%.*s", line.n ? "   " : "", STR_ARG(entry));
    }
    page_text(p, buf_str(&line));
}

struct str board_to_text(struct arena *a, const json_t *board, size_t width)
{
    width = width < WIDTH_LEAST ? WIDTH_LEAST : width > WIDTH_MOST ? WIDTH_MOST : width;
    struct page p = {.a = a,
                     .board = board,
                     .out = {.a = a},
                     .width = width,
                     .ascii = json_flag(board, "ascii", false)};
    struct piece *whole = make_pieces(a, board);
    page_title(&p);
    if (whole->n > 0) {
        board_place(a, whole, 0, width - 1);
        fill(&p, whole);
        board_stretch(whole, 0, board_measure(whole) + 1);
        board_draw(&p.out, whole, p.ascii);
    }
    page_legend(&p);
    page_text(&p, json_member(board, "attribution"));
    return buf_str(&p.out);
}
