/* Sorting: each row into one of several columns.  In a terminal one key places a row, backspace
 * goes back one, and "+" before the key asks for a reason; then the columns are shown once more
 * before they are saved.  Elsewhere one line for each row: a column's key, and a reason behind it
 * if there is one. */
#include "term/ask.h"

#include <stdlib.h>

struct sorting {
    struct talk *t;
    struct asking *asked;
    const json_t *rows, *columns;
    size_t n, n_columns;
    size_t *to; /* column of each row; n_columns: not placed */
    struct str *why;
};

static const json_t *row_at(const struct sorting *s, size_t i)
{
    return json_array_get(s->rows, i);
}

static struct str column_name(const struct sorting *s, size_t column)
{
    return ask_name(json_array_get(s->columns, column));
}

static void begin_with(struct sorting *s)
{
    for (size_t i = 0; i < s->n; i++) {
        const char *id = json_string_value(json_object_get(row_at(s, i), "id"));
        const json_t *placed = id ? json_object_get(s->asked->before, id) : NULL;
        struct str to = json_is_string(placed) ? json_text(placed) : json_member(placed, "to");
        s->to[i] = to.n ? ask_option(s->columns, to) : s->n_columns;
        s->why[i] = json_member(placed, "why");
    }
}

static json_t *sorted_value(const struct sorting *s)
{
    json_t *value = json_object();
    for (size_t i = 0; i < s->n; i++) {
        if (s->to[i] >= s->n_columns)
            continue;
        json_t *placed = json_object();
        json_object_set(placed, "to", json_object_get(json_array_get(s->columns, s->to[i]), "id"));
        if (s->why[i].n)
            json_object_set_new(placed, "why", json_new_text(s->why[i]));
        json_object_set_new(value, json_string_value(json_object_get(row_at(s, i), "id")), placed);
    }
    return value;
}

static enum reply leave(struct sorting *s, enum reply reply)
{
    json_t *value = sorted_value(s);
    if (json_object_size(value) == 0 || json_equal(value, s->asked->before)) {
        json_decref(value);
        return reply;
    }
    s->asked->value = value;
    return reply;
}

/* " 3/12": all of them are equally wide. */
static struct str row_mark(const struct sorting *s, size_t i)
{
    int digits = (int)talk_number(s->t, (long long)s->n).n;
    return str_format(s->t->a, "%*zu/%zu", digits, i + 1, s->n);
}

/* A reason belongs to the column it was given for. */
static void place(struct sorting *s, size_t i, size_t column)
{
    if (s->to[i] != column)
        s->why[i] = STR("");
    s->to[i] = column;
}

/* "3/7  the text", and under it where it is now. */
static void show_row(struct sorting *s, size_t i)
{
    struct screen *screen = &s->t->screen;
    struct str mark = row_mark(s, i);
    screen_item(screen, STYLE_PLAIN, SCREEN_MARGIN, mark, ask_name(row_at(s, i)));
    if (s->to[i] < s->n_columns) {
        struct str now = talk_fill(s->t, TEXT_SORT_NOW, column_name(s, s->to[i]), STR(""));
        screen_line(screen, STYLE_DIM, 2 * SCREEN_MARGIN + mark.n, now);
    }
}

/* The sign under the text of a row: "> ". */
static struct str row_sign(const struct sorting *s, size_t i)
{
    return str_format(s->t->a, "%*s> ", (int)row_mark(s, i).n + SCREEN_MARGIN, "");
}

/* Columns for the texts of rows that stand on one line with their column's name: as many as the
 * widest needs and the window has. */
static size_t room_for_texts(const struct sorting *s)
{
    size_t text = 0, name = 0;
    for (size_t i = 0; i < s->n; i++)
        text =
            text_width(ask_name(row_at(s, i))) > text ? text_width(ask_name(row_at(s, i))) : text;
    for (size_t i = 0; i < s->n_columns; i++)
        name = text_width(column_name(s, i)) > name ? text_width(column_name(s, i)) : name;
    size_t others = 3 * SCREEN_MARGIN + 3 + row_mark(s, s->n - 1).n + name;
    size_t width = s->t->screen.width > others ? s->t->screen.width - others : 0;
    return text < width ? text : width;
}

/* The row and the sign behind it, on one line where they fit. */
static void show_row_for_key(struct sorting *s, size_t i, size_t room)
{
    struct screen *screen = &s->t->screen;
    struct str text = text_safe(s->t->a, ask_name(row_at(s, i)), false), mark = row_mark(s, i);
    size_t width = text_width(text);
    if (width > room || s->to[i] < s->n_columns) {
        show_row(s, i);
        screen_part(screen, STYLE_PLAIN, str_format(s->t->a, "  %s", row_sign(s, i).p));
        return;
    }
    screen_part(screen, STYLE_DIM, str_format(s->t->a, "  %s  ", mark.p));
    screen_part(screen, STYLE_PLAIN,
                str_format(s->t->a, "%s%*s > ", text.p, (int)(room - width), ""));
}

static void show_placed(struct sorting *s, size_t i)
{
    screen_part(&s->t->screen, STYLE_GOOD, column_name(s, s->to[i]));
    screen_end_line(&s->t->screen);
}

static size_t column_of_key(const struct sorting *s, uint32_t key)
{
    char typed = key < 0x80 ? (char)key : ' ';
    return typed == ' ' ? s->n_columns : ask_option(s->columns, (struct str){&typed, 1});
}

static enum given ask_why(struct sorting *s, size_t i)
{
    struct str label = talk_text(s->t, TEXT_SORT_WHY);
    struct prompt p = {.sign = str_format(s->t->a, "    %.*s > ", STR_ARG(label)).p,
                       .earlier = s->why[i]};
    struct str text;
    enum given given = talk_prompt(s->t, s->asked, &p, &text);
    if (given == GIVEN_TEXT)
        s->why[i] = str_trim(text);
    return given;
}

/* An optional sort of which nothing is placed yet is left by Enter. */
static bool may_leave(const struct sorting *s, size_t i)
{
    return i == 0 && s->to[i] >= s->n_columns && !json_flag(s->asked->question, "required", true);
}

/* A key for one row: *step is how far to go on.  Anything but GIVEN_TEXT ends the asking. */
static enum given place_by_key(struct sorting *s, size_t i, int *step)
{
    uint32_t key = 0;
    bool with_why = false;
    *step = 0;
    show_row_for_key(s, i, room_for_texts(s));
    for (;;) {
        enum given given = talk_key(s->t, s->asked, &key);
        if (given != GIVEN_TEXT || key == 0)
            return given;
        size_t column = column_of_key(s, key);
        if (key == '\n' && may_leave(s, i)) {
            screen_end_line(&s->t->screen);
            return GIVEN_EMPTY;
        }
        if (key == 8 || (key == '\n' && s->to[i] < s->n_columns)) {
            *step = key == 8 ? -1 : 1;
            screen_end_line(&s->t->screen);
            return GIVEN_TEXT;
        }
        if (key == '+' && !with_why) {
            with_why = true;
            screen_part(&s->t->screen, STYLE_DIM, STR("+ "));
            screen_flush(&s->t->screen);
        } else if (column < s->n_columns) {
            place(s, i, column);
            *step = 1;
            show_placed(s, i);
            given = with_why ? ask_why(s, i) : GIVEN_TEXT;
            return given == GIVEN_EMPTY ? GIVEN_TEXT : given;
        }
    }
}

/* "r it costs too much": the column, and why.  False: the column is not understood. */
static bool read_placing(struct sorting *s, size_t i, struct str text)
{
    struct str rest, word = str_split(text, ' ', &rest);
    size_t column = ask_option(s->columns, text);
    struct str why = STR("");
    if (column >= s->n_columns) {
        column = ask_option(s->columns, word);
        why = str_trim(rest);
    }
    if (column >= s->n_columns)
        return false;
    place(s, i, column);
    if (why.n)
        s->why[i] = why;
    return true;
}

static enum given place_by_line(struct sorting *s, size_t i, int *step)
{
    struct prompt p = {.sign = row_sign(s, i).p, .again = ask_name(row_at(s, i))};
    struct str text;
    enum given given = talk_prompt(s->t, s->asked, &p, &text);
    *step = 0;
    if (given == GIVEN_EMPTY && may_leave(s, i))
        return given;
    if (given == GIVEN_TEXT && read_placing(s, i, str_trim(text)))
        *step = 1;
    else if (given == GIVEN_EMPTY && s->to[i] < s->n_columns)
        *step = 1;
    else if (given == GIVEN_TEXT || given == GIVEN_EMPTY)
        talk_warn(s->t, talk_text(s->t, TEXT_SORT_WHICH));
    if (given == GIVEN_COMMAND && s->t->command.what == COMMAND_BACK && !s->t->command.rest.n &&
        i > 0) {
        *step = -1;
        given = GIVEN_EMPTY;
    }
    return given == GIVEN_EMPTY ? GIVEN_TEXT : given;
}

static enum given place_rows(struct sorting *s, size_t from, size_t to)
{
    bool keys = talk_has_keys(s->t);
    for (size_t i = from; i < to;) {
        int step;
        if (!keys)
            show_row(s, i);
        enum given given = keys ? place_by_key(s, i, &step) : place_by_line(s, i, &step);
        if (given != GIVEN_TEXT)
            return given;
        if (step > 0)
            i++;
        else if (step < 0 && i > from)
            i--;
    }
    return GIVEN_TEXT;
}

static void show_columns(struct sorting *s)
{
    for (size_t column = 0; column < s->n_columns; column++) {
        bool named = false;
        for (size_t i = 0; i < s->n; i++) {
            if (s->to[i] != column)
                continue;
            if (!named) {
                screen_gap(&s->t->screen);
                screen_line(&s->t->screen, STYLE_BOLD, SCREEN_MARGIN, column_name(s, column));
                named = true;
            }
            struct str mark = str_format(s->t->a, s->n > 9 ? "%2zu" : "%zu", i + 1),
                       name = ask_name(row_at(s, i));
            if (s->why[i].n)
                name = str_format(s->t->a, "%.*s (%.*s)", STR_ARG(name), STR_ARG(s->why[i]));
            screen_item(&s->t->screen, STYLE_PLAIN, 2 * SCREEN_MARGIN, mark, name);
        }
    }
    screen_gap(&s->t->screen);
}

/* Keys are quickly hit: what came of them is looked at once before it is saved. */
static enum reply look_over(struct sorting *s)
{
    struct prompt p = {.sign = "> "};
    struct str text;
    for (;;) {
        show_columns(s);
        talk_hint(s->t, talk_text(s->t, TEXT_SORT_LOOK));
        enum given given = talk_prompt(s->t, s->asked, &p, &text);
        if (given == GIVEN_EMPTY)
            return REPLY_VALUE;
        long number = given == GIVEN_TEXT ? strtol(str_copy(s->t->a, text).p, NULL, 10) : 0;
        if (number >= 1 && (size_t)number <= s->n)
            given = place_rows(s, (size_t)number - 1, (size_t)number);
        if (given == GIVEN_COMMAND || given == GIVEN_END)
            return talk_reply(given);
    }
}

enum reply ask_sort(struct talk *t, struct asking *asked)
{
    struct sorting s = {.t = t, .asked = asked};
    s.rows = json_object_get(asked->question, "rows");
    s.columns = json_object_get(asked->question, "columns");
    s.n = json_array_size(s.rows);
    s.n_columns = json_array_size(s.columns);
    s.to = arena_alloc(t->a, s.n * sizeof *s.to);
    s.why = arena_alloc(t->a, s.n * sizeof *s.why);
    begin_with(&s);
    ask_show_columns(t, s.columns);
    talk_hint(t, talk_text(t, talk_has_keys(t) ? TEXT_HINT_SORT_KEYS : TEXT_HINT_SORT));
    screen_gap(&t->screen);
    enum given given = place_rows(&s, 0, s.n);
    if (given != GIVEN_TEXT)
        return leave(&s, talk_reply(given));
    enum reply reply = talk_has_keys(t) ? look_over(&s) : REPLY_VALUE;
    if (reply != REPLY_VALUE)
        return leave(&s, reply);
    asked->value = sorted_value(&s);
    return REPLY_VALUE;
}
