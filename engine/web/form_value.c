/* From the fields of a question's form to an answer.  The names, by type:
 *   most types          v                        (choices: v as often as something is ticked)
 *   money               amount, currency, period
 *   list                i.N.id, i.N.FIELD        N: any number; the order is that of the fields
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

/* An object without members was not given. */
static json_t *object_or_null(json_t *object)
{
    if (json_object_size(object) > 0)
        return object;
    json_decref(object);
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
    if (json_array_size(list) > 0)
        return list;
    json_decref(list);
    return NULL;
}

/* Fields that have names of their own. */
static json_t *read_named(const struct form *f, const char *const *names)
{
    json_t *object = json_object();
    for (; *names; names++)
        set_if_given(object, str_of(*names), form_get(f, *names));
    return object_or_null(object);
}

static json_t *read_money(struct arena *a, const struct form *f, const json_t *question)
{
    static const char *const names[] = {"amount", "currency", "period", NULL};
    (void)a;
    (void)question;
    return str_trim(form_get(f, "amount")).n > 0 ? read_named(f, names) : NULL;
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
    return str_trim(form_get(f, "agreed")).n > 0 ? read_named(f, names) : NULL;
}

/* "i.3.text" into "3" and "text"; false if the name does not begin so. */
static bool split_name(struct str name, char letter, struct str *row, struct str *field)
{
    if (name.n < 3 || name.p[0] != letter || name.p[1] != '.')
        return false;
    *row = str_split(str_part(name, 2, name.n), '.', field);
    return row->n > 0;
}

/* {ROW:{FIELD:value}} in the order of the fields; what is empty stays out. */
static json_t *read_rows(const struct form *f, char letter)
{
    json_t *rows = json_object();
    for (size_t i = 0; i < f->n; i++) {
        struct str row, field;
        if (!split_name(f->fields[i].name, letter, &row, &field) || field.n == 0)
            continue;
        json_t *of = json_object_getn(rows, row.p, row.n);
        if (!of) {
            of = json_object();
            json_object_setn_new(rows, row.p, row.n, of);
        }
        set_if_given(of, field, f->fields[i].value);
    }
    return rows;
}

static json_t *read_list(struct arena *a, const struct form *f, const json_t *question)
{
    json_t *rows = read_rows(f, 'i'), *list = json_array(), *item;
    const char *row;
    (void)a;
    (void)question;
    json_object_foreach (rows, row, item) {
        bool only_id = json_object_size(item) == 1 && json_object_get(item, "id");
        if (json_object_size(item) > 0 && !only_id)
            json_array_append(list, item);
    }
    json_decref(rows);
    if (json_array_size(list) > 0)
        return list;
    json_decref(list);
    return NULL;
}

static json_t *read_sort(struct arena *a, const struct form *f, const json_t *question)
{
    json_t *rows = read_rows(f, 's'), *item;
    const char *row;
    void *next;
    (void)a;
    (void)question;
    json_object_foreach_safe(rows, next, row, item) if (!json_object_get(item, "to"))
        json_object_del(rows, row);
    return object_or_null(rows);
}

static json_t *read_grid(struct arena *a, const struct form *f, const json_t *question)
{
    json_t *rows = read_rows(f, 'g'), *of;
    const char *row;
    void *next;
    (void)a;
    (void)question;
    json_object_foreach_safe(rows, next, row, of) if (json_object_size(of) == 0)
        json_object_del(rows, row);
    return object_or_null(rows);
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
        long place = strtol(f->fields[i].value.p, NULL, 10);
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
} readers[] = {
    {"choices", read_ticked},
    {"money", read_money},
    {"list", read_list},
    {"sort", read_sort},
    {"grid", read_grid},
    {"rank", read_rank},
    {"commitment", read_commitment},
    {"confirm", read_confirm},
};

json_t *form_value(struct arena *a, const struct form *f, const json_t *question)
{
    struct str type = json_member(question, "type");
    for (size_t i = 0; i < sizeof readers / sizeof readers[0]; i++)
        if (str_is(type, readers[i].type))
            return readers[i].read(a, f, question);
    return read_one(a, f, question);
}
