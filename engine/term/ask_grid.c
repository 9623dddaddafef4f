/* Grids: each row is rated on one or more scales.  In a terminal one key is a number (x for 10),
 * backspace goes back one; elsewhere, and for scales that need more than that, a line for each
 * number. */
#include "term/ask.h"

#include <stdlib.h>

enum { UNRATED = -1000000 };

struct rating {
    struct talk *t;
    struct asking *asked;
    const json_t *rows, *scales;
    size_t n, n_scales;
    long long *rates; /* row by row */
};

static const json_t *scale_of(const struct rating *r, size_t cell)
{
    return json_array_get(r->scales, cell % r->n_scales);
}

static const json_t *row_of(const struct rating *r, size_t cell)
{
    return json_array_get(r->rows, cell / r->n_scales);
}

static void begin_with(struct rating *r)
{
    for (size_t cell = 0; cell < r->n * r->n_scales; cell++) {
        const char *row = json_string_value(json_object_get(row_of(r, cell), "id"));
        const char *scale = json_string_value(json_object_get(scale_of(r, cell), "id"));
        const json_t *rated = row ? json_object_get(r->asked->before, row) : NULL;
        r->rates[cell] = scale ? json_whole(rated, scale, UNRATED) : UNRATED;
    }
}

static json_t *rated_value(const struct rating *r)
{
    json_t *value = json_object();
    for (size_t cell = 0; cell < r->n * r->n_scales; cell++) {
        const char *row = json_string_value(json_object_get(row_of(r, cell), "id"));
        const char *scale = json_string_value(json_object_get(scale_of(r, cell), "id"));
        if (r->rates[cell] == UNRATED || !row || !scale)
            continue;
        if (!json_object_get(value, row))
            json_object_set_new(value, row, json_object());
        json_object_set_new(json_object_get(value, row), scale, json_integer(r->rates[cell]));
    }
    return value;
}

static enum reply leave(struct rating *r, enum reply reply)
{
    json_t *value = rated_value(r);
    if (json_object_size(value) == 0 || json_equal(value, r->asked->before)) {
        json_decref(value);
        return reply;
    }
    r->asked->value = value;
    return reply;
}

static bool in_range(const struct rating *r, size_t cell, long long rate)
{
    const json_t *scale = scale_of(r, cell);
    return rate >= json_whole(scale, "from", 0) && rate <= json_whole(scale, "to", 10);
}

static void show_scales(struct rating *r)
{
    for (size_t i = 0; i < r->n_scales; i++) {
        const json_t *scale = json_array_get(r->scales, i);
        const json_t *ends = json_object_get(scale, "ends");
        struct str range = str_format(r->t->a, "%lld-%lld", json_whole(scale, "from", 0),
                                      json_whole(scale, "to", 10));
        struct str name = ask_name(scale);
        if (json_array_size(ends) == 2)
            name = str_format(r->t->a, "%.*s (%.*s ... %.*s)", STR_ARG(name),
                              STR_ARG(json_text(json_array_get(ends, 0))),
                              STR_ARG(json_text(json_array_get(ends, 1))));
        screen_item(&r->t->screen, STYLE_PLAIN, 2 * SCREEN_MARGIN, range, name);
    }
}

static struct str row_mark(const struct rating *r, size_t cell)
{
    int digits = (int)talk_number(r->t, (long long)r->n).n;
    return str_format(r->t->a, "%*zu/%zu", digits, cell / r->n_scales + 1, r->n);
}

/* The row's name before its first scale, and where one came back to another. */
static void show_row(struct rating *r, size_t cell, bool back)
{
    if (cell % r->n_scales == 0 || back)
        screen_item(&r->t->screen, STYLE_PLAIN, SCREEN_MARGIN, row_mark(r, cell),
                    ask_name(row_of(r, cell)));
}

/* The widest name of a scale, but no more than leaves room for a number. */
static size_t room_for_names(const struct rating *r)
{
    size_t widest = 0, limit = r->t->screen.width > 32 ? r->t->screen.width - 24 : 8;
    for (size_t i = 0; i < r->n_scales && r->n_scales > 1; i++) {
        size_t width = text_width(ask_name(json_array_get(r->scales, i)));
        widest = width > widest ? width : widest;
    }
    return widest < limit ? widest : limit;
}

/* "     Importance  (3) > ": under the text of the row. */
static struct str cell_sign(struct rating *r, size_t cell)
{
    struct buf b = {.a = r->t->a};
    struct str name = r->n_scales > 1 ? ask_name(scale_of(r, cell)) : STR("");
    size_t room = room_for_names(r), width = text_width(name);
    buf_format(&b, "%*s", (int)row_mark(r, cell).n + SCREEN_MARGIN, "");
    buf_add(&b, text_safe(r->t->a, name, false));
    buf_format(&b, "%*s", width < room ? (int)(room - width) : 0, "");
    if (r->rates[cell] != UNRATED)
        buf_format(&b, " (%lld)", r->rates[cell]);
    buf_add(&b, room || r->rates[cell] != UNRATED ? STR(" > ") : STR("> "));
    return buf_str(&b);
}

/* Do single keys reach all of the scale? */
static bool by_key(const struct rating *r, size_t cell)
{
    const json_t *scale = scale_of(r, cell);
    return talk_has_keys(r->t) && json_whole(scale, "from", 0) >= 0 &&
        json_whole(scale, "to", 10) <= 10;
}

/* An optional grid of which nothing is rated yet is left by Enter. */
static bool may_leave(const struct rating *r, size_t cell)
{
    return cell == 0 && r->rates[cell] == UNRATED &&
        !json_flag(r->asked->question, "required", true);
}

static enum given rate_by_key(struct rating *r, size_t cell, int *step)
{
    uint32_t key = 0;
    *step = 0;
    screen_part(&r->t->screen, STYLE_PLAIN, STR("  "));
    screen_part(&r->t->screen, STYLE_PLAIN, cell_sign(r, cell));
    for (;;) {
        enum given given = talk_key(r->t, r->asked, &key);
        if (given != GIVEN_TEXT || key == 0)
            return given;
        long long rate = key >= '0' && key <= '9' ? (long long)key - '0'
            : key == 'x' || key == 'X'            ? 10
                                                  : UNRATED;
        if (key == '\n' && may_leave(r, cell)) {
            screen_end_line(&r->t->screen);
            return GIVEN_EMPTY;
        }
        if (key == 8 || (key == '\n' && r->rates[cell] != UNRATED)) {
            *step = key == 8 ? -1 : 1;
            screen_end_line(&r->t->screen);
            return GIVEN_TEXT;
        }
        if (rate != UNRATED && in_range(r, cell, rate)) {
            r->rates[cell] = rate;
            *step = 1;
            screen_part(&r->t->screen, STYLE_GOOD, talk_number(r->t, rate));
            screen_end_line(&r->t->screen);
            return GIVEN_TEXT;
        }
    }
}

static enum given rate_by_line(struct rating *r, size_t cell, int *step)
{
    struct str sign = cell_sign(r, cell), text;
    struct prompt p = {.sign = sign.p, .again = ask_name(row_of(r, cell))};
    char *end;
    *step = 0;
    enum given given = talk_prompt(r->t, r->asked, &p, &text);
    if (given == GIVEN_COMMAND && r->t->command.what == COMMAND_BACK && !r->t->command.rest.n &&
        cell > 0) {
        *step = -1;
        return GIVEN_TEXT;
    }
    if (given == GIVEN_COMMAND || given == GIVEN_END ||
        (given == GIVEN_EMPTY && may_leave(r, cell)))
        return given;
    struct str typed = str_copy(r->t->a, str_trim(text));
    long long rate = strtoll(typed.p, &end, 10);
    if (given == GIVEN_EMPTY && r->rates[cell] != UNRATED) {
        *step = 1;
    } else if (given == GIVEN_TEXT && !*end && in_range(r, cell, rate)) {
        r->rates[cell] = rate;
        *step = 1;
    } else {
        const json_t *scale = scale_of(r, cell);
        talk_warn(r->t,
                  talk_fill(r->t, TEXT_GRID_RANGE, talk_number(r->t, json_whole(scale, "from", 0)),
                            talk_number(r->t, json_whole(scale, "to", 10))));
    }
    return GIVEN_TEXT;
}

static enum given rate_all(struct rating *r)
{
    int step = 0;
    for (size_t cell = 0; cell < r->n * r->n_scales;) {
        show_row(r, cell, step < 0);
        enum given given =
            by_key(r, cell) ? rate_by_key(r, cell, &step) : rate_by_line(r, cell, &step);
        if (given != GIVEN_TEXT)
            return given;
        if (step > 0)
            cell++;
        else if (step < 0 && cell > 0)
            cell--;
    }
    return GIVEN_TEXT;
}

enum reply ask_grid(struct talk *t, struct asking *asked)
{
    struct rating r = {.t = t, .asked = asked};
    r.rows = json_object_get(asked->question, "rows");
    r.scales = json_object_get(asked->question, "scales");
    r.n = json_array_size(r.rows);
    r.n_scales = json_array_size(r.scales);
    r.rates = arena_alloc(t->a, r.n * r.n_scales * sizeof *r.rates);
    begin_with(&r);
    screen_gap(&t->screen);
    show_scales(&r);
    talk_hint(t, talk_text(t, talk_has_keys(t) ? TEXT_HINT_GRID_KEYS : TEXT_HINT_GRID));
    screen_gap(&t->screen);
    enum given given = rate_all(&r);
    if (given != GIVEN_TEXT)
        return leave(&r, talk_reply(given));
    asked->value = rated_value(&r);
    return REPLY_VALUE;
}
