/* From events to answers.  Events are only ever added; an undo is an event that refers to another
 * one. Adding an answer is one step; undo and redo fold the whole log again, since what was covered
 * may show again. */
#include "practice/state.h"

#include <assert.h>
#include <stdlib.h>

static bool gives_answer(enum store_kind kind)
{
    return kind == EVENT_ANSWERED || kind == EVENT_SKIPPED || kind == EVENT_ELAPSED;
}

static bool can_be_undone(enum store_kind kind)
{
    return kind == EVENT_ANSWERED || kind == EVENT_SKIPPED || kind == EVENT_CLEARED;
}

static void refold(struct fold *f);

static void release(struct fold *f)
{
    json_decref(f->latest);
    json_decref(f->values);
    json_decref(f->given);
    json_decref(f->undone);
    json_decref(f->touched);
}

static void reset(struct fold *f)
{
    release(f);
    f->latest = json_object();
    f->values = json_object();
    f->given = json_object();
    f->undone = json_array();
    f->touched = json_object();
}

void fold_begin(struct fold *f)
{
    *f = (struct fold){0};
    reset(f);
}

void fold_end(struct fold *f)
{
    release(f);
    free(f->events);
    *f = (struct fold){0};
}

void fold_cut(struct fold *f, size_t n)
{
    assert(n <= f->n);
    f->n = n;
    refold(f);
}

int64_t fold_revision(const struct fold *f)
{
    return f->n ? f->events[f->n - 1].seq : 0;
}

/* The effect of one event on the answers. */
static void apply(struct fold *f, size_t i)
{
    const struct store_event *e = &f->events[i];
    if (e->key.n == 0)
        return;
    if (gives_answer(e->kind))
        json_object_setn_new(f->latest, e->key.p, e->key.n, json_integer((json_int_t)i));
    else if (e->kind == EVENT_CLEARED)
        (void)json_object_deln(f->latest, e->key.p, e->key.n);
    (void)json_object_deln(f->values, e->key.p, e->key.n);
    (void)json_object_deln(f->given, e->key.p, e->key.n);
    json_object_setn_new(f->touched, e->key.p, e->key.n, json_integer((json_int_t)i));
}

static void keep_undo_stack(struct fold *f, const struct store_event *e)
{
    if (can_be_undone(e->kind))
        json_array_clear(f->undone);
    else if (e->kind == EVENT_UNDONE)
        json_array_append_new(f->undone, json_integer(e->refers));
    else if (e->kind == EVENT_REDONE && json_array_size(f->undone) > 0)
        json_array_remove(f->undone, json_array_size(f->undone) - 1);
}

/* "key":{"v":...,"day":"..."} as the worker reads it; stored values are JSON texts already. */
static void add_to_request(struct buf *b, const struct store_event *e)
{
    if (b->p[b->n - 1] != '{')
        buf_add_char(b, ',');
    json_add_text(b, e->key);
    if (e->kind == EVENT_SKIPPED) {
        buf_add(b, STR(":{\"skip\":"));
        json_add_text(b, e->value);
    } else {
        buf_add(b, STR(":{\"v\":"));
        buf_add(b, e->value.n ? e->value : STR("null"));
    }
    buf_add(b, STR(",\"day\":"));
    json_add_text(b, e->day);
    buf_add_char(b, '}');
}

struct str fold_request(struct arena *a, const struct fold *f, const json_t *without,
                        const struct store_event *with)
{
    struct buf b = {.a = a};
    const char *key;
    json_t *i;
    buf_add_char(&b, '{');
    json_object_foreach (f->latest, key, i) {
        bool covered = with && str_is(with->key, key);
        if (!covered && !json_object_get(without, key))
            add_to_request(&b, &f->events[json_integer_value(i)]);
    }
    if (with && gives_answer(with->kind))
        add_to_request(&b, with);
    buf_add_char(&b, '}');
    return buf_str(&b);
}

/* The value of an event, read once and kept in `memo`. */
static const json_t *read_once(json_t *memo, const char *key, const struct store_event *e)
{
    json_t *value = json_object_get(memo, key);
    struct err ignored;
    if (!e || e->kind == EVENT_SKIPPED || value)
        return value;
    if (!json_read(e->value, &value, &ignored))
        value = json_null();
    json_object_set_new(memo, key, value);
    return value;
}

const json_t *fold_value(struct fold *f, const char *key)
{
    return read_once(f->values, key, fold_event(f, key));
}

/* The latest answer, effective or not. */
static const struct store_event *latest_answer(const struct fold *f, const char *key)
{
    for (size_t i = f->n; i > 0; i--)
        if (f->events[i - 1].kind == EVENT_ANSWERED && str_is(f->events[i - 1].key, key))
            return &f->events[i - 1];
    return NULL;
}

const json_t *fold_given(struct fold *f, const char *key)
{
    const json_t *now = fold_value(f, key);
    return now ? now : read_once(f->given, key, latest_answer(f, key));
}

bool fold_skipped(const struct fold *f, const char *key, struct str *why)
{
    const struct store_event *e = fold_event(f, key);
    bool skipped = e && e->kind == EVENT_SKIPPED;
    if (skipped)
        *why = e->value;
    return skipped;
}

static bool *undone_flags(const struct fold *f)
{
    bool *undone = mem_new(f->n + 1);
    for (size_t i = 0; i < f->n; i++) {
        const struct store_event *e = &f->events[i];
        bool refers = e->kind == EVENT_UNDONE || e->kind == EVENT_REDONE;
        if (refers && e->refers >= 1 && (size_t)e->refers <= f->n)
            undone[e->refers - 1] = e->kind == EVENT_UNDONE;
    }
    return undone;
}

static void refold(struct fold *f)
{
    reset(f);
    bool *undone = undone_flags(f);
    for (size_t i = 0; i < f->n; i++) {
        keep_undo_stack(f, &f->events[i]);
        if (!undone[i])
            apply(f, i);
    }
    /* A key whose last event was undone still counts as touched by the undo, for stale submissions.
     */
    for (size_t i = 0; i < f->n; i++) {
        const struct store_event *e = &f->events[i];
        if (e->kind != EVENT_UNDONE && e->kind != EVENT_REDONE)
            continue;
        if (e->refers < 1 || (size_t)e->refers > f->n)
            continue;
        struct str key = f->events[e->refers - 1].key;
        json_object_setn_new(f->touched, key.p, key.n, json_integer((json_int_t)i));
    }
    free(undone);
}

void fold_add(struct fold *f, const struct store_event *e)
{
    if (f->n == f->room) {
        f->room = f->room ? 2 * f->room : 64;
        f->events = mem_grow(f->events, f->room, sizeof *f->events);
    }
    f->events[f->n++] = *e;
    if (e->kind == EVENT_UNDONE || e->kind == EVENT_REDONE) {
        refold(f);
        return;
    }
    keep_undo_stack(f, e);
    apply(f, f->n - 1);
}

const struct store_event *fold_event(const struct fold *f, const char *key)
{
    const json_t *i = json_object_get(f->latest, key);
    return i ? &f->events[json_integer_value(i)] : NULL;
}

const struct store_event *fold_undo_target(const struct fold *f)
{
    bool *undone = undone_flags(f);
    size_t i = f->n;
    while (i > 0 && (undone[i - 1] || !can_be_undone(f->events[i - 1].kind)))
        i--;
    free(undone);
    return i > 0 ? &f->events[i - 1] : NULL;
}

const struct store_event *fold_redo_target(const struct fold *f)
{
    size_t n = json_array_size(f->undone);
    if (n == 0)
        return NULL;
    json_int_t seq = json_integer_value(json_array_get(f->undone, n - 1));
    return seq >= 1 && (size_t)seq <= f->n ? &f->events[seq - 1] : NULL;
}
