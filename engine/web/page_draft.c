/* Drafts: what is half typed is kept every moment, and offered when the question is seen again. */
#include "practice/draft.h"

#include "web/draft.h"
#include "web/form.h"
#include "web/pages.h"
#include "web/reply.h"

#include <string.h>

/* What a form brings along and nobody has typed. */
static bool is_typed(struct str name)
{
    static const char *const others[] = {"token", "key", "replaces", "back"};
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        if (str_is(name, others[i]))
            return false;
    return true;
}

static void add_encoded(struct buf *b, struct str text)
{
    static const char plain[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~";
    for (size_t i = 0; i < text.n; i++)
        if (text.p[i] && strchr(plain, text.p[i]))
            buf_add_char(b, text.p[i]);
        else
            buf_format(b, "%%%02X", (unsigned char)text.p[i]);
}

static void add_field(struct buf *b, const struct field *f)
{
    if (b->n > 0)
        buf_add_char(b, '&');
    add_encoded(b, f->name);
    buf_add_char(b, '=');
    add_encoded(b, f->value);
}

/* What was typed, as a browser sends it; without the secrets of the form. */
static struct str typed_fields(struct arena *a, const struct form *f)
{
    struct buf b = {.a = a};
    bool any = false;
    for (size_t i = 0; i < f->n; i++) {
        if (!is_typed(f->fields[i].name))
            continue;
        add_field(&b, &f->fields[i]);
        any = any || f->fields[i].value.n > 0;
    }
    return any ? buf_str(&b) : STR("");
}

bool page_draft(struct visit *v, struct err *e)
{
    struct journey *j;
    if (!page_journey(v, &j, NULL, e) ||
        !draft_keep(j, form_get(v->form, "key"), typed_fields(v->a, v->form),
                    form_revision(v->form), e))
        return false;
    reply_nothing(v);
    return true;
}

bool page_draft_drop(struct visit *v, struct err *e)
{
    struct journey *j;
    if (!page_journey(v, &j, NULL, e) || !draft_keep(j, form_get(v->form, "key"), STR(""), -1, e))
        return false;
    reply_go(v, page_back(v, str_format(v->a, "/journeys/%.*s", STR_ARG(v->parts[0]))));
    return true;
}

/* This page again, with the draft in its form. */
static struct str take_link(struct visit *v, struct str key)
{
    static const char *const passing[] = {"draft", "said"};
    struct buf b = {.a = v->a};
    for (size_t i = 0; i < v->query->n; i++)
        if (!str_is(v->query->fields[i].name, passing[0]) &&
            !str_is(v->query->fields[i].name, passing[1]))
            add_field(&b, &v->query->fields[i]);
    add_field(&b, &(struct field){STR("draft"), key});
    return str_format(v->a, "%.*s?%.*s", STR_ARG(v->path), STR_ARG(buf_str(&b)));
}

static json_t *offer(struct visit *v, struct str key, const struct draft *d, bool taken)
{
    char today[11], day[11], time[6];
    clock_day(clock_now(), today);
    clock_day(d->at, day);
    clock_time(d->at, time);
    return json_pack("{s:o,s:s,s:s,s:b,s:o,s:o}", "key", json_new_text(key), "at", time, "day",
                     strcmp(today, day) == 0 ? "" : day, "taken", taken, "take",
                     json_new_text(take_link(v, key)), "journey", json_new_text(v->parts[0]));
}

json_t *draft_offer(struct visit *v, struct journey *j, const json_t *question, json_t **given)
{
    struct str key = json_member(question, "key");
    struct draft d;
    struct form fields;
    struct err ignored; /* a draft that cannot be read is none: the page is worth more */
    *given = NULL;
    bool shown =
        str_is(str_of(v->route->method), "GET"); /* else there is no page to come back to */
    if (!shown || !draft_find(j, v->a, key, &d, &ignored) || d.fields.n == 0 ||
        !form_read(v->a, d.fields, &fields, &ignored))
        return json_null();
    bool taken = str_eq(form_get(v->query, "draft"), key);
    if (taken)
        *given = form_typed(v->a, &fields, question);
    return offer(v, key, &d, taken);
}
