/* A canvas as HTML: sections with lists in reading order, in their usual places where there is
 * room.  A style attribute could say where; but a strict policy forbids those, so there are
 * classes: x, y for the first column and row, w, h for how many, c for the columns of all.  The
 * places are the same whatever the direction of the language. */
#include "document/html.h"

#include "document/escape.h"
#include "document/language.h"

#include <ctype.h>
#include <string.h>

struct drawing {
    struct html *h;
    const json_t *board;
    const struct grid *grid; /* NULL: boxes below each other */
    int level;               /* of the headings of blocks */
};

/* The few tints that the style sheet has; the colour of a block becomes the nearest. */
static const unsigned char tints[][3] = {
    {0xf5, 0xf0, 0xe6}, {0xe6, 0xee, 0xe9}, {0xf6, 0xe9, 0xe2}, {0xef, 0xed, 0xe8},
    {0xe5, 0xed, 0xf3}, {0xee, 0xe9, 0xf3}, {0xf6, 0xe6, 0xea}, {0xfa, 0xf3, 0xdc},
};

enum { TINTS = sizeof tints / sizeof tints[0], GREY = 3, DEEPEST = 26 };

/* "#rrggbb" as what each part takes from white; false if it is no colour. */
static bool read_colour(struct str colour, int part[3])
{
    static const char digits[] = "0123456789abcdef";
    int values[6];
    if (colour.n != 7 || colour.p[0] != '#')
        return false;
    for (int i = 0; i < 6; i++) {
        const char *digit = strchr(digits, tolower((unsigned char)colour.p[i + 1]));
        if (!digit || !*digit)
            return false;
        values[i] = (int)(digit - digits);
    }
    for (int i = 0; i < 3; i++)
        part[i] = 255 - 16 * values[2 * i] - values[2 * i + 1];
    return true;
}

static int distance_to(const unsigned char tint[3], const int part[3], int deepest)
{
    int distance = 0;
    for (int i = 0; i < 3; i++) {
        int thin = deepest > DEEPEST ? part[i] * DEEPEST / deepest : part[i];
        distance += (255 - thin - tint[i]) * (255 - thin - tint[i]);
    }
    return distance;
}

/* The nearest tint; a strong colour is thinned first, so that its hue decides. */
size_t html_tint(struct str colour)
{
    int part[3], deepest = 0, least = 255;
    size_t found = 0;
    if (!read_colour(colour, part))
        return 1;
    for (int i = 0; i < 3; i++) {
        deepest = part[i] > deepest ? part[i] : deepest;
        least = part[i] < least ? part[i] : least;
    }
    if ((deepest - least) * 8 <= deepest)
        return GREY + 1;
    for (size_t t = 1; t < TINTS; t++)
        if (distance_to(tints[t], part, deepest) < distance_to(tints[found], part, deepest))
            found = t;
    return found + 1;
}

/* What the legend says about a sign: "+ add" says "add" about "+". */
static struct str meaning_of(const json_t *board, struct str mark)
{
    size_t i;
    json_t *entry;
    json_array_foreach (json_object_get(board, "legend"), i, entry) {
        struct str text = json_text(entry);
        if (mark.n > 0 && str_starts(text, mark) && text.n > mark.n && text.p[mark.n] == ' ')
            return str_trim(str_part(text, mark.n, text.n));
    }
    return STR("");
}

/* A sign for the eye and its meaning for the ear; a sign without a meaning is for both.  They have
 * no say in the direction of the item. */
static void add_sign(struct drawing *d, const char *class, struct str sign, struct str meaning)
{
    struct html *h = d->h;
    if (sign.n == 0)
        return;
    bool before = strcmp(class, "mark") == 0;
    buf_format(h->out, "%s<bdi class=\"%s\"%s>", before ? "" : "\u00A0", class,
               meaning.n ? " aria-hidden=\"true\"" : "");
    escape_html(h->out, sign);
    HTML(h, "</bdi>");
    if (meaning.n == 0)
        return;
    buf_format(h->out, "<bdi class=\"unseen\">%s", before ? "" : ", ");
    escape_html(h->out, meaning);
    if (before)
        html_word(h, "colon");
    HTML(h, "</bdi>");
}

static void add_flags(struct drawing *d, const json_t *item)
{
    static const struct {
        const char *word, *sign;
    } signs[] = {{"like", "☺\uFE0E"}, {"dislike", "☹\uFE0E"}, {"hypothesis", "?"}};
    const json_t *flags = json_object_get(item, "flags");
    struct str feeling = json_member(item, "feeling");
    bool holds[3] = {str_is(feeling, "like"), str_is(feeling, "dislike"),
                     json_flag(item, "hypothesis", false)};
    bool shown = json_array_size(flags) > 0 || json_text(flags).n > 0;
    add_sign(d, "flag", json_text(flags), meaning_of(d->board, json_text(flags)));
    for (size_t i = 0; i < json_array_size(flags); i++) {
        struct str flag = json_text(json_array_get(flags, i));
        add_sign(d, "flag", flag, meaning_of(d->board, flag));
    }
    for (size_t i = 0; i < 3 && !shown; i++)
        if (holds[i])
            add_sign(d, "flag", str_of(signs[i].sign), json_member(d->h->words, signs[i].word));
}

static void add_tag(struct drawing *d, const char *word)
{
    HTML(d->h, " <span class=\"tag\">");
    html_word(d->h, word);
    HTML(d->h, "</span>");
}

/* What became of it, in words: colours alone would not be seen by all.  Where only the decision is
 * another one, its mark says so. */
static void add_change(struct drawing *d, const json_t *item, struct str text)
{
    struct str change = json_member(item, "change"), was = str_trim(json_member(item, "was"));
    bool marked = json_member(item, "mark").n > 0;
    struct html *h = d->h;
    bool gone = str_is(change, "gone"), new = str_is(change, "new");
    buf_format(h->out, gone ? "<del>" : new ? "<ins>" : "<span>");
    html_text(h, text);
    buf_format(h->out, gone ? "</del>" : new ? "</ins>" : "</span>");
    if (gone || new || (str_is(change, "changed") && (was.n > 0 || !marked)))
        add_tag(d, gone ? "gone" : new ? "new" : "changed");
    if (was.n == 0 || str_eq(was, text))
        return;
    HTML(h, "<span class=\"was\"><span class=\"unseen\">");
    html_word(h, "before");
    html_word(h, "colon");
    HTML(h, "</span><del>");
    html_text(h, was);
    HTML(h, "</del></span>");
}

static void add_item(struct drawing *d, const json_t *item)
{
    static const char *const changes[] = {"new", "gone", "changed"};
    struct html *h = d->h;
    struct str mark = str_trim(json_member(item, "mark")), change = json_member(item, "change");
    struct str text = json_is_string(item) ? json_text(item) : json_member(item, "text");
    const char *class = "same";
    for (size_t i = 0; i < 3; i++)
        class = str_is(change, changes[i]) ? changes[i] : class;
    buf_format(h->out, "<li class=\"%s\" dir=\"auto\">", class);
    if (mark.n > 0)
        add_sign(d, "mark", mark, meaning_of(d->board, mark));
    else
        HTML(h, "<bdi class=\"mark\" aria-hidden=\"true\">·</bdi>");
    HTML(h, "<span class=\"words\">");
    add_change(d, item, str_trim(text));
    add_flags(d, item);
    HTML(h, "</span></li>\n");
}

static void add_place(struct drawing *d, struct str id)
{
    struct html_place p = html_place_of(d->grid, id);
    if (p.w > 0)
        buf_format(d->h->out, "x%zu y%zu w%zu h%zu", p.x, p.y, p.w, p.h);
    else
        HTML(d->h, "wide");
}

static void add_block(struct drawing *d, const json_t *block)
{
    struct html *h = d->h;
    const json_t *items = json_object_get(block, "items"), *item;
    struct str id = json_member(block, "id"), label = str_trim(json_member(block, "label"));
    size_t i;
    HTML(h, "<section class=\"part ");
    add_place(d, id);
    buf_format(h->out, " t%zu\">\n", html_tint(json_member(block, "colour")));
    if (label.n > 0 || id.n > 0) {
        html_heading_begin(h, d->level, "");
        escape_html(h->out, label.n > 0 ? label : id);
        html_heading_end(h, d->level);
    }
    if (json_array_size(items) > 0)
        HTML(h, "<ul>\n");
    json_array_foreach (items, i, item)
        add_item(d, item);
    if (json_array_size(items) > 0)
        HTML(h, "</ul>\n");
    HTML(h, "</section>\n");
}

static void add_line(struct drawing *d, const char *class, struct str text)
{
    if (text.n == 0)
        return;
    buf_format(d->h->out, "<p class=\"%s\" dir=\"auto\">", class);
    html_text(d->h, text);
    HTML(d->h, "</p>\n");
}

/* "Version 3" in the words of the board; nothing if it has none. */
static struct str version_of(const struct drawing *d)
{
    const json_t *version = json_object_get(d->board, "version");
    struct str word = json_member(d->h->words, "version"), text = json_text(version);
    size_t hole = str_find(word, STR("{n}"), 0);
    struct arena *a = d->h->out->a;
    if (json_is_integer(version))
        text = str_format(a, "%lld", (long long)json_integer_value(version));
    if (text.n == 0)
        return text;
    return str_format(a, "%.*s%.*s%.*s", (int)hole, word.p, STR_ARG(text),
                      STR_ARG(str_part(word, hole + 3, word.n)));
}

/* "Amara · Version 3 · 23 November 2026"; the subtitle if nothing of it is known. */
static struct str facts_of(const struct drawing *d)
{
    struct arena *a = d->h->out->a;
    struct buf b = {.a = a};
    struct str language = json_member(d->board, "language");
    struct str parts[] = {json_member(d->board, "client"), version_of(d),
                          language_date(a, language, json_member(d->board, "date"))};
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        if (parts[i].n > 0)
            buf_format(&b, "%s%.*s", b.n ? " · " : "", STR_ARG(parts[i]));
    return b.n > 0 ? buf_str(&b) : json_member(d->board, "subtitle");
}

static void add_top(struct drawing *d)
{
    struct html *h = d->h;
    struct str title = str_trim(json_member(d->board, "title"));
    HTML(h, "<div class=\"top\">\n");
    if (title.n > 0) {
        html_heading_begin(h, d->level, "");
        escape_html(h->out, title);
        html_heading_end(h, d->level);
        d->level = d->level < 6 ? d->level + 1 : 6;
    }
    add_line(d, "state", json_member(d->board, "state_label"));
    add_line(d, "subtitle", facts_of(d));
    add_line(d, "purpose", json_member(d->board, "purpose"));
    HTML(h, "</div>\n");
}

static void add_legend(struct drawing *d)
{
    const json_t *legend = json_object_get(d->board, "legend"), *entry;
    struct html *h = d->h;
    size_t i;
    if (json_array_size(legend) == 0)
        return;
    HTML(h, "<ul class=\"legend\" aria-label=\"");
    html_word(h, "legend");
    HTML(h, "\">");
    json_array_foreach (legend, i, entry) {
        HTML(h, "<li dir=\"auto\">");
        escape_html(h->out, json_text(entry));
        HTML(h, "</li>");
    }
    HTML(h, "</ul>\n");
}

static void add_parts(struct drawing *d)
{
    size_t i;
    json_t *block;
    if (d->grid)
        buf_format(d->h->out, "<div class=\"parts placed c%zu %s\" dir=\"ltr\">\n",
                   d->grid->columns, html_board_size(d->board, d->grid));
    else
        HTML(d->h, "<div class=\"parts\">\n");
    json_array_foreach (json_object_get(d->board, "blocks"), i, block)
        add_block(d, block);
    HTML(d->h, "</div>\n");
}

void html_board(struct html *h, const json_t *board, int level)
{
    struct grid *grid = arena_alloc(h->out->a, sizeof *grid);
    struct drawing d = {.h = h, .board = board, .level = level < 6 ? level : 6};
    struct err e;
    if (grid_read(json_object_get(board, "grid"), grid, &e))
        d.grid = grid;
    struct str state = json_member(board, "state");
    buf_format(h->out, "<div class=\"board%s\">\n",
               str_is(state, "blank")      ? " blank"
                   : str_is(state, "diff") ? " diff"
                                           : "");
    add_top(&d);
    add_parts(&d);
    add_legend(&d);
    add_line(&d, "attribution", json_member(board, "attribution"));
    HTML(h, "</div>\n");
}

void board_to_html(struct buf *out, const json_t *board)
{
    json_t *words = json_object_get(board, "words");
    words = words ? json_incref(words) : page_words(json_member(board, "language"));
    struct html h = {.out = out, .words = words, .level = 2};
    html_board(&h, board, 3);
    json_decref(words);
}
