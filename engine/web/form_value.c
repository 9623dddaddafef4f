/* From the fields of a question's form to an answer.  The names, by type:
 *   most types          v                        (choices: v as often as something is ticked)
 *   duration            hours, minutes           (or v)
 *   money               amount, currency, period
 *   list                i.N.id, i.N.FIELD        N: any number; the order is that of the fields
 *                       i.N.FIELD.PART           of a field that is money
 *   sort                s.ITEM.to, s.ITEM.why
 *   grid                g.ROW.SCALE
 *   rank                r.ITEM                   its place: 1, 2, 3 ...
 *   commitment          what, by, know, help
 *   confirm             agreed, who, on
 * A field that is empty was not given. */
#include "web/form.h"

#include <stdlib.h>
#include <string.h>

static json_t *text_or_null(struct str value)
{
    return str_trim(value).n > 0 ? json_new_text(value) : NULL;
}

static void set_if_given(json_t *object, struct str name, struct str value)
{
    if (str_trim(value).n > 0)
        json_object_setn_new(object, name.p, name.n, json_new_text(value));
}

/* Something without members was not given. */
static json_t *filled_or_null(json_t *value)
{
    if (json_object_size(value) > 0 || json_array_size(value) > 0)
        return value;
    json_decref(value);
    return NULL;
}

static json_t *read_one(struct arena *a, const struct form *f, const json_t *question)
{
    (void)a;
    (void)question;
    return text_or_null(form_get(f, "v"));
}

static json_t *read_ticked(struct arena *a, const struct form *f, const json_t *question)
{
    json_t *list = json_array();
    (void)a;
    (void)question;
    for (size_t i = 0; i < f->n; i++)
        if (str_is(f->fields[i].name, "v") && f->fields[i].value.n > 0)
            json_array_append_new(list, json_new_text(f->fields[i].value));
    return filled_or_null(list);
}

/* Fields that have names of their own. */
static json_t *read_named(const struct form *f, const char *const *names)
{
    json_t *object = json_object();
    for (; *names; names++)
        set_if_given(object, str_of(*names), form_get(f, *names));
    return filled_or_null(object);
}

static json_t *read_money(struct arena *a, const struct form *f, const json_t *question)
{
    static const char *const names[] = {"amount", "currency", "period", NULL};
    (void)a;
    (void)question;
    return read_named(f, names);
}

static json_t *read_commitment(struct arena *a, const struct form *f, const json_t *question)
{
    static const char *const names[] = {"what", "by", "know", "help", NULL};
    (void)a;
    (void)question;
    return read_named(f, names);
}

static json_t *read_confirm(struct arena *a, const struct form *f, const json_t *question)
{
    static const char *const names[] = {"agreed", "who", "on", NULL};
    (void)a;
    (void)question;
    return read_named(f, names);
}

/* At most six digits: -1 for anything else, 0 for nothing. */
static long small_number(struct str text)
{
    long n = 0;
    text = str_trim(text);
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] < '0' || text.p[i] > '9' || i > 5)
            return -1;
        n = 10 * n + (text.p[i] - '0');
    }
    return n;
}

/* Minutes; what is no number stays as it was written, for the sentence that says so. */
static json_t *read_duration(struct arena *a, const struct form *f, const json_t *question)
{
    struct str hours = str_trim(form_get(f, "hours")), minutes = str_trim(form_get(f, "minutes"));
    long h = small_number(hours), m = small_number(minutes);
    if (hours.n == 0 && minutes.n == 0)
        return read_one(a, f, question);
    if (h < 0 || m < 0)
        return json_new_text(h < 0 ? hours : minutes);
    return json_new_text(str_format(a, "%ld", 60 * h + m));
}

/* "i.3.text" into "3" and "text"; false if the name does not begin so. */
static bool split_name(struct str name, char letter, struct str *row, struct str *field)
{
    if (name.n < 3 || name.p[0] != letter || name.p[1] != '.')
        return false;
    *row = str_split(str_part(name, 2, name.n), '.', field);
    return row->n > 0;
}

/* The object of that name in an object, made where there is none. */
static json_t *member_of(json_t *object, struct str name)
{
    json_t *member = json_object_getn(object, name.p, name.n);
    if (!member) {
        member = json_object();
        json_object_setn_new(object, name.p, name.n, member);
    }
    return member;
}

/* A field of an entry by its own type: parts of money, several ticks, else a text. */
static void set_field(json_t *entry, const json_t *fields, struct str name, struct str value)
{
    struct str part, field = str_split(name, '.', &part);
    struct str type = json_member(json_object_getn(fields, field.p, field.n), "type");
    if (str_trim(value).n == 0)
        return;
    if (str_is(type, "money") && part.n > 0) {
        json_t *money = member_of(entry, field);
        if (json_is_object(money))
            set_if_given(money, part, value);
    } else if (str_is(type, "choices")) {
        json_t *ticked = json_object_getn(entry, field.p, field.n);
        if (!ticked)
            json_object_setn_new(entry, field.p, field.n, ticked = json_array());
        json_array_append_new(ticked, json_new_text(value));
    } else {
        set_if_given(entry, name, value);
    }
}

/* {ROW:{FIELD:value}} in the order of the fields; what is empty stays out. */
static json_t *read_rows(const struct form *f, char letter, const json_t *fields)
{
    json_t *rows = json_object();
    for (size_t i = 0; i < f->n; i++) {
        struct str row, field;
        if (split_name(f->fields[i].name, letter, &row, &field) && field.n > 0)
            set_field(member_of(rows, row), fields, field, f->fields[i].value);
    }
    return rows;
}

/* Currency and period stand in the form before anybody wrote there. */
static void drop_unpaid(json_t *item)
{
    json_t *value;
    const char *name;
    void *next;
    json_object_foreach_safe(item, next, name,
                             value) if (json_is_object(value) && !json_object_get(value, "amount"))
        json_object_del(item, name);
}

static bool is_written(json_t *item)
{
    drop_unpaid(item);
    size_t n = json_object_size(item);
    return n > 1 || (n == 1 && !json_object_get(item, "id"));
}

static json_t *read_list(struct arena *a, const struct form *f, const json_t *question)
{
    json_t *rows = read_rows(f, 'i', json_object_get(question, "item"));
    json_t *list = json_array(), *item;
    const char *row;
    (void)a;
    json_object_foreach (rows, row, item) {
        if (is_written(item))
            json_array_append(list, item);
    }
    json_decref(rows);
    return filled_or_null(list);
}

/* Rows in which nothing is written are not in the list: the place of a row among those that are. */
static size_t row_place(const struct form *f, const json_t *question, struct str row)
{
    size_t place = 0;
    json_t *rows = read_rows(f, 'i', json_object_get(question, "item")), *item;
    const char *name;
    bool found = false;
    json_object_foreach (rows, name, item) {
        bool written = is_written(item);
        found = written && str_is(row, name);
        if (found)
            break;
        place += written;
    }
    json_decref(rows);
    return found ? place : SIZE_MAX;
}

void form_move_row(const struct form *f, const json_t *question, json_t *typed, struct str how)
{
    struct str row, move = str_split(how, '.', &row);
    size_t n = json_array_size(typed), from = row_place(f, question, row);
    size_t to = str_is(move, "up") && from > 0 ? from - 1 : str_is(move, "down") ? from + 1 : from;
    if (from >= n || to >= n || (to == from && !str_is(move, "drop")))
        return;
    json_t *item = json_incref(json_array_get(typed, from));
    json_array_remove(typed, from);
    if (!str_is(move, "drop"))
        json_array_insert(typed, to, item);
    json_decref(item);
}

/* The rows in which something was written. */
static json_t *read_filled(const struct form *f, char letter)
{
    json_t *rows = read_rows(f, letter, NULL), *of;
    const char *row;
    void *next;
    json_object_foreach_safe(rows, next, row, of) if (json_object_size(of) == 0)
        json_object_del(rows, row);
    return filled_or_null(rows);
}

static json_t *read_sort(struct arena *a, const struct form *f, const json_t *question)
{
    (void)a;
    (void)question;
    return read_filled(f, 's');
}

static json_t *read_grid(struct arena *a, const struct form *f, const json_t *question)
{
    (void)a;
    (void)question;
    return read_filled(f, 'g');
}

struct placed {
    struct str id;
    long place;
    size_t given; /* ties stay in the order they came */
};

static int by_place(const void *x, const void *y)
{
    const struct placed *p = x, *q = y;
    if (p->place != q->place)
        return p->place < q->place ? -1 : 1;
    return p->given < q->given ? -1 : 1;
}

static json_t *read_rank(struct arena *a, const struct form *f, const json_t *question)
{
    struct placed *list = arena_alloc(a, (f->n + 1) * sizeof *list);
    size_t n = 0;
    (void)question;
    for (size_t i = 0; i < f->n; i++) {
        struct str id, rest;
        if (!split_name(f->fields[i].name, 'r', &id, &rest) || rest.n > 0)
            continue;
        long place = small_number(f->fields[i].value);
        list[n] = (struct placed){id, place > 0 ? place : 1000000, n};
        n++;
    }
    if (n == 0)
        return NULL;
    qsort(list, n, sizeof *list, by_place);
    json_t *ids = json_array();
    for (size_t i = 0; i < n; i++)
        json_array_append_new(ids, json_new_text(list[i].id));
    return ids;
}

static const struct {
    const char *type;
    json_t *(*read)(struct arena *a, const struct form *f, const json_t *question);
    const char *decisive; /* without this part nothing was said */
} readers[] = {
    {"choices", read_ticked, NULL},      {"duration", read_duration, NULL},
    {"money", read_money, "amount"},     {"list", read_list, NULL},
    {"sort", read_sort, NULL},           {"grid", read_grid, NULL},
    {"rank", read_rank, NULL},           {"commitment", read_commitment, NULL},
    {"confirm", read_confirm, "agreed"},
};

enum { READERS = sizeof readers / sizeof readers[0] };

static size_t reader_of(const json_t *question)
{
    for (size_t i = 0; i < READERS; i++)
        if (str_is(json_member(question, "type"), readers[i].type))
            return i;
    return READERS;
}

json_t *form_typed(struct arena *a, const struct form *f, const json_t *question)
{
    size_t i = reader_of(question);
    return i < READERS ? readers[i].read(a, f, question) : read_one(a, f, question);
}

/* A reason alone puts nothing into a column. */
static json_t *only_sorted(json_t *rows)
{
    json_t *item;
    const char *row;
    void *next;
    json_object_foreach_safe(rows, next, row, item) if (!json_object_get(item, "to"))
        json_object_del(rows, row);
    return filled_or_null(rows);
}

json_t *form_value(struct arena *a, const struct form *f, const json_t *question)
{
    size_t i = reader_of(question);
    json_t *typed = form_typed(a, f, question);
    const char *decisive = i < READERS ? readers[i].decisive : NULL;
    if (typed && decisive && !json_object_get(typed, decisive)) {
        json_decref(typed);
        return NULL;
    }
    return typed && str_is(json_member(question, "type"), "sort") ? only_sorted(typed) : typed;
}
