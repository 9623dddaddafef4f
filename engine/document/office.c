/* The walk over the tree of blocks. */
#include "document/office.h"

#include "document/language.h"

#include <string.h>

enum {
    TEXT_MAX = 4 << 20,
    BLOCK_COST = 32, /* bytes of text that a paragraph, run or cell counts as */
    DEPTH_MAX = 40,
    DETAILS_MOST = 300
};

/* Where blocks stand. */
struct place {
    struct office_list *list;
    bool quote;
    int depth;
};

static void write_blocks(struct office *o, const json_t *blocks, size_t from, struct place at);

long office_room(const struct office *o)
{
    return o->landscape ? o->height - 2 * OFFICE_SIDE_LANDSCAPE : o->width - 2 * OFFICE_SIDE;
}

bool office_count(struct office *o, size_t bytes)
{
    o->used += bytes + BLOCK_COST;
    o->failed = o->failed || o->used > TEXT_MAX;
    return !o->failed;
}

bool office_is_rtl(const struct office *o, const json_t *text)
{
    int direction = text_first_direction(json_text(text));
    for (size_t i = 0; i < json_array_size(text) && direction == 0; i++)
        direction = text_first_direction(json_member(json_array_get(text, i), "text"));
    return direction == 0 ? o->rtl : direction < 0;
}

static void write_run(struct office *o, struct str text, unsigned marks, struct str link)
{
    while (text.n > 0 && !o->failed) {
        struct str rest, line = str_split(text, '\n', &rest);
        bool more = line.n < text.n;
        if (line.n > 0 && office_count(o, line.n))
            o->form->run(o, &(struct office_run){line, marks, link});
        if (more && office_count(o, 0))
            o->form->sign(o, OFFICE_BREAK);
        text = rest;
    }
}

void office_plain(struct office *o, struct str text, unsigned marks)
{
    write_run(o, text, marks, STR(""));
}

static bool is_hex(struct str s, size_t i)
{
    return i < s.n && strchr("0123456789abcdefABCDEF", s.p[i]) && s.p[i];
}

/* An address that word processors accept: other characters than those of addresses are written as
 * their bytes.  Empty if it is none that we link to. */
static struct str safe_link(struct arena *a, struct str link)
{
    static const char fine[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                               "-._~:/?#@!$&()*+,;=";
    struct buf b = {.a = a};
    if (link.n > 1500 ||
        !(str_starts(link, STR("http://")) || str_starts(link, STR("https://")) ||
          str_starts(link, STR("mailto:"))))
        return STR("");
    for (size_t i = 0; i < link.n; i++) {
        bool encoded = link.p[i] == '%' && is_hex(link, i + 1) && is_hex(link, i + 2);
        if (encoded || (link.p[i] && strchr(fine, link.p[i])))
            buf_add_char(&b, link.p[i]);
        else
            buf_format(&b, "%%%02X", (unsigned)(unsigned char)link.p[i]);
    }
    return buf_str(&b);
}

void office_inlines(struct office *o, const json_t *inlines, unsigned marks)
{
    static const struct {
        const char *name;
        unsigned mark;
    } known[] = {{"strong", OFFICE_STRONG}, {"em", OFFICE_EM}, {"code", OFFICE_MONO}};
    for (size_t i = 0; i < json_array_size(inlines); i++) {
        const json_t *one = json_array_get(inlines, i);
        unsigned all = marks;
        for (size_t k = 0; k < sizeof known / sizeof known[0]; k++)
            all |= json_flag(one, known[k].name, false) ? known[k].mark : 0;
        if (json_flag(one, "break", false) && office_count(o, 0))
            o->form->sign(o, OFFICE_BREAK);
        write_run(o, json_member(one, "text"), all, safe_link(o->a, json_member(one, "link")));
    }
}

void office_line(struct office *o, enum office_style style, const json_t *text)
{
    bool empty = str_trim(json_text(text)).n == 0 && json_array_size(text) == 0;
    if (empty || !office_count(o, 0))
        return;
    o->form->paragraph(o,
                       &(struct office_paragraph){.style = style, .rtl = office_is_rtl(o, text)});
    office_plain(o, json_text(text), 0);
    office_inlines(o, text, 0);
    o->form->paragraph_end(o);
}

/* The numbers of the answers behind a block, which lead to the list of them. */
static void write_why(struct office *o, const json_t *why)
{
    for (size_t i = 0; i < json_array_size(why); i++) {
        long long n = json_integer_value(json_array_get(why, i));
        struct str number = str_format(o->a, "%lld", n);
        office_plain(o, i ? STR("\u00A0") : STR("\u202F"), OFFICE_ABOVE);
        write_run(o, number, OFFICE_ABOVE, str_format(o->a, "#source%lld", n));
    }
}

/* In a list the first paragraph of an item bears its mark. */
static struct office_paragraph paragraph_at(struct office *o, enum office_style style,
                                            struct place at, const json_t *text)
{
    struct office_paragraph p = {.style = style, .list = at.list, .rtl = office_is_rtl(o, text)};
    p.mark = at.list && at.list->mark_is_due;
    if (p.mark)
        at.list->mark_is_due = false;
    if (style == OFFICE_TEXT && at.quote && !p.mark)
        p.style = OFFICE_QUOTE;
    else if (style == OFFICE_TEXT && at.list)
        p.style = !p.mark                     ? OFFICE_FURTHER
            : at.list->kind == OFFICE_NUMBERS ? OFFICE_NUMBER
                                              : OFFICE_BULLET;
    return p;
}

static void write_paragraph(struct office *o, enum office_style style, const json_t *block,
                            struct place at)
{
    const json_t *text = json_object_get(block, "text");
    struct office_paragraph p = paragraph_at(o, style, at, text);
    if (!office_count(o, 0))
        return;
    o->form->paragraph(o, &p);
    if (json_is_string(text))
        office_plain(o, json_text(text), 0);
    office_inlines(o, text, 0);
    write_why(o, json_object_get(block, "why"));
    o->form->paragraph_end(o);
}

/* Begins an item by its box to tick, or by nothing but its mark, if what comes first is no
 * paragraph.  How many of its blocks are written by that. */
static size_t begin_item(struct office *o, const json_t *item, struct place at)
{
    const json_t *first = json_array_get(json_object_get(item, "blocks"), 0);
    struct str task = json_member(item, "task");
    bool text = str_is(json_member(first, "is"), "paragraph");
    bool bears = text || str_is(json_member(first, "is"), "heading");
    if ((bears && task.n == 0 && at.list->kind != OFFICE_SIGNS) || !office_count(o, 0))
        return 0;
    struct office_paragraph p =
        paragraph_at(o, OFFICE_TEXT, at, text ? json_object_get(first, "text") : NULL);
    o->form->paragraph(o, &p);
    if (task.n > 0)
        o->form->sign(o, str_is(task, "done") ? OFFICE_DONE : OFFICE_OPEN);
    else if (at.list->kind == OFFICE_SIGNS)
        office_plain(o, STR("–"), 0);
    if (task.n > 0 && at.list->kind == OFFICE_NUMBERS)
        office_plain(o, STR(" "), 0);
    else if (task.n > 0 || at.list->kind == OFFICE_SIGNS)
        o->form->sign(o, OFFICE_TAB);
    if (text) {
        office_inlines(o, json_object_get(first, "text"), 0);
        write_why(o, json_object_get(first, "why"));
    }
    o->form->paragraph_end(o);
    return text;
}

static enum office_kind kind_of(const json_t *list)
{
    const json_t *items = json_object_get(list, "items");
    if (json_flag(list, "ordered", false))
        return OFFICE_NUMBERS;
    for (size_t i = 0; i < json_array_size(items); i++)
        if (json_member(json_array_get(items, i), "task").n > 0)
            return OFFICE_SIGNS;
    return OFFICE_BULLETS;
}

static void write_list(struct office *o, const json_t *block, struct place at)
{
    const json_t *items = json_object_get(block, "items");
    struct office_list list = {.outer = at.list,
                               .kind = kind_of(block),
                               .id = ++o->lists,
                               .level = at.list ? at.list->level + 1 : 0,
                               .start = json_whole(block, "start", 1)};
    struct place inside = {.list = &list, .depth = at.depth};
    list.start = list.start < 0 || list.start > 999999 ? 1 : list.start;
    /* Deeper lists stay on the last level that there is. */
    if (list.level >= OFFICE_LEVELS) {
        list.level = OFFICE_LEVELS - 1;
        list.outer = at.list->outer;
    }
    for (size_t i = 0; i < json_array_size(items) && !o->failed; i++) {
        const json_t *item = json_array_get(items, i);
        list.item++;
        list.mark_is_due = true;
        size_t written = begin_item(o, item, inside);
        write_blocks(o, json_object_get(item, "blocks"), written, inside);
    }
}

/* Code keeps its tabs, as blanks. */
static void write_code(struct office *o, const json_t *block, struct place at)
{
    struct str code = json_member(block, "text");
    struct buf b = {.a = o->a};
    struct office_paragraph p = paragraph_at(o, OFFICE_CODE, at, NULL);
    p.rtl = false;
    for (size_t i = 0; i < code.n; i++)
        buf_add(&b, code.p[i] == '\t' ? STR("    ") : str_part(code, i, i + 1));
    code = buf_str(&b);
    if (str_ends(code, STR("\n")))
        code = str_part(code, 0, code.n - 1);
    if (!office_count(o, 0))
        return;
    o->form->paragraph(o, &p);
    office_plain(o, code, 0);
    o->form->paragraph_end(o);
}

static enum office_style heading_style(const json_t *block)
{
    long long level = json_whole(block, "level", 1);
    level = level < 1 ? 1 : level > 4 ? 4 : level;
    return (enum office_style)((int)OFFICE_HEADING_1 + (int)level - 1);
}

static void write_block(struct office *o, const json_t *block, struct place at)
{
    struct str is = json_member(block, "is");
    at.depth++;
    if (str_is(is, "heading"))
        write_paragraph(o, heading_style(block), block, at);
    else if (str_is(is, "paragraph"))
        write_paragraph(o, OFFICE_TEXT, block, at);
    else if (str_is(is, "rule"))
        write_paragraph(o, OFFICE_RULE, NULL, at);
    else if (str_is(is, "code"))
        write_code(o, block, at);
    else if (str_is(is, "list"))
        write_list(o, block, at);
    else if (str_is(is, "table"))
        office_table(o, block);
    else if (str_is(is, "board"))
        office_board(o, block);
    else if (str_is(is, "quote")) {
        at.quote = true;
        write_blocks(o, json_object_get(block, "blocks"), 0, at);
    }
    /* A paragraph has said already what is behind it. */
    const json_t *why = json_object_get(block, "why");
    if (json_array_size(why) == 0 || json_is_array(json_object_get(block, "text")))
        return;
    o->form->paragraph(o, &(struct office_paragraph){.style = OFFICE_SOURCE, .rtl = o->rtl});
    write_why(o, why);
    o->form->paragraph_end(o);
}

/* Do headings that lead to a canvas begin here, or the canvas itself? */
static bool leads_to_board(const json_t *blocks, size_t i)
{
    while (str_is(json_member(json_array_get(blocks, i), "is"), "heading"))
        i++;
    return str_is(json_member(json_array_get(blocks, i), "is"), "board");
}

static bool is_board(const json_t *blocks, size_t i)
{
    return str_is(json_member(json_array_get(blocks, i), "is"), "board");
}

static void turn(struct office *o, bool landscape)
{
    if (!landscape && !o->landscape)
        return;
    o->landscape = landscape;
    o->form->section(o);
}

static void write_blocks(struct office *o, const json_t *blocks, size_t from, struct place at)
{
    bool leading = false;
    if (at.depth > DEPTH_MAX)
        o->failed = true;
    for (size_t i = from; i < json_array_size(blocks) && !o->failed; i++) {
        bool leads = leads_to_board(blocks, i);
        if (!leading)
            turn(o, leads);
        write_block(o, json_array_get(blocks, i), at);
        leading = leads && !is_board(blocks, i);
    }
}

/* What stands above the text, if the text does not begin with its title itself. */
static void write_head(struct office *o)
{
    struct str author = json_member(o->page, "author"),
               date = language_date(o->a, json_member(o->page, "language"),
                                    json_member(o->page, "date"));
    json_t *details = json_new_text(str_format(o->a, "%.*s%s%.*s", STR_ARG(author),
                                               author.n && date.n ? " · " : "", STR_ARG(date)));
    office_line(o, OFFICE_TITLE, json_object_get(o->page, "title"));
    office_line(o, OFFICE_SUBTITLE, json_object_get(o->page, "subtitle"));
    office_line(o, OFFICE_DETAILS, details);
    json_decref(details);
}

static size_t length_of(const json_t *paragraph)
{
    const json_t *text = json_object_get(paragraph, "text");
    size_t n = 0;
    for (size_t i = 0; i < json_array_size(text); i++)
        n += json_member(json_array_get(text, i), "text").n;
    return n;
}

/* A text that begins with its title; a short line below it says for whom and when.  How many blocks
 * are written by that. */
static size_t write_own_head(struct office *o, const json_t *blocks)
{
    const json_t *title = json_array_get(blocks, 0), *next = json_array_get(blocks, 1);
    write_paragraph(o, OFFICE_HEADING_1, title, (struct place){0});
    if (!str_is(json_member(next, "is"), "paragraph") || length_of(next) > DETAILS_MOST)
        return 1;
    write_paragraph(o, OFFICE_DETAILS, next, (struct place){0});
    return 2;
}

static void write_source(struct office *o, const json_t *source)
{
    struct str ask = json_member(source, "ask"), shown = json_member(source, "shown");
    long long n = json_whole(source, "n", 0);
    struct office_paragraph p = {.style = OFFICE_SOURCE,
                                 .rtl = office_is_rtl(o, json_object_get(source, "ask")),
                                 .anchor = str_format(o->a, "source%lld", n)};
    if (!office_count(o, 0))
        return;
    o->form->paragraph(o, &p);
    office_plain(o, str_format(o->a, "%lld", n), OFFICE_STRONG);
    o->form->sign(o, OFFICE_TAB);
    office_plain(o, ask.n > 0 ? ask : json_member(source, "key"), OFFICE_STRONG);
    if (shown.n > 0)
        o->form->sign(o, OFFICE_BREAK);
    office_plain(o, shown, 0);
    o->form->paragraph_end(o);
}

static void write_sources(struct office *o)
{
    const json_t *sources = json_object_get(o->page, "sources");
    if (json_array_size(sources) == 0)
        return;
    turn(o, false);
    office_line(o, o->titled ? OFFICE_HEADING_2 : OFFICE_HEADING_1,
                json_object_get(json_object_get(o->page, "words"), "sources"));
    for (size_t i = 0; i < json_array_size(sources) && !o->failed; i++)
        write_source(o, json_array_get(sources, i));
}

bool office_write(struct office *o, struct err *e)
{
    const json_t *blocks = json_object_get(o->page, "blocks"), *first = json_array_get(blocks, 0);
    o->titled = str_is(json_member(first, "is"), "heading") && json_whole(first, "level", 0) == 1;
    size_t written = 0;
    if (o->titled)
        written = write_own_head(o, blocks);
    else
        write_head(o);
    write_blocks(o, blocks, written, (struct place){.depth = 0});
    write_sources(o);
    return !o->failed ||
        err_set(e, ERR_LIMIT,
                "A document may have %d MB of text, and lists within lists no deeper than %d. "
                "Make it shorter.",
                TEXT_MAX >> 20, DEPTH_MAX);
}
