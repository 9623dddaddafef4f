/* What stands above the boxes (title, client, state, purpose) and below them (legend,
 * attribution). */
#include "draw/board.h"

#include <math.h>
#include <stdlib.h>

enum { SHRINKS = 3, TEXT_MOST = 1000, ENTRIES_MOST = 40 };

static PangoLayout *one_line(const struct board *b, const struct style *style, struct str text,
                             double width)
{
    struct str safe = text_visible(surface_arena(b->s), text, false);
    PangoLayout *layout =
        text_layout(b->s, style, str_part(safe, 0, utf8_cut(safe, TEXT_MOST)), -1);
    if (text_wide(layout) > width) {
        pango_layout_set_width(layout, (int)(width * PANGO_SCALE));
        pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
    }
    return layout;
}

static void draw_and_free(const struct board *b, const char *tag, PangoLayout *layout, double x,
                          double y)
{
    surface_tag(b->s, tag);
    text_draw(b->s, layout, x, y);
    surface_untag(b->s);
    g_object_unref(layout);
}

/* In as many lines as `high` has room for; the size goes down before words are left out. */
static PangoLayout *shrunk(const struct board *b, struct style style, struct str text,
                           struct rect room)
{
    struct str safe = text_visible(surface_arena(b->s), text, false);
    safe = str_part(safe, 0, utf8_cut(safe, TEXT_MOST));
    PangoLayout *layout = text_layout(b->s, &style, safe, room.w);
    for (int i = 0; i < SHRINKS && text_high(layout) > room.h; i++) {
        g_object_unref(layout);
        style.size *= 0.88;
        layout = text_layout(b->s, &style, safe, room.w);
    }
    pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
    pango_layout_set_height(layout, (int)(room.h * PANGO_SCALE));
    return layout;
}

/* "version 2 · 23 November 2026": the day in words stands in the subtitle behind the client. */
static struct str facts(const struct board *b)
{
    struct arena *a = surface_arena(b->s);
    const json_t *version = json_object_get(b->json, "version");
    struct str client = json_member(b->json, "client"), date = json_member(b->json, "date");
    struct str subtitle = json_member(b->json, "subtitle"), dot = STR(" · ");
    struct buf out = {.a = a};
    if (json_is_integer(version))
        buf_format(&out, "%s %lld", b->words->version, (long long)json_integer_value(version));
    else
        buf_add(&out, json_text(version));
    if (client.n > 0 && str_starts(subtitle, client) &&
        str_starts(str_part(subtitle, client.n, subtitle.n), dot))
        date = str_part(subtitle, client.n + dot.n, subtitle.n);
    else if (subtitle.n > 0)
        date = subtitle;
    if (date.n > 0)
        buf_format(&out, "%s%.*s", out.n ? " · " : "", STR_ARG(date));
    return buf_str(&out);
}

/* Where drawing goes in two rounds: the first only measures. */
static void finish(const struct board *b, PangoLayout *layout, double x, double y, bool really)
{
    if (really)
        draw_and_free(b, "P", layout, x, y);
    else
        g_object_unref(layout);
}

/* A place to write a word by hand; returns where it begins. */
static double draw_field(const struct board *b, const char *name, struct rect line, bool really)
{
    struct style style = {FACE_SANS, 8.5 * b->scale, .ink = INK_SOFT};
    PangoLayout *layout = one_line(b, &style, str_of(name), line.w);
    double x = line.x - text_wide(layout) - 5;
    if (really)
        surface_line(b->s, (struct rect){line.x, line.y + 2, line.w, 0}, 0.6, INK_SOFT);
    finish(b, layout, x, line.y - text_base(layout), really);
    return x;
}

static double draw_fields(const struct board *b, double right, double base, bool really)
{
    double wide = 70 * b->scale, x;
    x = draw_field(b, b->words->date, (struct rect){right - wide, base, wide, 0}, really);
    wide = 150 * b->scale;
    x = draw_field(b, b->words->name, (struct rect){x - 12 - wide, base, wide, 0}, really);
    return right - x;
}

/* Client and facts at the far side of the title; the width they take. */
static double draw_side(const struct board *b, struct rect at, double base, bool really)
{
    struct str client = json_member(b->json, "client");
    struct style name = {FACE_SANS, 10 * b->scale, .ink = INK, .bold = !text_is_wide(client)};
    struct style fact = {FACE_SANS, 8.5 * b->scale, .ink = INK_SOFT};
    double right = at.x + at.w, most = at.w * 0.4;
    if (b->blank && client.n == 0)
        return draw_fields(b, right, base, really);
    PangoLayout *who = one_line(b, &name, client, most), *what = one_line(b, &fact, facts(b), most);
    double wide = fmax(text_wide(who), text_wide(what));
    double x0 = b->rtl ? at.x : right - text_wide(who),
           x1 = b->rtl ? at.x : right - text_wide(what);
    finish(b, who, x0, base - 11.5 * b->scale - text_base(who), really && client.n > 0);
    finish(b, what, x1, base - text_base(what), really);
    return wide;
}

/* The state as a small label behind the title. */
static PangoLayout *state_layout(const struct board *b)
{
    struct style style = {FACE_SANS, 8 * b->scale, .ink = INK_WHITE, .bold = true};
    struct str label = json_member(b->json, "state_label");
    return label.n > 0 ? one_line(b, &style, label, 130 * b->scale) : NULL;
}

static void draw_state(const struct board *b, PangoLayout *layout, double x, double base)
{
    double high = 13 * b->scale, pad = 6 * b->scale;
    struct rect at = {x, base - high * 0.76, text_wide(layout) + 2 * pad, high};
    board_round(b, at, high / 2, INK_GREEN);
    draw_and_free(b, "P", layout, at.x + pad, at.y + (high - text_high(layout)) / 2);
}

static void draw_title(const struct board *b, struct rect at, double base)
{
    struct style style = {FACE_SERIF, 19 * b->scale, .ink = INK_GREEN, .bold = true};
    PangoLayout *state = state_layout(b);
    double beside = state ? text_wide(state) + 24 * b->scale : 0;
    double side = draw_side(b, at, base, false) + 18;
    struct rect room = {at.x, at.y, at.w - side - beside, 30 * b->scale};
    PangoLayout *title = shrunk(b, style, json_member(b->json, "title"), room);
    PangoRectangle ink;
    pango_layout_get_extents(title, NULL, &ink);
    double wide = (double)ink.width / PANGO_SCALE, lines = pango_layout_get_line_count(title);
    double x = b->rtl ? at.x + at.w - room.w : at.x;
    double y = lines > 1 ? at.y : base - text_base(title);
    draw_and_free(b, "H1", title, x, y);
    if (state)
        draw_state(b, state,
                   b->rtl ? at.x + at.w - wide - beside + 2 * b->scale : x + wide + 12 * b->scale,
                   base);
    (void)draw_side(b, at, base, true);
}

struct entry {
    struct str sign, text;
    enum kind kind;
    bool chip;
};

struct legend {
    struct entry list[ENTRIES_MOST];
    size_t n;
};

static void add_entry(struct legend *l, struct entry entry)
{
    for (size_t i = 0; i < l->n; i++)
        if (str_eq(l->list[i].sign, entry.sign))
            return;
    if (l->n < ENTRIES_MOST)
        l->list[l->n++] = entry;
}

static bool any_mark(const struct board *b, struct str sign)
{
    for (size_t i = 0; i < b->n; i++)
        for (size_t k = 0; k < b->boxes[i].n; k++)
            if (str_eq(board_sign(&b->boxes[i].items[k]), sign))
                return true;
    return false;
}

/* What the changes of a diff look like, for those that are there. */
static void add_changes(const struct board *b, struct legend *l)
{
    const struct entry changes[] = {
        [CHANGE_NEW] = {STR("+"), b->fresh, KIND_ADD, true},
        [CHANGE_GONE] = {STR("x"), b->gone, KIND_DELETE, true},
        [CHANGE_CHANGED] = {STR("~"), b->changed, KIND_STRENGTHEN, true},
    };
    for (int i = CHANGE_NEW; i <= CHANGE_CHANGED && b->diff; i++)
        if (any_mark(b, changes[i].sign))
            add_entry(l, changes[i]);
}

static bool any_flag(const struct board *b, const char *flag)
{
    for (size_t i = 0; i < b->n; i++)
        for (size_t k = 0; k < b->boxes[i].n; k++) {
            struct str flags = b->boxes[i].items[k].flags;
            if (str_find(flags, str_of(flag), 0) < flags.n)
                return true;
        }
    return false;
}

/* What the canvas says of its signs, then what it left to us. */
static void read_legend(const struct board *b, struct legend *l)
{
    const json_t *given = json_object_get(b->json, "legend");
    const struct {
        const char *sign, *text;
    } flags[] = {{"☺", b->words->like}, {"☹", b->words->dislike}, {"?", b->words->hypothesis}};
    if (b->left_out > 0)
        add_entry(l, (struct entry){.sign = STR("…"), .text = board_more(b, b->left_out)});
    add_changes(b, l);
    for (size_t i = 0; i < json_array_size(given) && !b->blank; i++) {
        struct str text, line = str_trim(json_text(json_array_get(given, i)));
        struct str sign = str_split(line, ' ', &text);
        struct entry entry = {sign, str_trim(text), board_kind_of(b, sign), any_mark(b, sign)};
        if (line.n > 0)
            add_entry(l, entry);
    }
    for (size_t i = 0; i < sizeof flags / sizeof flags[0]; i++)
        if (any_flag(b, flags[i].sign))
            add_entry(l,
                      (struct entry){.sign = str_of(flags[i].sign), .text = str_of(flags[i].text)});
}

static double legend_size(const struct board *b)
{
    return 7.6 * b->scale;
}

/* The sign of an entry: in a chip like that of the items, or as it stands behind them. */
static double sign_wide(const struct board *b, const struct entry *entry, PangoLayout *sign)
{
    double size = legend_size(b);
    if (!entry->chip)
        return text_wide(sign);
    return text_wide(sign) > size ? size * 3 : size * 1.16;
}

/* Draws an entry beginning at at.x (ending at its right edge from right to left), or only measures
 * it; returns its width. */
static double draw_entry(const struct board *b, const struct entry *entry, struct rect at,
                         bool really)
{
    double size = legend_size(b), base = at.y + size * 1.1;
    struct style words = {FACE_SANS, size, .ink = INK_SOFT};
    struct style flag = board_flag_style(entry->sign, size * 1.1);
    PangoLayout *text = one_line(b, &words, entry->text, at.w * 0.4);
    PangoLayout *sign = one_line(b, &flag, entry->sign, at.w * 0.1);
    double first = sign_wide(b, entry, sign), gap = size * 0.5, wide = text_wide(text);
    double x = b->rtl ? at.x + at.w - first : at.x;
    if (really && entry->chip)
        (void)board_chip(b, entry->kind, entry->sign, (struct rect){x, base, first, size});
    else if (really)
        text_draw(b->s, sign, x, base - text_base(sign));
    x = b->rtl ? x - gap - wide : x + first + gap;
    if (really)
        text_draw(b->s, text, x, base - text_base(text));
    g_object_unref(sign);
    g_object_unref(text);
    return first + gap + wide + size * 2;
}

enum { LEGEND_LINES = 2 };

/* Entries beside each other, never broken; returns the height. */
static double flow_legend(const struct board *b, const struct legend *l, struct rect at,
                          bool really)
{
    double used = 0, line = legend_size(b) * 1.75;
    int lines = l->n > 0;
    for (size_t i = 0; i < l->n; i++) {
        double wide = draw_entry(b, &l->list[i], at, false), y = at.y + line * (lines - 1);
        if (used > 0 && used + wide > at.w) {
            if (lines++ == LEGEND_LINES)
                return line * LEGEND_LINES;
            used = 0;
            y += line;
        }
        struct rect room = {b->rtl ? at.x : at.x + used, y, at.w - used, line};
        if (really)
            (void)draw_entry(b, &l->list[i], room, true);
        used += wide;
    }
    return line * lines;
}

static PangoLayout *attribution(const struct board *b, double width)
{
    struct style style = {FACE_SANS, 6.2 * b->scale, .ink = INK_SOFT};
    struct str text = json_member(b->json, "attribution");
    return text.n > 0 ? shrunk(b, style, text, (struct rect){0, 0, width, 16 * b->scale}) : NULL;
}

/* The number of blocks without a place on the page, and the attribution. */
void board_foot(struct board *b, struct rect at)
{
    struct legend *l = arena_alloc(surface_arena(b->s), sizeof *l);
    PangoLayout *source = attribution(b, at.w);
    double bottom = at.y + at.h - (source ? text_high(source) + 2 * b->scale : 0);
    read_legend(b, l);
    double high = flow_legend(b, l, at, false);
    surface_tag(b->s, "P");
    (void)flow_legend(b, l, (struct rect){at.x, bottom - high, at.w, high}, true);
    surface_untag(b->s);
    if (source)
        draw_and_free(b, "P", source, at.x, at.y + at.h - text_high(source));
}

static double foot_high(struct board *b, double width)
{
    struct legend *l = arena_alloc(surface_arena(b->s), sizeof *l);
    PangoLayout *source = attribution(b, width);
    double high = source ? text_high(source) + 2 * b->scale : 0;
    if (source)
        g_object_unref(source);
    read_legend(b, l);
    high += flow_legend(b, l, (struct rect){0, 0, width, 0}, false);
    return high > 0 ? high + 5 * b->scale : 0;
}

static void draw_purpose(const struct board *b, struct rect room, double *high)
{
    struct str purpose = json_member(b->json, "purpose");
    struct style style = {FACE_SERIF, 10.5 * b->scale, .ink = INK, .italic = true};
    if (text_is_wide(purpose))
        style = (struct style){FACE_NARROW, 10.5 * b->scale, .ink = INK};
    PangoLayout *layout = shrunk(b, style, purpose, room);
    *high = text_high(layout);
    draw_and_free(b, "P", layout, room.x, room.y);
}

struct rect board_head(struct board *b, struct rect at)
{
    double used = 31 * b->scale, high;
    draw_title(b, at, at.y + 21 * b->scale);
    if (json_member(b->json, "purpose").n > 0) {
        draw_purpose(b, (struct rect){at.x, at.y + used, at.w, 27 * b->scale}, &high);
        used += high + 7 * b->scale;
    }
    return (struct rect){at.x, at.y + used, at.w, at.h - used - foot_high(b, at.w)};
}
