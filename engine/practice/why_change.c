/* What an answer might as well have been.  One change for each thing that can be told apart: an
 * item of a list in other words, a row in another column, the other end of a scale. */
#include "practice/state.h"
#include "practice/why.h"

#include "workflow/value.h"

#include <string.h>

enum { OPTIONS_TRIED = 2 };

struct str why_other_words(struct arena *a, struct str text)
{
    struct buf b = {.a = a};
    bool other = false;
    for (size_t i = 0; i < text.n;) {
        uint32_t c = utf8_next(text, &i);
        if ((c >= 'a' && c < 'z') || (c >= 'A' && c < 'Z') || (c >= '0' && c < '9'))
            c++;
        else if (c == 'z' || c == 'Z')
            c -= 25;
        else if (c == '9')
            c = '1';
        else if (c >= 0x80)
            c = 'x';
        else {
            buf_add_char(&b, (char)c);
            continue;
        }
        buf_add_char(&b, (char)c);
        other = true;
    }
    if (!other)
        buf_add_char(&b, 'x');
    return buf_str(&b);
}

/* Which of several ways to be different, from 0. */
typedef json_t *vary_value(struct arena *a, const json_t *question, const json_t *value, int way);

static json_t *vary_text(struct arena *a, const json_t *question, const json_t *value, int way)
{
    (void)question;
    return way == 0 ? json_new_text(why_other_words(a, json_text(value))) : NULL;
}

static json_t *vary_yes_no(struct arena *a, const json_t *question, const json_t *value, int way)
{
    (void)a;
    (void)question;
    return way == 0 ? json_boolean(!json_is_true(value)) : NULL;
}

static size_t place_of(const json_t *options, struct str id)
{
    size_t i;
    json_t *option;
    json_array_foreach ((json_t *)(uintptr_t)options, i, option)
        if (str_eq(json_member(option, "id"), id))
            return i;
    return 0;
}

/* The options that follow, round about. */
static json_t *next_option(const json_t *options, struct str id, int way)
{
    size_t n = json_array_size(options), at = place_of(options, id) + (size_t)way + 1;
    if (way >= OPTIONS_TRIED || (size_t)way + 1 >= n)
        return NULL;
    return json_incref(json_object_get(json_array_get(options, at % n), "id"));
}

static json_t *vary_choice(struct arena *a, const json_t *question, const json_t *value, int way)
{
    (void)a;
    return next_option(json_object_get(question, "options"), json_text(value), way);
}

static bool is_in(const json_t *list, struct str id)
{
    size_t i;
    json_t *one;
    json_array_foreach ((json_t *)(uintptr_t)list, i, one)
        if (str_eq(json_text(one), id))
            return true;
    return false;
}

/* All that was not chosen; all but the first of what was; one more. */
static json_t *vary_choices(struct arena *a, const json_t *question, const json_t *value, int way)
{
    size_t i, left = 1;
    json_t *option, *other = json_array();
    (void)a;
    json_array_foreach (json_object_get(question, "options"), i, option) {
        struct str id = json_member(option, "id");
        bool chosen = is_in(value, id);
        bool first = chosen && str_eq(json_text(json_array_get(value, 0)), id);
        bool more = !chosen && left > 0;
        if (way == 0 ? !chosen : way == 1 ? chosen && !first : chosen || more)
            json_array_append(other, json_object_get(option, "id"));
        left -= more;
    }
    if (way < 3)
        return other;
    json_decref(other);
    return NULL;
}

static json_t *vary_scale(struct arena *a, const json_t *question, const json_t *value, int way)
{
    (void)a;
    (void)value;
    const json_t *end = json_object_get(question, way == 0 ? "from" : "to");
    return way < 2 && end ? json_incref((json_t *)(uintptr_t)end) : NULL;
}

/* Far above, far below, and next to it for where the range is narrow. */
static json_t *vary_number(struct arena *a, const json_t *question, const json_t *value, int way)
{
    (void)a;
    (void)question;
    double n = json_number_value(value), steps[] = {n * 10 + 1, n / 10 - 1, n + 1, n - 1};
    if (way > 3)
        return NULL;
    if (json_is_integer(value) && steps[way] > -9e15 && steps[way] < 9e15)
        return json_integer((json_int_t)steps[way]);
    return json_real(steps[way]);
}

static json_t *vary_money(struct arena *a, const json_t *question, const json_t *value, int way)
{
    struct str amount = json_member(value, "amount");
    (void)question;
    if (way > 1)
        return NULL;
    json_t *other = json_copy((json_t *)(uintptr_t)value);
    struct str changed = way == 0 ? str_format(a, "9%.*s", STR_ARG(amount)) : STR("1.00");
    json_object_set_new(other, "amount", json_new_text(changed));
    return other;
}

static json_t *later(struct str day, int days)
{
    char other[11];
    return clock_add_days(day, days, other) ? json_string(other) : NULL;
}

static json_t *vary_date(struct arena *a, const json_t *question, const json_t *value, int way)
{
    (void)a;
    (void)question;
    return way < 2 ? later(json_text(value), way == 0 ? 1 : -1) : NULL;
}

/* The other way round. */
static json_t *vary_rank(struct arena *a, const json_t *question, const json_t *value, int way)
{
    json_t *other = json_array(), *one;
    size_t i;
    (void)a;
    (void)question;
    json_array_foreach ((json_t *)(uintptr_t)value, i, one)
        json_array_insert(other, 0, one);
    if (way == 0)
        return other;
    json_decref(other);
    return NULL;
}

/* Its texts in other words; then its day. */
static json_t *vary_parts(struct arena *a, const json_t *question, const json_t *value, int way)
{
    json_t *other = json_copy((json_t *)(uintptr_t)value), *part;
    const char *name;
    bool different = false;
    (void)question;
    json_object_foreach ((json_t *)(uintptr_t)value, name, part) {
        bool day = json_is_string(part) && clock_is_day(json_text(part));
        if (!json_is_string(part) || way > 1 || day != (way == 1))
            continue;
        json_t *changed =
            day ? later(json_text(part), 1) : json_new_text(why_other_words(a, json_text(part)));
        different = different || changed;
        if (changed)
            json_object_set_new(other, name, changed);
    }
    if (different)
        return other;
    json_decref(other);
    return NULL;
}

static const struct {
    const char *type;
    vary_value *vary;
    int ways;
} kinds[] = {
    {"text", vary_text, 1},        {"long_text", vary_text, 1},  {"yes_no", vary_yes_no, 1},
    {"choice", vary_choice, 2},    {"choices", vary_choices, 3}, {"scale", vary_scale, 2},
    {"integer", vary_number, 4},   {"number", vary_number, 4},   {"duration", vary_number, 4},
    {"money", vary_money, 2},      {"date", vary_date, 2},       {"rank", vary_rank, 1},
    {"commitment", vary_parts, 2}, {"confirm", vary_parts, 2}};

/* A value for a question or a field; NULL if there is no such way. */
static json_t *vary(struct arena *a, const json_t *question, const json_t *value, int way)
{
    struct str type = json_member(question, "type");
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (str_is(type, kinds[i].type))
            return way < kinds[i].ways ? kinds[i].vary(a, question, value, way) : NULL;
    return NULL;
}

/* One answer while its changes are made. */
struct varying {
    struct journey *j;
    const json_t *entry, *question, *value;
    struct why_changes *out;
};

/* Keeps a change if the question takes it and it is one; takes the reference. */
static void offer(struct varying *v, struct str item, json_t *value)
{
    struct why_changes *out = v->out;
    struct err ignored;
    json_t *normal = NULL;
    if (!value || !value_check(view_context(out->a, v->j, v->entry), value, &normal, &ignored) ||
        json_equal(normal, v->value)) {
        json_decref(normal);
        json_decref(value);
        return;
    }
    json_decref(value);
    if (out->n == out->room) {
        out->room = out->room ? 2 * out->room : 256;
        out->list = mem_grow(out->list, out->room, sizeof *out->list);
    }
    out->list[out->n++] =
        (struct why_change){v->entry, json_string_value(json_object_get(v->entry, "key")),
                            str_copy(out->a, item), normal};
}

/* A copy of a list with another item `i`; without it if that is NULL.  Takes the reference. */
static json_t *with_item(const json_t *list, size_t i, json_t *item)
{
    json_t *other = json_copy((json_t *)(uintptr_t)list);
    if (item)
        json_array_set_new(other, i, item);
    else
        json_array_remove(other, i);
    return other;
}

static bool is_words(const json_t *field)
{
    struct str type = json_member(field, "type");
    return str_is(type, "text") || str_is(type, "long_text");
}

/* The item with its words changed, or all else; NULL if it has nothing of the kind. */
static json_t *other_item(struct varying *v, const json_t *item, bool words)
{
    json_t *other = json_copy((json_t *)(uintptr_t)item), *field;
    const char *name;
    bool different = false;
    json_object_foreach (json_object_get(v->question, "item"), name, field) {
        const json_t *value = json_object_get(item, name);
        if (!value || is_words(field) != words)
            continue;
        json_t *changed = vary(v->out->a, field, value, 0);
        if (changed && json_equal(changed, value)) {
            json_decref(changed);
            changed = vary(v->out->a, field, value, 1);
        }
        different = different || changed;
        if (changed)
            json_object_set_new(other, name, changed);
    }
    if (different)
        return other;
    json_decref(other);
    return NULL;
}

/* Each item in other words, then with its other fields changed; and the list without its last, for
 * what counts them. */
static void vary_list(struct varying *v)
{
    size_t i, n = json_array_size(v->value);
    json_t *item;
    json_array_foreach ((json_t *)(uintptr_t)v->value, i, item)
        for (int words = 1; words >= 0; words--) {
            json_t *other = other_item(v, item, words);
            if (other)
                offer(v, json_member(item, "id"), with_item(v->value, i, other));
        }
    if (n > 0)
        offer(v, STR(""), with_item(v->value, n - 1, NULL));
}

static json_t *other_rating(struct varying *v, const json_t *rated)
{
    json_t *other = json_copy((json_t *)(uintptr_t)rated), *scale;
    size_t i;
    json_array_foreach (json_object_get(v->question, "scales"), i, scale) {
        const char *id = json_member(scale, "id").p;
        json_t *from = json_object_get(scale, "from"), *to = json_object_get(scale, "to");
        long long middle = json_integer_value(from) + json_integer_value(to);
        long long now = json_whole(rated, id, 0);
        if (from && to)
            json_object_set(other, id, 2 * now > middle ? from : to);
    }
    return other;
}

static json_t *other_place(struct varying *v, const json_t *placed)
{
    json_t *other = json_copy((json_t *)(uintptr_t)placed);
    const json_t *columns = json_object_get(v->question, "columns");
    json_t *to = next_option(columns, json_member(placed, "to"), 0);
    struct str why = json_member(placed, "why");
    if (to)
        json_object_set_new(other, "to", to);
    if (why.n > 0)
        json_object_set_new(other, "why", json_new_text(why_other_words(v->out->a, why)));
    return other;
}

/* Row by row: in the next column and with another reason, or at the other ends of its scales. */
static void vary_rows(struct varying *v, bool sorted)
{
    json_t *row;
    const char *id;
    json_object_foreach ((json_t *)(uintptr_t)v->value, id, row) {
        json_t *all = json_copy((json_t *)(uintptr_t)v->value);
        json_object_set_new(all, id, sorted ? other_place(v, row) : other_rating(v, row));
        offer(v, str_of(id), all);
    }
}

void why_vary(struct journey *j, const json_t *entry, struct why_changes *out)
{
    const json_t *definition = workflow_in_language(j->w, j->language);
    const char *key = json_string_value(json_object_get(entry, "key"));
    struct varying v = {j, entry, workflow_question(definition, json_member(entry, "id")),
                        fold_value(&j->fold, key), out};
    struct str type = json_member(v.question, "type");
    json_t *value;
    if (!v.question || !v.value)
        return;
    if (str_is(type, "list"))
        vary_list(&v);
    else if (str_is(type, "sort") || str_is(type, "grid"))
        vary_rows(&v, str_is(type, "sort"));
    else
        for (int way = 0; (value = vary(out->a, v.question, v.value, way)); way++)
            offer(&v, STR(""), value);
}
